"""``expressions.toml``: expressions as a person writes them, checked and put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import radians
from pathlib import Path
from typing import Annotated, ClassVar

import numpy as np
from annotated_types import Ge, Le, Lt, MaxLen, MinLen

from attune.affect.vocabulary import Core
from attune.errors import ExpressionError
from attune.people.expression import Expression, Kind
from attune.people.parts import Floats
from attune.people.timing import LONGEST_S, TimingRange
from attune.people.units import AMOUNTS, PLACES, UPPER, Unit, places
from attune.people.written import STRICTLY, read_written

MOST_BYTES = 1 << 20
STEEPEST_DEG = 30.0

Share = Annotated[float, Ge(0), Le(1)]
Seconds = Annotated[float, Ge(0), Le(LONGEST_S)]
Span = tuple[Seconds, Seconds]
Degrees = Annotated[float, Ge(-STEEPEST_DEG), Le(STEEPEST_DEG)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sided:
    """An amount that is not the same on both sides."""

    __pydantic_config__: ClassVar = STRICTLY

    left: Share = 0.0
    right: Share = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long it takes to come, stays and takes to go."""

    __pydantic_config__: ClassVar = STRICTLY

    onset_s: Span
    apex_s: Span
    offset_s: Span
    decay: Annotated[float, Ge(0), Lt(1)] = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Of the head, or of the eyes, which do not roll."""

    __pydantic_config__: ClassVar = STRICTLY

    yaw: Degrees = 0.0
    pitch: Degrees = 0.0
    roll: Degrees = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Of which other expressions the halves of a face are."""

    __pydantic_config__: ClassVar = STRICTLY

    upper: str = ""
    lower: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One table of the file."""

    __pydantic_config__: ClassVar = STRICTLY

    kind: Kind
    emotions: Annotated[tuple[Core, ...], MinLen(1), MaxLen(2)] = ()
    of: str = ""
    parts: Parts = field(default_factory=Parts)
    units: Mapping[Unit, Share | Sided] = field(default_factory=dict)
    enters: Mapping[Unit, Annotated[float, Ge(0), Lt(1)]] = field(default_factory=dict)
    share: Share | None = None
    timing: Times | None = None
    head_deg: Turn | None = None
    gaze_deg: Turn | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The other expressions it is made from; the first lends timing, head and gaze."""
        return tuple(name for name in (self.of, self.parts.upper, self.parts.lower) if name)


def read_expressions(path: Path) -> Mapping[str, Expression]:
    """Read and check a file of expressions. Raises ExpressionError naming the file and the field."""
    written = read_written(path, dict[str, Written], most_bytes=MOST_BYTES, refused=_refused)
    if not written:
        raise ExpressionError("expression.empty", file=path)
    found: dict[str, Expression] = {}
    for name, table in written.items():
        for source in table.sources:
            if source not in found:
                raise ExpressionError("expression.not_before", file=path, field=name, value=source)
        found[name] = _put_together(name, table, found, path)
    return found


def _refused(amiss: str, /, **fields: object) -> ExpressionError:
    if amiss == "unknown_key":
        return ExpressionError("expression.unit_unknown", units=", ".join(Unit), **fields)
    return ExpressionError(f"expression.{amiss}", **fields)


def _put_together(name: str, table: Written, found: Mapping[str, Expression], path: Path) -> Expression:
    first = found[table.sources[0]] if table.sources else None
    timing = _timing(table, first, name, path)
    emotions = tuple(map(str, table.emotions)) or (first.emotions if first else ())
    if not emotions:
        raise ExpressionError("expression.missing", file=path, field=f"{name}.emotions")
    full, enters = _halves(table, found)
    for unit, amount in table.units.items():
        for place, value in _placed(unit, amount, name, path):
            full[place] = value
    for unit, strength in table.enters.items():
        enters[list(places(unit))] = strength
    for whole in (full, enters):
        whole.setflags(write=False)
    return Expression(
        name=name,
        kind=table.kind,
        emotions=emotions,
        full=full,
        enters=enters,
        timing=timing,
        head=_radians(table.head_deg) if table.head_deg else (first.head if first else (0.0, 0.0, 0.0)),
        gaze=_radians(table.gaze_deg)[:2] if table.gaze_deg else (first.gaze if first else (0.0, 0.0)),
        share=table.share,
    )


def _halves(table: Written, found: Mapping[str, Expression]) -> tuple[Floats, Floats]:
    """Amounts and entrances as they are before the table's own: copied, or half by half, or nothing."""
    full, enters = np.zeros((2, len(AMOUNTS)), np.float32)
    if table.of:
        full[:], enters[:] = found[table.of].full, found[table.of].enters
    upper = np.array([amount.unit in UPPER for amount in AMOUNTS])
    for source, half in ((table.parts.upper, upper), (table.parts.lower, ~upper)):
        if source:
            full[half], enters[half] = found[source].full[half], found[source].enters[half]
    return full, enters


def _placed(unit: Unit, amount: float | Sided, name: str, path: Path) -> Iterator[tuple[int, float]]:
    if not isinstance(amount, Sided):
        yield from ((place, amount) for place in places(unit))
    elif len(places(unit)) == 1:
        raise ExpressionError("expression.no_sides", file=path, field=f"{name}.units.{unit}")
    else:
        yield PLACES[f"{unit}_left"], amount.left
        yield PLACES[f"{unit}_right"], amount.right


def _timing(table: Written, first: Expression | None, name: str, path: Path) -> TimingRange:
    if table.timing is None:
        if first is None:
            raise ExpressionError("expression.missing", file=path, field=f"{name}.timing")
        return first.timing
    times = table.timing
    for field_name, (low, high) in (
        ("onset_s", times.onset_s), ("apex_s", times.apex_s), ("offset_s", times.offset_s)
    ):  # fmt: skip
        if low > high:
            raise ExpressionError(
                "expression.out_of_range",
                file=path,
                field=f"{name}.timing.{field_name}",
                value=low,
                problem=f"{low:g} > {high:g}",
            )
    return TimingRange(onset_s=times.onset_s, apex_s=times.apex_s, offset_s=times.offset_s, decay=times.decay)


def _radians(turn: Turn) -> tuple[float, float, float]:
    return radians(turn.yaw), radians(turn.pitch), radians(turn.roll)
