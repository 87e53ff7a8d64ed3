"""Another way to read a folder: a known corpus, the person's own pattern with what it finds, or none."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from attune.app.importing import Handful, How, Kind, Survey
from attune.app.importing_pattern import Seen, Ways, expression_of, read_names, ways
from attune.errors import ClipSetError
from attune.ui.library.parts import Parts
from attune.ui.widgets import Button, Card, column, row, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.picker import Picker

SHOWN = 5  # names read while somebody types


class WayCard(Card):
    """``chosen(How)`` when the folder is to be read so."""

    chosen = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self._hows: list[How] = []
        self._ways = Ways((), ())
        self.menu = Picker((), words("library.bring.way.name"), parts.theme)
        self.menu.activated.connect(self._choose)
        self.pattern = QLineEdit()
        self.pattern.setAccessibleName(words("library.bring.way.pattern"))
        self.pattern.setPlaceholderText(words("library.bring.way.example"))
        self.pattern.textChanged.connect(self._try)
        self.read_button = Button(words("library.bring.way.read"))
        self.read_button.clicked.connect(self._read)
        self.pattern.returnPressed.connect(self._read)
        self.said = text("", "strong")
        self._names = column(spacing=8)
        self._own = QWidget()
        self._arrange()

    def show_survey(self, survey: Survey) -> None:
        """Say how it was read, and offer the others; a set or one file can be read in one way only."""
        source = survey.source
        several = isinstance(source, Handful) or (source.is_dir() and survey.how.kind is not Kind.SET)
        self.setVisible(several)
        self._own.setVisible(survey.how.kind is Kind.PATTERN)
        if several:
            asked = self._parts.services.background.submit(ways, source)
            self._parts.bridge.deliver(asked, lambda found: self._offer(survey, found))

    def _offer(self, survey: Survey, found: Ways) -> None:
        words = self._parts.words
        self._ways = found
        kinds = [How(), How(kind=Kind.PATTERN), How(kind=Kind.FILES)]
        self._hows = [*kinds, *(How(kind=Kind.CORPUS, corpus=title) for title in found.corpora)]
        said = [words(f"library.bring.way.{how.kind}") for how in kinds]
        self.menu.offer([*said, *found.corpora])
        how = survey.how
        same = How(kind=how.kind, corpus=how.corpus)
        place = self._hows.index(same) if same in self._hows else 0
        self.menu.setCurrentIndex(place)
        if how.kind is Kind.PATTERN:  # what was read that way stands above
            self._tell("")
            emptied(self._names)
        else:
            self._choose(place)

    def _choose(self, place: int) -> None:
        """Only shown: the folder is read again when the button is pressed, not at every step of a key."""
        own = self._hows[place].kind is Kind.PATTERN
        self._own.setVisible(own)
        self.read_button.setEnabled(not own)
        if own:
            self._try(self.pattern.text())

    def _try(self, written: str) -> None:
        """Show what the pattern reads out of the first names."""
        emptied(self._names)
        self._tell("")
        if self._hows[self.menu.currentIndex()].kind is not Kind.PATTERN:
            return
        self.read_button.setEnabled(False)
        if not written.strip():
            return
        try:
            seen = read_names(expression_of(written.strip()), self._ways.names)
        except ClipSetError as problem:
            self._tell(self._parts.words.error(problem))
            return
        fitting = sum(bool(name.parts) for name in seen)
        self._tell(self._parts.words("library.bring.way.fitting", fitting=fitting, names=len(seen)))
        self.read_button.setEnabled(fitting > 0)
        for name in seen[:SHOWN]:
            self._names.addWidget(_NameLine(self._parts, name))

    def _tell(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _read(self) -> None:
        if not self.read_button.isEnabled():
            return
        how = self._hows[self.menu.currentIndex()]
        if how.kind is Kind.PATTERN:
            how = replace(how, pattern=expression_of(self.pattern.text().strip()))
        self.chosen.emit(how)

    def _arrange(self) -> None:
        words = self._parts.words
        head = row(spacing=12)
        head.addWidget(text(words("library.bring.way.title"), "strong"), 1)
        head.addWidget(self.menu)
        head.addWidget(self.read_button)
        own = column(spacing=10)
        own.addWidget(text(words("library.bring.way.how"), "quiet"))
        own.addWidget(self.pattern)
        own.addWidget(self.said)
        own.addLayout(self._names)
        self._own.setLayout(own)
        self.body.addLayout(head)
        self.body.addWidget(self._own)


class _NameLine(QWidget):
    """A name, and what was read out of it."""

    def __init__(self, parts: Parts, seen: Seen) -> None:
        super().__init__()
        words = parts.words
        inside = column(spacing=0)
        inside.addWidget(text(seen.name, "body" if seen.parts else "quiet"))
        read = [(group, part) for group, part in seen.parts if group]
        said = [words("library.bring.way.part", group=group, part=part) for group, part in read]
        inside.addWidget(text(" · ".join(said) if said else words("library.bring.way.not_so"), "small"))
        self.setLayout(inside)
