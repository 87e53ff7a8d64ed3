"""What a picture is drawn into, and read from."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

LEAST, MOST = 16, 4096


def possible_size(context: moderngl.Context, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height within what makes sense (16 to 4096) and what the driver can draw."""
    most = min(MOST, context.info["GL_MAX_RENDERBUFFER_SIZE"], *context.info["GL_MAX_VIEWPORT_DIMS"])
    width, height = (int(min(max(side, LEAST), most)) for side in size)
    return width, height


class Target:
    """A picture in the making: several samples a pixel, or one."""

    def __init__(self, context: moderngl.Context, size: tuple[int, int], samples: int) -> None:
        self.size = possible_size(context, size)
        self._context = context
        samples = min(samples, context.max_samples)
        self._parts = [
            context.renderbuffer(self.size, 4, samples=samples),
            context.depth_renderbuffer(self.size, samples=samples),
        ]
        self._drawn = context.framebuffer(*self._parts)
        self._single = self._drawn
        if samples:
            self._parts.append(context.renderbuffer(self.size, 4))
            self._single = context.framebuffer(self._parts[-1])

    @property
    def depth_mask(self) -> bool:
        """Whether what is drawn hides what is drawn later behind it."""
        return self._drawn.depth_mask

    @depth_mask.setter
    def depth_mask(self, hides: bool) -> None:
        self._drawn.depth_mask = hides

    def begin(self) -> None:
        """Start a new picture."""
        self._drawn.use()
        self._drawn.clear(depth=1.0)

    def pixels(self) -> NDArray[np.uint8]:
        """(h, w, 3) RGB, top row first."""
        if self._single is not self._drawn:
            self._context.copy_framebuffer(self._single, self._drawn)
        width, height = self.size
        image = np.frombuffer(self._single.read(components=3, alignment=1), np.uint8)
        return np.ascontiguousarray(image.reshape(height, width, 3)[::-1])

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        if self._single is not self._drawn:
            self._single.release()
        self._drawn.release()
        for part in self._parts:
            part.release()
