"""``attune clips``: looking at the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attune.app.folders import find_folders
from attune.app.library import Clip, ClipSet, Library
from attune.app.locking import Locking, has_lock, name_of
from attune.cli.formats import Format, write_line, write_rows
from attune.cli.terminal import FINE, PROBLEM, ProgressBar, ask_passphrase
from attune.errors import SealError
from attune.resources import Words


@contextmanager
def opened_library() -> Iterator[Library]:
    """The library, without a thread of it left at the end."""
    with ThreadPoolExecutor(1, thread_name_prefix="library") as background:
        yield Library(background, find_folders().library)


def open_lock(library: Library, folder: Path, words: Words) -> None:
    """Ask for the passphrase of a set that has one, and read it with that from now on. Raises SealError."""
    if not has_lock(folder):
        return
    name = name_of(folder)
    passphrase = ask_passphrase(words("commands.history.passphrase", name=name))
    if passphrase is None:
        raise SealError("seal.passphrase_needed", name=name)
    with ThreadPoolExecutor(1, thread_name_prefix="locking") as background:
        locking = Locking(folders=find_folders(), library=library, background=background)
        locking.open(folder, passphrase).result()


def list_sets(how: Format, words: Words) -> int:
    """Every set, Attune's own first."""
    with opened_library() as library:
        found = library.sets().result()
    rows = [
        {
            "id": each.folder.name,
            "name": each.name,
            "clips": each.clips,
            "people": each.people,
            "licence": each.licence,
            "description": each.description,
            "locked": each.locked,
            "problem": words.error(each.problem) if each.problem else "",
            "folder": str(each.folder),
        }
        for each in found
    ]

    def line(row: Mapping[str, Any]) -> str:
        state = "damaged" if row["problem"] else "locked" if row["locked"] else "line"
        return words(f"clips.list.{state}", **row)

    write_rows(rows, how, line)
    return FINE


def show_set(name: str, how: Format, words: Words) -> int:
    """What holds for all of a set, then its clips; as rows only the clips."""
    with opened_library() as library:
        folder = library.find(name)
        open_lock(library, folder, words)
        found = library.read(folder)
    if how is Format.TEXT:
        for line in _about(found, words):
            write_line(line)
    rows = [_clip_row(clip) for clip in found.clips]
    if how is Format.CSV:
        rows = [{**row, "references": _says(row, words)} for row in rows]
    write_rows(rows, how, lambda row: words("clips.show.clip", file=row["file"], says=_says(row, words)))
    return FINE


def validate(name: str, how: Format, words: Words) -> int:
    """One line for everything to see to, as a person can find it."""
    with opened_library() as library:
        source = Path(name) if Path(name).is_file() else library.find(name)
        open_lock(library, source, words)
        with ProgressBar(source.name) as progress:
            problems = library.problems(source, progress)
        rows = [
            {
                "file": str(problem.fields.get("file", "")),
                "row": problem.fields.get("row"),
                "column": problem.fields.get("column", problem.fields.get("setting", "")),
                "problem": problem.key,
                "message": words.error(problem),
            }
            for problem in problems
        ]
        if not rows and how is Format.TEXT:
            write_line(words("clips.validate.fine", name=name))
    write_rows(rows, how, lambda row: str(row["message"]))
    return PROBLEM if rows else FINE


def _about(found: ClipSet, words: Words) -> Iterator[str]:
    people = {clip.person for clip in found.clips if clip.person}
    numbers = {"clips": len(found.clips), "people": len(people), "kind": str(found.people)}
    yield words("clips.show.about", name=found.name, version=found.version, **numbers)
    for key in ("description", "licence", "attribution", "made_by", "language"):
        if value := getattr(found, key):
            yield words("clips.show.fact", key=key, value=value)


def _clip_row(clip: Clip) -> dict[str, Any]:
    return {
        "file": clip.name,
        "person": clip.person,
        "channel": str(clip.channel),
        "onset_s": clip.onset_s,
        "apex_s": clip.apex_s,
        "offset_s": clip.offset_s,
        "references": [reading.to_json() for reading in clip.references],
        "note": clip.note,
        "sha256": clip.content_hash,
        **clip.own,
    }


def _says(row: Mapping[str, Any], words: Words) -> str:
    says = [
        words(
            "clips.show.says",
            share=share,
            emotion=words(f"emotions.{emotion}.title"),
            source=reading["source"],
        )
        for reading in row["references"]
        for emotion, share in reading["labels"].items()
        if share > 0
    ]
    return ", ".join(says) or words("clips.show.unlabelled")
