"""Reading what somebody brought: what kind it is, which clips it has and who says what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from attune.app.importing_parts import How, Kind
from attune.clips.clip_set import CORE, ClipSet, load_clip_set, vocabulary_named
from attune.clips.companions import completed
from attune.clips.drafts import (
    MEDIA,
    Draft,
    Finding,
    Found,
    Gathered,
    Progress,
    by_naming,
    by_table,
    drafts_of,
    files_below,
    own_column,
    unheard,
)
from attune.clips.handful import Given, Handful
from attune.clips.manifest import MANIFEST
from attune.clips.naming import Naming, known_corpora, own_naming, recognised
from attune.clips.package import ENDING, entries
from attune.clips.packaged import load_package
from attune.clips.spreadsheet import TABLES, likely_columns, read_spreadsheet
from attune.clips.table import OWN, VOTES, Tell
from attune.errors import ClipSetError


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read, and how; ``naming``: of the corpus.

    ``clip_set``: where it is one, with the ``problems`` that keep it from being taken over and its bytes.
    """

    how: How
    gathered: Gathered
    naming: Naming | None = None
    clip_set: ClipSet | None = None
    problems: tuple[ClipSetError, ...] = ()
    size: int = 0


def read_source(source: Given, how: How, progress: Progress) -> Read:
    """Read it in this way, or find out in which; ``progress`` may raise to stop.

    Raises ClipSetError, PackageError.
    """
    how = recognise(source, progress) if how.kind is Kind.AUTO else how
    read = _read(source, how, progress)
    if isinstance(source, Handful):
        found = (*_no_clips(source, how), *read.gathered.found)
        return replace(read, gathered=Gathered(read.gathered.drafts, found))
    return read


def _read(source: Given, how: How, progress: Progress) -> Read:
    match how.kind:
        case Kind.SET if isinstance(source, Path):
            return _set(source, how, load_clip_set, lambda name: (source / name).stat().st_size)
        case Kind.PACKAGE if isinstance(source, Path):
            return _set(source, how, load_package, entries(source).__getitem__)
        case Kind.CORPUS:
            naming = _corpus(how.corpus)
            gathered = by_naming(source, naming, progress)
            for need in naming.needs:
                gathered = completed(need, gathered, source)
            return Read(how=how, gathered=gathered, naming=naming)
        case Kind.PATTERN:
            return Read(how=how, gathered=by_naming(source, own_naming(how.pattern, how.codes), progress))
        case Kind.TABLE:
            return _table(source, how, progress)
        case _:
            return Read(how=how, gathered=_files(source, progress))


def recognise(source: Given, progress: Progress = unheard) -> How:
    """How something is most likely meant. Raises ClipSetError clipset.folder_missing or not_clips."""
    if isinstance(source, Path):
        if source.is_file():
            return _file_kind(source)
        if (source / MANIFEST).is_file():
            return How(kind=Kind.SET)
    names = [name for name, _ in files_below(source, progress=progress)]
    if (corpus := recognised(names, known_corpora())) is not None:
        return How(kind=Kind.CORPUS, corpus=corpus.title)
    tables = [path for _, path in files_below(source, TABLES, deepest=0)]
    if len(tables) == 1 and "file" in likely_columns(read_spreadsheet(tables[0]).columns).values():
        return How(kind=Kind.TABLE, table=tables[0])
    return How(kind=Kind.FILES)


def _file_kind(source: Path) -> How:
    ending = source.suffix.lower()
    if ending == ENDING:
        return How(kind=Kind.PACKAGE)
    if ending in TABLES:
        return How(kind=Kind.TABLE, table=source)
    if ending in MEDIA:
        return How(kind=Kind.FILES)
    raise ClipSetError("clipset.not_clips", file=source.name)


def _corpus(title: str) -> Naming:
    corpora = {corpus.title.casefold(): corpus for corpus in known_corpora()}
    if (found := corpora.get(title.casefold())) is None:
        known = ", ".join(corpus.title for corpus in known_corpora())
        raise ClipSetError("clipset.corpus_unknown", value=title[:60], known=known)
    return found


def _table(source: Given, how: How, progress: Progress) -> Read:
    table = how.table or source
    assert isinstance(table, Path)  # a handful is read so only where it has one
    place = table.parent if source == table else source
    sheet = read_spreadsheet(table)
    columns: Mapping[str, str] = how.columns or likely_columns(sheet.columns)
    strange = (text for text in sheet.columns if _votes_for(text) not in {"", *vocabulary_named(CORE).names})
    columns = {**{text: OWN + own_column(text) for text in strange}, **columns}
    how = replace(how, table=table, columns=columns)
    return Read(how=how, gathered=by_table(place, sheet, columns, progress))


def _votes_for(text: str) -> str:
    """What a column of votes is about; "" for other columns."""
    column = own_column(text)
    return column.removeprefix(VOTES) if column.startswith(VOTES) else ""


def _files(source: Given, progress: Progress) -> Gathered:
    """Every clip there is, nothing said of any."""
    if isinstance(source, Path) and source.is_file():
        return Gathered((Draft(source=source, name=source.name, rows=({},)),))
    found = files_below(source, progress=progress)
    return Gathered(tuple(Draft(source=path, name=name, rows=({},)) for name, path in found))


def _set(source: Path, how: How, load: Callable[[Path, Tell], ClipSet], size: Callable[[str], int]) -> Read:
    problems: list[ClipSetError] = []
    clip_set = load(source, problems.append)
    drafts = drafts_of(clip_set.clips, clip_set.folder)
    files = sum(map(size, clip_set.files))
    return Read(how=how, gathered=Gathered(drafts), clip_set=clip_set, problems=tuple(problems), size=files)


def _no_clips(source: Handful, how: How) -> tuple[Found, ...]:
    """Of a folder nobody expects to hear what else lies in it; what was chosen by itself is told of."""
    tables = TABLES if how.kind in {Kind.TABLE, Kind.CORPUS} else ()
    used = {path for _, path in source.named({*MEDIA, *tables})}
    return tuple(Found(name=path.name, finding=Finding.NO_CLIP) for path in source.files if path not in used)
