"""Keep the process's environment as it was while importing libraries that write to it.

Importing cv2 on Linux points ``QT_QPA_PLATFORM_PLUGIN_PATH`` and ``QT_QPA_FONTDIR`` at its own Qt plugins,
and mediapipe imports cv2. A Qt application started afterwards would load those instead of PySide6's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

QT_PATHS = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


@contextmanager
def kept(*names: str) -> Iterator[None]:
    """Put the named environment variables back to what they were, set or unset, on leaving."""
    before = {name: os.environ.get(name) for name in names}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
