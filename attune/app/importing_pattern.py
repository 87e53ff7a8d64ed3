"""Patterns a person writes for the names of their files, and what each would read out of them.

A pattern is written as names look, with braces for what changes: ``{person}_{emotion}_*.mp4``. Whoever knows
regular expressions may write one instead, with named groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import regex

from attune.clips.drafts import files_below
from attune.clips.handful import Given
from attune.clips.naming import known_corpora, own_naming

MOST_NAMES = 100  # looked at while somebody types
_GAP = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}|\*")
_OWN = "(?P<"  # how a named group begins: a regular expression


@dataclass(frozen=True, slots=True)
class Ways:
    """What a folder's names can be read by: the titles of known corpora; ``names``: the first of them."""

    corpora: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One name cut into parts: the column each fills, "" for what the pattern takes no notice of.

    No parts: the name does not follow the pattern.
    """

    name: str
    parts: tuple[tuple[str, str], ...]


def expression_of(written: str) -> str:
    """The regular expression for a pattern as it is written; one with named groups is taken as it is.

    Braces take up to the next letter of the pattern, a star anything; neither goes into another folder.
    """
    if _OWN in written:
        return written
    made, place, taken = "", 0, set[str]()
    for gap in _GAP.finditer(written):
        made += re.escape(written[place : gap.start()])
        group = (gap.group(1) or "").lower()
        if group and group not in taken:
            made += f"(?P<{group}>[^/]+?)"
            taken.add(group)
        else:
            made += f"(?P={group})" if group else "[^/]*"
        place = gap.end()
    made += re.escape(written[place:])
    return made if "." in written else made + r"\.\w+"


def read_names(pattern: str, names: Iterable[str]) -> tuple[Seen, ...]:
    """What an expression reads out of names. Raises ClipSetError clipset.pattern_*."""
    naming = own_naming(pattern)
    return tuple(Seen(name, _parts(naming.match(name))) for name in names)


def ways(source: Given) -> Ways:
    """What can be chosen from for a folder or a handful, with the first names in it. Raises ClipSetError."""
    corpora = tuple(corpus.title for corpus in known_corpora())
    return Ways(corpora, tuple(name for name, _ in islice(files_below(source), MOST_NAMES)))


def _parts(found: regex.Match[str] | None) -> tuple[tuple[str, str], ...]:
    if found is None:
        return ()
    spans = sorted((found.start(group), found.end(group), group) for group in found.re.groupindex)
    parts, place = [], 0
    for start, end, group in spans:
        if start < place:  # nothing was found for it, or it lies within another
            continue
        parts.append(("", found.string[place:start]))
        parts.append((group, found.string[start:end]))
        place = end
    parts.append(("", found.string[place:]))
    return tuple(part for part in parts if part[1])
