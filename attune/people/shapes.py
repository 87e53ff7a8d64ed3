"""The 52 ways a face can move, as ARKit named them, and how far each goes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from attune.people.parts import Floats

SHAPES = (
    "browDownLeft",
    "browDownRight",
    "browInnerUp",
    "browOuterUpLeft",
    "browOuterUpRight",
    "cheekPuff",
    "cheekSquintLeft",
    "cheekSquintRight",
    "eyeBlinkLeft",
    "eyeBlinkRight",
    "eyeLookDownLeft",
    "eyeLookDownRight",
    "eyeLookInLeft",
    "eyeLookInRight",
    "eyeLookOutLeft",
    "eyeLookOutRight",
    "eyeLookUpLeft",
    "eyeLookUpRight",
    "eyeSquintLeft",
    "eyeSquintRight",
    "eyeWideLeft",
    "eyeWideRight",
    "jawForward",
    "jawLeft",
    "jawOpen",
    "jawRight",
    "mouthClose",
    "mouthDimpleLeft",
    "mouthDimpleRight",
    "mouthFrownLeft",
    "mouthFrownRight",
    "mouthFunnel",
    "mouthLeft",
    "mouthLowerDownLeft",
    "mouthLowerDownRight",
    "mouthPressLeft",
    "mouthPressRight",
    "mouthPucker",
    "mouthRight",
    "mouthRollLower",
    "mouthRollUpper",
    "mouthShrugLower",
    "mouthShrugUpper",
    "mouthSmileLeft",
    "mouthSmileRight",
    "mouthStretchLeft",
    "mouthStretchRight",
    "mouthUpperUpLeft",
    "mouthUpperUpRight",
    "noseSneerLeft",
    "noseSneerRight",
    "tongueOut",
)

_STRONGER = {
    "browDown": 1.6,
    "browInnerUp": 1.75,
    "browOuterUp": 1.35,
    "eyeLookDown": 1.4,
    "eyeLookUp": 1.8,
    "eyeSquint": 1.2,
    "eyeWide": 1.5,
    "jawOpen": 0.9,
    "mouthFrown": 1.5,
    "mouthLowerDown": 1.4,
    "mouthStretch": 1.3,
    "mouthUpperUp": 1.3,
    "noseSneer": 1.4,
}


def _stem(name: str) -> str:
    return name.removesuffix("Left").removesuffix("Right")


# How many times its sculpted shape a weight of 1 is drawn, so that 1 looks like a person's utmost. The figure
# multiplies with it; everybody else speaks in weights from 0 to 1.
GAIN: Mapping[str, float] = MappingProxyType({name: _STRONGER.get(_stem(name), 1.0) for name in SHAPES})


def shape_weights(weights: Mapping[str, float]) -> Floats:
    """Weights (52,) in the order of SHAPES from those that are not zero. Raises KeyError for another name."""
    unknown = weights.keys() - set(SHAPES)
    if unknown:
        raise KeyError(*sorted(unknown))
    return np.array([weights.get(name, 0.0) for name in SHAPES], np.float32)
