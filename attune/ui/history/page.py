"""The History page: all sessions, and one of them opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.history import ProgressPoint, SessionReview, SessionSummary
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.history import phrases
from attune.ui.history.detail import Detail
from attune.ui.history.overview import Overview
from attune.ui.theme import Theme
from attune.ui.widgets.dialogs import Question


class HistoryPage(QStackedWidget):
    """Asks the history for what to show each time it is entered."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = services.words
        self._history = services.history
        self._bridge = bridge
        self._theme = theme
        self.overview = Overview(services.words, theme, len(services.vocabulary))
        self.detail = Detail(services.words, theme)
        self.addWidget(self.overview)
        self.addWidget(self.detail)
        self.overview.opened.connect(self.open_session)
        self.overview.start.clicked.connect(lambda: bridge.page_wanted.emit("practise"))
        self.detail.back.clicked.connect(self.show_all)
        self.detail.delete.clicked.connect(self._ask_to_delete)

    def entered(self) -> None:
        """Bring the list up to date and show it."""
        self.show_all()

    def show_all(self) -> None:
        """Show all sessions as they are now."""
        self._bridge.deliver(self._history.sessions(), self._got_sessions)

    def open_session(self, session_id: int) -> None:
        """Show one session."""
        self._bridge.deliver(self._history.session(session_id), self._got_session)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to all sessions."""
        if event.key() == Qt.Key.Key_Escape and self.currentWidget() is self.detail:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def _got_sessions(self, sessions: list[SessionSummary]) -> None:
        def got_points(points: list[ProgressPoint]) -> None:
            self.overview.fill(sessions, points)
            if self.currentWidget() is not self.overview:
                self.setCurrentWidget(self.overview)
                self.overview.table.setFocus()

        self._bridge.deliver(self._history.progress(), got_points)

    def _got_session(self, review: SessionReview) -> None:
        self.detail.fill(review)
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
            theme=self._theme,
            when=phrases.when(review.session.started_at, self._words),
            answered=len(review.answers),
        )

    def _delete(self) -> None:
        review = self.detail.review
        assert review is not None
        assert review.session.id is not None
        self._bridge.deliver(self._history.delete_session(review.session.id), lambda _gone: self.show_all())
