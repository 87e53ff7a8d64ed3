"""What a picture is drawn into, and read from."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

LEAST, MOST = 16, 4096

# What is collected of the skin before it is shaded: the sampler's name and the format.
FACTS = {"normal_room": "f2", "rest_key": "f2", "albedo_rough": "f1", "lip_thin": "f1"}


def possible_size(context: moderngl.Context, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height within what makes sense (16 to 4096) and what the driver can draw, fine ones too."""
    info = context.info
    can = min(info["GL_MAX_TEXTURE_SIZE"], info["GL_MAX_RENDERBUFFER_SIZE"], *info["GL_MAX_VIEWPORT_DIMS"])
    width, height = (min(max(int(side), LEAST), MOST, int(can) // 2) for side in size)
    return width, height


class Target:
    """A picture in the making; when fine, drawn half as wide again, and as high, than it is read."""

    def __init__(self, context: moderngl.Context, size: tuple[int, int], *, fine: bool) -> None:
        self.size = possible_size(context, size)
        width, height = self.inner = (self.size[0] * 3 // 2, self.size[1] * 3 // 2) if fine else self.size
        self._facts = {name: context.texture((width, height), 4, dtype=kind) for name, kind in FACTS.items()}
        self._depths = context.depth_texture((width, height))
        self._depths.compare_func = ""
        self._colours = context.texture((width, height), 4)
        self._colours.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._colours.repeat_x = self._colours.repeat_y = False
        self._read = context.renderbuffer(self.size, 4)
        self._collecting = context.framebuffer(list(self._facts.values()), self._depths)
        self._shading = context.framebuffer(self._colours)
        self._drawing = context.framebuffer(self._colours, self._depths)
        self._reading = context.framebuffer(self._read)

    def collect(self) -> None:
        """Start a new picture with the facts about the skin."""
        self._collecting.use()
        self._collecting.clear(depth=1.0)

    def shade(self, first_unit: int) -> None:
        """Go on with one sheet over the picture; facts and depths are in texture units from first_unit on."""
        for unit, texture in enumerate((*self._facts.values(), self._depths), first_unit):
            texture.use(unit)
        self._shading.use()

    def draw(self) -> None:
        """Go on with what is drawn as it comes."""
        self._drawing.use()

    def finish(self, unit: int) -> None:
        """End with one sheet that reads the picture so far in a texture unit."""
        self._colours.use(unit)
        self._reading.use()

    def hide_behind(self, *, hides: bool) -> None:
        """Whether what is drawn as it comes hides what comes later and lies behind it."""
        self._drawing.depth_mask = hides

    def pixels(self) -> NDArray[np.uint8]:
        """(h, w, 3) RGB, top row first."""
        width, height = self.size
        image = np.frombuffer(self._reading.read(components=3, alignment=1), np.uint8)
        return np.ascontiguousarray(image.reshape(height, width, 3)[::-1])

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        for frame in (self._collecting, self._shading, self._drawing, self._reading):
            frame.release()
        for texture in (*self._facts.values(), self._depths, self._colours):
            texture.release()
        self._read.release()
