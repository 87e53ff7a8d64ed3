"""The sets, and the clips of one of them as pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.ui.library.parts import Parts
from attune.ui.widgets import column, text


class Browser(QWidget):
    """What the Library shows first."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        inside = column(margin=32)
        inside.addWidget(text(parts.words("library.page.title"), "title"))
        inside.addStretch(1)
        self.setLayout(inside)

    def look(self, *, again: bool = False) -> None:
        """Show what there is; ``again``: as it is on the disk now."""
