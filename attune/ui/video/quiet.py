"""Keeps Qt Multimedia's chatter out of the terminal and the log."""

from __future__ import annotations

from PySide6.QtCore import QLoggingCategory

# Screen capture's library is not needed here; a file's streams and the decoder found for them are no news; a
# file that cannot be opened is told to the person by way of the player's own error.
RULES = """
qt.multimedia.symbolsresolver=false
qt.multimedia.*.info=false
qt.multimedia.ffmpeg.mediadataholder=false
"""


def quiet_multimedia() -> None:
    """Call before the first import of PySide6.QtMultimedia: it already talks while it is loaded."""
    QLoggingCategory.setFilterRules(RULES)
