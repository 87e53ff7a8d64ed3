"""What is asked of one face, and what is collected of it for that; nothing else is ever kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from attune.app.partner.hints import Hint, Stillness
from attune.app.partner.neutral import Neutral, Rest, Resting
from attune.perception.appearance import OUTPUTS
from attune.perception.landmarker import Seen as Found
from attune.perception.track import FaceMeasurement, FaceTrack, TrackBuilder
from attune.perception.tracker import EVERY, Finishing
from attune.perception.units import amounts, average_rest, channels, units

Units = Mapping[str, tuple[float, float]]
"""Amounts in [0, 1] of action units by code, on the subject's left and right."""
SLOWLY = 0.1  # the share of a new picture in how much of a face seems covered
LONGEST = 6000  # pictures of one moment, more than three minutes; of a longer one the newest


class Kept:
    """A moment while it lasts, all of one size."""

    def __init__(self) -> None:
        self._size = (1, 1)
        self._builder = TrackBuilder(most=LONGEST)

    def add(self, time_ns: int, found: FaceMeasurement | None, size: tuple[int, int]) -> None:
        """One more picture, ``size`` its width and height; one of another size begins anew."""
        if size != self._size:
            self._builder, self._size = TrackBuilder(most=LONGEST), size
        self._builder.add(time_ns, found)

    def track(self) -> FaceTrack:
        """All of it."""
        width, height = self._size
        return self._builder.finish(width=width, height=height)


@dataclass(slots=True, eq=False)
class Asked:
    """What is asked of one face.

    ``face``: its number, None until one is alone in the picture. ``kept``: a moment;
    ``resting`` hears how a rest comes on; ``moving`` hears how much each unit moved from ``neutral``.
    ``covered``: probability that a part of the face is, smoothed; ``still``: whether it does nothing at all.
    """

    face: int | None
    kept: Kept | None = None
    resting: Callable[[Resting], None] | None = None
    moving: Callable[[int, Units], None] | None = None
    neutral: Neutral | None = None
    covered: float = 0.0
    still: bool = False
    _rest: Rest | None = None
    _seen: int = 0
    _stillness: Stillness = field(default_factory=Stillness)

    @property
    def anything(self) -> bool:
        """Whether anything is asked."""
        return any(asked is not None for asked in (self.kept, self.resting, self.moving))

    def begin_rest(self, resting: Callable[[Resting], None]) -> None:
        """Ask for a rest, from its beginning."""
        self.resting, self._rest = resting, None

    def measure(
        self, rgb: NDArray[np.uint8], time_ns: int, found: Found | None, finishing: Finishing
    ) -> FaceMeasurement | None:
        """Look closely at the face in a picture, as far as somebody wants to know."""
        if found is None:
            self._seen = 0
            return None
        self.still = self._stillness(time_ns, found.blendshapes)
        if self.kept is None and self.resting is None:
            return None
        face = finishing(rgb, found._replace(due=self._seen % EVERY == 0))
        self._seen += 1
        covered = float((1 / (1 + np.exp(-face.appearance.reshape(-1, OUTPUTS)[:, -1]))).mean())
        self.covered += SLOWLY * (covered - self.covered)
        return face

    def rest(self, time_ns: int, face: FaceMeasurement | None, hint: Hint, size: tuple[int, int]) -> Resting:
        """One more picture of a face that is to rest."""
        if self._rest is None or self._rest.size != size:
            self._rest = Rest(size)
        return self._rest.add(time_ns, face, hint)


def moved(found: Found, aspect: float, neutral: Neutral | None) -> Units:
    """How much each unit that may be named is moved in one face, ``aspect`` height through width."""
    values = channels(found.blendshapes[None], found.landmarks[None], aspect)
    rest = average_rest() if neutral is None else neutral.channels
    curves = amounts(values, rest, calm=0.0 if neutral is None else 1.0)
    return {
        unit.code: (float(curves.left[0, place]), float(curves.right[0, place]))
        for place, unit in enumerate(units())
        if unit.measurable
    }
