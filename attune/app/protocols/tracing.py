"""A traced clip beside its reference: how well it was followed, where the two parted. Plain data all along.

A reference is {"source", "time_s": [...], axis: [...]}; a result {axis: numbers, or {"unscorable": why}}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.measured import Measured

USUAL_LAG_S = 2.5  # where somebody's own is not known: in the middle of what people need
APART, APART_S = 0.4, 1.0  # of the range [-1, 1], and how long, before two traces parted


class Traced(Protocol):
    """A trace with what it is laid beside; see :class:`attune.storage.records.TraceRecord`."""

    @property
    def axes(self) -> tuple[str, ...]:
        """What was traced."""

    @property
    def samples(self) -> tuple[tuple[float, ...], ...]:
        """(time in s, a value for each axis)."""

    @property
    def reference(self) -> Mapping[str, Any] | None:
        """What it is compared with."""


def usual_lag(traces: Iterable[Traced]) -> float:
    """How late this person follows, in s: what fits their ended traces best, else what is usual."""
    from attune.scoring.continuous import estimate_lag  # noqa: PLC0415 - loads numpy
    from attune.scoring.unscorable import Unscorable  # noqa: PLC0415

    pairs = [
        ((trace.reference["time_s"], trace.reference[axis]), columns(trace.samples, place))
        for trace in traces
        if trace.reference is not None
        for place, axis in enumerate(trace.axes)
        if axis in trace.reference
    ]
    found = estimate_lag(pairs)
    return USUAL_LAG_S if isinstance(found, Unscorable) else found


def compare(
    reference: Mapping[str, Any], axes: Sequence[str], samples: Sequence[tuple[float, ...]], lag_s: float
) -> dict[str, Any]:
    """How well each axis was followed: the fields of ``Following`` and ``parted``, or why there are none."""
    from attune.scoring.continuous import follow  # noqa: PLC0415 - loads numpy
    from attune.scoring.unscorable import Unscorable  # noqa: PLC0415

    result: dict[str, Any] = {}
    for place, axis in enumerate(axes):
        if axis not in reference:
            continue
        times, values = columns(samples, place)
        found = follow(reference["time_s"], reference[axis], times, values, lag_s=lag_s)
        if isinstance(found, Unscorable):
            result[axis] = {"unscorable": str(found)}
            continue
        plain = {name: str(v) if isinstance(v, Unscorable) else v for name, v in asdict(found).items()}
        result[axis] = plain | {"parted": parted(reference["time_s"], reference[axis], times, values, lag_s)}
    return result


def parted(
    time_s: Sequence[float],
    reference: Sequence[float],
    user_s: Sequence[float],
    user: Sequence[float],
    lag_s: float,
) -> list[list[float]]:
    """[from, to] in s on the clip's clock, wherever the traces were far apart for a second or longer."""
    import numpy as np  # noqa: PLC0415 - not before it is needed

    if len(user_s) < 2 or len(time_s) < 2:
        return []
    when = np.arange(time_s[0], time_s[-1], 0.1)
    theirs = np.interp(when, time_s, reference)
    mine = np.interp(when + lag_s, user_s, user, left=np.nan, right=np.nan)
    apart = np.concatenate([[False], np.abs(mine - theirs) > APART, [False]])  # NaN is not apart
    edges = np.flatnonzero(np.diff(apart.astype(int)))
    stretches = zip(edges[::2], edges[1::2], strict=True)
    return [
        [float(when[start]), float(when[end - 1])]
        for start, end in stretches
        if (end - start) * 0.1 >= APART_S
    ]


def measured_trace(measured: Measured, axes: Sequence[str]) -> dict[str, Any] | None:
    """What the measurement saw, moment by moment; None without a face in two frames."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    expressed = measured.expressed
    seen = np.isfinite(expressed.valence) & np.isfinite(expressed.arousal)
    if int(seen.sum()) < 2:
        return None
    found: dict[str, Any] = {"source": "measured", "time_s": (expressed.time_ns[seen] / 1e9).tolist()}
    return found | {axis: getattr(expressed, axis)[seen].astype(float).tolist() for axis in axes}


def columns(samples: Sequence[tuple[float, ...]], place: int) -> tuple[list[float], list[float]]:
    """Times and the values of one axis, ascending; where the clip was turned back, what came last counts."""
    by_time = {sample[0]: sample[1 + place] for sample in samples}
    times = sorted(by_time)
    return times, [by_time[time] for time in times]
