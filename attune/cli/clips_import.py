"""``attune clips import``: first what would come, then, once agreed to, bringing it in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import typer

from attune.app.importing import (
    Advance,
    Brought,
    Details,
    Found,
    How,
    Kind,
    Missing,
    Survey,
    bring_in,
    missing,
    suggested,
    survey,
)
from attune.app.importing_look import look
from attune.app.library import PeopleKind
from attune.app.services import load_vocabulary
from attune.cli.clips import opened_library
from attune.cli.clips_change import parted
from attune.cli.formats import ReportFormat, visible, write_line
from attune.cli.parts import open_parts
from attune.cli.terminal import FINE, PROBLEM, ProgressBar
from attune.resources import Words

FEW = 5  # files told of by name for each finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The command's options, as they were written."""

    source: Path
    kind: Kind
    corpus: str
    pattern: str
    codes: tuple[str, ...]
    table: Path | None
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    name: str
    licence: str
    attribution: str
    drawn: bool
    look: bool
    agreed: bool


def import_clips(asked: Asked, form: ReportFormat, words: Words) -> int:
    """Tell what there is; bring it in where that was agreed to."""
    how = _how(asked, words)
    with opened_library() as library, ProgressBar(asked.source.name) as progress:

        def tell(advance: Advance) -> None:
            progress(advance.done, advance.total)

        found = survey(asked.source, how, library=library, words=words, progress=tell, stopped=_never)
        if asked.look:
            with closing(open_parts(None)) as parts:
                found = look(found, parts.measurer, words=words, progress=tell, stopped=_never)
        details = _details(asked, found, words)
        brought = None
        if asked.agreed and not found.problems:
            brought = bring_in(found, details, library=library, progress=tell, stopped=_never)
    if form is ReportFormat.JSON:
        write_line(json.dumps(_plain(found, details, brought, words), allow_nan=False))
    else:
        for line in _lines(found, details, brought, words):
            write_line(line)
    return PROBLEM if found.problems else FINE


def _never() -> bool:
    return False


def _how(asked: Asked, words: Words) -> How:
    """What the options come to; naming a corpus, a pattern or a table says that it is one."""
    kinds = ((asked.corpus, Kind.CORPUS), (asked.pattern, Kind.PATTERN), (asked.table, Kind.TABLE))
    kind = next((kind for told, kind in kinds if told), asked.kind)
    codes: dict[str, dict[str, str]] = {}
    for code in asked.codes:
        place, meaning = parted(code, "COLUMN:CODE=MEANING", words)
        column, _, short = place.partition(":")
        codes.setdefault(column, {})[short] = meaning
    columns = dict(parted(column, "HEADING=COLUMN", words) for column in asked.columns)
    return How(
        kind=kind, corpus=asked.corpus, pattern=asked.pattern, codes=codes, table=asked.table, columns=columns
    )


def _details(asked: Asked, found: Survey, words: Words) -> Details:
    details = suggested(found)
    labels = dict(parted(label, "WORD=EMOTION", words) for label in asked.labels)
    names = load_vocabulary().names
    for meaning in labels.values():
        if meaning and meaning not in names:
            told = words("clips.import.not_offered", value=meaning, names=", ".join(names))
            raise typer.BadParameter(told)
    given = {name: value for name in ("name", "licence", "attribution") if (value := getattr(asked, name))}
    people = PeopleKind.RENDERED if asked.drawn else details.people
    lower = {word.lower(): meaning for word, meaning in labels.items()}
    return replace(details, labels={**details.labels, **lower}, people=people, **given)


# For a person


def _lines(found: Survey, details: Details, brought: Brought | None, words: Words) -> Iterator[str]:
    title = words("clips.import.corpus_title", title=found.title) if found.title else ""
    yield words(
        "clips.import.read_as",
        source=visible(str(found.source)),
        kind=found.how.kind,
        title=title,
        clips=len(found.drafts),
        megabytes=found.size / 1e6,
    )
    if counts := [
        words("clips.import.label_count", label=label or words("clips.import.no_label"), count=count)
        for label, count in sorted(found.emotions.items(), key=lambda item: -item[1])
    ]:
        yield words("clips.import.labels", labels=", ".join(counts))
    yield from _findings(found.found, words)
    for label in found.unknown_labels:
        names = ", ".join(label.offers)
        offer = "clips.import.offer" if names else "clips.import.no_offer"
        told = words(offer, names=names, text=label.text)
        yield words("clips.import.unknown_label", count=label.clips, text=label.text, offer=told)
    lacking = missing(found, details)
    if Missing.LICENCE in lacking:
        yield words("clips.import.no_licence")
    if Missing.CONSENT in lacking:
        yield words("clips.import.no_consent")
    for refused in found.forbids:
        yield words(f"clips.import.forbids.{refused}")
    for problem in found.problems:
        yield words("clips.import.problem", problem=words.error(problem))
    if brought is None:
        yield words("clips.import.not_yet") if not found.problems else words("clips.import.cannot")
    else:
        yield from _findings(brought.found, words)
        yield words("clips.import.done", clips=brought.clips, id=brought.folder.name)


def _findings(found: tuple[Found, ...], words: Words) -> Iterator[str]:
    for finding in dict.fromkeys(each.finding for each in found):
        those = [each for each in found if each.finding is finding]
        told = words(f"importing.findings.{finding}")
        yield words("clips.import.finding", count=len(those), finding=told)
        for each in those[:FEW]:
            row = "" if each.row is None else words("clips.import.row", row=each.row)
            detail = words("clips.import.detail", detail=each.detail) if each.detail else ""
            told = words("clips.import.finding_file", file=each.name, row=row, detail=detail)
            yield visible(told)
        if len(those) > FEW:
            yield words("clips.import.more", count=len(those) - FEW)


# For a program


def _plain(found: Survey, details: Details, brought: Brought | None, words: Words) -> Mapping[str, Any]:
    lacking = missing(found, details)
    return {
        "source": str(found.source),
        "kind": str(found.how.kind),
        "title": found.title,
        "clips": len(found.drafts),
        "bytes": found.size,
        "emotions": dict(found.emotions),
        "people": found.people,
        "found": [asdict(each) for each in (*found.found, *(brought.found if brought else ()))],
        "unknown_labels": [asdict(label) for label in found.unknown_labels],
        "licence": details.licence,
        "attribution": details.attribution,
        "forbids": found.forbids,
        "missing": {str(what): people for what, people in lacking.items()},
        "problems": [words.error(problem) for problem in found.problems],
        "brought": {"id": brought.folder.name, "folder": str(brought.folder), "clips": brought.clips}
        if brought
        else None,
    }
