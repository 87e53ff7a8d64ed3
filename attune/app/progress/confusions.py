"""Which emotion was said for which: all of it, and the earlier and the later half beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from attune.app.progress.columns import Codes, Columns
from attune.scoring.confusion import Confusion
from attune.scoring.mix_ups import MixUp, mix_ups

LEAST_A_HALF = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The answers between two moments (aware, UTC), counted."""

    begin: datetime
    end: datetime
    confusion: Confusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusions:
    """``halves``: the answers cut in the middle, None where that leaves too few. ``mix_ups``: most first."""

    whole: Period | None
    halves: tuple[Period, Period] | None
    mix_ups: tuple[MixUp, ...]


def confusions_of(columns: Columns) -> Confusions:
    """Count the answers; emotions never shown nor said are left out."""
    n = len(columns)
    if not n:
        return Confusions(whole=None, halves=None, mix_ups=())
    met = np.union1d(columns.reference, columns.chosen)
    cut = n // 2
    # Answers of one session stay on one side, so that both periods have dates of their own.
    while 0 < cut < n and columns.session[cut] == columns.session[cut - 1]:
        cut += 1
    whole = _period(columns, 0, n, met)
    halves = None
    if min(cut, n - cut) >= LEAST_A_HALF:
        halves = _period(columns, 0, cut, met), _period(columns, cut, n, met)
    return Confusions(whole=whole, halves=halves, mix_ups=mix_ups(whole.confusion))


def _period(columns: Columns, begin: int, end: int, met: Codes) -> Period:
    size = len(columns.names)
    key = columns.reference[begin:end].astype(np.int64) * size + columns.chosen[begin:end]
    counts = np.bincount(key, minlength=size * size).reshape(size, size)[np.ix_(met, met)]
    return Period(
        begin=datetime.fromtimestamp(float(columns.when_s[begin]), UTC),
        end=datetime.fromtimestamp(float(columns.when_s[end - 1]), UTC),
        confusion=Confusion(
            names=tuple(columns.names[place] for place in met.tolist()),
            counts=tuple(map(tuple, counts.tolist())),
        ),
    )
