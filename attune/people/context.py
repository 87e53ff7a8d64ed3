"""The doors to OpenGL: one off the screen for clips and tests, one inside the window's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import moderngl

from attune.errors import NoOpenGLError

VERSION = 330

# moderngl calls these before it looks whether they are there.
_ASKED_FIRST = ("glGetString", "glGetIntegerv", "glGetError")

# What drivers that draw with the processor alone call themselves.
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "basic render", "gdi generic", "software")


def off_screen_context() -> moderngl.Context:
    """A context of its own, on the graphics card or in software. Raises NoOpenGLError opengl.missing."""
    settings: Any = {"backend": "egl"} if sys.platform.startswith("linux") else {}
    try:
        return moderngl.create_context(require=VERSION, standalone=True, **settings)
    except Exception as error:  # the loader raises Exception itself, and whatever the system's library does
        raise NoOpenGLError("opengl.missing", reason=str(error)) from error


def window_context(load_function: Callable[[str], int]) -> moderngl.Context:
    """The context that is current in this thread; load_function gives the address of an OpenGL function.

    Raises NoOpenGLError opengl.missing where there is none, or one older than 3.3.
    """
    missing = [name for name in _ASKED_FIRST if not load_function(name)]
    if missing:
        raise NoOpenGLError("opengl.missing", reason=", ".join(missing))
    try:
        return moderngl.create_context(require=VERSION, context=_as_context(load_function))
    except Exception as error:
        raise NoOpenGLError("opengl.missing", reason=str(error)) from error


@contextmanager
def known_errors(context: moderngl.Context) -> Iterator[None]:
    """Say in a known error, NoOpenGLError opengl.lost, when OpenGL did not do what it was asked meanwhile."""
    try:
        yield
    except moderngl.Error as error:
        raise NoOpenGLError("opengl.lost", reason=str(error).strip().partition("\n")[0]) from error
    if (reason := context.error) != "GL_NO_ERROR":
        raise NoOpenGLError("opengl.lost", reason=reason)


def is_software(context: moderngl.Context) -> bool:
    """Whether the processor does the drawing."""
    name = str(context.info["GL_RENDERER"]).lower()
    return any(word in name for word in _SOFTWARE)


def _as_context(load_function: Callable[[str], int]) -> Any:  # noqa: ANN401 - moderngl names a wrong type
    return _Loader(load_function)


class _Loader:
    """What moderngl wants to see of a context that somebody else keeps current."""

    def __init__(self, load_function: Callable[[str], int]) -> None:
        self._load = load_function

    def load_opengl_function(self, name: str) -> int:
        return self._load(name)

    def load(self, name: str) -> int:
        return self._load(name)

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        pass

    def release(self) -> None:
        pass
