"""The bar above the pictures that says whose consent ends, and which withdrawal has a list to look at."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from attune.app.consent import Standing, State, those_ending
from attune.app.library import ClipSet
from attune.app.withdrawal import Withdrawal
from attune.ui.library.consent import day_words
from attune.ui.library.parts import Parts
from attune.ui.library.protection import open_protection, today
from attune.ui.library.withdrawal import open_list
from attune.ui.widgets import Button, row, text


class EndingsBar(QWidget):
    """Hidden while there is nothing to say; a list that nobody has put away comes first."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._list: Withdrawal | None = None
        self._set: ClipSet | None = None
        self.said = text("")
        self.button = Button(parts.words("protection.endings.look"))
        self.button.clicked.connect(self._open)
        inside = row(spacing=12)
        inside.setContentsMargins(16, 8, 8, 8)
        inside.addWidget(self.said, 1)
        inside.addWidget(self.button)
        bar = QFrame()
        bar.setProperty("role", "notice")
        bar.setLayout(inside)
        around = row()
        around.addWidget(bar)
        self.setLayout(around)
        self.hide()

    def look(self) -> None:
        """See what there is to say now."""
        self._parts.bridge.deliver(self._parts.services.withdrawals.lists(), self._got_lists)

    def _got_lists(self, lists: tuple[Withdrawal, ...]) -> None:
        self._list = lists[0] if lists else None
        if self._list is None:
            self._parts.bridge.deliver(those_ending(self._parts.services.library, today()), self._got_endings)
            return
        key = "list" if self._list.finished else "list_waiting"
        self._say(self._parts.words(f"protection.endings.{key}", person=self._list.person))

    def _got_endings(self, endings: tuple[tuple[ClipSet, Standing], ...]) -> None:
        if not endings:
            self.hide()
            return
        first_day = min(endings, key=lambda ending: _last_day(ending[1]))
        self._set, standing = first_day
        words = self._parts.words
        key = "one_ended" if standing.state is State.ENDED else "one"
        assert standing.consent is not None
        assert standing.consent.delete_by is not None
        said = words(
            f"protection.endings.{key}",
            person=standing.person,
            name=self._set.name,
            until=day_words(standing.consent.delete_by, words),
        )
        more = len(endings) - 1
        self._say(words("protection.endings.more", first=said, count=more) if more else said)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

    def _open(self) -> None:
        if self._list is not None:
            open_list(self._parts, self._list)
        elif self._set is not None:
            open_protection(self._parts, self._set, ())


def _last_day(standing: Standing) -> str:
    agreed = standing.consent
    return agreed.delete_by.isoformat() if agreed and agreed.delete_by else ""
