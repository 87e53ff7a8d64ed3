"""Where the camera stands, and the matrices that follow from it (column vectors, OpenGL's clip space)."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np
from numpy.typing import NDArray

from attune.people.parts import Floats

# A long lens, as portraits have it, at 1.2 metres: a short one makes noses large.
FIELD_OF_VIEW = radians(14.2)
DISTANCE = 11.6
AIM = (0.0, 7.2, 0.9)
NEAR, FAR = 4.0, 30.0

# The ball around head and shoulders that pictures without perspective show.
MIDDLE = np.array([0.0, 7.1, 0.6])
RADIUS = 2.35


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """From where a person is looked at: yaw to their left and pitch upward in radians, zoom ≥ 0.5."""

    yaw: float = 0.0
    pitch: float = 0.0
    zoom: float = 1.0


FRONT = View()


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """eye (3,): where it stands; matrix (4, 4): into clip space; pixel: size of one, a decimetre away."""

    eye: Floats
    matrix: Floats
    pixel: float


def place(view: View, size: tuple[int, int]) -> Camera:
    """A camera that shows the whole head in a picture of some pixels wide and high, however narrow."""
    width, height = size
    aim = np.array(AIM)
    away = np.array([sin(view.yaw) * cos(view.pitch), sin(view.pitch), cos(view.yaw) * cos(view.pitch)])
    eye = aim + away * DISTANCE
    aspect = width / height
    slope = tan(FIELD_OF_VIEW / 2) / max(view.zoom, 0.5) / min(aspect, 1.0)
    lens = np.zeros((4, 4))
    lens[0, 0] = 1 / (slope * aspect)
    lens[1, 1] = 1 / slope
    lens[2, 2] = (FAR + NEAR) / (NEAR - FAR)
    lens[2, 3] = 2 * FAR * NEAR / (NEAR - FAR)
    lens[3, 2] = -1
    matrix = lens @ look(eye, aim)
    return Camera(eye.astype(np.float32), matrix.astype(np.float32), 2 * slope / height)


def look(eye: NDArray[np.float64], aim: NDArray[np.float64]) -> NDArray[np.float64]:
    """(4, 4): the world as seen from eye towards aim, upright."""
    forward = (aim - eye) / np.linalg.norm(aim - eye)
    aside = np.cross(forward, [0.0, 1.0, 0.0])
    if not aside.any():
        aside = np.array([1.0, 0.0, 0.0])  # straight up or down: any way round will do
    aside /= np.linalg.norm(aside)
    matrix = np.eye(4)
    matrix[:3, :3] = aside, np.cross(aside, forward), -forward
    matrix[:3, 3] = -matrix[:3, :3] @ eye
    return matrix


def look_along(direction: NDArray[np.float64], middle: NDArray[np.float64], radius: float) -> Floats:
    """(4, 4): without perspective, from a direction (unit, towards the camera), a ball of some radius."""
    scale = np.diag([1 / radius, 1 / radius, -1 / (2 * radius), 1.0])
    return (scale @ look(middle + direction * 0.01, middle)).astype(np.float32)
