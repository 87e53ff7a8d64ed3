"""Below the pictures: how far measuring a whole set is, to be paused and gone on with."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QProgressBar, QWidget

from attune.app.analysing import Analysed, Analysis
from attune.app.library import ClipSet
from attune.app.measuring import Measurer
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.widgets import Button, QuietButton, column, row, text

BAR = 5  # pixels high


class MeasuringLine(QWidget):
    """Not there until a set is measured. One set at a time: another one takes the place of the first."""

    def __init__(self, words: Words, bridge: Bridge, measurer: Measurer) -> None:
        super().__init__()
        self._words, self._bridge, self._measurer = words, bridge, measurer
        self._analysis: Analysis | None = None
        self._name = ""
        self.said = text("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR)
        self.pause_button = Button(words("library.measuring.pause"))
        self.stop_button = QuietButton(words("library.measuring.stop"))
        self.pause_button.clicked.connect(self._turn)
        self.stop_button.clicked.connect(self.stop)
        told = column(spacing=4)
        told.addWidget(self.said)
        told.addWidget(self.bar)
        inside = row(spacing=12)
        inside.setContentsMargins(0, 6, 0, 10)
        inside.addLayout(told, 1)
        inside.addWidget(self.pause_button)
        inside.addWidget(self.stop_button)
        self.setLayout(inside)
        self.hide()

    def begin(self, clip_set: ClipSet) -> None:
        """Measure a set, clip by clip, whatever else is done meanwhile."""
        self.stop()
        self._name = clip_set.name

        def heard(state: Analysed) -> None:
            self._bridge.post(lambda: self._tell(analysis, state))

        analysis = self._analysis = Analysis(self._measurer, clip_set, heard)
        self.destroyed.connect(analysis.stop)
        self.bar.setRange(0, 0)
        self.said.setText(self._words("library.measuring.begun", name=self._name))
        self.bar.setAccessibleName(self.said.text())
        self.pause_button.setText(self._words("library.measuring.pause"))
        self.pause_button.show()
        self.show()
        analysis.go_on()

    def stop(self) -> None:
        """Give it up; what was measured stays."""
        if self._analysis is not None:
            self._analysis.stop()
            self._analysis = None
        self.hide()

    def _turn(self) -> None:
        """Pause, or go on."""
        if self._analysis is None:
            return
        going = self._analysis.going
        if going:
            self._analysis.pause()
        else:
            self._analysis.go_on()
        self.pause_button.setText(self._words(f"library.measuring.{'go_on' if going else 'pause'}"))

    def _tell(self, analysis: Analysis, state: Analysed) -> None:
        if not shiboken6.isValid(self) or analysis is not self._analysis:
            return
        self.bar.setRange(0, state.total)
        self.bar.setValue(state.done)
        over = state.done == state.total
        key = "over" if over else "so_far"
        said = [self._words(f"library.measuring.{key}", name=self._name, done=state.done, total=state.total)]
        if state.failed:
            said.append(self._words("library.measuring.failed", count=state.failed))
        self.said.setText(" ".join(said))
        self.pause_button.setVisible(not over)
