"""The card of deleting: one day of the open profile, or everything about everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from attune.app import contents, keeping
from attune.app.contents import Amount
from attune.ui.profiles.parts import Parts, day_words
from attune.ui.widgets import Button, Card, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.picker import Picker


class DeletingCard(Card):
    """Says before each what exactly will be gone."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._days: tuple[tuple[date, Amount], ...] = ()
        words = parts.words
        self.day = Picker((), words("profiles.deleting.which_day"), parts.theme)
        self.delete_day = Button(words("profiles.deleting.day"))
        self.delete_all = Button(words("profiles.deleting.all"))
        allow(self.day, self.delete_day, unless=words("profiles.deleting.no_day"))  # as long as none is known
        self.delete_day.clicked.connect(self._ask_for_day)
        self.delete_all.clicked.connect(self._count_profiles)
        days = row(spacing=8)
        days.addWidget(self.day)
        days.addWidget(self.delete_day)
        days.addStretch(1)
        whole = row()
        whole.addWidget(self.delete_all)
        whole.addStretch(1)
        self.body.addWidget(text(words("profiles.deleting.title"), "heading"))
        self.body.addWidget(text(words("profiles.deleting.note"), "quiet"))
        self.body.addLayout(days)
        self.body.addWidget(text(words("profiles.deleting.all_note"), "quiet"))
        self.body.addLayout(whole)

    def look(self) -> None:
        """Offer the days that have anything."""
        self._parts.bridge.deliver(contents.days(self._parts.services.history), self._fill)

    def _fill(self, days: Mapping[date, Amount]) -> None:
        words = self._parts.words
        self._days = tuple(days.items())
        self.day.offer([day_words(day, words) for day in days] or [words("profiles.deleting.no_day")])
        reason = only_read(self._parts.services)
        allow(self.day, self.delete_day, unless=reason or ("" if days else words("profiles.deleting.no_day")))
        allow(self.delete_all, unless=reason)

    def _ask_for_day(self) -> None:
        day, amount = self._days[self.day.currentIndex()]
        Question(
            self._parts.words,
            "profiles.delete_day",
            agreed=lambda: self._delete_day(day),
            parent=self,
            theme=self._parts.theme,
            day=day_words(day, self._parts.words),
            **asdict(amount),
        )

    def _delete_day(self, day: date) -> None:
        gone = self._parts.services.history.delete_day(day)
        self._parts.bridge.deliver(gone, lambda _gone: self._parts.bridge.page_wanted.emit("profiles"))

    def _count_profiles(self) -> None:
        services = self._parts.services
        self._parts.bridge.deliver(services.background.submit(services.profiles.all), self._ask_for_all)

    def _ask_for_all(self, profiles: tuple[keeping.Profile, ...]) -> None:
        Question(
            self._parts.words,
            "profiles.delete_all",
            agreed=lambda: self._parts.reopen(keeping.forget_all(), "profiles.said.all_deleted"),
            parent=self,
            theme=self._parts.theme,
            names=", ".join(profile.name for profile in profiles),
        )
