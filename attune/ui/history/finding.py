"""Finding sessions again: by when they were, and by what was in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.history import SessionSummary
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button
from attune.ui.widgets.dates import Dates
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.picker import Picker

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.progress.met import Met

DAYS = (0, 7, 28, 84)  # how far back the first choices go; 0 = everything. Years follow.
BETWEEN = "between"  # the last choice: two days to be put in
KINDS = ("mode", "clip_set", "channel", "against", "emotion")


class FindingBar(QWidget):
    """One list to choose from for each of ``KINDS``, and for when; ``changed`` where another was chosen.

    Lists with nothing to choose between are hidden.
    """

    changed = Signal()

    def __init__(
        self,
        words: Words,
        theme: Theme,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._now = words, now
        self._met: Met | None = None
        self._offered: dict[str, tuple[str, ...]] = {}
        self.pickers = {kind: Picker((), words(f"history.find.{kind}"), theme) for kind in ("when", *KINDS)}
        self.dates = Dates(words, theme)
        self.dates.hide()
        self._days: tuple[date, date] | None = None  # of the first session and the last
        self.everything = Button(words("history.find.everything"))
        inside = Flow(self)
        for picker in self.pickers.values():
            picker.activated.connect(lambda _place: self._look_for())
            inside.addWidget(picker)
            if picker is self.pickers["when"]:
                inside.addWidget(self.dates)
        self.dates.changed.connect(self.changed)
        inside.addWidget(self.everything)
        self.everything.clicked.connect(self.clear)

    def fill(self, sessions: Sequence[SessionSummary], met: Met) -> None:
        """Offer what these have; what was chosen stays chosen where it is still there."""
        self._met = met
        of = [summary.session for summary in sessions]
        begun = [_begun(summary) for summary in sessions]
        years = sorted({when.year for when in begun}, reverse=True)
        whens = (*(str(days) for days in DAYS), *(f"y{year}" for year in years), BETWEEN)
        self._days = (min(begun).date(), max(begun).date()) if begun else None
        self._offer("when", whens if sessions else ())
        self._offer("mode", tuple(dict.fromkeys(session.mode for session in of)))
        self._offer("clip_set", tuple(dict.fromkeys(session.clip_set for session in of)))
        channels = dict.fromkeys((*met.channels, *(session.channel for session in of if session.channel)))
        self._offer("channel", tuple(channels))
        self._offer("against", tuple(dict.fromkeys(str(session.scored_against) for session in of)))
        self._offer("emotion", tuple(met.emotions))

    def chosen(self, kind: str) -> str:
        """What sessions must have; "" = anything."""
        place = self.pickers[kind].currentIndex()
        return self._offered[kind][place] if place > 0 else ""

    def keep(self, summary: SessionSummary) -> bool:
        """Whether a session is one of those looked for."""
        session, met = summary.session, self._met
        assert met is not None
        assert session.id is not None
        channel, emotion = self.chosen("channel"), self.chosen("emotion")
        return (
            self.chosen("mode") in ("", session.mode)
            and self.chosen("clip_set") in ("", session.clip_set)
            and self.chosen("against") in ("", str(session.scored_against))
            and (channel in ("", session.channel) or session.id in met.channels.get(channel, ()))
            and (not emotion or session.id in met.emotions[emotion])
            and self._in_time(summary)
        )

    def clear(self) -> None:
        """Look for everything again."""
        for picker in self.pickers.values():
            picker.setCurrentIndex(0)
        self.pickers["when"].setFocus()
        self._look_for()

    @property
    def asking(self) -> bool:
        """Whether anything is chosen."""
        return any(picker.currentIndex() > 0 for picker in self.pickers.values())

    def _look_for(self) -> None:
        """The two days show where they are asked for, at first with everything between them."""
        asked = self.chosen("when") == BETWEEN
        if asked and self.dates.isHidden() and self._days is not None:
            self.dates.choose(*self._days)
        self.dates.setVisible(asked)
        self.changed.emit()

    def _in_time(self, summary: SessionSummary) -> bool:
        wanted = self.chosen("when")
        if not wanted:
            return True
        if wanted == BETWEEN:
            return self.dates.hold(_begun(summary).date())
        if wanted.startswith("y"):
            return _begun(summary).year == int(wanted[1:])
        return _begun(summary) >= self._now() - timedelta(days=int(wanted))

    def _offer(self, kind: str, values: tuple[str, ...]) -> None:
        first = () if kind == "when" else ("",)
        chosen = self.chosen(kind) if kind in self._offered else ""
        self._offered[kind] = offered = (*first, *values)
        picker = self.pickers[kind]
        picker.offer([self._named(kind, value) for value in offered])
        picker.setCurrentIndex(offered.index(chosen) if chosen in offered else 0)
        picker.setVisible(kind == "when" or len(values) > 1)

    def _named(self, kind: str, value: str) -> str:
        words = self._words
        if not value:
            return words(f"history.find.any_{kind}")
        if kind == "when":
            if value == BETWEEN:
                return words("history.find.between")
            return value[1:] if value.startswith("y") else words(f"history.find.days_{value}")
        if kind == "clip_set":
            return value
        keys = {
            "mode": f"practice.start.modes.{value}.title",
            "channel": f"history.channels.{value}",
            "against": f"history.against.{value}",
            "emotion": f"emotions.{value}.title",
        }
        return (
            words("history.find.named_against", reference=words(keys[kind]))
            if kind == "against"
            else (words(keys[kind]))
        )


def _begun(summary: SessionSummary) -> datetime:
    return datetime.fromisoformat(summary.session.started_at).astimezone()
