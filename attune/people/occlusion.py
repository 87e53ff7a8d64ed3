"""How much light reaches each point of a resting person, hair included, from many views of their depth.

Baked once: hair keeps its place on the head, and what the face hides from itself changes little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from math import pi, sqrt

import moderngl
import numpy as np
from numpy.typing import NDArray

from attune.people.camera import MIDDLE, RADIUS, look_along
from attune.people.lighting import KEY
from attune.people.parts import Floats, Ints, Material, Posed, StrandKind
from attune.people.scene import Baked, Scene

DEPTH = 4 * RADIUS  # decimetres from depth 0 to depth 1
DIRECTIONS = 26
PIXELS = 400

COVERED = (Material.SKIN, Material.CLOTH)  # what is occluded; eyes and mouth have their own ways

_LIFT = 0.03  # points are looked at from a little above their surface, decimetres
_SOFT = 0.02  # over this depth, being hidden sets in
_TAPS = [(x, y) for x in (-4, -2, 0, 2, 4) for y in (-4, -2, 0, 2, 4) if x * x + y * y < 25]
_HAIR_REACH = 0.10  # so deep into hair light falls to a third
_THIN = 0.10  # so thick, a third of the light comes through


class Shown(Enum):
    """What a depth view shows."""

    ALL = auto()
    HAIR = auto()


# Draws the depths of what is shown through a matrix.
Draw = Callable[[Floats, Shown], None]


class DepthView:
    """A small depth map that looks at the person from anywhere."""

    def __init__(self, context: moderngl.Context) -> None:
        self._texture = context.depth_texture((PIXELS, PIXELS))
        self._texture.compare_func = ""
        self._target = context.framebuffer(depth_attachment=self._texture)

    def look(self, direction: NDArray[np.float64], draw: Callable[[Floats], None]) -> Depths:
        """The depths seen from a direction; draw puts everything through the matrix it is given."""
        matrix = look_along(direction, MIDDLE, RADIUS)
        self._target.use()
        self._target.clear(depth=1.0)
        draw(matrix)
        image = np.frombuffer(self._texture.read(), np.float32).reshape(PIXELS, PIXELS)
        return Depths(matrix, image)

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        self._target.release()
        self._texture.release()


@dataclass(frozen=True, slots=True, eq=False)
class Depths:
    """matrix (4, 4): where a point is seen; image (h, w): the nearest depth there, in [0, 1]."""

    matrix: Floats
    image: Floats

    def behind(self, points: Floats, offset: tuple[int, int] = (0, 0)) -> Floats:
        """By how many decimetres points (n, 3) lie behind what is seen there, offset by some pixels."""
        seen = points @ self.matrix[:3, :3].T + self.matrix[:3, 3]
        pixel = ((seen[:, :2] * 0.5 + 0.5) * PIXELS).astype(np.int32) + offset
        np.clip(pixel, 0, PIXELS - 1, out=pixel)
        depths = seen[:, 2] * np.float32(0.5) + np.float32(0.5)
        return np.asarray((depths - self.image[pixel[:, 1], pixel[:, 0]]) * DEPTH, np.float32)


def directions(count: int) -> NDArray[np.float64]:
    """(count, 3) unit vectors spread evenly over a sphere, by the golden angle."""
    turn = pi * (1 + sqrt(5)) * (np.arange(count) + 0.5)
    height = 1 - 2 * (np.arange(count) + 0.5) / count
    around = np.sqrt(1 - height**2)
    return np.stack([np.cos(turn) * around, height, np.sin(turn) * around], axis=1)


def bake(view: DepthView, posed: Posed, scene: Scene, draw: Draw) -> Baked:
    """Occlusion of skin, cloth and hair at rest; draw(matrix, shown) draws depths."""
    covered = {mesh.surface.name: mesh.surface.quads for mesh in scene.of(*COVERED)}
    hair = scene.ribbons.get(StrandKind.HAIR)
    strands = np.zeros((0, 3), np.float32) if hair is None else hair.strands.points.reshape(-1, 3)
    sums = {name: np.zeros((3, len(posed.positions[name])), np.float32) for name in covered}
    hair_room = np.zeros(len(strands), np.float32)
    for way in directions(DIRECTIONS):
        depths = view.look(way, lambda matrix: draw(matrix, Shown.ALL))
        for name in covered:
            sums[name] += _seen(depths, posed.positions[name], posed.normals[name], way)
        hair_room += np.exp(np.maximum(depths.behind(strands) - _SOFT, 0) / -_HAIR_REACH)
    room, thin = {}, {}
    for name, quads in covered.items():
        seen, possible, through = sums[name]
        room[name] = _smooth(_share(seen, possible) ** np.float32(0.85), quads)
        thin[name] = _smooth(_share(through * 4, DIRECTIONS), quads)
    if hair is None:
        return Baked(room, {name: np.ones_like(share) for name, share in room.items()}, thin, None)
    shape = hair.strands.points.shape[:2]
    on_hair = (
        _share(hair_room * 1.6, DIRECTIONS).reshape(shape),
        _key_on_hair(view, strands, draw).reshape(shape),
    )
    return Baked(room, _key_light(view, posed, covered, draw), thin, on_hair)


def _seen(depths: Depths, points: Floats, normals: Floats, way: NDArray[np.float64]) -> Floats:
    """(3, n): what is seen from there and what could be, weighted; and what shines through from behind."""
    facing = normals @ way.astype(np.float32)
    weight = np.clip(facing, 0, 1) * (np.float32(1.0 if way[1] > -0.3 else 0.6))
    clear = np.clip(1 - depths.behind(points + normals * _LIFT) / _SOFT, 0, 1)
    through = np.clip(-facing, 0, 1) * np.exp(np.maximum(depths.behind(points), 0) / -_THIN)
    return np.stack([weight * clear, weight, through])


def _share(part: Floats, whole: Floats | int) -> Floats:
    return np.asarray(np.clip(part / np.maximum(whole, 1e-6), 0, 1), np.float32)


def _key_light(view: DepthView, posed: Posed, covered: dict[str, Ints], draw: Draw) -> dict[str, Floats]:
    """What the hair alone leaves of the key light on each surface; the rest's shadow moves with the face."""
    depths = view.look(KEY, lambda matrix: draw(matrix, Shown.HAIR))
    found = {}
    for name, quads in covered.items():
        points = posed.positions[name] + posed.normals[name] * _LIFT
        clear = [np.clip(1 - depths.behind(points, tap) / _SOFT, 0, 1) for tap in _TAPS]
        found[name] = _smooth(np.asarray(np.mean(clear, axis=0), np.float32), quads)
    return found


def _key_on_hair(view: DepthView, points: Floats, draw: Draw) -> Floats:
    depths = view.look(KEY, lambda matrix: draw(matrix, Shown.ALL))
    clear = [np.exp(np.maximum(depths.behind(points, tap) - _SOFT, 0) / -_HAIR_REACH) for tap in _TAPS]
    return np.asarray(np.mean(clear, axis=0), np.float32)


def _smooth(values: Floats, quads: Ints) -> Floats:
    """(n,) averaged twice over the quads that meet in each point: hair is seen or not, shade is gradual."""
    counts = np.bincount(quads.ravel(), minlength=len(values))
    for _ in range(2):
        means = np.repeat(values[quads].mean(axis=1), 4)
        sums = np.bincount(quads.ravel(), means, len(values))
        values = np.where(counts > 0, sums / np.maximum(counts, 1), values).astype(np.float32)
    return values
