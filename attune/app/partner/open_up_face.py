"""What a face showed while somebody spoke, laid beside what they told of it. Plain data, to be kept.

Nobody's feelings are read off it: it says how the face moved, and what people often call that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.app.partner.neutral import Neutral
from attune.app.partner.open_up import Mark, spoken_time_s
from attune.perception.expression import ENOUGH, Expressed, load_expression_model
from attune.perception.track import FaceTrack
from attune.perception.units import UnitCurves, unit_amounts, units_moved

STEP_S = 1.0  # of the line that is kept: nothing finer is worth looking at over minutes
AROUND_S = 1.5  # before and after a mark: nobody marks to the picture what they felt
MOST_UNITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """When was spoken: from ``began_ns`` on the track's clock, for ``lasts_s`` without the ``pauses``."""

    began_ns: int
    lasts_s: float
    pauses: Sequence[tuple[float, float]] = ()


def shown(
    track: FaceTrack, neutral: Neutral | None, spoken: Spoken, marks: Iterable[Mark]
) -> dict[str, Any] | None:
    """{"time_s", "valence", "arousal", "units"}; None where the face could not be read for two seconds.

    A value each second in [-1, 1], None where the face could not be read; ``units``: for each mark up to
    three (code, side, amount) that moved most around it. Takes a second or two for a few minutes.
    """
    if not track.face.any():
        return None
    expressed = load_expression_model().read(track, neutral=neutral)
    time_s = np.array(
        [spoken_time_s((time - spoken.began_ns) / 1e9, spoken.pauses) for time in track.time_ns.tolist()]
    )
    seconds = np.arange(0.0, spoken.lasts_s, STEP_S)
    lines = {axis: _each_second(seconds, time_s, axis, expressed) for axis in ("valence", "arousal")}
    if sum(value is not None for value in lines["valence"]) < 2:
        return None
    curves = unit_amounts(
        track,
        neutral_ns=expressed.neutral_ns,
        calm=expressed.calm,
        own=None if neutral is None else neutral.channels,
    )
    units = [_around(mark.time_s, time_s, track, curves) for mark in marks]
    return {"time_s": seconds.tolist(), **lines, "units": units}


def _each_second(
    seconds: NDArray[np.float64], time_s: NDArray[np.float64], axis: str, expressed: Expressed
) -> list[float | None]:
    values = np.asarray(getattr(expressed, axis), dtype=np.float64)
    read = np.isfinite(values) & (np.nan_to_num(expressed.confidence) >= ENOUGH)
    found: list[float | None] = []
    for second in seconds:
        here = read & (time_s >= second) & (time_s < second + STEP_S)
        found.append(round(float(values[here].mean()), 3) if here.any() else None)
    return found


def _around(
    mark_s: float, time_s: NDArray[np.float64], track: FaceTrack, curves: UnitCurves
) -> list[tuple[str, str, float]]:
    """What moved in the picture around a mark that shows most."""
    near = track.face & (np.abs(time_s - mark_s) <= AROUND_S)
    if not near.any():
        return []
    much = np.where(near, np.nan_to_num(curves.left + curves.right).sum(axis=1), -1.0)
    found = units_moved(track, curves, apex_ns=int(track.time_ns[much.argmax()]))
    return [(unit.code, str(unit.side), round(unit.amount, 3)) for unit in found[:MOST_UNITS]]
