"""What the fuzzers do with one input; each ends in a result or a known error with a whole sentence.

``packaging/fuzz.py`` feeds them for minutes; ``corpus/`` holds what it found worth keeping, which
``test_fuzzed.py`` feeds again every time.
"""

import shutil
from pathlib import Path

from attune.clips.checking import checked
from attune.clips.clip_set import CORE, load_clip_set, vocabulary_named
from attune.clips.drafts import by_table, files_below
from attune.clips.folder import inside
from attune.clips.package import entries, unpack
from attune.clips.packaged import load_package
from attune.clips.spreadsheet import likely_columns, read_spreadsheet
from attune.clips.writing import table_text
from attune.errors import AttuneError, ClipSetError
from attune.resources import Words

WORDS = Words()
VOCABULARY = vocabulary_named(CORE)


def make_room(folder: Path) -> None:
    """Files that tables may name, and one outside that they must not reach."""
    for name in ("set/media/one.mp4", "set/media/two.wav", "set/three.png", "secret.mp4"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    (folder / "set" / "set.toml").write_text('name = "Mine"\n', "utf-8")


def any_table(data: bytes, folder: Path) -> None:
    """A table as some spreadsheet may have written it."""
    table = folder / "table.csv"
    table.write_bytes(data)
    try:
        sheet = read_spreadsheet(table)
        gathered = by_table(folder / "set", sheet, likely_columns(sheet.columns))
    except ClipSetError as error:
        say(error)
        return
    assert all(len(cells) == len(sheet.columns) for _, cells in sheet.rows)
    clean = checked(gathered.drafts, VOCABULARY, asking=False)
    assert checked(clean.drafts, VOCABULARY, asking=False).found == ()
    assert all(inside(folder / "set", draft.name) == draft.source for draft in clean.drafts)


def own_table(data: bytes, folder: Path) -> None:
    """A set's own table: what is read without problems is the same once written and read again."""
    table = folder / "set" / "clips.csv"
    table.write_bytes(data)
    problems: list[ClipSetError] = []
    try:
        load_clip_set(folder / "set", problems.append)
        found = load_clip_set(folder / "set")
    except ClipSetError as error:
        say(error)
        for problem in problems:
            say(problem)
        return
    assert not problems
    assert all(clip.file.is_relative_to((folder / "set").resolve()) for clip in found.clips)
    table.write_text(table_text(found.clips, VOCABULARY.names, folder=folder / "set"), "utf-8", newline="")
    again = load_clip_set(folder / "set")
    assert [clip.name for clip in again.clips] == [clip.name for clip in found.clips]


def package(data: bytes, folder: Path) -> None:
    """A package from somewhere: never a file outside where it is unpacked."""
    path, into = folder / "some.attune", folder / "into"
    path.write_bytes(data)
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    before = {name for name, _ in files_below(folder)}
    problems: list[ClipSetError] = []
    try:
        if sum(entries(path).values()) > 1 << 20:
            return
        found = load_package(path, problems.append)
        unpack(path, into, progress=lambda _done, _total: None, wanted=frozenset(found.files))
        if not problems:
            load_clip_set(into)
    except AttuneError as error:
        say(error)
    for problem in problems:
        say(problem)
    assert {name for name, _ in files_below(folder)} - before == {
        f"into/{name}" for name, _ in files_below(into)
    }


def say(error: AttuneError) -> None:
    """Its sentence has no gap left."""
    assert WORDS.error(error)


TARGETS = {"tables": any_table, "sets": own_table, "packages": package}
