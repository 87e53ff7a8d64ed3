"""A feeling asked for, beside the moment itself where there is a film of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.affect.reading import Source
from attune.sealing import SealedPath
from attune.ui.partner.handing import Feeling
from attune.ui.partner.parts import Pair, Parts
from attune.ui.practice.side import ROOM
from attune.ui.video.player import ClipPlayer
from attune.ui.video.view import ClipView
from attune.ui.widgets import Button, column, row, text

TALL = 18  # heights of a button that a question needs


class SayStep(QWidget):
    """A feeling asked for, beside the moment where there is a film of it. ``given(Reading)``, ``passed``.

    ``film``: plays over and over until something is said.
    """

    given = Signal(object)
    passed = Signal()

    def __init__(self, parts: Parts, turn: str, note: str, film: SealedPath | None = None) -> None:
        super().__init__()
        self.feeling = Feeling(parts)
        self.feeling.given.connect(self.given)
        self.feeling.passed.connect(self.passed)
        self.player = ClipPlayer(self)
        self._theme = parts.theme
        whole = column(spacing=12)
        whole.setContentsMargins(32, 16, 32, 24)
        left = ROOM if film is None else 0  # begins where what is below it does
        for said in (turn, note):
            label = text(said, "quiet")
            label.setContentsMargins(left, 0, 0, 0)
            whole.addWidget(label)
        if film is None:
            self._alone(whole)
        else:
            beside = row(spacing=24)
            beside.addLayout(self._film_part(parts, film), 3)
            beside.addWidget(self.feeling, 2)
            whole.addLayout(beside, 1)
            self.setLayout(whole)
        self.setFocusProxy(self.feeling)
        self.setAccessibleName(turn)

    def _alone(self, inside: QVBoxLayout) -> None:
        """Nothing stands beside the question: it has the middle, and no more room than it needs."""
        inside.addWidget(self.feeling, 1)
        self._middle = QWidget()
        self._middle.setLayout(inside)
        around = row(spacing=0)
        around.addStretch(1)
        around.addWidget(self._middle, 1000)
        around.addStretch(1)
        whole = column(spacing=0)
        whole.addStretch(1)
        whole.addLayout(around, 1000)
        whole.addStretch(1)
        self.setLayout(whole)
        self._theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        sizes = self._theme.sizes
        self._middle.setMaximumSize(sizes.column * 2 // 3 + 64, sizes.control * TALL)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen."""
        self.player.pause()
        super().hideEvent(event)

    def end(self) -> None:
        """Let go of the film."""
        self.player.close()

    def _film_part(self, parts: Parts, film: SealedPath) -> QVBoxLayout:
        view = ClipView(parts.theme)
        view.setAccessibleName(parts.words("partner_show.notice.film"))
        self.player.frame_came.connect(view.show_frame)
        again = Button(parts.words("partner_show.notice.replay"))
        again.clicked.connect(self.player.restart)
        part = column(spacing=8)
        part.addWidget(view, 1)
        part.addWidget(again, 0, Qt.AlignmentFlag.AlignHCenter)
        self.player.open(film)
        self.player.set_looping(True)
        self.player.play()
        return part


def own_step(parts: Parts, turn: str, pair: Pair) -> SayStep:
    """Asks the other one how they are themselves: what one feels is easily read into somebody else."""
    words = parts.words
    step = SayStep(parts, turn, words("partner_show.own.note"))
    step.feeling.ask(
        words("partner_show.own.title", noticer=pair.other.name),
        source=Source.SELF_REPORT,
        by=pair.other.name,
        action=words("partner_show.own.done"),
        sure=False,
    )
    return step
