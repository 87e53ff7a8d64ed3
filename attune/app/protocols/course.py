"""How a drawn expression grows and fades, frame by frame, out of the file that says what was drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from attune.errors import SealError
from attune.sealing import opened

LIDS = ("AU43", "AU45", "eyeBlink")
BLINKS = (*LIDS, "eyeLook")  # come and go by themselves and are no part of an expression
CLOSED = 0.3  # lids further down than this hide the eyes
NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """``time_s`` ascending; ``intensity`` in [0, 1] at each, 1 = as strong as this clip gets.

    ``open_eyes`` at each. ``duration_s``: until the last frame is over.
    """

    time_s: tuple[float, ...]
    intensity: tuple[float, ...]
    open_eyes: tuple[bool, ...]

    @property
    def duration_s(self) -> float:
        """How long the clip is, its last frame as long as the one before."""
        return 2 * self.time_s[-1] - self.time_s[-2]

    def reaches(self, intensity: float) -> tuple[float, float]:
        """(time in s, intensity) of the frame on the way up that comes nearest, eyes open if it can be."""
        peak = self.intensity.index(max(self.intensity))
        rising = [place for place in range(peak + 1) if self.open_eyes[place]] or [peak]
        best = min(rising, key=lambda place: abs(self.intensity[place] - intensity))
        return self.time_s[best], self.intensity[best]


def read_course(path: Path) -> Course | None:
    """The course in a truth file; None where it has none or cannot be read, as with other makers' files.

    Intensity is the strength the file gives, else the root mean square of the units drawn, blinks apart; over
    its largest value.
    """
    try:
        with opened(path) as file:
            data = json.loads(file.read())
        time_s = tuple(int(time) / NS_PER_S for time in data["time_ns"])
        units = {name: [float(amount) for amount in amounts] for name, amounts in data["units"].items()}
        given = [float(amount) for amount in data.get("strength", ())]
    except (OSError, SealError, ValueError, KeyError, TypeError, AttributeError):
        return None
    moving = [amounts for name, amounts in units.items() if not name.startswith(BLINKS)]
    lids = [amounts for name, amounts in units.items() if name.startswith(LIDS)]
    if len(time_s) < 2 or any(len(amounts) != len(time_s) for amounts in (*units.values(), given or time_s)):
        return None
    size = given or [sqrt(sum(amounts[place] ** 2 for amounts in moving)) for place in range(len(time_s))]
    largest = max(size)
    still = data.get("emotion") == "neutral" or largest <= 0
    return Course(
        time_s=time_s,
        intensity=tuple(0.0 if still else value / largest for value in size),
        open_eyes=tuple(all(amounts[place] < CLOSED for amounts in lids) for place in range(len(time_s))),
    )
