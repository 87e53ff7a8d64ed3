"""What the names of files say: patterns with named groups, for known corpora and for anybody's own folder.

A pattern is a regular expression that must match the end of a file's path below its folder, from the start
of a name on; each column of a clip's row is put together from its groups and, where there is a list of
codes, looked up in it. ``assets/corpora`` holds one such naming for each corpus Attune knows.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from pathlib import Path

import regex

from attune.clips.table import COLUMNS, OWN
from attune.errors import ClipSetError
from attune.resources import asset

LONGEST_PATTERN = 500  # letters; a person's own comes from a text field or a shared file
MOST_REPEATED = 100_000  # counts in braces, one times the other: each is written out when a pattern is made
PATIENCE_S = 0.5  # of computing for one name, which takes a few microseconds
_REPEATED = re.compile(r"\{(?:\d*,)?(\d+),?\}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column is made: ``of`` with the groups' texts in braces, then looked up among the codes.

    Codes are compared without regard to capitals. A text that is no code is kept where there are no codes.
    """

    of: str
    codes: Mapping[str, str] = field(default_factory=dict)

    def text(self, groups: Mapping[str, str]) -> str | None:
        """The column's text; None where the code is not known."""
        made = self.of.format_map(groups)
        if not self.codes:
            return made
        known = {code.casefold(): text for code, text in self.codes.items()}
        return known.get(made.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What one file's name says: texts by column of ``clips.csv``, and codes that are not known."""

    texts: Mapping[str, str]
    unknown: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Naming:
    """A way of naming files. ``forbids`` lists uses the licence refuses: ``treatment``, ``commercial``."""

    title: str
    pattern: str
    columns: Mapping[str, Column]
    licence: str = ""
    attribution: str = ""
    forbids: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @cached_property
    def expression(self) -> regex.Pattern[str]:
        """The pattern, made to begin at the start of a name. Raises ClipSetError clipset.pattern_*."""
        if len(self.pattern) > LONGEST_PATTERN:
            raise ClipSetError("clipset.pattern_long", most=LONGEST_PATTERN)
        if prod(int(count) for count in _REPEATED.findall(self.pattern)) > MOST_REPEATED:
            raise ClipSetError("clipset.pattern_slow", name=self.pattern)
        try:
            with warnings.catch_warnings():  # of brackets that may mean something else one day
                warnings.simplefilter("ignore")
                re.compile(self.pattern)  # says more plainly what is not right
                return regex.compile(rf"(?:^|.*/)(?:{self.pattern})$", regex.IGNORECASE)
        except (re.error, regex.error, RecursionError, OverflowError) as error:
            raise ClipSetError("clipset.pattern_unreadable", problem=str(error)) from error

    def match(self, name: str) -> regex.Match[str] | None:
        """What of a path with forward slashes the groups took; None where it is not named this way.

        Raises ClipSetError clipset.pattern_slow: some patterns would take years to say no to a name.
        """
        try:
            return self.expression.fullmatch(name, timeout=PATIENCE_S, concurrent=True)
        except TimeoutError as error:
            raise ClipSetError("clipset.pattern_slow", name=name) from error

    def read(self, name: str) -> Named | None:
        """What a path with forward slashes says; None where it is not named this way. Raises as above."""
        found = self.match(name)
        if found is None:
            return None
        groups = {group: text or "" for group, text in found.groupdict().items()}
        made = {column: how.text(groups) for column, how in self.columns.items()}
        return Named(
            texts={column: text for column, text in made.items() if text},
            unknown={
                column: self.columns[column].of.format_map(groups) for column in made if made[column] is None
            },
        )


def own_naming(pattern: str, codes: Mapping[str, Mapping[str, str]] | None = None) -> Naming:
    """A person's own pattern: groups named like columns fill them, other groups become columns of their own.

    ``codes``: for a column, what its short forms mean. Raises ClipSetError clipset.pattern_*.
    """
    bare = Naming(title="", pattern=pattern, columns={})
    columns = {
        group if group in COLUMNS else OWN + group: Column(
            of=f"{{{group}}}", codes=(codes or {}).get(group, {})
        )
        for group in bare.expression.groupindex
    }
    if not columns:
        raise ClipSetError("clipset.pattern_no_groups")
    return Naming(title="", pattern=pattern, columns=columns)


def known_corpora() -> tuple[Naming, ...]:
    """The corpora Attune knows by their file names, in alphabetical order."""
    return tuple(_read(path) for path in sorted(asset("corpora").glob("*.toml")))


def recognised(names: Iterable[str], corpora: Iterable[Naming]) -> Naming | None:
    """The corpus whose pattern matches most of the names, and at least one in two; None where none does."""
    names = list(names)
    counts = [(sum(corpus.read(name) is not None for name in names), corpus) for corpus in corpora]
    most, corpus = max(counts, key=lambda count: count[0], default=(0, None))
    return corpus if most and most * 2 >= len(names) else None


def _read(path: Path) -> Naming:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Naming(
        title=data["title"],
        pattern=data["pattern"],
        columns={name: Column(**how) for name, how in data["columns"].items()},
        licence=data["licence"],
        attribution=data["attribution"],
        forbids=tuple(data.get("forbids", ())),
        needs=tuple(data.get("needs", ())),
    )
