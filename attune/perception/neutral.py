"""A face at rest, kept so that later moments of the same face are read against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from attune.perception.dynamics import QUIET
from attune.perception.features import FEATURES, features
from attune.perception.track import BLENDSHAPES, FaceTrack
from attune.perception.units import CHANNELS, channels

LEAST_FRAMES = 20  # with open eyes; fewer tell more of a moment than of a face
BLINK = 0.35  # eyes closed further than this are not at rest
_LIDS = [BLENDSHAPES.index(f"eyeBlink{side}") for side in ("Left", "Right")]
_SETS: Mapping[str, Sequence[str]] = {"features": FEATURES, "channels": CHANNELS}


@dataclass(frozen=True, slots=True, eq=False)
class Neutral:
    """Medians over a rest: ``features`` (FEATURES,), ``channels`` (CHANNELS,), float64.

    Numbers about brows, lids and lips, from which no picture of the face can be made again.
    """

    features: NDArray[np.float64]
    channels: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Raise ValueError where there is not one finite number for each name."""
        for name, names in _SETS.items():
            values = np.array(getattr(self, name), dtype=np.float64)
            if values.shape != (len(names),) or not np.isfinite(values).all():
                raise ValueError(f"{name}: {len(names)} finite numbers wanted")
            values.setflags(write=False)
            object.__setattr__(self, name, values)

    @classmethod
    def of(cls, track: FaceTrack) -> Self:
        """The rest that a track shows from beginning to end, but for its blinks.

        Raises ValueError where fewer than LEAST_FRAMES frames show the face with open eyes.
        """
        awake = track.face & ~(track.blendshapes[:, _LIDS].mean(axis=1) > BLINK)
        if awake.sum() < LEAST_FRAMES:
            raise ValueError("too few frames with open eyes")
        shown = track.blendshapes[awake], track.landmarks[awake], track.height / track.width
        return cls(np.median(features(*shown), axis=0), np.median(channels(*shown), axis=0))

    def to_json(self) -> dict[str, Any]:
        """Plain data for storage, each number under its name."""
        return {
            name: dict(zip(names, map(float, getattr(self, name)), strict=True))
            for name, names in _SETS.items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote.

        Raises ValueError on anything else, also on the rest of an Attune that measured other features.
        """
        try:
            return cls(*(np.array([data[name][each] for each in names]) for name, names in _SETS.items()))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a face at rest: {error!r}") from error


def spread(track: FaceTrack, frames: NDArray[np.bool_]) -> float:
    """How far a face leaves its own middle in these frames (n,), by brows, nose, mouth and jaw.

    The distance of their blendshapes from their median that one frame in ten exceeds; 0 without a face.
    """
    shapes = track.blendshapes[track.face & frames][:, QUIET].astype(np.float64)
    if not len(shapes):
        return 0.0
    return float(np.quantile(np.linalg.norm(shapes - np.median(shapes, axis=0), axis=1), 0.9))
