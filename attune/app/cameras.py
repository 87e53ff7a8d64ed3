"""What pictures of a camera need beside Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray


def shrunk(rgb: NDArray[np.uint8], most: int) -> NDArray[np.uint8]:
    """A picture (height, width, 3) of ``most`` pixels or fewer; itself, and OpenCV not loaded, if it is."""
    if rgb.shape[0] * rgb.shape[1] <= most:
        return rgb
    from attune.media.shrinking import shrunk as shrink  # noqa: PLC0415 - OpenCV, for large pictures only

    return shrink(rgb, most)
