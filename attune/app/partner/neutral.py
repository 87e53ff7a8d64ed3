"""Keeping a face at rest: some seconds without talking, after which moments are read against it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from attune.app.partner.hints import Hint
from attune.perception.dynamics import speaking
from attune.perception.neutral import Neutral, spread
from attune.perception.track import FaceMeasurement, FaceTrack, TrackBuilder

REST_S = 4.0
LOOK_NS = 1_300_000_000  # from one look for talking and laughing to the next
TALKING = 0.3  # share of that in which the lips move as in speech
MOVED = 0.25  # calm faces stay under .12, half a smile reaches .5
LONGEST_NS = 200_000_000  # between two pictures that both count: what lies between is then known, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """How far a rest has come: ``share`` in [0, 1] of the time wanted, ``hint`` what would help it on.

    Time in which the face cannot be measured well does not count. ``neutral`` is there when ``share`` is 1.
    """

    share: float
    hint: Hint
    neutral: Neutral | None = None


def known(kept: Mapping[str, Any] | None) -> Neutral | None:
    """A face at rest as it was kept; None where none was, or by an Attune that measured otherwise."""
    if kept is not None:
        with suppress(ValueError):
            return Neutral.from_json(kept)
    return None


@dataclass(slots=True)
class _Collected:
    """What there is of a rest so far, in ns; ``last_ns`` None where the last picture did not count."""

    builder: TrackBuilder = field(default_factory=TrackBuilder)
    last_ns: int | None = None
    lasted_ns: int = 0
    looked_ns: int = 0


class Rest:
    """Collects one face until REST_S of it are there; one thread at a time."""

    def __init__(self, size: tuple[int, int]) -> None:
        """``size``: width and height of the pictures, in pixels."""
        self.size = size
        self._moving = False
        self._now = _Collected()

    def add(self, time_ns: int, found: FaceMeasurement | None, hint: Hint) -> Resting:
        """One more picture; times strictly increase. Who talks or laughs begins again."""
        now = self._now
        if found is None or hint not in {Hint.FINE, Hint.SLOW, Hint.ONE_FACE}:
            now.last_ns = None
            return Resting(share=self._share, hint=hint)
        now.builder.add(time_ns, found)
        if now.last_ns is not None and time_ns - now.last_ns <= LONGEST_NS:
            now.lasted_ns += time_ns - now.last_ns
        now.last_ns = time_ns
        if now.lasted_ns >= now.looked_ns + LOOK_NS:
            self._look_back()
        hint = Hint.MOVING if self._moving else hint
        return self._end(hint) if self._share == 1.0 else Resting(share=self._share, hint=hint)

    @property
    def _share(self) -> float:
        return min(1.0, self._now.lasted_ns / (REST_S * 1e9))

    def _look_back(self) -> None:
        self._now.looked_ns = self._now.lasted_ns
        track = self._track()
        lately = track.face & (track.time_ns > track.time_ns[-1] - LOOK_NS)
        self._moving = bool(speaking(track)[lately].mean() > TALKING or spread(track, lately) > MOVED)
        if self._moving:
            self._now = _Collected()

    def _end(self, hint: Hint) -> Resting:
        track = self._track()
        self._now = _Collected()
        with suppress(ValueError):  # the eyes were shut nearly all the time: it begins again
            return Resting(share=1.0, hint=hint, neutral=Neutral.of(track))
        return Resting(share=0.0, hint=hint)

    def _track(self) -> FaceTrack:
        width, height = self.size
        return self._now.builder.finish(width=width, height=height)


__all__ = ["REST_S", "Neutral", "Rest", "Resting", "known"]
