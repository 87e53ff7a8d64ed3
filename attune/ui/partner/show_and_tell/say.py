"""What the other one noticed; then what it was, how strongly, and whether whoever showed felt seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from attune.affect.reading import Source
from attune.sealing import SealedPath
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.saying import SayStep
from attune.ui.partner.step import Step
from attune.ui.practice.choices import ChoiceButton
from attune.ui.widgets import QuietButton, announce, text

SEEN = ("barely", "slight", "clear", "strong", "full")  # from 0 to 1 in equal steps


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
