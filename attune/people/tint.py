"""The colours of hair."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from attune.people.person import HairColour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attune.people.parts import Floats, Ints

# Linear RGB of a lit hair.
TINTS: Mapping[HairColour, tuple[float, float, float]] = MappingProxyType(
    {
        HairColour.BLACK: (0.0150, 0.0122, 0.0108),
        HairColour.DARK_BROWN: (0.0330, 0.0185, 0.0112),
        HairColour.BROWN: (0.0700, 0.0350, 0.0170),
        HairColour.AUBURN: (0.1150, 0.0340, 0.0125),
        HairColour.BLOND: (0.3000, 0.1820, 0.0830),
        HairColour.GREY: (0.2500, 0.2380, 0.2250),
        HairColour.WHITE: (0.5600, 0.5450, 0.5150),
    }
)
_FADED = np.array((0.42, 0.40, 0.38), np.float32)  # a hair without its colour among others


def tint(colour: HairColour, grey: float = 0.0) -> Floats:
    """The mean colour (3,) of hair of which a share has lost its own."""
    own = np.array(TINTS[colour], np.float32)
    faded = np.maximum(_FADED, own)
    return np.asarray(own + 0.8 * grey * (faded - own), np.float32)


def tints(
    colour: HairColour,
    grey: float,
    count: int,
    generator: np.random.Generator,
    *,
    locks: Ints | None = None,
) -> Floats:
    """One colour for each of ``count`` hairs (m, 3): lighter, darker, warmer, cooler, some without colour.

    locks (m,): hairs that hang together are a little alike.
    """
    own = np.array(TINTS[colour], np.float32)
    chance = generator.normal(0, 1, (count, 2)).astype(np.float32)
    if locks is not None:
        chance = 0.75 * chance + 0.66 * chance[locks]
    light = np.exp(0.26 * chance[:, :1])
    warm = 1 + 0.07 * chance[:, 1:] * np.array((1.0, 0.0, -1.0), np.float32)
    # A strand that is drawn stands for some hairs: a few of each kind, not all of one.
    faded = np.clip(grey + 0.4 * np.sqrt(grey) * generator.normal(0, 1, (count, 1)), 0, 1)
    mixed = own * light * warm + faded * (
        np.maximum(_FADED, own) * (0.85 + 0.15 * light) - own * light * warm
    )
    return np.asarray(np.clip(mixed, 0, 1), np.float32)
