"""What the other one noticed; then what it was, how strongly, and whether whoever showed felt seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.affect.reading import Source
from attune.sealing import SealedPath
from attune.ui.partner.handing import Feeling
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.step import Step
from attune.ui.practice.choices import ChoiceButton
from attune.ui.video.player import ClipPlayer
from attune.ui.video.view import ClipView
from attune.ui.widgets import Button, QuietButton, announce, column, row, text

SEEN = ("barely", "slight", "clear", "strong", "full")  # from 0 to 1 in equal steps
ROOM = 18  # heights of a button that a question needs


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
        whole.addWidget(text(turn, "quiet"))
        whole.addWidget(text(note, "quiet"))
        if film is None:
            self._alone(whole)
        else:
            beside = row(spacing=24)
            beside.addLayout(self._film_part(parts, film), 3)
            beside.addWidget(self.feeling, 2)
            whole.addLayout(beside, 1)
            self.setLayout(whole)
        self.setFocusProxy(self.feeling)
        self.setAccessibleName(parts.words("partner_show.title"))

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
        self._middle.setMaximumSize(sizes.column * 2 // 3 + 64, sizes.control * ROOM)

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


def notice_step(parts: Parts, turn: str, pair: Pair, *, film: SealedPath | None) -> SayStep:
    """Asks the other one what they noticed."""
    words = parts.words
    step = SayStep(parts, turn, words("partner_show.notice.note", shower=pair.one.name), film)
    step.feeling.ask(
        words("partner_show.notice.title", noticer=pair.other.name),
        source=Source.USER,
        by=pair.other.name,
        action=words("partner_show.notice.done"),
    )
    return step


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


def tell_step(parts: Parts, turn: str, pair: Pair) -> SayStep:
    """Asks whoever showed what it was."""
    words = parts.words
    step = SayStep(parts, turn, words("partner_show.tell.note", noticer=pair.other.name))
    step.feeling.pass_button.setText(words("partner_show.tell.pass"))
    step.feeling.ask(
        words("partner_show.tell.title", shower=pair.one.name),
        source=Source.SELF_REPORT,
        by=pair.one.name,
        action=words("partner_show.tell.done"),
        sure=False,
    )
    return step


class SeenStep(Step):
    """Whether they felt seen. ``answered``: in [0, 1], or None where they would rather not say."""

    answered = Signal(object)

    def __init__(self, parts: Parts, turn: str, noticer: str) -> None:
        super().__init__(parts.theme, turn)
        words = parts.words
        question = words("partner_show.seen.question", noticer=noticer)
        self.setAccessibleName(question)
        self.body.setSpacing(10)
        self.body.addStretch(1)
        self.body.addWidget(text(question, "title"))
        self.body.addWidget(text(words("partner_show.seen.note", noticer=noticer), "quiet"))
        self.body.addSpacing(8)
        self.buttons: list[ChoiceButton] = []
        for place, key in enumerate(SEEN):
            title = words(f"partner_show.seen.words.{key}")
            button = ChoiceButton(parts.theme, str(place + 1), title, question)
            button.clicked.connect(lambda _=False, place=place: self.answered.emit(place / (len(SEEN) - 1)))
            self.buttons.append(button)
            self.body.addWidget(button)
        self.body.addStretch(2)
        self.skip = QuietButton(words("partner_show.seen.pass"))
        self.skip.clicked.connect(lambda: self.answered.emit(None))
        self.foot.addWidget(self.skip)
        self.foot.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        announce(self, question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys answer, 0 passes."""
        place = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_0:
            self.skip.click()
        elif 0 <= place < len(self.buttons):
            self.buttons[place].click()
        else:
            super().keyPressEvent(event)


def seen_key(seen: float) -> str:
    """The word for how seen somebody felt."""
    return SEEN[round(seen * (len(SEEN) - 1))]
