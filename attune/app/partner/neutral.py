"""Keeping a face at rest: some seconds without talking, after which moments are read against it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from attune.app.partner.hints import Hint
from attune.perception.neutral import Neutral
from attune.perception.track import FaceMeasurement, TrackBuilder

REST_S = 4.0
LONGEST_NS = 200_000_000  # between two pictures that both count: what lies between is then known, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """How far a rest has come: ``share`` in [0, 1] of the time wanted, ``hint`` what would help it on.

    Time under a hint other than FINE does not count. ``neutral`` is there when ``share`` is 1.
    """

    share: float
    hint: Hint
    neutral: Neutral | None = None


class Rest:
    """Collects one face until REST_S of it are there; one thread at a time."""

    def __init__(self, size: tuple[int, int]) -> None:
        """``size``: width and height of the pictures, in pixels."""
        self.size = size
        self._builder = TrackBuilder()
        self._last_ns: int | None = None
        self._lasted_ns = 0

    def add(self, time_ns: int, found: FaceMeasurement | None, hint: Hint) -> Resting:
        """One more picture; times strictly increase."""
        counts = found is not None and hint in {Hint.FINE, Hint.SLOW, Hint.ONE_FACE}
        if counts:
            self._builder.add(time_ns, found)
            if self._last_ns is not None and time_ns - self._last_ns <= LONGEST_NS:
                self._lasted_ns += time_ns - self._last_ns
        self._last_ns = time_ns if counts else None
        share = min(1.0, self._lasted_ns / (REST_S * 1e9))
        if share < 1.0:
            return Resting(share=share, hint=hint)
        width, height = self.size
        track = self._builder.finish(width=width, height=height)
        self._builder, self._last_ns, self._lasted_ns = TrackBuilder(), None, 0
        with suppress(ValueError):  # the eyes were shut nearly all the time: it begins again
            return Resting(share=1.0, hint=hint, neutral=Neutral.of(track))
        return Resting(share=0.0, hint=hint)


__all__ = ["REST_S", "Neutral", "Rest", "Resting"]
