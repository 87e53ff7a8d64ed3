"""The sliders: one for each thing a face can do, grouped by where it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from attune.app.faces import UNITS, Region, Sides, grade, has_sides
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import column, row, text
from attune.ui.widgets.choices import Switch

STEP, LEAP = 5, 20
NARROWEST = 12  # width of one control, in heights of the body type
MOST_COLUMNS = 2
GAP = 20


class AmountSlider(QSlider):
    """A share in percent; quiet while it is at rest. The wheel scrolls the page, as anywhere else on it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMaximum(100)
        self.setSingleStep(STEP)
        self.setPageStep(LEAP)
        self.setAccessibleName(name)
        self.setProperty("rest", True)  # noqa: FBT003 - Qt's own signature
        self.valueChanged.connect(self._look)

    def show_amount(self, amount: float) -> None:
        """Stand there, saying nothing."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.setValue(round(amount * 100))
        self.blockSignals(False)  # noqa: FBT003 - as above
        self._look(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def _look(self, value: int) -> None:
        resting = value == 0
        if self.property("rest") != resting:
            self.setProperty("rest", resting)
            self.style().polish(self)


class UnitControl(QWidget):
    """One unit: its name, its code and grade, one slider, or one for each side as one sees the person.

    ``moved(code, left, right)`` when the person moved it.
    """

    moved = Signal(str, float, float)

    def __init__(self, code: str, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._words = words
        name = words(f"sandbox.units.{code}")
        self._name = text(name, "body", wrap=False)
        self._code = text(code, "small", wrap=False)
        self._shown: Sides | None = None
        self.both = AmountSlider(words("sandbox.sides.unit", unit=name, code=code))
        self.left, self.right = (
            AmountSlider(
                words("sandbox.sides.side", unit=name, code=code, side=words(f"sandbox.sides.{side}").lower())
            )
            for side in ("left", "right")
        )
        tip = words(f"emotions.units.{code}")
        self.setToolTip(tip[0].upper() + tip[1:])
        self._arrange()
        self.split(apart=False)
        self.both.valueChanged.connect(self._moved_both)
        for side in (self.left, self.right):
            side.valueChanged.connect(self._moved_side)

    @property
    def apart(self) -> bool:
        """Whether each side has a slider of its own."""
        return self.both.isHidden()

    def split(self, *, apart: bool) -> None:
        """One slider for each side, or one for both."""
        self.both.setVisible(not apart)
        for side in (self.left, self.right):
            side.setVisible(apart)

    def show_sides(self, left: float, right: float) -> None:
        """Stand there, saying nothing."""
        if self._shown == (left, right):
            return
        self._shown = left, right
        for slider, amount in ((self.both, max(left, right)), (self.left, left), (self.right, right)):
            slider.show_amount(amount)
        self._say(max(left, right))

    def level(self) -> None:
        """Move the weaker side to where the stronger one is."""
        if self.left.value() != self.right.value():
            self._moved_both(self.both.value())

    def set_speaking(self, speaking: bool) -> None:
        """Stand out, as one that speaks for the name the face has."""
        if self._name.property("role") != (wanted := "speaks" if speaking else "body"):
            self._name.setProperty("role", wanted)
            self._name.style().polish(self._name)

    def _arrange(self) -> None:
        head = row(spacing=8)
        head.addWidget(self._name, 1)
        head.addWidget(self._code)
        sides = row(spacing=12)  # their right hand is on our left
        for slider in (self.both, self.right, self.left):
            sides.addWidget(slider, 1)
        inside = column(spacing=0)
        inside.addLayout(head)
        inside.addLayout(sides)
        self.setLayout(inside)

    def _say(self, amount: float) -> None:
        letter = grade(amount)
        self._code.setText(f"{self.code}{letter}")
        for slider in (self.both, self.left, self.right):
            key = "amount_graded" if slider.value() else "amount"
            said = self._words(
                f"sandbox.sides.{key}", percent=slider.value(), grade=grade(slider.value() / 100)
            )
            slider.setAccessibleDescription(said)

    def _moved_both(self, value: int) -> None:
        for side in (self.left, self.right):
            side.show_amount(value / 100)
        self._tell()

    def _moved_side(self) -> None:
        self.both.show_amount(max(self.left.value(), self.right.value()) / 100)
        self._tell()

    def _tell(self) -> None:
        self._say(self.both.value() / 100)
        self._shown = self.left.value() / 100, self.right.value() / 100
        self.moved.emit(self.code, *self._shown)


class RegionGroup(QWidget):
    """The units of one region under its name."""

    def __init__(self, region: Region, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.controls = {code: UnitControl(code, words, self) for code in UNITS[region]}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(8)
        self._columns = 0
        inside = column(spacing=6)
        inside.addWidget(text(words(f"sandbox.regions.{region}"), "quiet"))
        inside.addLayout(self._grid)
        self.setLayout(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many controls side by side as there is room for."""
        super().resizeEvent(event)
        columns = (self.width() + GAP) // (NARROWEST * self._theme.sizes.body + GAP)
        columns = max(1, min(MOST_COLUMNS, columns))
        if columns != self._columns:
            self._columns = columns
            for place, control in enumerate(self.controls.values()):
                self._grid.addWidget(control, place // columns, place % columns)
            for place in range(MOST_COLUMNS):
                self._grid.setColumnStretch(place, 1 if place < columns else 0)


class UnitsPanel(QWidget):
    """All of them, and the switch that splits the sides. ``moved(code, left, right)``."""

    moved = Signal(str, float, float)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        groups = [RegionGroup(region, words, theme) for region in Region]
        self.controls = {code: control for group in groups for code, control in group.controls.items()}
        self.switch = Switch(words("sandbox.sides.split"), theme)
        self._split_for_these = False  # rather than by the person
        self.switch.clicked.connect(self._chosen)
        self.switch.toggled.connect(self._split)
        head = row(spacing=12)
        head.addWidget(text(words("sandbox.page.units"), "strong", wrap=False), 1)
        head.addWidget(self.switch)
        self._hint = text(words("sandbox.sides.hint"), "small")
        self._hint.hide()
        inside = column(spacing=18)
        inside.addLayout(head)
        inside.addWidget(self._hint)
        for group in groups:
            inside.addWidget(group)
        for control in self.controls.values():
            control.moved.connect(self.moved)
        inside.addStretch(1)
        self.setLayout(inside)

    def show_units(self, units: Mapping[str, Sides], speaking: Collection[str]) -> None:
        """Stand there, saying nothing; split where sides differ. Those in ``speaking`` stand out."""
        for code, control in self.controls.items():
            control.show_sides(*units[code])
            control.set_speaking(code in speaking)
        differ = any(left != right for left, right in units.values())
        if differ != self.switch.isChecked() and (differ or self._split_for_these):
            self._split_for_these = differ
            self.switch.setChecked(differ)

    def _chosen(self) -> None:
        self._split_for_these = False

    def _split(self, apart: bool) -> None:
        self._hint.setVisible(apart)
        for code, control in self.controls.items():
            if has_sides(code):
                control.split(apart=apart)
                if not apart:
                    control.level()
