"""Before somebody speaks: the prompt, how deep, how long, how the other one follows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from attune.app.partner.open_up import LENGTHS_S, USUAL_S, Way
from attune.app.partner.open_up_sitting import Sitting
from attune.app.partner.prompts import LONGEST, Depth
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, announce, column, row, text
from attune.ui.widgets.allowed import allow
from attune.ui.widgets.choices import Segments, Switch


@dataclass(slots=True)
class Chosen:
    """What the two chose, from turn to turn."""

    seconds: int = USUAL_S
    way: Way = Way.DIAL
    film: bool = True  # only where both agreed to recordings


class ChoosePage(Step):
    """``begun`` once the prompt is taken; ``deeper`` when one of them would go a depth further.

    ``own(text)``: a prompt of their own, for the depth they are at. Everything else changes the sitting.
    """

    begun = Signal()
    deeper = Signal()
    own = Signal(str)

    def __init__(self, parts: Parts, pair: Pair, sitting: Sitting, chosen: Chosen, *, said: str = "") -> None:
        """``said``: a sentence about what was decided just before."""
        super().__init__(parts.theme)
        self._parts, self._words = parts, parts.words
        self._pair, self._sitting, self._chosen = pair, sitting, chosen
        self.said = text(said, "strong")
        if not said:
            self.said.hide()
        self.whose = text("", "heading")
        self.swap_button = QuietButton("")
        self.swap_button.clicked.connect(self._swap)
        self.prompt = text("", "title")
        self.other_button = Button(self._words("partner_open.choose.another"))
        self.other_button.setToolTip(self._words("partner_open.choose.passing"))
        self.other_button.clicked.connect(self._another)
        self.own_button = QuietButton(self._words("partner_open.choose.own"))
        self.own_button.clicked.connect(self._write)
        self.depths = Segments(
            {depth.key: self._words(f"partner_open.depth.{depth.key}") for depth in Depth},
            self._words("partner_open.choose.depth"),
        )
        self.depths.chosen.connect(self._choose_depth)
        self.begin_button = PrimaryButton("")
        self.begin_button.clicked.connect(self.begun)
        self._make_options()
        self._make_writing()
        self._arrange()
        self.look()
        if said:
            announce(self, said)

    def look(self) -> None:
        """Show the sitting as it is now."""
        words, sitting = self._words, self._sitting
        names = self._names()
        self.whose.setText(words("partner_open.choose.whose", **names))
        self.swap_button.setText(words("partner_open.choose.swap", **names))
        self.prompt.setText(sitting.prompt.text)
        self.begin_button.setText(words("partner_open.choose.begin", **names))
        self._way_label.setText(words("partner_open.choose.way", **names))
        for depth_ in Depth:
            far = depth_ > sitting.depth + 1
            allow(self.depths.button(depth_.key), unless=words("partner_open.choose.far") if far else "")
        self.depths.choose(sitting.depth.key)
        key = "both" if sitting.both_spoke_here and sitting.depth < max(Depth) else "any_time"
        self._about_depth.setText(words(f"partner_open.choose.about_depth.{key}"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """P passes the prompt."""
        if event.key() == Qt.Key.Key_P and not event.modifiers():
            self._another()
        else:
            super().keyPressEvent(event)

    def _names(self) -> dict[str, str]:
        sitting = self._sitting
        return {
            "speaker": self._pair.of(sitting.speaker).name,
            "listener": self._pair.of(sitting.listener).name,
        }

    def _swap(self) -> None:
        self._sitting.swap()
        self.look()

    def _another(self) -> None:
        self._sitting.pass_prompt()
        self.look()
        announce(self, self._sitting.prompt.text)

    def _choose_depth(self, key: str) -> None:
        depth = next(depth for depth in Depth if depth.key == key)
        if depth > self._sitting.depth:
            self.deeper.emit()
        else:
            self._sitting.lighter(depth)
        self.look()

    def _write(self) -> None:
        self._writing.show()
        self.own_field.setFocus()

    def _take_own(self) -> None:
        own = " ".join(self.own_field.text().split())
        if own:
            self.own_field.clear()
            self._writing.hide()
            self.own.emit(own)
            self.begin_button.setFocus()

    def _make_options(self) -> None:
        words = self._words
        lengths = {str(seconds): words(f"partner_open.choose.lengths.s{seconds}") for seconds in LENGTHS_S}
        self.lengths = Segments(lengths, words("partner_open.choose.how_long"))
        self.lengths.choose(str(self._chosen.seconds))
        self.lengths.chosen.connect(lambda key: setattr(self._chosen, "seconds", int(key)))
        ways = {str(way): words(f"partner_open.choose.ways.{way}") for way in Way}
        self.ways_ = Segments(ways, words("partner_open.choose.way_name"))
        self.ways_.choose(str(self._chosen.way))
        self.ways_.chosen.connect(lambda key: setattr(self._chosen, "way", Way(key)))
        self.film = Switch(words("partner_open.choose.film"), self._parts.theme)
        self.film.setChecked(self._chosen.film)
        self.film.toggled.connect(lambda on: setattr(self._chosen, "film", on))
        if not self._pair.recording:
            self.film.hide()

    def _make_writing(self) -> None:
        words = self._words
        self.own_field = QLineEdit()
        self.own_field.setMaxLength(LONGEST)
        self.own_field.setAccessibleName(words("partner_open.choose.own_name"))
        self.own_field.setPlaceholderText(words("partner_open.choose.own_example"))
        self.own_field.returnPressed.connect(self._take_own)
        self.take_button = Button(words("partner_open.choose.own_take"))
        self.take_button.clicked.connect(self._take_own)
        line = row(spacing=8)
        line.addWidget(self.own_field, 1)
        line.addWidget(self.take_button)
        self._writing = QWidget()
        self._writing.setLayout(line)
        self._writing.hide()

    def _arrange(self) -> None:
        head = row(spacing=8)
        head.addWidget(self.whose, 1)
        head.addWidget(self.swap_button)
        card = Card(margin=24)
        card.body.setSpacing(10)
        act = row(spacing=8)
        act.addWidget(self.other_button)
        act.addWidget(self.own_button)
        act.addStretch(1)
        self._about_depth = text("", "small")
        deep = column(spacing=6)
        deep.addWidget(self.depths)
        deep.addWidget(self._about_depth)
        card.body.addLayout(deep)
        card.body.addSpacing(4)
        card.body.addWidget(self.prompt)
        card.body.addLayout(act)
        card.body.addWidget(self._writing)
        self.body.setSpacing(14)
        self.body.addWidget(self.said)
        self.body.addLayout(head)
        self.body.addWidget(card)
        self.body.addLayout(self._options())
        self.body.addWidget(self.film)
        self.body.addStretch(1)
        self.foot.addWidget(self.begin_button)
        self.foot.addStretch(1)
        self.setFocusProxy(self.begin_button)

    def _options(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self._way_label = text("", "strong", wrap=False)
        for line, (label, choice) in enumerate(
            (
                (text(self._words("partner_open.choose.how_long"), "strong", wrap=False), self.lengths),
                (self._way_label, self.ways_),
            )
        ):
            grid.addWidget(label, line, 0)
            grid.addWidget(choice, line, 1)
        grid.setColumnStretch(1, 1)
        return grid
