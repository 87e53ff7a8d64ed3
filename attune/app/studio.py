"""Where people are drawn: an OpenGL context, and who stands before its camera."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from attune.app.cast import Cast
from attune.people.camera import FRONT, View
from attune.people.context import is_software, off_screen_context, window_context
from attune.people.parts import Face
from attune.people.renderer import Renderer

if TYPE_CHECKING:
    from attune.people.figure import Figure

__all__ = ["FRONT", "Studio", "View"]

COARSE, FINE = 1, 2  # levels of a figure's mesh
SMALLEST = 64  # px
HASTY, PATIENT = 320, 640  # px that a processor draws while something moves, and when it rests
SAMPLES = 4


class Studio:
    """Draws people. Make, use and close it on one thread: the one whose OpenGL context is current.

    ``load_function`` gives the addresses of that context's functions; without one the studio makes a context
    of its own, off screen. Raises NoOpenGLError. ``software``: whether the processor does the drawing.
    """

    def __init__(self, cast: Cast, load_function: Callable[[str], int] | None = None) -> None:
        self._cast = cast
        self._own = load_function is None
        self._context = off_screen_context() if load_function is None else window_context(load_function)
        self.software = is_software(self._context)
        self._renderer = Renderer(self._context, samples=0 if self.software else SAMPLES)
        self._loaded: Figure | None = None

    def draw(
        self, person: str, face: Face, *, view: View = FRONT, side: int, fine: bool = True
    ) -> NDArray[np.uint8]:
        """A square picture (side, side, 3), smaller where the processor draws; ``fine`` or in haste.

        Raises KeyError for nobody.
        """
        figure = self._cast.figure(person, level=COARSE if self.software else FINE)
        if figure is not self._loaded:
            self._loaded = None
            self._renderer.load(figure)
            self._loaded = figure
        if self.software:
            side = min(side, PATIENT if fine else HASTY)
        side = max(SMALLEST, side)
        self._renderer.resize((side, side))
        self._renderer.draw(figure.pose(face), view)
        return self._renderer.pixels()

    def close(self) -> None:
        """Let go of everything."""
        self._renderer.close()
        if self._own:
            self._context.release()
