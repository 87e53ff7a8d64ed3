"""Colours as designers write them, and as light adds up."""

from __future__ import annotations

import re

import numpy as np

from attune.people.parts import Floats


def is_colour(written: str) -> bool:
    """Whether this is RRGGBB, two hexadecimal digits each."""
    return re.fullmatch("[0-9A-Fa-f]{6}", written) is not None


def linear(written: str) -> Floats:
    """Linear RGB (3,) of RRGGBB (IEC 61966-2-1). Raises ValueError for anything else."""
    if not is_colour(written):
        raise ValueError(written)
    shares = np.frombuffer(bytes.fromhex(written), np.uint8) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4).astype(np.float32)
