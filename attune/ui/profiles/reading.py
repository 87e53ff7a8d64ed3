"""The quiet line above everything while another window keeps the profile."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.app.keeping import again
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.profiles.parts import Reopening
from attune.ui.widgets import QuietButton, announce, row, text


class ReadingBar(QWidget):
    """Says that nothing can be changed here; ``again`` opens the profile once more."""

    def __init__(self, services: Services, bridge: Bridge) -> None:
        super().__init__()
        words = services.words
        self.sentence = text(words("profiles.reading.sentence", name=services.profile.name), "quiet")
        self.again = QuietButton(words("profiles.reading.again"))
        self.again.clicked.connect(lambda: bridge.reopening_wanted.emit(Reopening(change=again())))
        inside = row(spacing=8)
        inside.setContentsMargins(32, 12, 32, 0)  # as a page's own
        inside.addWidget(self.sentence, 1)
        inside.addWidget(self.again)
        self.setLayout(inside)
        self.setAccessibleName(self.sentence.text())
        announce(self, self.sentence.text())
