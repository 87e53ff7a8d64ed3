"""Everybody who says something of a clip, side by side, with how far they agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from attune.affect.reading import Reading, Source
from attune.app.edits import SPEAKERS, Unsaid, Who
from attune.app.raters import pairs_that_agree
from attune.resources import Words
from attune.ui.library.editor_desk import Desk
from attune.ui.practice.marks import Bar, Mark
from attune.ui.practice.readings import shape_of
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import Button, column, text
from attune.ui.widgets.buttons import RowButton
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.page import emptied
from attune.ui.widgets.picker import Picker

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    from attune.scoring.raters import Alpha


class Raters(QWidget):
    """A line for each; the one whose word is being set is chosen. ``chosen`` carries a Who."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._words, self._theme = desk, desk.words, theme
        self._lines: dict[Who, _Line] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._here = text("", "small")
        self._all = text("", "small")
        self.source = Picker(
            [self._words(f"editor.sources.{source}") for source in SPEAKERS],
            self._words("editor.raters.source"),
            theme,
        )
        self.source.setCurrentIndex(SPEAKERS.index(Source.EXPERT))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self._words("editor.raters.name"))
        self.name.setAccessibleName(self._words("editor.raters.name"))
        self.name.returnPressed.connect(self._add)
        self.add_button = Button(self._words("editor.raters.add"))
        self.add_button.clicked.connect(self._add)
        self._arrange()

    @property
    def buttons(self) -> Mapping[Who, Button]:
        """What chooses each of them."""
        return {who: line.button for who, line in self._lines.items()}

    @property
    def here(self) -> str:
        """How far they agree on the clip at hand, in words."""
        return self._here.text()

    @property
    def all(self) -> str:
        """How far they agree over the set, in words."""
        return self._all.text()

    def show_clip(self) -> None:
        """Show who speaks of the clip at hand, and who is about to."""
        said = {Who.of(reading): reading for reading in self._desk.clip.references}
        whose = tuple(dict.fromkeys((*said, self._desk.who)))
        if whose != tuple(self._lines):  # else the keyboard stays where it is
            emptied(self._grid)
            self._lines = {who: _Line(self._words, self._theme, who) for who in whose}
            for who, line in self._lines.items():
                self._put(who, line)
        for who, line in self._lines.items():
            line.show_reading(said.get(who), chosen=who == self._desk.who)
        self._here.setText(self._agreed_here())
        self._here.setVisible(bool(self._here.text()))

    def show_agreement(self, found: Mapping[Source, Alpha]) -> None:
        """Say how far raters agree over the whole set."""
        sentences = [self._sentence(source, alpha) for source, alpha in found.items()]
        self._all.setText("\n".join(sentences))
        self._all.setVisible(bool(sentences))

    def _put(self, who: Who, line: _Line) -> None:
        line.button.clicked.connect(lambda: self.chosen.emit(who))
        line.away.clicked.connect(lambda: self._desk.change(Unsaid(who)))
        at, middle = self._grid.rowCount(), Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(Mark(self._theme, shape_of(who.source), 12), at, 0, middle)
        self._grid.addWidget(line.button, at, 1)
        self._grid.addWidget(line.bar, at, 2, middle)
        self._grid.addWidget(line.away, at, 3)

    def _add(self) -> None:
        who = Who(SPEAKERS[self.source.currentIndex()], self.name.text().strip())
        self.name.clear()
        self.chosen.emit(who)

    def _agreed_here(self) -> str:
        of_kind: dict[Source, list[Reading]] = {}
        for reading in self._desk.clip.references:
            of_kind.setdefault(reading.source, []).append(reading)
        said = [
            self._words(
                "editor.raters.here",
                raters=len(readings),
                same=round(share * _pairs(len(readings))),
                pairs=_pairs(len(readings)),
            )
            for readings in of_kind.values()
            if (share := pairs_that_agree(readings)) is not None
        ]
        return " ".join(said)

    def _sentence(self, source: Source, alpha: Alpha) -> str:
        kind = self._words(f"editor.raters.kinds.{source}")
        if alpha.low is None or alpha.high is None:
            return self._words("editor.raters.few", kind=kind, value=alpha.value, clips=alpha.units)
        return self._words(
            "editor.raters.all",
            kind=kind,
            value=alpha.value,
            low=alpha.low,
            high=alpha.high,
            clips=alpha.units,
        )

    def _arrange(self) -> None:
        more = Flow()
        for part in (self.source, self.name, self.add_button):
            more.addWidget(part)
        inside = column(spacing=8)
        inside.addWidget(text(self._words("editor.raters.title"), "strong"))
        inside.addLayout(self._grid)
        inside.addWidget(self._here)
        inside.addWidget(self._all)
        inside.addLayout(more)
        self.setLayout(inside)


class _Line:
    """The parts that show one rater: what they say to press, how strong, and a button to take it back."""

    def __init__(self, words: Words, theme: Theme, who: Who) -> None:
        self._words, self._whose = words, who
        self._who, self._what = text("", "small"), text("")
        inside = column(spacing=0)
        inside.setContentsMargins(10, 5, 10, 5)
        inside.addWidget(self._who)
        inside.addWidget(self._what)
        self.button = RowButton(inside)
        self.button.setCheckable(True)
        self.bar = Bar(theme, colour=shape_of(who.source).value)
        self.bar.setFixedWidth(44)
        self.bar.setAccessibleName(words("editor.reading.intensity"))
        self.away = SignButton(theme, "close", words("editor.raters.unsay"), key=words("editor.reading.none"))

    def show_reading(self, reading: Reading | None, *, chosen: bool) -> None:
        """Show what they say now. Only once the parts are in a layout: alone, each would be a window."""
        name, what = who_said(self._words, self._whose, reading), blend_words(self._words, reading)
        self._who.setText(name)
        self._what.setText(what)
        self.button.setChecked(chosen)
        self.button.setAccessibleName(self._words("editor.raters.says", who=name, what=what))
        strength = None if reading is None else reading.intensity
        self.bar.set_share(strength or 0.0)
        self.bar.setVisible(strength is not None)
        self.away.setVisible(chosen and reading is not None)


def who_said(words: Words, who: Who, reading: Reading | None = None) -> str:
    """Whose word it is: the kind, and the name where there is one, or how many they are."""
    kind = words(f"editor.sources.{who.source}")
    if who.rater:
        return words("editor.raters.named", kind=kind, name=who.rater)
    if reading is not None and reading.raters is not None:
        return words("editor.raters.counted", kind=kind, raters=reading.raters)
    return kind


def blend_words(words: Words, reading: Reading | None) -> str:
    """The emotions a reading names, the largest share first."""
    if reading is None:
        return words("editor.raters.nothing_yet")
    named = sorted(((share, name) for name, share in reading.labels.items() if share > 0), reverse=True)
    if len(named) == 1:
        return words(f"emotions.{named[0][1]}.title")
    return ", ".join(
        words("editor.raters.share", emotion=words(f"emotions.{name}.title"), share=share)
        for share, name in named
    )


def _pairs(raters: int) -> int:
    return raters * (raters - 1) // 2
