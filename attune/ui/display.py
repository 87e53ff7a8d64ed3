"""Whether a window can be shown here, asked without Qt."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from attune.environment import QT_PATHS
from attune.errors import AppError

XCB_LIBRARIES = {  # what Qt's xcb plugin loads and bare systems lack, by Debian package
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_for_a_window(
    environment: Mapping[str, str] = os.environ, system: str = sys.platform
) -> AppError | None:
    """Return what keeps Qt from showing a window, or None. Only Linux can lack a screen this way."""
    platform = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if not system.startswith("linux") or platform not in {"", "xcb", "wayland"}:
        return None
    if platform != "xcb" and _wayland_answers(environment):
        return None
    if not environment.get("DISPLAY"):
        return AppError("app.no_display")
    return _missing_for_x(environment["DISPLAY"])


def drop_foreign_plugins(environment: MutableMapping[str, str] = os.environ) -> None:
    """Take out the paths to Qt plugins that importing OpenCV left behind; the person's own stay."""
    for name in QT_PATHS:
        if "cv2" in Path(environment.get(name, "")).parts:
            del environment[name]


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    return bool(name) and Path(environment.get("XDG_RUNTIME_DIR", "/run")).joinpath(str(name)).is_socket()


def _missing_for_x(display: str) -> AppError | None:
    for library, package in XCB_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            return AppError("app.no_library", library=library, package=package)
    return None if _x_answers(display) else AppError("app.display_refused", display=display)


def _x_answers(display: str) -> bool:
    """Whether an X server answers and lets this account in."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers
