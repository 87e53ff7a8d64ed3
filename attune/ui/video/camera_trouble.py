"""What is the matter with a camera, and what helps, where its picture would be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from attune.resources import Words
from attune.ui.video.camera_state import CameraState
from attune.ui.video.camera_watch import Watch
from attune.ui.widgets import Button, Card, announce, column, row, text

WIDEST = 620  # px


class Trouble(QWidget):
    """What is the matter and what helps, in the middle of the picture while there is none."""

    def __init__(self, words: Words, over: QWidget) -> None:
        super().__init__(over)
        self._words = words
        self._state = CameraState.OFF
        self._title = text("", "heading")
        self._help = text("", "body")
        self.again = Button(words("partner_camera.again"))
        card = Card()
        inside = card.body
        inside.addWidget(self._title)
        inside.addWidget(self._help)
        self._ways = row(spacing=12)
        self._ways.addWidget(self.again)
        self._ways.addStretch(1)
        inside.addLayout(self._ways)
        around = column(spacing=0)
        around.setContentsMargins(16, 16, 16, 16)
        across = row(spacing=0)
        across.addStretch(1)
        across.addWidget(card, 1000)
        across.addStretch(1)
        card.setMaximumWidth(WIDEST)
        around.addStretch(1)
        around.addLayout(across)
        around.addStretch(1)
        self.setLayout(around)
        over.installEventFilter(self)
        self.hide()

    @property
    def said(self) -> str:
        """What it says now."""
        return f"{self._title.text()} {self._help.text()}"

    def offer(self, way: Button) -> None:
        """Another way out, beside trying again."""
        self._ways.insertWidget(1, way)

    def say(self, watch: Watch) -> None:
        """What this camera's state means and what helps; hidden where nothing is the matter."""
        state = watch.state
        if state.usable or state is CameraState.OFF:
            self._state = state
            self.hide()
            return
        key = f"partner_camera.state.{state.value}"
        self._title.setText(self._words(f"{key}.title", name=watch.name))
        helps = self._words(f"{key}.help") if watch.error is None else self._words.error(watch.error)
        self._help.setText(helps)
        self.again.setVisible(state is not CameraState.STARTING)
        self.show()
        if state is not self._state:
            announce(self, self.said)
        self._state = state

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the picture's place."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False
