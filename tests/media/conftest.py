"""Clips whose frames tell their number and which way is up, as packaging/make_test_media.py draws them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@pytest.fixture(scope="session")
def clips() -> Path:
    return Path(__file__).parent / "clips"


@pytest.fixture(scope="session")
def number_shown() -> Callable[[Picture], int]:
    """The frame's number out of its bars, after a look at the colours below them."""

    def read(rgb: Picture) -> int:
        height, width = rgb.shape[:2]
        red, blue = rgb[height * 5 // 8, width // 8], rgb[height * 5 // 8, -width // 8]
        assert int(red[0]) - int(red[2]) > 100, "the red half belongs on the left, below the bars"
        assert int(blue[2]) - int(blue[0]) > 100, "and the blue one on the right"
        bars = rgb[height // 4, [round((bit + 0.5) * width / 8) for bit in range(8)]]
        assert np.all((bars < 60) | (bars > 195)), "the bars are black or white"
        return int(sum(1 << bit for bit in range(8) if bars[bit, 1] > 128))

    return read
