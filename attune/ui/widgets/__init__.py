"""Small parts every page is made of: text, buttons, cards, scrolling pages, notices, dialogs, icons.

Knows the theme; must not know services or what a page is about.
"""

from __future__ import annotations

from attune.ui.widgets.buttons import Button, PrimaryButton, QuietButton
from attune.ui.widgets.page import Card, ScrollPage, column, row
from attune.ui.widgets.text import announce, text

__all__ = [
    "Button",
    "Card",
    "PrimaryButton",
    "QuietButton",
    "ScrollPage",
    "announce",
    "column",
    "row",
    "text",
]
