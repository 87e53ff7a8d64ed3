"""How a person's skin moves: units, folds, lids that slide over the eyes, breath, the head on its neck."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attune.people.hairline import scalp
from attune.people.head import Head
from attune.people.lids import LidEdges, Lids
from attune.people.mesh import moved, rotation, smoothstep
from attune.people.parts import Face, Floats
from attune.people.person import Person
from attune.people.sculpt import Shape
from attune.people.shapes import GAIN, SHAPES
from attune.people.wrinkles import wrinkle_depths, wrinkle_drive

SHOULDER_DRAG = 0.3  # how much of the head's shift the shoulders go along with
PIVOT = np.array([0.0, 6.55, 0.35], np.float32)  # where the skull turns on the spine

COARSE_FOLDS = 0.6  # how fine folds can be where the mesh is coarse, of what they are on a fine one
OVERLAP = 0.002  # decimetres that closed lids press into each other
BREATH = np.array([0.0, 0.010, 0.014], np.float32)  # decimetres the chest goes up and forward

_BLINKS = {side: SHAPES.index(f"eyeBlink{side}") for side in ("Left", "Right")}
_OTHER_LID_SHAPES = {
    side: [
        at
        for at, name in enumerate(SHAPES)
        if name.startswith(("eyeLook", "eyeSquint", "eyeWide")) and name.endswith(side)
    ]
    for side in _BLINKS
}
_CLOSE, _JAW = SHAPES.index("mouthClose"), SHAPES.index("jawOpen")
_BROWS = [at for at, name in enumerate(SHAPES) if name.startswith("brow")]


class Motion:
    """Moves one person's skin and base mesh."""

    def __init__(self, head: Head, shape: Shape, person: Person) -> None:
        self._shape = shape
        self._lines = person.skin.lines
        self._moves, self._base_moves = head.moves(shape.level), head.base_moves
        self._moved_place = _places(self._moves.rows, len(shape.skin))
        self._base_place = _places(self._base_moves.rows, len(shape.base))
        # Hair does not ride on the brows, so neither does the skin under it.
        hold = scalp(shape.rest[self._moves.rows], person.hair)
        self._held = np.flatnonzero(hold)
        self._holds = -hold[self._held, None, None] * self._moves.part(hold > 0, _BROWS)
        self._gain = np.array([GAIN[name] for name in SHAPES], np.float32)
        fineness = 1.0 if shape.level > 1 else COARSE_FOLDS
        folds = wrinkle_depths(shape.rest, seed=person.seed, fineness=fineness)
        folded = np.flatnonzero(folds.any(axis=1))
        self._folded_place = _places(folded, len(folds))
        along_normals = shape.normals[folded][..., None] * folds[folded][:, None]
        self._folds: Floats = along_normals.reshape(-1, folds.shape[1])
        self._lids = [Lids(shape.skin, eye) for eye in shape.eyes]
        self._lashes = [Lids(shape.base, eye) for eye in shape.eyes]
        self.edges = [LidEdges(head, shape, side, eye) for side, eye in zip("lr", shape.eyes, strict=True)]
        height = shape.rest[:, 1]
        forward = np.maximum(shape.rest[:, 2] - 0.45, 0)
        follows = smoothstep(5.75, 6.65, height + 0.55 * forward).astype(np.float32)
        self._body = np.flatnonzero(follows < 1)
        self._follows = follows[self._body, None]
        self._breath = smoothstep(6.1, 5.3, height[self._body])[:, None].astype(np.float32) * BREATH
        self._fit_blinks()

    def move(self, face: Face) -> tuple[Floats, Floats]:
        """The skin (n, 3) and the base mesh (b, 3) as the face holds them, before the head turns."""
        weights = self.drawn(face.shapes)
        by_units = self._moves(weights)
        by_units[self._held] += self._holds @ weights[_BROWS]
        by_folds = (self._folds @ wrinkle_drive(face.shapes, lines=self._lines)).reshape(-1, 3)
        skin = self._shape.skin + _spread(by_units, self._moved_place)
        skin += _spread(by_folds, self._folded_place)
        base = self._shape.base + _spread(self._base_moves(weights), self._base_place)
        for lids, lashes in zip(self._lids, self._lashes, strict=True):
            lids.keep_out(skin, face.gaze)
            lashes.keep_out(base, face.gaze)
        return skin, base

    def _fit_blinks(self) -> None:
        """Make a whole blink close these lids, neither short of it nor past it."""
        still = np.zeros(2, np.float32)
        for edges, lashes, blink in zip(self.edges, self._lashes, _BLINKS.values(), strict=True):
            alone = np.zeros_like(self._gain)
            alone[blink] = 1
            open_gap = edges.gap(self._shape.base)
            for _ in range(3):  # the way over the eye is not straight
                base = self._shape.base.copy()
                base[self._base_moves.rows] += self._base_moves(self._gain * alone)
                lashes.keep_out(base, still)
                closed = open_gap - edges.gap(base)
                self._gain[blink] *= np.clip((open_gap + OVERLAP) / max(closed, 1e-3), 0.5, 1.5)

    def drawn(self, shapes: Floats) -> Floats:
        """How many times each sculpted shape (52,) is drawn.

        A shut lid neither squints, looks nor widens, and lips close only as far as the jaw has opened.
        """
        weights = shapes * self._gain
        for side, blink in _BLINKS.items():
            weights[_OTHER_LID_SHAPES[side]] *= 1 - min(float(shapes[blink]), 1.0)
        weights[_CLOSE] = min(weights[_CLOSE], shapes[_JAW])
        return np.asarray(weights, np.float32)

    def turn(self, skin: Floats, turn: Floats, face: Face) -> Floats:
        """The skin (n, 3) with the head turned (4, 4) on its neck, and the chest breathing."""
        result = moved(skin, turn)
        still = skin.take(self._body, axis=0) + np.float32(face.breath) * self._breath
        still += SHOULDER_DRAG * face.shift
        result[self._body] = still + self._follows * (result.take(self._body, axis=0) - still)
        return result


def head_turn(face: Face) -> Floats:
    """The move (4, 4) of what is rigid with the head: roll, pitch and yaw about the neck, then shift."""
    result = np.eye(4)
    result[:3, :3] = rotation(*map(float, face.head))
    result[:3, 3] = PIVOT - result[:3, :3] @ PIVOT + face.shift
    return result.astype(np.float32)


def _places(rows: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """The place among the rows of each of ``count`` points; one past the last for those not among them."""
    result = np.full(count, len(rows), np.intp)
    result[rows] = np.arange(len(rows))
    return result


def _spread(values: Floats, places: NDArray[np.intp]) -> Floats:
    """Values (m, 3) at their points (n, 3), zero elsewhere: gathered, which is faster than scattering."""
    return np.concatenate([values, np.zeros_like(values[:1])]).take(places, axis=0)
