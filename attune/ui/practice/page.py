"""The practice page: leads from the start through the trials to what they came to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.library import ClipSet
from attune.app.practice import (
    Answer,
    Feedback,
    Outcome,
    PracticeSession,
    TraceFeedback,
    Trial,
    Unfinished,
    When,
)
from attune.app.protocols.protocol import Setup
from attune.app.protocols.trial import Beside, Brief, Reel
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.drawing import Drawing
from attune.ui.practice.header import SessionHeader
from attune.ui.practice.start import StartPage
from attune.ui.theme import Theme
from attune.ui.widgets import column, row
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.notice import NoticeBar

if TYPE_CHECKING:  # a session's parts play video, which takes as long to load as the rest of the page
    from attune.ui.practice.beside import BesideView
    from attune.ui.practice.brief import BriefView
    from attune.ui.practice.feedback import FeedbackPage
    from attune.ui.practice.follow import FollowView
    from attune.ui.practice.follow_answer import TraceAnswerPage
    from attune.ui.practice.outcome import OutcomePage
    from attune.ui.practice.review import ReviewPage
    from attune.ui.practice.trial import TrialView

    TrialViews = TrialView | BesideView | BriefView | FollowView

MOMENT_MS = 100  # for the start to be painted and to answer, before anything else is made


class PracticePage(QWidget):
    """Start, trials, what is said back, the end, one at a time. ``wanted(name)`` asks for another page.

    What comes after the start is made when it is asked for; what every session needs, at the latest while the
    person reads the start.
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
        self._ended: tuple[PracticeSession, Outcome] | None = None
        self._view: TrialViews | None = None
        self._told = False  # something to be read while a session begins
        self.drawing = Drawing(services, bridge, self)
        self.start = StartPage(services, bridge, theme)
        self.header = SessionHeader(self._words, theme)
        self.notice = NoticeBar(services.words)
        self._arrange()
        self._connect()

    @cached_property
    def trial(self) -> TrialView:
        """Asks about a clip."""
        from attune.ui.practice.trial import TrialView  # noqa: PLC0415

        part = TrialView(self._services, self._theme, painter=self.drawing.painter)
        self._take_answers(part)
        return part

    @cached_property
    def beside(self) -> BesideView:
        """Asks which of two."""
        from attune.ui.practice.beside import BesideView  # noqa: PLC0415

        part = BesideView(self._services, self._theme, painter=self.drawing.painter)
        self._take_answers(part)
        return part

    @cached_property
    def brief(self) -> BriefView:
        """Asks about a brief moment."""
        from attune.ui.practice.brief import BriefView  # noqa: PLC0415

        part = BriefView(self._services, self._bridge, self._theme, painter=self.drawing.painter)
        self._take_answers(part)
        return part

    @cached_property
    def follow(self) -> FollowView:
        """Has a clip followed."""
        from attune.ui.practice.follow import FollowView  # noqa: PLC0415

        part = FollowView(self._services, self._bridge, self._theme)
        part.traced.connect(self._traced)
        part.unplayable.connect(self._skip)
        self._stack.addWidget(part)
        return part

    @cached_property
    def feedback(self) -> FeedbackPage:
        """Says back what is known of the clip."""
        from attune.ui.practice.feedback import FeedbackPage  # noqa: PLC0415

        part = FeedbackPage(self._services, self._bridge, self._theme, painter=self.drawing.painter)
        part.going_on.connect(self._heard)
        part.leaving.connect(self._leave_feedback)
        self._stack.addWidget(part)
        return part

    @cached_property
    def trace_answer(self) -> TraceAnswerPage:
        """Says back how a clip was followed."""
        from attune.ui.practice.follow_answer import TraceAnswerPage  # noqa: PLC0415

        part = TraceAnswerPage(self._services, self._theme)
        part.going_on.connect(self._next)
        part.leaving.connect(self._ask_to_leave)
        self._stack.addWidget(part)
        return part

    @cached_property
    def review(self) -> ReviewPage:
        """Says back everything at the end."""
        from attune.ui.practice.review import ReviewPage  # noqa: PLC0415

        part = ReviewPage(self._services, self._theme)
        part.opened.connect(self._open_again)
        part.going_on.connect(self._show_outcome)
        self._stack.addWidget(part)
        return part

    @cached_property
    def outcome(self) -> OutcomePage:
        """Says what the session came to."""
        from attune.ui.practice.outcome import OutcomePage  # noqa: PLC0415

        part = OutcomePage(self._services, self._theme)
        part.again.connect(self._restart)
        part.history_wanted.connect(lambda: self.wanted.emit("history"))
        self._stack.addWidget(part)
        return part

    def entered(self) -> None:
        """Bring the start up to date; a session under way stays where it was."""
        if self.showing is self.start:
            self.start.refresh()
        self.showing.setFocus()

    def suggest(self, mode: str, emotions: tuple[str, ...]) -> None:
        """Lead to a way to practise; a session under way stays where it was."""
        if self._session is None and self._ended is None:
            if self.showing is not self.start:
                self._restart()
            self.start.suggest(mode, emotions)

    @property
    def showing(self) -> QWidget:
        """The part that shows now."""
        part = self._stack.currentWidget()
        assert part is not None
        return part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc asks to leave a session under way."""
        if event.key() == Qt.Key.Key_Escape and self._session is not None:
            self._ask_to_leave()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        bar = row()
        bar.setContentsMargins(32, 12, 32, 0)
        bar.addWidget(self.notice)
        inside = column(spacing=0)
        inside.addLayout(bar)
        inside.addWidget(self.header)
        inside.addWidget(self._stack, 1)
        self.setLayout(inside)
        self.header.hide()

    def _connect(self) -> None:
        self.start.begun.connect(self._begin)
        self.start.going_on.connect(self._go_on)
        self.drawing.not_here.connect(self._tell_of_clips)
        self.start.ready.connect(lambda: QTimer.singleShot(MOMENT_MS, self, self._prepare))
        self.header.leaving.connect(self._ask_to_leave)

    def _take_answers(self, part: TrialView | BesideView | BriefView) -> None:
        part.answered.connect(lambda answer: self._answer(part, answer))
        part.unplayable.connect(self._skip)
        self._stack.addWidget(part)

    def _prepare(self) -> None:
        """Make the parts of a usual session, each in its own turn of the event loop."""
        for make in (lambda: self.trial, lambda: self.feedback, lambda: self.outcome):
            QTimer.singleShot(0, self, make)

    def _show(self, part: QWidget) -> None:
        self.header.setVisible(part is self._view)
        self._stack.setCurrentWidget(part)

    # Beginning

    def _begin(self, clip_set: ClipSet, setup: Setup) -> None:
        self.drawing.settle(clip_set, setup, lambda settled: self._begin_with(clip_set, settled))

    def _begin_with(self, clip_set: ClipSet, setup: Setup) -> None:
        measure = self._services.settings.current.measure_faces
        starting = self._services.practice.start(clip_set, setup, measure=measure)
        self._bridge.deliver(starting, self._started, self._not_started)

    def _go_on(self, left: Unfinished, clip_set: ClipSet) -> None:
        measure = self._services.settings.current.measure_faces
        going = self._services.practice.go_on(left, clip_set, measure=measure)
        self._bridge.deliver(going, self._started, self._not_started)

    def _started(self, session: PracticeSession) -> None:
        self._session = session
        if not self._told:
            self.notice.hide()
        self._told = False
        self._next()

    def _tell_of_clips(self) -> None:
        self.notice.say(self._words("practice.drawn.not_here"))
        self._told = True

    def _not_started(self, error: BaseException) -> None:
        self.start.allow()
        self._bridge.failed.emit(error)

    # Asking

    def _next(self) -> None:
        """Show the trial that is current now, or what the session came to."""
        session = self._session
        if session is None:
            return
        self._let_go()
        trial = session.current
        if trial is None:
            self._finish()
            return
        view = self._view = self._view_for(trial)
        self.header.show_place(session)
        self._show(view)
        view.begin(session, trial)

    def _view_for(self, trial: Trial) -> TrialViews:
        match trial.show:
            case Beside():
                return self.beside
            case Brief():
                return self.brief
            case Reel():
                return self.follow
            case _:
                return self.trial

    def _answer(self, view: TrialView | BesideView | BriefView, answer: Answer) -> None:
        def not_kept(error: BaseException) -> None:
            view.not_kept()
            self._bridge.failed.emit(error)

        if self._session is not None:
            self._bridge.deliver(self._session.answer(answer), self._answered, not_kept)

    def _answered(self, feedback: Feedback) -> None:
        session = self._session
        if session is None or session.current is not feedback.trial:
            return
        session.advance(feedback)
        self.notice.hide()
        if session.setup.feedback is not When.EACH:
            if not feedback.record.scored:  # with feedback each time, that is where it is said
                self.notice.say(self._words("practice.trial.unscored"))
            self._next()
            return
        self._let_go()
        self._show(self.feedback)
        self.feedback.show_feedback(feedback, session, last=session.current is None)

    def _traced(self, feedback: TraceFeedback) -> None:
        session = self._session
        if session is None or session.current is not feedback.trial:
            return
        session.advance(feedback)
        self.notice.hide()
        self._let_go()
        self._show(self.trace_answer)
        self.trace_answer.show_trace(session, feedback, last=session.current is None)

    def _skip(self, reason: str) -> None:
        session = self._session
        if session is None or session.current is None:
            return
        del reason  # in the machine's own words; the history says that the clip could not be shown
        self.notice.say(self._words("practice.trial.skipped", clip=session.current.clip.name))
        self._bridge.deliver(session.skip(), lambda _kept: None)
        self._next()

    def _let_go(self) -> None:
        """Of the clips of what was shown."""
        if self._view is not None:
            self._view.clear()
        for name in ("feedback", "trace_answer"):
            if name in self.__dict__:
                getattr(self, name).close_clip()

    # Leaving, and the end

    def _ask_to_leave(self) -> None:
        if self._session is None:
            return
        answered = len(self._session.answered) + len(self._session.traced)
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
        self._let_go()
        ending = session.finish()
        if session.answered or session.traced:
            self._bridge.deliver(ending, lambda outcome: self._finished(session, outcome))
        else:
            self._bridge.deliver(ending, lambda _outcome: None)
            self._restart()

    def _finished(self, session: PracticeSession, outcome: Outcome) -> None:
        self._ended = session, outcome
        if session.setup.feedback is When.END and session.answered:
            self._show(self.review)
            self.review.show_answers(session)
        else:
            self._show_outcome()

    def _show_outcome(self) -> None:
        if self._ended is not None:
            (session, outcome), self._ended = self._ended, None
            self._show(self.outcome)
            self.outcome.show_outcome(session, outcome)

    def _open_again(self, feedback: Feedback) -> None:
        if self._ended is not None:
            session, _outcome = self._ended
            self._show(self.feedback)
            self.feedback.show_feedback(feedback, session, last=True)
            self.feedback.next_button.setText(self._words("practice.review.back"))

    def _heard(self) -> None:
        """On from what was said back: to the next trial, or back to the list it was opened from."""
        if self._ended is None:
            self._next()
        else:
            self._let_go()
            self._show(self.review)
            self.review.setFocus()

    def _leave_feedback(self) -> None:
        if self._ended is None:
            self._ask_to_leave()
        else:
            self._heard()

    def _restart(self) -> None:
        self._show(self.start)
        self.start.to_top()
        self.start.refresh()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)
