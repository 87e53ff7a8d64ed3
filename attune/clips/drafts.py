"""Clips to be: what was found in somebody's folder, before anything is copied."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from attune.clips.clip import Clip
from attune.clips.folder import DEEPEST, relative_name, writable
from attune.clips.handful import Given, Handful
from attune.clips.naming import Naming
from attune.clips.rows import PICTURES, SOUNDS
from attune.clips.spreadsheet import Spreadsheet
from attune.clips.table import COLUMNS, OWN, VOTES
from attune.clips.writing import rows_of
from attune.errors import ClipSetError

VIDEOS = {".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".wmv", ".flv", ".ogv", ".3gp"}
MEDIA = VIDEOS | SOUNDS | PICTURES

_SHARE = re.compile(r"(:\s*\d+),(\d+)", re.ASCII)  # of a blend, where the comma does not part cells
Progress = Callable[[int, int | None], None]
"""Hears how much is done and of how much, None where that is not known yet."""


def unheard(_done: int, _total: int | None) -> None:
    """Nobody wants to know."""


class Finding(StrEnum):
    """What is worth telling a person about a file before it is imported."""

    NOT_NAMED = "not_named"  # its name does not follow the pattern
    NOT_LISTED = "not_listed"  # the table does not name it
    NOT_THERE = "not_there"  # the table names it, but there is no such file
    OUTSIDE = "outside"  # the table names a place outside the folder
    CODE_UNKNOWN = "code_unknown"  # a part of its name stands for nothing that is known
    NO_LABEL = "no_label"  # nobody says what it shows
    NOT_WANTED = "not_wanted"  # a frame before the peak, a row without its film
    EMPTY = "empty"  # 0 bytes
    UNREADABLE = "unreadable"
    SAME_AS = "same_as"  # the same content as another one
    CELL = "cell"  # a cell of its row cannot be understood and is left out
    UNPLAYABLE = "unplayable"  # it cannot be decoded here
    NO_FACE = "no_face"  # no face was seen in it
    NO_CLIP = "no_clip"  # chosen among others, and nothing a clip comes in


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something found about one file: its name, what, a word more where there is one, the table's row."""

    name: str
    finding: Finding
    detail: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One clip to be: where the file lies, its name below the folder, the rows a table would have on it.

    ``lines``: the rows' numbers in the table they come from, where they come from one.
    """

    source: Path
    name: str
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...] = ()

    def saying(self, row: Mapping[str, str]) -> Draft:
        """The same clip with one more reference."""
        return replace(self, rows=(*self.rows, row))

    def with_texts(self, **texts: str) -> Draft:
        """The same clip with columns filled or replaced in its first row."""
        first, *others = self.rows
        return replace(self, rows=({**first, **texts}, *others))


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a folder has to give: clips to be, in the order of their names, and what was found on the way."""

    drafts: tuple[Draft, ...]
    found: tuple[Found, ...] = field(default=())


def files_below(
    source: Given, endings: Iterable[str] = MEDIA, *, deepest: int = DEEPEST, progress: Progress = unheard
) -> Iterator[tuple[str, Path]]:
    """Names with forward slashes and paths of the files below a folder, in order; links are not followed.

    Of a handful, its own. Hidden files and folders are left out. ``progress`` is told of every folder and
    may raise to stop. Raises ClipSetError clipset.folder_missing.
    """
    wanted = {ending.lower() for ending in endings}
    if isinstance(source, Handful):
        yield from source.named(wanted)
        return
    if not source.is_dir():
        raise ClipSetError("clipset.folder_missing", folder=source)
    folders = [("", source, deepest)]
    while folders:
        above, here, deeper = folders.pop()
        progress(0, None)
        found = _listed(here)
        below = [entry for entry in found if deeper and entry.is_dir()]
        folders += [
            (f"{above}{writable(entry.name)}/", Path(entry.path), deeper - 1) for entry in below[::-1]
        ]
        for entry in found:
            if entry.name[entry.name.rfind(".") :].lower() in wanted and entry.is_file():
                yield above + writable(entry.name), Path(entry.path)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing where it may not be looked into."""
    try:
        with os.scandir(folder) as scanned:
            shown = [entry for entry in scanned if not entry.name.startswith(".") and not entry.is_symlink()]
    except OSError:
        return []
    return sorted(shown, key=lambda entry: entry.name)


def by_naming(source: Given, naming: Naming, progress: Progress = unheard) -> Gathered:
    """Clips whose names follow a pattern. ``progress`` may raise to stop. Raises ClipSetError."""
    drafts: list[Draft] = []
    found: list[Found] = []
    there = list(files_below(source, progress=progress))
    for done, (name, path) in enumerate(there):
        progress(done, len(there))
        named = naming.read(name)
        if named is None:
            found.append(Found(name=name, finding=Finding.NOT_NAMED))
            continue
        found += [
            Found(name=name, finding=Finding.CODE_UNKNOWN, detail=f"{column}: {code}")
            for column, code in named.unknown.items()
        ]
        drafts.append(Draft(source=path, name=name, rows=(named.texts,)))
    return Gathered(tuple(drafts), tuple(found))


def by_table(
    source: Given, sheet: Spreadsheet, columns: Mapping[str, str], progress: Progress = unheard
) -> Gathered:
    """Clips that a spreadsheet names. ``columns``: its header's text → the column of ``clips.csv`` it fills.

    Columns without a place of their own are kept under ``x_``. ``progress`` may raise to stop. Raises
    ClipSetError clipset.column_missing where none of them names the file.
    """
    places: dict[str, str] = {}
    for text in sorted(filter(None, sheet.columns), key=lambda text: text not in columns):
        place = columns.get(text) or own_column(text)
        places[text] = OWN + place if place in places.values() else place
    if "file" not in places.values():
        raise ClipSetError("clipset.column_missing", file="", row=1, column="file")
    there = dict(files_below(source, progress=progress))
    spoken = _Spoken(there)
    rows: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    found: list[Found] = []
    for done, (number, cells) in enumerate(sheet.rows):
        progress(done, len(sheet.rows))
        texts = {places[text]: cell for text, cell in zip(sheet.columns, cells, strict=True) if text and cell}
        said = texts.pop("file", "")
        if sheet.separator != "," and "emotion" in texts:
            texts["emotion"] = _SHARE.sub(r"\1.\2", texts["emotion"])
        name = relative_name(said)
        if name is None:
            found.append(Found(name=said, finding=Finding.OUTSIDE, row=number))
        elif (meant := spoken.meant(name)) is None:
            found.append(Found(name=name, finding=Finding.NOT_THERE, row=number))
        else:
            rows.setdefault(meant, []).append((number, texts))
    found += [Found(name=name, finding=Finding.NOT_LISTED) for name in there if name not in rows]
    drafts = tuple(
        Draft(
            source=there[name],
            name=name,
            rows=tuple(texts for _, texts in rows[name]),
            lines=tuple(number for number, _ in rows[name]),
        )
        for name in there
        if name in rows
    )
    return Gathered(drafts, tuple(found))


class _Spoken:
    """Finds the file a table means, which often leaves out its folder or its ending, where only one fits."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exactly = set(names)
        self._loosely: dict[str, set[str]] = {}
        for name in self._exactly:
            path = PurePosixPath(name.casefold())
            for spoken in {str(path), path.name, str(path.with_suffix("")), path.stem}:
                self._loosely.setdefault(spoken, set()).add(name)

    def meant(self, name: str) -> str | None:
        if name in self._exactly:
            return name
        fitting = self._loosely.get(name.casefold(), set())
        return next(iter(fitting)) if len(fitting) == 1 else None


def drafts_of(clips: Iterable[Clip], folder: Path) -> tuple[Draft, ...]:
    """Clips of a set as drafts again."""
    return tuple(Draft(source=clip.file, name=clip.name, rows=tuple(rows_of(clip, folder))) for clip in clips)


def own_column(text: str) -> str:
    """Where a column of a foreign table goes: to its namesake, else to a column of the maker's own."""
    plain = "_".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
    if plain in COLUMNS or plain.startswith((VOTES, OWN)):
        return plain
    return OWN + (plain or "column")
