"""What was measured in a file, as plain data for other programs: one summary, or one row a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.affect.reading import Reading
from attune.affect.vocabulary import Core
from attune.app.measured import Measured
from attune.media.frames import MediaKind
from attune.perception.dynamics import Movement
from attune.perception.track import BLENDSHAPES
from attune.perception.units import UNITS, Unit, UnitCurves, units

Value = str | float | int | bool | None

NUMBERS = ("intensity", "valence", "arousal", "confidence")
_DIGITS = 4  # of what a face measurement can tell, and more


@cache
def frame_columns() -> tuple[str, ...]:
    """Columns of :func:`frame_rows`.

    Seconds; 0 or 1; probabilities; intensity and confidence in [0, 1], valence and arousal in [-1, 1]; number
    of the movement from 1 on, 0 between, then 0 or 1; action units and blendshapes in [0, 1]; degrees.
    """
    return (
        *("time_s", "face"),
        *(*Core, *NUMBERS),
        *("movement", "blink", "speaking"),
        *(column for unit in _told() for column in _columns(unit)),
        *BLENDSHAPES,
        *("yaw", "pitch", "roll"),
    )


def _told() -> tuple[Unit, ...]:
    """The units that can be told well enough to be shown to anybody."""
    return tuple(unit for unit in units() if unit.measurable)


def _columns(unit: Unit) -> tuple[str, ...]:
    return (f"{unit.code}_left", f"{unit.code}_right") if unit.sided else (unit.code,)


def summary(file: str, measured: Measured) -> dict[str, Any]:
    """Everything about one file; ``expressed`` is None without a face, since nothing was seen then.

    ``apex_s`` is when the expression is strongest; ``units`` moved up to then, with the subject's own side.
    ``movements`` and ``blinks`` are stretches of time; ``speaking`` is a share of the frames with a face,
    None without one and in a picture. ``warnings`` are keys of ``measuring.warnings``.
    """
    info, track, expressed = measured.info, measured.track, measured.expressed
    face = track.face
    return {
        "file": file,
        "kind": str(info.kind),
        "duration_s": _seconds(info.duration_s),
        "frames": len(face),
        "frames_with_face": int(face.sum()),
        "expressed": _plain(expressed.reading) if expressed.reading else None,
        "apex_s": None if expressed.apex_ns is None else _seconds(expressed.apex_ns / 1e9),
        "units": [
            {"unit": moved.code, "side": str(moved.side), "amount": round(moved.amount, _DIGITS)}
            for moved in measured.units
        ],
        "movements": [_movement(movement) for movement in measured.movements],
        "blinks": [[_seconds(time_ns / 1e9) for time_ns in blink] for blink in measured.blinks],
        "speaking": round(float(expressed.speaking[face].mean()), _DIGITS)
        if face.any() and info.kind is MediaKind.VIDEO
        else None,
        "warnings": list(measured.warnings),
    }


def frame_rows(measured: Measured) -> Iterator[tuple[Value, ...]]:
    """One row a frame with the values of :func:`frame_columns`; None where there is no face.

    None, too, for the course of a picture, which has none.
    """
    track, expressed = measured.track, measured.expressed
    pose, face = track.pose_deg, track.face
    in_time = face & (measured.info.kind is MediaKind.VIDEO)
    moving = _numbered(track.time_ns, [(one.onset_ns, one.offset_ns) for one in measured.movements])
    blinking = _numbered(track.time_ns, measured.blinks) > 0
    numbers = np.column_stack([expressed.labels, *(getattr(expressed, name) for name in NUMBERS)])
    shapes = np.column_stack([_amounts(measured.curves), track.blendshapes, pose])
    for i, time_ns in enumerate(track.time_ns):
        course = (moving[i], blinking[i], expressed.speaking[i])
        yield (
            round(int(time_ns) / 1e9, 6),
            int(face[i]),
            *_rounded(numbers[i]),
            *(int(value) if in_time[i] else None for value in course),
            *_rounded(shapes[i]),
        )


def _amounts(curves: UnitCurves) -> NDArray[np.float32]:
    """(n, columns) of the units told, in the order of their columns."""
    sides = [
        side[:, UNITS.index(unit.code)]
        for unit in _told()
        for side in ((curves.left, curves.right) if unit.sided else (curves.left,))
    ]
    return np.column_stack(sides)


def _rounded(numbers: Iterable[float]) -> Iterator[float | None]:
    return (round(float(number), _DIGITS) if isfinite(number) else None for number in numbers)


def _numbered(time_ns: NDArray[np.int64], stretches: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """(n,) number of the stretch, from 1 on, that each time lies in; 0 in none."""
    numbers = np.zeros(len(time_ns), dtype=np.int64)
    for number, (start_ns, end_ns) in enumerate(stretches, start=1):
        numbers[(time_ns >= start_ns) & (time_ns <= end_ns)] = number
    return numbers


def _movement(movement: Movement) -> dict[str, object]:
    return {
        "onset_s": _seconds(movement.onset_ns / 1e9),
        "apex_s": _seconds(movement.apex_ns / 1e9),
        "offset_s": _seconds(movement.offset_ns / 1e9),
        "peak": round(movement.peak, _DIGITS),
        "brief": movement.brief,
    }


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _plain(reading: Reading) -> dict[str, object]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(float(value), _DIGITS)

    return {
        "labels": {str(name): rounded(reading.labels.get(name, 0.0)) for name in Core},
        "intensity": rounded(reading.intensity),
        "valence": rounded(reading.valence),
        "arousal": rounded(reading.arousal),
        "confidence": rounded(reading.confidence),
    }
