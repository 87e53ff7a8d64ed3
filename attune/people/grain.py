"""A small block of tileable noise with its slope: what skin and cloth get their fine unevenness from."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

SIDE = 64


def grain_texture(context: moderngl.Context) -> moderngl.Texture3D:
    """(64, 64, 64) of value and slope in x, y, z, each around a half; it repeats."""
    texture = context.texture3d((SIDE, SIDE, SIDE), 4, _grain().tobytes())
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    return texture


def _grain() -> NDArray[np.uint8]:
    """White noise whose amplitude falls beyond ten waves a side, in the spectrum, so that it tiles."""
    white = np.random.default_rng(5).random((SIDE, SIDE, SIDE), np.float32) - 0.5
    wave = np.fft.fftfreq(SIDE) * SIDE
    length = np.sqrt(wave[:, None, None] ** 2 + wave[None, :, None] ** 2 + wave[: SIDE // 2 + 1] ** 2)
    shape = np.where(length > 0, 1 / (1 + (length / 10) ** 1.1), 0)
    value = np.fft.irfftn(np.fft.rfftn(white) * shape, s=white.shape, axes=(0, 1, 2))
    value = value / value.std() * 0.2 + 0.5
    slopes = [np.roll(value, -1, axis) - np.roll(value, 1, axis) + 0.5 for axis in (2, 1, 0)]
    return (np.stack([value, *slopes], axis=-1) * 255).clip(0, 255).astype(np.uint8)
