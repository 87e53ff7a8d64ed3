"""What was measured in a file, as plain data for other programs: one summary, or one row a frame."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from attune.affect.reading import Reading
from attune.affect.vocabulary import Core
from attune.app.measured import Measured
from attune.perception.track import BLENDSHAPES

Value = str | float | int | bool | None

FRAME_COLUMNS = ("time_s", "face", *Core, *BLENDSHAPES, "yaw", "pitch", "roll")
"""Columns of :func:`frame_rows`: seconds; 0 or 1; probabilities; blendshapes in [0, 1]; degrees."""

_DIGITS = 4  # of what a face measurement can tell, and more


def summary(file: str, measured: Measured) -> dict[str, object]:
    """Everything about one file; ``expressed`` is None without a face, since nothing was seen then.

    ``apex_s`` is when the expression is strongest; ``warnings`` are keys of ``measuring.warnings``.
    """
    info, track, expressed = measured.info, measured.track, measured.expressed
    return {
        "file": file,
        "kind": str(info.kind),
        "duration_s": _seconds(info.duration_s),
        "frames": len(track.time_ns),
        "frames_with_face": int(track.face.sum()),
        "expressed": _plain(expressed.reading) if expressed.reading else None,
        "apex_s": None if expressed.apex_ns is None else _seconds(expressed.apex_ns / 1e9),
        "warnings": list(measured.warnings),
    }


def frame_rows(measured: Measured) -> Iterator[tuple[Value, ...]]:
    """One row a frame with the values of FRAME_COLUMNS; None where there is no face."""
    track, expressed = measured.track, measured.expressed
    pose = track.pose_deg
    for i, time_ns in enumerate(track.time_ns):
        numbers = (*expressed.labels[i], *track.blendshapes[i], *pose[i])
        yield (
            round(int(time_ns) / 1e9, 6),
            int(track.face[i]),
            *(round(float(number), _DIGITS) if isfinite(number) else None for number in numbers),
        )


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
