"""Who of several people in the picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from attune.resources import Words
from attune.ui.video.mirror import as_shown
from attune.ui.widgets import announce, row, text
from attune.ui.widgets.buttons import Chip

if TYPE_CHECKING:
    from attune.app.partner.seeing import Face

MIDDLE = 0.5
MOST = 4  # faces that a key chooses
MIDDLE_SHARE = 0.12  # of the picture: nearer than this to the middle is neither left nor right


class WhoShows(QWidget):
    """Asks which face shows; the keys 1, 2 … from left to right answer, too."""

    picked = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._asked: tuple[tuple[int, str], ...] = ()
        self._question = text(words("partner_camera.who.question"), "strong")
        self._answers: QHBoxLayout = row(spacing=8)
        inside = row(spacing=12)
        inside.addWidget(self._question, 1)
        inside.addLayout(self._answers)
        self.setLayout(inside)
        self.buttons: list[Chip] = []
        self._keys = [self._key(place) for place in range(MOST)]

    def ask_about(self, question: str) -> None:
        """Ask this instead, from the next time on."""
        self._question.setText(question)

    def ask(self, faces: Sequence[Face]) -> None:
        """Ask about these; none: no more."""
        asked = tuple((face.number, _side(face)) for face in as_shown(faces))
        if asked == self._asked:
            return
        news = bool(asked) and not self._asked
        self._asked = asked
        for old in self.buttons:
            old.deleteLater()
        self.buttons = []
        for place, (number, side) in enumerate(asked, 1):
            button = Chip(self._words(f"partner_camera.who.{side}", number=place))
            button.clicked.connect(lambda _checked=False, number=number: self.picked.emit(number))
            self._answers.addWidget(button)
            self.buttons.append(button)
        for place, key in enumerate(self._keys):
            key.setEnabled(place < len(asked))
        if news:
            announce(self, self._question.text())

    def _key(self, place: int) -> QShortcut:
        key = QShortcut(QKeySequence(str(place + 1)), self)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(lambda: self.picked.emit(self._asked[place][0]))
        key.setEnabled(False)
        return key


def _side(face: Face) -> str:
    """Where a face is on the screen, which shows it mirrored."""
    left, _top, width, _height = face.box
    middle = 1 - (left + width / 2)
    if abs(middle - MIDDLE) < MIDDLE_SHARE:
        return "middle"
    return "left" if middle < MIDDLE else "right"
