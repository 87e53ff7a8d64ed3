"""The topic of sessions: all of them on a chart and in a table, and one of them opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.history import ProgressPoint, SessionReview, SessionSummary
from attune.resources import Words
from attune.ui.history import phrases
from attune.ui.history.detail import Detail
from attune.ui.history.finding import FindingBar
from attune.ui.history.sessions_chart import MARKS, ProgressChart
from attune.ui.history.topics import Parts
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.met import Met
    from attune.ui.history.trial import TrialPage

AT_ONCE = 250  # sessions listed before one asks for more


class SessionsTopic(QStackedWidget):
    """``all`` the sessions, ``detail`` of one, or one ``trial`` of it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        services = parts.services
        self._parts = parts
        self._words = services.words
        self._history = services.history
        self.all = SessionsList(services.words, parts.theme, len(services.vocabulary))
        self.detail = Detail(services.words, parts.theme)
        self.trial: TrialPage | None = None
        self.addWidget(self.all)
        self.addWidget(self.detail)
        self.all.opened.connect(self.open_session)
        self.all.start.clicked.connect(lambda: parts.bridge.page_wanted.emit("practise"))
        self.detail.back.clicked.connect(self.show_all)
        self.detail.delete.clicked.connect(self._ask_to_delete)
        self.detail.answers.opened.connect(self.open_trial)

    def look(self, lens: Lens | None) -> None:
        """Every session as it is now, whatever is looked at elsewhere."""
        del lens
        self._ask(with_focus=False)

    def show_all(self) -> None:
        """Show all sessions as they are now, the keyboard in their table."""
        self._ask(with_focus=True)

    def open_session(self, session_id: int) -> None:
        """Show one session."""
        self._parts.bridge.deliver(self._history.session(session_id), self._got_session)

    def open_trial(self, place: int) -> None:
        """Show one answer of the session that is open."""
        from attune.ui.history.trial import TrialPage  # noqa: PLC0415 - the player loads with the first

        if self.trial is None:
            self.trial = TrialPage(self._parts)
            self.trial.back.clicked.connect(self._leave_trial)
            self.addWidget(self.trial)
        assert self.detail.review is not None
        self.setCurrentWidget(self.trial)
        self.trial.fill(self.detail.review.answers, place)
        self.trial.back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes one step back."""
        if event.key() != Qt.Key.Key_Escape or self.currentWidget() is self.all:
            super().keyPressEvent(event)
        elif self.currentWidget() is self.detail:
            self.show_all()
        else:
            self._leave_trial()

    def _leave_trial(self) -> None:
        """Back to the session, its table where it was left."""
        assert self.trial is not None
        self.trial.leave()
        self.setCurrentWidget(self.detail)
        self.detail.answers.setFocus()

    def _ask(self, *, with_focus: bool) -> None:
        def got(found: tuple[list[SessionSummary], list[ProgressPoint]]) -> None:
            def got_met(met: Met) -> None:
                self.all.fill(*found, met)
                self.setCurrentWidget(self.all)
                if with_focus:
                    self.all.table.setFocus()

            self._parts.bridge.deliver(self._parts.services.progress.met(), got_met)

        self._parts.bridge.deliver(self._history.practised(), got)

    def _got_session(self, review: SessionReview) -> None:
        self.detail.fill(review)
        allow(self.detail.delete, unless=only_read(self._parts.services))
        self.setCurrentWidget(self.detail)
        self.detail.back.setFocus()

    def _ask_to_delete(self) -> None:
        review = self.detail.review
        assert review is not None
        Question(
            self._words,
            "history.delete",
            agreed=self._delete,
            parent=self,
            theme=self._parts.theme,
            when=phrases.when(review.session.started_at, self._words),
            answered=len(review.answers),
        )

    def _delete(self) -> None:
        review = self.detail.review
        assert review is not None
        assert review.session.id is not None
        gone = self._history.delete_session(review.session.id)
        self._parts.bridge.deliver(gone, lambda _gone: self.show_all())


class SessionsList(ScrollPage):
    """``opened`` carries the id of a session; ``start`` is the button of the empty page."""

    opened = Signal(int)

    def __init__(self, words: Words, theme: Theme, choices: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, wide=True)
        self._words = words
        self._sessions: tuple[SessionSummary, ...] = ()
        self._points: tuple[ProgressPoint, ...] = ()
        self._listed = 0
        self._every: tuple[SessionSummary, ...] = ()
        self._every_point: tuple[ProgressPoint, ...] = ()
        self.finding = FindingBar(words, theme)
        self.found = text("", "quiet")
        self.start = PrimaryButton(words("history.empty.start"))
        self._empty = self._empty_card()
        self.chart = ProgressChart(words, theme, choices)
        self.explanation = text("", "quiet")
        self.legend = text("", "small")
        self.spoken_of = text("", "strong")
        self._chart_card = self._with_chart()
        self.table = Table(
            [
                Column(words("history.table.when")),
                Column(words("history.table.set"), stretch=True),
                Column(words("history.table.agreed"), number=True),
                Column(words("history.table.share"), number=True),
                Column(words("history.table.interval"), number=True),
            ],
            words("history.table.name"),
            theme,
        )
        self._table_card = Card()
        self._table_card.body.addWidget(text(words("history.table.title"), "heading"))
        self._table_card.body.addWidget(self.table)
        self.more = Button("")
        more = row()
        more.addWidget(self.more)
        more.addStretch(1)
        self._table_card.body.addLayout(more)
        head = column(spacing=6)
        head.addWidget(text(words("history.sessions.page.title"), "title"))
        head.addWidget(text(words("history.sessions.page.intro"), "quiet"))
        self.body.addLayout(head)
        for card in (self._empty, self.finding, self.found, self._chart_card, self._table_card):
            self.body.addWidget(card)
            card.hide()
        self.body.addStretch(1)
        self.finding.changed.connect(self._find)
        self.more.clicked.connect(lambda: self._list(self._listed + AT_ONCE))
        self.chart.chosen.connect(self._speak_of)
        self.chart.opened.connect(lambda place: self.opened.emit(self._points[place].session_id))
        self.table.opened.connect(lambda place: self.opened.emit(self._sessions[place].session.id))
        self.table.selectionModel().currentChanged.connect(self._keep_row_in_sight)

    def fill(self, sessions: Sequence[SessionSummary], points: Sequence[ProgressPoint], met: Met) -> None:
        """Show those of the sessions (newest first) and points (oldest first) that are looked for."""
        self._every, self._every_point = tuple(sessions), tuple(points)
        self._empty.setVisible(not sessions)
        self.finding.setVisible(bool(sessions))
        self.finding.fill(sessions, met)
        self._find()

    def _find(self) -> None:
        """Show what is looked for, or say that there is none."""
        asking, sessions = self.finding.asking, self._every
        if asking:
            sessions = tuple(summary for summary in sessions if self.finding.keep(summary))
        there = {summary.session.id for summary in sessions}
        points = [point for point in self._every_point if point.session_id in there]
        self._sessions, self._points = sessions, tuple(points)
        self.finding.everything.setVisible(asking)
        self.found.setVisible(asking)
        key = "found" if sessions else "found_none"
        self.found.setText(self._words(f"history.find.{key}", found=len(sessions), all=len(self._every)))
        self._chart_card.setVisible(bool(points))
        self._table_card.setVisible(bool(sessions))
        self._list(AT_ONCE)
        self.chart.fill(points)
        self.explanation.setText(
            self._words(f"history.chart.{'single' if len(points) == 1 else 'how_to_read'}")
        )
        self.legend.setText(
            "   ".join(
                self._words(
                    "history.chart.legend",
                    shape=MARKS[source][1],
                    reference=self._words(f"history.against.{source}"),
                )
                for source in dict.fromkeys(point.scored_against for point in points)
            )
        )

    def _list(self, most: int) -> None:
        """So many rows at the most: thousands would have to be put into words while somebody waits."""
        shown = self._sessions[:most]
        self._listed = len(shown)
        self.table.fill([phrases.session_row(session, self._words) for session in shown])
        left = len(self._sessions) - len(shown)
        self.more.setVisible(left > 0)
        self.more.setText(self._words("history.table.more", more=min(left, AT_ONCE), left=left))

    def _empty_card(self) -> Card:
        card = Card(margin=40)
        card.body.addWidget(text(self._words("history.empty.title"), "heading"))
        card.body.addWidget(text(self._words("history.empty.explanation"), "large"))
        card.body.addSpacing(8)
        action = row()
        action.addWidget(self.start)
        action.addStretch(1)
        card.body.addLayout(action)
        return card

    def _with_chart(self) -> Card:
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(self._words("history.chart.title"), "heading"))
        card.body.addWidget(self.explanation)
        card.body.addWidget(self.chart, 1)
        card.body.addWidget(self.spoken_of)
        foot = row()
        foot.addWidget(self.legend, 1)
        foot.addWidget(text(self._words("history.chart.keys"), "small", wrap=False))
        card.body.addLayout(foot)
        return card

    def _speak_of(self, place: int) -> None:
        self.spoken_of.setText(phrases.point(self._points[place], self._words))

    def _keep_row_in_sight(self) -> None:
        rect = self.table.visualRect(self.table.currentIndex())
        at = self.table.viewport().mapTo(self.sheet, rect.center())
        self.ensureVisible(at.x(), at.y(), 0, rect.height() * 2)
