"""Crowns and gums: each tooth as wide as people's are, on an arch seen from above.

A crown is narrow at its neck; canines are pointed; all are darker where light hardly gets: between two teeth,
at the gum, further back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.mesh import smoothstep, unit
from attune.people.noise import ValueNoise
from attune.people.parts import Ints
from attune.people.person import Skin

AROUND = 16  # vertices around a crown
# From the edge (0) to inside the gum (1.25), how wide and how thick of the tooth's own measures.
RISE = np.array([0.0, 0.02, 0.10, 0.25, 0.50, 0.78, 1.0, 1.25])
WIDE = np.array([0.0, 0.89, 0.985, 1.0, 0.99, 0.95, 0.88, 0.78])
THICK_FRONT = np.array([0.0, 0.28, 0.42, 0.58, 0.82, 0.98, 1.0, 0.9])
THICK_BACK = np.array([0.0, 0.72, 0.86, 0.96, 1.0, 1.0, 0.95, 0.9])
FRONT_TEETH = 3  # incisors and canine; behind them teeth are as thick at the edge as at the neck
CANINE = 2

ENAMEL = (0.81, 0.73, 0.635)
OLD_ENAMEL = (0.66, 0.575, 0.43)
GUM = (0.47, 0.195, 0.160)
DARK_GUM = (0.33, 0.135, 0.115)
PAPILLA = 0.022  # how far the gum reaches down between two teeth


@dataclass(frozen=True, slots=True)
class Row:
    """One jaw's teeth from the middle backwards: decimetres wide, high; up: which way its roots point.

    curve: how far the back teeth's edges lie above the front ones': a smile is a bow.
    """

    wide: tuple[float, ...]
    high: tuple[float, ...]
    up: int
    curve: float


UPPER = Row(
    (0.085, 0.067, 0.077, 0.070, 0.068, 0.098, 0.095),
    (0.122, 0.114, 0.126, 0.114, 0.108, 0.095, 0.09),
    1,
    0.055,
)
LOWER = Row(
    (0.054, 0.059, 0.068, 0.070, 0.071, 0.105, 0.10), (0.088, 0.09, 0.10, 0.086, 0.08, 0.075, 0.07), -1, 0.03
)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece of mesh with its paint: points (n, 3), quads (f, 4), colour (n, 3), light (n,) it gets."""

    points: NDArray[Any]
    quads: Ints
    colour: NDArray[Any]
    light: NDArray[Any]
    rough: float


class Arch:
    """The curve that one jaw's teeth stand on, seen from above: half an ellipse open to the back."""

    def __init__(self, *, half_width: float, depth: float, front: float) -> None:
        angle = np.linspace(0, np.pi / 2, 240)
        self._x = half_width * np.sin(angle) ** 0.9
        self._z = front - depth * (1 - np.cos(angle))
        self._length = np.concatenate([[0], np.cumsum(np.hypot(np.diff(self._x), np.diff(self._z)))])

    def at(self, along: NDArray[Any]) -> NDArray[Any]:
        """Places (n, 3), y 0, so far along from the middle; to the left > 0."""
        far = np.abs(along)
        x = np.interp(far, self._length, self._x) * np.sign(along)
        return np.stack([x, np.zeros_like(x), np.interp(far, self._length, self._z)], axis=1)

    def outward(self, along: NDArray[Any]) -> NDArray[Any]:
        """Unit directions (n, 3) away from the tongue."""
        step = self.at(along + 0.004) - self.at(along - 0.004)
        out = np.stack([-step[:, 2], np.zeros(len(step)), step[:, 0]], axis=1)
        return unit(out)


def row_of_teeth(row: Row, arch: Arch, edge: float, look: Skin, rng: np.random.Generator) -> list[Part]:
    """All crowns of a jaw and the gum around their necks; edge: the height of the front teeth's edges."""
    centres = np.cumsum(row.wide) - np.array(row.wide) / 2
    years = look.lines
    enamel = np.array(ENAMEL) + (0.25 + 0.75 * years) * 0.6 * (np.array(OLD_ENAMEL) - np.array(ENAMEL))
    parts = []
    for side in (1, -1):
        for place, centre in enumerate(centres):
            at = arch.at(np.array([side * centre]))[0]
            out = arch.outward(np.array([side * centre]))[0]
            tilt = rng.normal(0, 0.02)
            at = (
                at
                + out * rng.normal(0, 0.002)
                + np.array([0, edge + row.curve * _risen(centre) + rng.normal(0, 0.001), 0])
            )
            parts.append(_crown(row, place, at=at, out=out, tilt=tilt, enamel=enamel))
    parts.append(_gum(row, arch, edge, centres, tone=look.tone))
    return parts


def _risen(along: NDArray[Any] | float) -> NDArray[Any]:
    """How much of its row's bow a place has gone up, by the way from the middle, decimetres."""
    return np.asarray(smoothstep(0.05, 0.42, np.abs(along)))


def _crown(
    row: Row, place: int, *, at: NDArray[Any], out: NDArray[Any], tilt: float, enamel: NDArray[Any]
) -> Part:
    """One tooth standing at its place, its lips' side towards ``out``."""
    incisor = place < FRONT_TEETH
    wide, high = row.wide[place], row.high[place]
    thick = 0.036 if incisor else 0.050
    angle = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    square_x = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.55
    square_z = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** 0.5
    front, back = (THICK_FRONT, THICK_BACK) if incisor else (THICK_BACK, THICK_BACK)
    across = WIDE[:, None] * square_x * wide * 0.5 * 1.05
    deep = np.where(square_z > 0, front[:, None], 0.8 * back[:, None]) * square_z * thick
    # Front teeth stand on a thin edge towards the lips, which the back of the crown slopes away from.
    deep += (0.35 if incisor else 0.0) * thick * (1 - RISE[:, None]) ** 2
    point = 0.16 if place == CANINE else 0.03 if incisor else -0.05
    rise = RISE[:, None] * high + point * high * (np.abs(across) / (wide / 2)) ** 2 * (
        1 - RISE[:, None]
    ).clip(0)
    across = across + tilt * rise
    sideways = np.array([out[2], 0, -out[0]])
    points = at + across[..., None] * sideways + deep[..., None] * out
    points[..., 1] += row.up * rise
    points[0] = points[1].mean(axis=0)
    index = np.arange(len(RISE) * AROUND, dtype=np.int32).reshape(len(RISE), AROUND)
    onward = np.roll(index, -1, axis=1)
    quads = np.stack([index[:-1], onward[:-1], onward[1:], index[1:]], axis=-1).reshape(-1, 4)
    rise = np.repeat(RISE, AROUND)
    colour, light = _enamel(place, rise, np.tile(np.abs(square_x), len(RISE)), enamel)
    tongue_side = np.tile(smoothstep(0.3, -0.6, square_z), len(RISE)) * smoothstep(0.0, 0.3, rise)
    # Towards the tongue gums reach further up, and hardly any light gets there.
    colour = colour + 0.6 * (tongue_side * smoothstep(0.2, 0.6, rise))[:, None] * (np.array(GUM) - colour)
    light = light * (1 - 0.5 * tongue_side)
    return Part(points.reshape(-1, 3), quads[:, ::-1] if row.up > 0 else quads, colour, light, 0.26)


def _enamel(
    place: int, rise: NDArray[Any], aside: NDArray[Any], enamel: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Colours (n, 3) and light (n,) of a crown: bluish at the edge, warm at the neck; canines yellower."""
    neck, edge = smoothstep(0.45, 1.05, rise), smoothstep(0.22, 0.0, rise)
    colour = enamel * (1 - neck[:, None] * (1 - np.array([0.92, 0.82, 0.66])))
    colour = colour * (1 - edge[:, None] * (1 - np.array([0.88, 0.92, 0.97])))
    if place == CANINE:
        colour = colour * np.array([0.98, 0.93, 0.85])
    between = 1 - 0.24 * smoothstep(0.80, 1.0, aside)
    back = 1 - 0.06 * place - 0.01 * place**2
    return colour, between * back * (1 - 0.2 * smoothstep(0.8, 1.1, rise))


def _gum(row: Row, arch: Arch, edge: float, centres: NDArray[Any], *, tone: float) -> Part:
    """A band over the necks: arched over each tooth, a papilla down between two, bulging over the roots."""
    reach = centres[-1] + row.wide[-1] / 2
    along = np.linspace(-reach, reach, 281)
    far = np.abs(along)
    tooth = np.clip(np.searchsorted(np.cumsum(row.wide), far), 0, len(row.wide) - 1)
    within = np.abs(far - centres[tooth]) / (np.array(row.wide)[tooth] / 2)
    neck = np.interp(far, centres, np.array(row.high)) * 1.02
    margin = neck - PAPILLA * smoothstep(0.15, 1.0, within)
    root = 1 - smoothstep(0.2, 1.0, within)
    # Heights above the margin and how far the gum stands out there, from its edge into the fold of the lip.
    rows = (
        (-0.004, 0.020, 0.010),
        (0.004, 0.034, 0.006),
        (0.022, 0.037, 0.004),
        (0.06, 0.036, 0.002),
        (0.12, 0.015, 0),
    )
    foot, out = arch.at(along), arch.outward(along)
    layers = []
    for above, stands, over_root in rows:
        layer = foot + out * (stands + over_root * root)[:, None]
        layer[:, 1] = edge + row.curve * _risen(along) + row.up * (margin + above)
        layers.append(layer)
    points = np.stack(layers, axis=1).reshape(-1, 3)
    index = np.arange(len(points), dtype=np.int32).reshape(len(along), len(rows))
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], axis=-1).reshape(-1, 4)
    colour = np.array(GUM) + tone * (np.array(DARK_GUM) - np.array(GUM))
    pale = np.tile([1.12, 1.05, 1.0, 0.92, 0.8], len(along))
    light = np.repeat(1 - 0.6 * smoothstep(0.1, reach, far), len(rows))
    shaded = colour * pale[:, None] * (1 + 0.06 * ValueNoise(4)(points, 30))[:, None]
    return Part(points, quads if row.up > 0 else quads[:, ::-1], shaded, light, 0.46)
