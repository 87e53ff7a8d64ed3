"""What every round is made of: handing the screen over, a card for one pair of eyes, saying what was felt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.affect.reading import Reading, Source
from attune.app.practice import When
from attune.app.protocols.answering import said
from attune.app.protocols.trial import Name
from attune.ui.partner.parts import Parts
from attune.ui.partner.tile import Disc
from attune.ui.practice.naming import NameSide
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, ScrollPage, announce, row, text


class HandOver(ScrollPage):
    """A calm page: please hand the screen to ``name``. ``then`` is called once that person is there.

    ``why``: what comes then, in a sentence; without it, that what comes is for them alone.
    """

    def __init__(self, parts: Parts, name: str, then: Callable[[], object], *, why: str = "") -> None:
        super().__init__(parts.theme)
        words = parts.words
        said_why = why or words("partner.handing.alone", name=name)
        self.here = PrimaryButton(words("partner.handing.here", name=name))
        self.here.clicked.connect(lambda _checked: then())
        asked = text(words("partner.handing.ask", name=name), "display")
        explained = text(said_why, "large")
        for label in (asked, explained):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.setSpacing(20)
        self.body.addStretch(2)
        self.body.addWidget(Disc(parts.theme, name), 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(asked)
        self.body.addWidget(explained)
        self.body.addSpacing(12)
        self.body.addWidget(self.here, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(3)
        self.setAccessibleName(asked.text())
        self.here.setAccessibleDescription(f"{asked.text()}. {said_why}")
        self.setFocusProxy(self.here)


class Private(Card):
    """Something for ``name`` alone: covered until they press its button, and covered again when it goes away.

    ``opened`` and ``closed`` each time it is uncovered or covered. What is covered is no part of what a
    screen reader finds. ``ask``: what the button does instead of uncovering it, where that takes more.
    """

    opened = Signal()
    closed = Signal()

    def __init__(
        self, parts: Parts, name: str, inside: QWidget, *, ask: Callable[[], object] | None = None
    ) -> None:
        super().__init__(margin=28)
        self._ask = ask
        self._words = parts.words
        self._inside = inside
        self._lead = text(parts.words("partner.private.for", name=name), "heading")
        self._note = text(parts.words("partner.private.note"), "quiet")
        self.button = Button("")
        self.button.setAccessibleDescription(f"{self._lead.text()}. {self._note.text()}")
        self.button.clicked.connect(self._turn)
        act = row()
        act.addWidget(self.button)
        act.addStretch(1)
        self.body.addWidget(self._lead)
        self.body.addWidget(self._note)
        self.body.addWidget(inside)
        self.body.addLayout(act)
        self.setFocusProxy(self.button)
        self.cover()

    @property
    def is_open(self) -> bool:
        """Whether it can be seen now."""
        return not self._inside.isHidden()

    def cover(self) -> None:
        """Put it out of sight."""
        self._show(open_=False)
        self.closed.emit()

    def uncover(self) -> None:
        """Let it be seen."""
        self._show(open_=True)
        self.opened.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back to it must ask again."""
        super().hideEvent(event)
        if not event.spontaneous() or self.window().isMinimized():
            self.cover()

    def _turn(self) -> None:
        if self.is_open:
            self.cover()
        elif self._ask is not None:
            self._ask()
        else:
            self.uncover()

    def _show(self, *, open_: bool) -> None:
        self._inside.setVisible(open_)
        self._note.setVisible(not open_)
        self.button.setText(self._words(f"partner.private.{'cover' if open_ else 'show'}"))


class Feeling(NameSide):
    """Asks for a feeling: which, or which two; how strongly; how sure. ``given(Reading)``, or ``passed``.

    Number keys choose, up and down lead to the lines, Enter gives it, 0 passes. Begin with :meth:`ask`.
    """

    given = Signal(object)
    passed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.services, parts.theme)
        self._names_all = parts.services.vocabulary.names
        self._source, self._by, self._sure = Source.USER, "", True
        self.pass_button = QuietButton(parts.words("partner.feeling.pass"))
        self.pass_button.setToolTip(parts.words("partner.feeling.pass_key"))
        self.pass_button.clicked.connect(self.passed)
        self.body.insertWidget(self.body.count() - 1, self.pass_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.confirmed.connect(self._give)

    def ask(
        self, question: str, *, source: Source, by: str, action: str, sure: bool = True, blends: bool = True
    ) -> None:
        """Ask ``question``; ``source`` and ``by``: who says so; ``action``: the button that gives it.

        ``sure``: ask how sure, which is of no sense about oneself; ``blends``: two may be named at once.
        """
        self._source, self._by, self._sure = source, by, sure
        self.begin(Name(choices=self._names_all, blends=blends), When.EACH)
        self._question.setText(question)
        self.confirm_button.setText(action)
        self.setAccessibleName(question)
        announce(self, question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the answer."""
        if event.key() == Qt.Key.Key_0:
            if not event.isAutoRepeat():  # nobody passes the next question, too
                self.passed.emit()
        elif not self.take_key(event):
            super().keyPressEvent(event)

    def _ask_how(self) -> None:
        super()._ask_how()
        if not self._sure:
            self.sureness.hide()
            if not self._lines:
                QTimer.singleShot(
                    0, self, lambda: self.confirm_button.setFocus(Qt.FocusReason.OtherFocusReason)
                )

    def _give(self) -> None:
        answer = self.answer(response_ms=None)
        reading = said(answer, self._names_all, self._source)
        self.given.emit(Reading.from_json(reading.to_json() | {"by": self._by}))

    def _confidence(self) -> float | None:
        return super()._confidence() if self._sure else None
