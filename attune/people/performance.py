"""An expression performed: what the face does in every frame, known exactly.

The same expression, intensity, timing, length, frame rate and seed give the same performance, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.people import idle
from attune.people.expression import Expression
from attune.people.parts import Face, Floats
from attune.people.shapes import SHAPES
from attune.people.speech import MOUTH, speech
from attune.people.timing import APART, Course, Timing, least_jerk
from attune.people.units import AMOUNTS, SIDES, UTMOST_GAZE, Unit, gaze_shapes, places, shapes_of

NS_PER_S = 1_000_000_000
LONGEST_S, MOST_FPS = 600.0, 1000.0
BEFORE_S, AFTER_S = (0.3, 0.45), 0.4  # a face at rest before and after
UNEVEN, MOST_UNEVEN = 0.04, 0.12  # by which one side lags in strength, usually and at most
LEFT_LEADS = 0.6  # posed expressions are a little stronger on the person's left (Borod et al. 1997)
HEAD_S = 0.6  # an expression that is there for less moves the head less
OPEN_BEFORE_S, SEEN_S, OPEN_AFTER_S = 0.2, 0.6, 0.25  # without blinks: before onset, at apex, after the end
SPOKEN_THROUGH = 0.45  # of the mouth's part of an expression, what is left while the person speaks
LEAST = 2e-3  # a smaller amount is not worth a line in the truth
_MOUTH = [place for place, amount in enumerate(AMOUNTS) if amount.unit in MOUTH]
_BLINK = list(places(Unit.AU45))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Performance:
    """An expression in n frames.

    time_ns (n,); strength (n,) of the expression in [0, 1]; amounts (n, len(AMOUNTS)) of the units, with
    what a resting face does by itself; shapes (n, 52) as drawn; gaze (n, 2), head (n, 3), shift (n, 3) and
    breath (n,) as in Face. ``timing`` says when it begins, is there, ends; None where nothing is shown.
    """

    expression: Expression
    intensity: float
    timing: Timing | None
    fps: float
    time_ns: NDArray[np.int64]
    strength: Floats
    amounts: Floats
    shapes: Floats
    gaze: Floats
    head: Floats
    shift: Floats
    breath: Floats

    def __len__(self) -> int:
        return len(self.time_ns)

    @property
    def onset_s(self) -> float | None:
        """When the expression begins."""
        return None if self.timing is None else self.timing.onset_s

    @property
    def apex_s(self) -> float | None:
        """When all of it has arrived."""
        return None if self.timing is None else self.timing.apex_s

    @property
    def offset_s(self) -> float | None:
        """When it is over."""
        return None if self.timing is None else self.timing.offset_s

    def face(self, frame: int) -> Face:
        """The face in one frame."""
        return Face(
            shapes=self.shapes[frame],
            gaze=self.gaze[frame],
            head=self.head[frame],
            shift=self.shift[frame],
            breath=float(self.breath[frame]),
        )

    def truth(self) -> dict[str, Any]:
        """Everything that was drawn, as plain data; what stays at rest throughout is left out."""
        units = {amount.name: course for amount, course in zip(AMOUNTS, self.amounts.T, strict=True)}
        shapes = dict(zip(SHAPES, self.shapes.T, strict=True))
        return {
            "expression": self.expression.name,
            "emotion": self.expression.emotions[0],
            "emotions": list(self.expression.emotions),
            "intensity": self.intensity,
            "fps": self.fps,
            "onset_s": self.onset_s,
            "apex_s": self.apex_s,
            "offset_s": self.offset_s,
            "time_ns": self.time_ns.tolist(),
            "strength": _rounded(self.strength, 3),
            "units": {name: _rounded(course, 3) for name, course in units.items() if course.max() > LEAST},
            "shapes": {name: _rounded(course, 3) for name, course in shapes.items() if course.max() > LEAST},
            "gaze_rad": _rounded(self.gaze, 4),
            "rotation_rad": _rounded(self.head, 4),
            "shift_dm": _rounded(self.shift, 4),
            "breath": _rounded(self.breath, 2),
        }


def posed(amounts: ArrayLike, *, gaze: ArrayLike = (0.0, 0.0), head: ArrayLike = (0.0, 0.0, 0.0)) -> Face:
    """A face that holds these amounts (len(AMOUNTS),) and does nothing else."""
    shapes = np.maximum(shapes_of(amounts), gaze_shapes(gaze))
    return Face(
        shapes=shapes,
        gaze=np.asarray(gaze, np.float32),
        head=np.asarray(head, np.float32),
        shift=np.zeros(3, np.float32),
    )


def still(expression: Expression, intensity: float = 1.0) -> Face:
    """An expression held at an intensity in [0, 1], head and eyes turned as it has them."""
    _check(intensity)
    turned = intensity * np.array(expression.head)
    away = intensity * np.array(expression.gaze)
    return posed(expression.amounts(intensity), gaze=away - turned[:2], head=turned)


def perform(
    expression: Expression,
    *,
    intensity: float = 1.0,
    timing: Timing | None = None,
    seconds: float | None = None,
    fps: float = 25.0,
    seed: int = 0,
    speaking: bool = False,
) -> Performance:
    """Perform an expression between two moments of rest.

    ``timing``: without one, by chance within the expression's own; ``seconds``: without them, until a little
    after its end. Raises ValueError for an intensity outside [0, 1] or times that cannot be.
    """
    _check(intensity)
    chance = [np.random.default_rng((seed, stream)) for stream in range(8)]
    if timing is None:
        start_s = round(float(chance[0].uniform(*BEFORE_S)), 2)
        timing = expression.timing.draw(chance[0], start_s=start_s)
    time_ns = _times(timing.offset_s + AFTER_S if seconds is None else seconds, fps)
    time_s = time_ns / NS_PER_S
    shown = bool(intensity > 0 and expression.full.any())
    strength = timing.at(time_s, decay=expression.timing.decay) * (intensity if shown else 0.0)

    amounts = _expressed(expression, intensity, timing, time_s, chance[1])
    if speaking:
        amounts[:, _MOUTH] *= SPOKEN_THROUGH
        amounts += speech(time_s, chance[2], start_s=0.1, end_s=float(time_s[-1]) - 0.1)
    amounts += idle.tone(time_s, chance[3]) * (1.0 - strength[:, None])
    amounts[:, _BLINK] = idle.blinks(time_s, chance[4], open_in=_open(timing) if shown else ())[:, None]
    amounts = np.clip(amounts, 0.0, 1.0).astype(np.float32)

    sway, shift = idle.sway(time_s, chance[5])
    turning = intensity * _turning(timing, time_s)[:, None]
    head = sway + turning * np.array(expression.head)
    looking = idle.glances(time_s, chance[6]) + turning * np.array(expression.gaze)
    gaze = (looking - head[:, :2]).clip(-UTMOST_GAZE, UTMOST_GAZE)
    return Performance(
        expression=expression,
        intensity=intensity,
        timing=timing if shown else None,
        fps=fps,
        time_ns=time_ns,
        strength=strength.astype(np.float32),
        amounts=amounts,
        shapes=np.maximum(shapes_of(amounts), gaze_shapes(gaze)),
        gaze=gaze.astype(np.float32),
        head=head.astype(np.float32),
        shift=shift.astype(np.float32),
        breath=idle.breath(time_s, chance[7]).astype(np.float32),
    )


def _times(seconds: float, fps: float) -> NDArray[np.int64]:
    if not (0 < seconds <= LONGEST_S and 1 <= fps <= MOST_FPS):
        raise ValueError(f"seconds, fps: up to {LONGEST_S:g} s and {MOST_FPS:g} frames a second wanted")
    return np.asarray(np.rint(np.arange(max(1, round(seconds * fps))) * (NS_PER_S / fps)), np.int64)


def _expressed(
    expression: Expression, intensity: float, timing: Timing, time_s: Course, chance: np.random.Generator
) -> Floats:
    """(n, len(AMOUNTS)): each unit with a beginning, an end and an evenness of its own."""
    early, late = (dict(zip(Unit, chance.uniform(0, APART, len(Unit)), strict=True)) for _ in range(2))
    lag = dict(zip(Unit, chance.normal(0, UNEVEN, len(Unit)).clip(-MOST_UNEVEN, MOST_UNEVEN), strict=True))
    weaker = SIDES[1] if chance.random() < LEFT_LEADS else SIDES[0]
    course = np.zeros((len(time_s), len(AMOUNTS)))
    for place, amount in enumerate(AMOUNTS):
        if not expression.full[place]:
            continue
        course[:, place] = timing.at(
            time_s, early=early[amount.unit], late=late[amount.unit], decay=expression.timing.decay
        )
        if amount.side == weaker:
            course[:, place] *= 1.0 - abs(lag[amount.unit])
    return expression.amounts(intensity * course)


def _turning(timing: Timing, time_s: Course) -> Course:
    """(n,) how far head and eyes have turned, in [0, 1]: slower than the face, and less for what is brief."""
    there = min(1.0, (timing.rise_s + timing.hold_s) / HEAD_S)
    rise = least_jerk(time_s, timing.onset_s, 1.3 * timing.rise_s + 0.15)
    fall = least_jerk(time_s, timing.fading_s, 1.3 * timing.fall_s + 0.15)
    return np.asarray(there * rise * (1.0 - fall))


def _open(timing: Timing) -> tuple[idle.Stretch, ...]:
    """When nobody blinks: from before the onset until the apex was there for a moment, or went."""
    seen_s = min(timing.apex_s + SEEN_S, timing.offset_s + OPEN_AFTER_S)
    return ((timing.onset_s - OPEN_BEFORE_S, seen_s),)


def _check(intensity: float) -> None:
    if not 0.0 <= intensity <= 1.0:
        raise ValueError(f"intensity: {intensity} is outside [0, 1]")


def _rounded(values: NDArray[np.floating], digits: int) -> list[Any]:
    plain: list[Any] = np.round(values.astype(np.float64), digits).tolist()
    return [value or 0 for value in plain] if values.ndim == 1 else plain  # 0 is shorter than 0.0
