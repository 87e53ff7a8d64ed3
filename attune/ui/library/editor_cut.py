"""Cutting a clip down to the part that matters, on the editor's timeline."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.app.cutting import cut_down
from attune.app.edits import CutDown
from attune.app.library import Clip
from attune.app.measuring import Measurer
from attune.errors import AttuneError
from attune.ui.bridge import Bridge
from attune.ui.library.editor_desk import Desk
from attune.ui.library.editor_marks import CUT, Timeline
from attune.ui.theme import Theme
from attune.ui.widgets import Button, column, text
from attune.ui.widgets.choices import Switch
from attune.ui.widgets.flow import Flow

NS_PER_S = 1_000_000_000


class CutPanel(QWidget):
    """Hidden until :meth:`begin`; says what would stay, and how, before anything is cut."""

    def __init__(
        self, desk: Desk, bridge: Bridge, theme: Theme, measurer: Measurer, timeline: Timeline
    ) -> None:
        super().__init__()
        self._desk, self._words = desk, desk.words
        self._bridge, self._measurer, self._timeline = bridge, measurer, timeline
        self._part: tuple[int, int] | None = None
        self._whole_ns = 0
        self._said = text("", "small")
        self.exactly = Switch(self._words("editor.cut.exactly"), theme)
        self.cut_button = Button(self._words("editor.cut.cut"))
        self.leave_button = Button(self._words("editor.cut.leave"))
        self.exactly.toggled.connect(lambda _on: self._ask())
        self.cut_button.clicked.connect(self._cut)
        self.leave_button.clicked.connect(self.end)
        timeline.marked.connect(self._moved)
        acts = Flow()
        for part in (self.cut_button, self.leave_button, self.exactly):
            acts.addWidget(part)
        inside = column(spacing=6)
        inside.addWidget(self._said)
        inside.addLayout(acts)
        self.setLayout(inside)
        self.hide()

    @property
    def part(self) -> tuple[int, int] | None:
        """What is to stay, in ns; None while nothing is to be cut."""
        return self._part

    @property
    def said(self) -> str:
        """What would stay, in words."""
        return self._said.text()

    def begin(self, whole_ns: int) -> None:
        """Offer to cut a clip of that length; at first all of it stays."""
        self._part, self._whole_ns = (0, whole_ns), whole_ns
        self.exactly.setChecked(False)
        self.show()
        self._show_part()

    def end(self) -> None:
        """Leave it as it is."""
        self._part = None
        self.hide()
        self._timeline.show_marks(self._timeline.marks)

    def _moved(self, name: str, at: int | None, _going_on: bool) -> None:
        if self._part is None or name not in CUT or at is None:
            return
        start, end = self._part
        self._part = (at, end) if name == "start" else (start, at)
        self._show_part()

    def _show_part(self) -> None:
        self._timeline.show_marks(self._timeline.marks, cut=self._part)
        self._ask()

    def _ask(self) -> None:
        """Find out from where the film can be copied as it is."""
        if self._part is None:
            return
        start, end = asked = self._part
        some = 0 <= start < end and asked != (0, self._whole_ns)
        self.cut_button.setEnabled(some)
        if not some or self.exactly.isChecked():
            self._say("exact" if some else "whole", start, end)
            return

        def found(from_ns: int) -> None:
            if self._part == asked and not self.exactly.isChecked():
                self._say("copied", from_ns, end)

        asking = self._measurer.copied_from(self._desk.clip.file, start)
        self._bridge.deliver(asking, found, self._failed)

    def _say(self, key: str, start: int, end: int) -> None:
        self._said.setText(self._words(f"editor.cut.{key}", start=start / NS_PER_S, end=end / NS_PER_S))

    def _cut(self) -> None:
        if self._part is None:
            return
        clip, (start, end) = self._desk.clip, self._part
        self.cut_button.setEnabled(False)
        self._said.setText(self._words("editor.cut.cutting"))
        cutting = cut_down(
            self._measurer, clip, self._desk.edited.saved.folder, start, end, exact=self.exactly.isChecked()
        )
        self._bridge.deliver(cutting, lambda done: self._done(clip, *done), self._failed)

    def _done(self, clip: Clip, change: CutDown, encoded: bool) -> None:
        self._desk.made.add(change.file)
        self.end()
        if self._desk.change(change, (clip.name,)):
            self._desk.told.emit(self._words(f"editor.cut.{'done_anew' if encoded else 'done'}"))

    def _failed(self, error: BaseException) -> None:
        self.cut_button.setEnabled(True)
        if isinstance(error, AttuneError):
            self._desk.told.emit(self._words.error(error))
        else:
            self._bridge.failed.emit(error)
