"""The studio: one large key light, a weak fill, two lights from behind, a calm room."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from math import hypot

import numpy as np
from numpy.typing import NDArray


def _unit(x: float, y: float, z: float) -> NDArray[np.float64]:
    return np.array([x, y, z]) / hypot(x, y, z)


KEY = _unit(-0.58, 0.40, 0.85)

_DIRECTIONS = {
    "KEY": KEY,
    "FILL": _unit(0.72, 0.06, 0.72),
    "RIM": _unit(0.55, 0.45, -0.85),
    "BACK": _unit(-0.75, 0.3, -0.7),
}
_COLOURS = {
    "KEY_COLOUR": (0.78, 0.73, 0.67),
    "FILL_COLOUR": (0.18, 0.18, 0.19),
    "RIM_COLOUR": (0.55, 0.53, 0.50),
    "BACK_COLOUR": (0.22, 0.24, 0.27),
    "SKY": (0.165, 0.178, 0.20),
    "GROUND": (0.085, 0.074, 0.066),
}


class Backdrop(Enum):
    """What is behind the person: sRGB in [0, 1] in the middle and at the rim."""

    MIST = ((0.800, 0.815, 0.830), (0.580, 0.605, 0.635))
    SAND = ((0.835, 0.815, 0.785), (0.645, 0.610, 0.565))
    SAGE = ((0.790, 0.820, 0.790), (0.575, 0.615, 0.580))


def as_glsl() -> str:
    """The studio's constants as shader code."""
    values: dict[str, Iterable[float]] = {**_DIRECTIONS, **_COLOURS}
    return "".join(
        f"const vec3 {name} = vec3({', '.join(f'{part:.7f}' for part in value)});\n"
        for name, value in values.items()
    )
