"""OpenCV, loaded without touching Qt's environment and kept quiet: its errors are told in our own words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

from attune.environment import QT_PATHS, kept

with kept(*QT_PATHS, "LD_LIBRARY_PATH"):  # the last is read by programs started from here, not by OpenCV
    import cv2

__all__ = ["cv2", "keep_to_one_core", "open_capture", "quieten"]


def quieten() -> None:
    """Keep OpenCV's and FFmpeg's own messages off the terminal.

    FFmpeg's level is read from the environment when the first file is opened, so a developer who sets it
    beforehand sees the messages.
    """
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


def keep_to_one_core() -> None:
    """Let this process's OpenCV calls work on the thread that makes them.

    Where every core has its own work, sharing out steps of a millisecond costs a quarter more than it saves.
    """
    cv2.setNumThreads(1)


def open_capture(path: Path, stream: BinaryIO | None = None) -> cv2.VideoCapture:
    """Open a regular file with FFmpeg, and nothing else: no camera, no pattern of file names, no address.

    With a ``stream`` FFmpeg asks that for the file's bytes. Whoever opened it keeps it until the capture is
    released: OpenCV 5.0 crashes when it is the last to let go of it.
    """
    quieten()
    if stream is not None:
        source: Any = stream  # the stubs know it by a name of C++
        capture: cv2.VideoCapture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, [])
        return capture
    return cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
