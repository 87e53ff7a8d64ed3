"""Frames put together from real and drawn faces, so that it is known who is where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from attune.media.open import frames_at
from attune.resources import asset

Picture = NDArray[np.uint8]
FRAME_NS = 33_000_000


@dataclass(frozen=True, eq=False)
class Cutout:
    """A head (h, w, 3), and how much of each pixel is it (h, w, 1)."""

    rgb: Picture
    mask: NDArray[np.float32]


@cache
def room(width: int = 1280, height: int = 720) -> Picture:
    """A table with a cup of coffee, nobody there."""
    return np.asarray(cv2.resize(data.coffee(), (width, height)) // 2 + 60, np.uint8)


def cutout(head: Picture, scale: float) -> Cutout:
    """An oval out of a picture whose middle is a head."""
    rgb = cv2.resize(head, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = rgb.shape[:2]
    mask = np.zeros((height, width), np.float32)
    cv2.ellipse(mask, (width // 2, height // 2), (width // 2 - 2, height // 2 - 2), 0, 0, 360, 1, -1)
    return Cutout(np.asarray(rgb, np.uint8), cv2.GaussianBlur(mask, (0, 0), 3)[..., None])


@cache
def astronaut_head(face_px: int) -> Cutout:
    """Eileen Collins, her face so many pixels wide, her nose in the middle."""
    return cutout(data.astronaut()[0:250, 97:347], face_px / 90)


def starter_clip(person: str, emotion: str) -> Path:
    """The clip in which somebody of the starter set shows an emotion at full strength, or is at rest."""
    folder = asset("clips", "starter", "media")
    names = (f"{person}-{emotion}-100.webm", f"{person}-{emotion}-100-1.webm", f"{person}_{emotion}.webm")
    path = next((folder / name for name in names if (folder / name).exists()), None)
    if path is None:
        pytest.skip("the starter set is not there")
    return path


@cache
def drawn_head(name: str, face_px: int) -> Cutout:
    """Somebody of the starter set with a calm face."""
    return cutout(frames_at(starter_clip(name, "neutral"), [1_200_000_000])[0].rgb, face_px / 200)


def put(frame: Picture, head: Cutout, middle: tuple[float, float]) -> Picture:
    """The frame with a head in it, at this middle, as far as it is inside."""
    height, width = head.rgb.shape[:2]
    left, top = round(middle[0] - width / 2), round(middle[1] - height / 2)
    rows = slice(max(0, top), min(frame.shape[0], top + height))
    columns = slice(max(0, left), min(frame.shape[1], left + width))
    seen = (slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left))
    mixed = frame.copy()
    share = head.mask[seen]
    mixed[rows, columns] = frame[rows, columns] * (1 - share) + head.rgb[seen] * share
    return mixed


def sliding(start: float, end: float, frames: int, y: float = 360) -> Iterator[tuple[float, float]]:
    """Middles on the way from one place to another."""
    yield from ((float(x), y) for x in np.linspace(start, end, frames))
