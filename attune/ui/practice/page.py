"""The practice page: leads from the start through the trials to the summary."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.library import ClipSet
from attune.app.practice import Answer, Feedback, PracticeSession
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.services import Services
from attune.scoring.summary import Summary
from attune.ui.bridge import Bridge
from attune.ui.practice.start import StartPage
from attune.ui.theme import Theme
from attune.ui.widgets import column, row
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.notice import NoticeBar

if TYPE_CHECKING:  # a session's parts play video, which takes as long to load as the rest of the page
    from attune.ui.practice.feedback import FeedbackPage
    from attune.ui.practice.summary import SummaryPage
    from attune.ui.practice.trial import TrialPage

MOMENT_MS = 100  # for the start to be painted and to answer, before anything else is made


class PracticePage(QWidget):
    """Start, trial, feedback, summary, one at a time. ``wanted(name)`` asks the window for another page.

    What comes after the start is made when it is asked for, at the latest while the person reads the start.
    """

    wanted = Signal(str)

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._words = services.words
        self._bridge = bridge
        self._theme = theme
        self._session: PracticeSession | None = None
        self.start = StartPage(services, bridge, theme)
        self.notice = NoticeBar(services.words)
        self._arrange()
        self._connect()

    @cached_property
    def trial(self) -> TrialPage:
        """Asks about a clip."""
        from attune.ui.practice.trial import TrialPage  # noqa: PLC0415

        part = TrialPage(self._services, self._theme)
        part.answered.connect(self._answer)
        part.unplayable.connect(self._skip)
        part.leaving.connect(self._ask_to_leave)
        self._stack.addWidget(part)
        return part

    @cached_property
    def feedback(self) -> FeedbackPage:
        """Says back what is known of the clip."""
        from attune.ui.practice.feedback import FeedbackPage  # noqa: PLC0415

        part = FeedbackPage(self._services, self._bridge, self._theme)
        part.going_on.connect(self._next)
        part.leaving.connect(self._ask_to_leave)
        self._stack.addWidget(part)
        return part

    @cached_property
    def summary(self) -> SummaryPage:
        """Says what the session came to."""
        from attune.ui.practice.summary import SummaryPage  # noqa: PLC0415

        part = SummaryPage(self._services, self._theme)
        part.again.connect(self._restart)
        part.history_wanted.connect(lambda: self.wanted.emit("history"))
        self._stack.addWidget(part)
        return part

    def entered(self) -> None:
        """Bring the start up to date; a session under way stays where it was."""
        if self.showing is self.start:
            self.start.refresh()
        self.showing.setFocus()

    @property
    def showing(self) -> QWidget:
        """The part that shows now."""
        part = self._stack.currentWidget()
        assert part is not None
        return part

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        bar = row()
        bar.setContentsMargins(32, 12, 32, 0)
        bar.addWidget(self.notice)
        inside = column(spacing=0)
        inside.addLayout(bar)
        inside.addWidget(self._stack, 1)
        self.setLayout(inside)

    def _connect(self) -> None:
        self.start.begun.connect(self._begin)
        self.start.ready.connect(lambda: QTimer.singleShot(MOMENT_MS, self, self._prepare))

    def _prepare(self) -> None:
        """Make the parts of a session, each in its own turn of the event loop."""
        for make in (lambda: self.trial, lambda: self.feedback, lambda: self.summary):
            QTimer.singleShot(0, self, make)

    def _begin(self, clip_set: ClipSet) -> None:
        current = self._services.settings.current
        starting = self._services.practice.start(
            clip_set, ReadTheMoment(trials=current.trials), measure=current.measure_faces
        )
        self._bridge.deliver(starting, self._started, self._not_started)

    def _started(self, session: PracticeSession) -> None:
        self._session = session
        self.notice.hide()
        self._next()

    def _not_started(self, error: BaseException) -> None:
        self.start.allow()
        self._bridge.failed.emit(error)

    def _next(self) -> None:
        """Show the trial that is current now, or what the session came to."""
        session = self._session
        if session is None:
            return
        self.feedback.close_clip()
        trial = session.current
        if trial is None:
            self._finish()
            return
        self._stack.setCurrentWidget(self.trial)
        self.trial.show_trial(trial, trial.position + 1, session.planned)

    def _answer(self, answer: Answer) -> None:
        if self._session is not None:
            self._bridge.deliver(self._session.answer(answer), self._answered, self._not_answered)

    def _answered(self, feedback: Feedback) -> None:
        session = self._session
        if session is None or session.current is not feedback.trial:
            return
        session.advance(feedback)
        self.notice.hide()
        self.trial.close_clip()
        self._stack.setCurrentWidget(self.feedback)
        self.feedback.show_feedback(feedback, session, last=session.current is None)

    def _not_answered(self, error: BaseException) -> None:
        self.trial.not_kept()
        self._bridge.failed.emit(error)

    def _skip(self) -> None:
        session = self._session
        if session is None or session.current is None:
            return
        self.notice.say(self._words("practice.trial.skipped", clip=session.current.clip.name))
        self._bridge.deliver(session.skip(), lambda _kept: None)
        self._next()

    def _ask_to_leave(self) -> None:
        if self._session is None:
            return
        answered = len(self._session.answered)
        key = "none" if answered == 0 else "one" if answered == 1 else "many"
        Question(
            self._words,
            f"practice.leave.{key}",
            agreed=self._finish,
            parent=self,
            theme=self._theme,
            count=answered,
        )

    def _finish(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        self.trial.close_clip()
        self.feedback.close_clip()
        ending = session.finish()
        if session.answered:
            self._bridge.deliver(ending, lambda outcome: self._finished(session, outcome.summary))
        else:
            self._bridge.deliver(ending, lambda _summary: None)
            self._restart()

    def _finished(self, session: PracticeSession, summary: Summary) -> None:
        self._stack.setCurrentWidget(self.summary)
        self.summary.show_summary(summary, session)

    def _restart(self) -> None:
        self._stack.setCurrentWidget(self.start)
        self.start.refresh()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)
