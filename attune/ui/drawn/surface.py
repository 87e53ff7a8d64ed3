"""Qt's OpenGL for a thread of its own: a surface made on the UI thread, a context made where it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QSurfaceFormat

VERSION = 3, 3


class OffscreenGl:
    """Make and :meth:`destroy` it on the UI thread."""

    def __init__(self) -> None:
        self._format = QSurfaceFormat()
        self._format.setVersion(*VERSION)
        self._format.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
        self._surface: QOffscreenSurface | None = None
        # Asked first: where Qt has no OpenGL, as on a platform without a screen, even trying is warned about.
        if QOpenGLContext.supportsThreadedOpenGL():
            self._surface = QOffscreenSurface()
            self._surface.setFormat(self._format)
            self._surface.create()

    @contextmanager
    def current(self) -> Iterator[Callable[[str], int] | None]:
        """Have a context on this thread: what finds its functions' addresses, None where Qt has no OpenGL."""
        context = QOpenGLContext()
        context.setFormat(self._format)
        if self._surface is None or not (context.create() and context.makeCurrent(self._surface)):
            yield None
            return
        try:
            yield lambda name: int(context.getProcAddress(name.encode()) or 0)
        finally:
            context.doneCurrent()

    def destroy(self) -> None:
        """Let go of the surface, once the thread has ended."""
        if self._surface is not None:
            self._surface.destroy()
            self._surface = None
