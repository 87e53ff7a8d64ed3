"""Text in the roles of the style sheet, and words spoken to screen readers."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Role = Literal["display", "title", "heading", "large", "body", "strong", "quiet", "small"]


def text(words: str, role: Role = "body", *, parent: QWidget | None = None, wrap: bool = True) -> QLabel:
    """Label in one of the roles; wraps and never asks for more width than there is."""
    label = QLabel(words, parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if wrap:
        # Not Minimum: a scrolling page would keep room for the height of a narrower label.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say ``words`` though the focus stays where it is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def with_minus(words: str) -> str:
    """The same with a real minus sign before numbers, as wide as the plus."""
    return re.sub(r"(?<![\w-])-(?=\d)", "\N{MINUS SIGN}", words)
