"""Files beside a corpus that say what its clips show, where their names do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attune.clips.drafts import Draft, Finding, Found, Gathered, files_below
from attune.clips.handful import Given
from attune.clips.rows import SOUNDS
from attune.clips.spreadsheet import Spreadsheet, read_spreadsheet
from attune.clips.table import VOTES

MOST_NOTE_BYTES = 100  # of a file with one number in it
CREMA_D = {"A": "anger", "D": "disgust", "F": "fear", "H": "happiness", "N": "neutral", "S": "sadness"}
VOICE, FACE, BOTH = 1, 2, 3  # in front of a row's number, with five digits after it
CK_PLUS = ("neutral", "anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise")
MELD = {"joy": "happiness"}


def completed(need: str, gathered: Gathered, source: Given) -> Gathered:
    """The clips with what the files beside them say. Raises ClipSetError about such a file, KeyError."""
    return _NEEDS[need](gathered, source)


def crema_d_votes(gathered: Gathered, source: Given) -> Gathered:
    """CREMA-D's ``tabulatedVotes.csv``: votes on the voice for sound files, on face and voice for films.

    Source: Cao et al. 2014; the corpus numbers rows by 100,000 x (1 voice, 2 face, 3 both) + clip.
    """
    votes: dict[tuple[int, str], Mapping[str, str]] = {}
    for sheet in _tables(source, "tabulatedvotes.csv"):
        for cells in _dicts(sheet):
            number, name = cells.get(sheet.columns[0], ""), cells.get("fileName", "")
            if number.isdigit():
                votes[int(number) // 100_000, name] = {
                    VOTES + label: cells.get(code, "") for code, label in CREMA_D.items()
                }

    def told(draft: Draft) -> Draft:
        path = Path(draft.name)
        counts = votes.get((VOICE if path.suffix.lower() in SOUNDS else BOTH, path.stem), {})
        counted = {column: count for column, count in counts.items() if count not in {"", "0"}}
        return draft.saying({"reference": "crowd", **counted}) if counted else draft

    return Gathered(tuple(map(told, gathered.drafts)), gathered.found)


def meld_table(gathered: Gathered, source: Given) -> Gathered:
    """MELD's ``train_``, ``dev_`` and ``test_sent_emo.csv``: emotion and speaker by dialogue and utterance.

    Ids repeat across the three, so a film whose folder does not say to which it belongs is only told of
    where exactly one table is there. Source: Poria et al. 2019.
    """
    said: dict[tuple[str, str, str], Mapping[str, str]] = {}
    splits: set[str] = set()
    for name, path in files_below(source, (".csv",)):
        split, _, rest = Path(name).name.lower().partition("_")
        if rest == "sent_emo.csv":
            splits.add(split)
            for cells in _dicts(read_spreadsheet(path)):
                said[split, cells.get("Dialogue_ID", ""), cells.get("Utterance_ID", "")] = cells
    only = next(iter(splits)) if len(splits) == 1 else ""
    drafts, found = [], list(gathered.found)
    for draft in gathered.drafts:
        texts = draft.rows[0]
        place = (texts.get("x_split", "").lower() or only, texts["x_dialogue"], texts["x_utterance"])
        if row := said.get(place):
            word = row.get("Emotion", "").lower()
            told = {"emotion": MELD.get(word, word), "person": row.get("Speaker", "")}
            drafts.append(draft.with_texts(reference="expert", note=row.get("Utterance", ""), **told))
        else:
            found.append(Found(name=draft.name, finding=Finding.NO_LABEL))
    return Gathered(tuple(drafts), tuple(found))


def ck_plus_emotions(gathered: Gathered, source: Given) -> Gathered:
    """CK+'s ``_emotion.txt``: a number for the peak, which is the last picture of a sequence.

    Source: Lucey et al. 2010; 327 of 593 sequences have one.
    """
    numbers = {
        Path(name).name.removesuffix("_emotion.txt"): path
        for name, path in files_below(source, (".txt",))
        if name.endswith("_emotion.txt")
    }
    last: dict[tuple[str, str], Draft] = {}
    for draft in gathered.drafts:  # in the order of their names: later frames come later
        last[draft.rows[0]["person"], draft.rows[0]["x_sequence"]] = draft
    peaks = {draft.name: draft for draft in last.values()}
    drafts, found = [], list(gathered.found)
    for draft in gathered.drafts:
        if draft.name not in peaks:
            found.append(Found(name=draft.name, finding=Finding.NOT_WANTED))
        elif label := _ck_plus_label(numbers.get(Path(draft.name).stem)):
            drafts.append(draft.with_texts(emotion=label))
        else:
            found.append(Found(name=draft.name, finding=Finding.NO_LABEL))
    return Gathered(tuple(drafts), tuple(found))


def _ck_plus_label(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            number = float(file.read(MOST_NOTE_BYTES).decode("ascii"))
        return CK_PLUS[int(number)] if number in range(len(CK_PLUS)) else None
    except (OSError, ValueError):
        return None


def _tables(source: Given, name: str) -> Iterator[Spreadsheet]:
    for found, path in files_below(source, (".csv",)):
        if Path(found).name.lower() == name:
            yield read_spreadsheet(path)


def _dicts(sheet: Spreadsheet) -> Iterator[Mapping[str, str]]:
    for _, cells in sheet.rows:
        yield dict(zip(sheet.columns, cells, strict=True))


_NEEDS: Mapping[str, Callable[[Gathered, Given], Gathered]] = {
    "crema_d_votes": crema_d_votes,
    "meld_table": meld_table,
    "ck_plus_emotions": ck_plus_emotions,
}
