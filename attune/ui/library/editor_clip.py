"""One clip being edited: it plays above its timeline, beside it everybody's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QProgressBar, QScrollArea, QSizePolicy, QWidget

from attune.affect.reading import Reading, Source
from attune.app.edits import About, Said
from attune.app.library import Channel, Clip
from attune.app.raters import raters_agree
from attune.errors import AttuneError
from attune.ui.bridge import Bridge
from attune.ui.library.editor_cut import CutPanel
from attune.ui.library.editor_desk import Desk
from attune.ui.library.editor_marks import MARKS, Timeline
from attune.ui.library.editor_raters import Raters
from attune.ui.library.editor_reading import ReadingForm
from attune.ui.practice.moved import unit_words
from attune.ui.theme import Theme
from attune.ui.video.curves import Curve
from attune.ui.video.face_lines import part_of
from attune.ui.video.replay import SlowReplay
from attune.ui.widgets import Button, Card, column, row, text
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.page import emptied

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    from attune.app.measured import Measured
    from attune.app.measuring import Measurer
    from attune.scoring.raters import Alpha

NS_PER_S = 1_000_000_000
ROUND_S = 6  # decimals of a time that is kept
SIDE, MOST_SIDE = 21, 380  # least width of the column beside it, in heights of the body type, and in pixels
LEAST_PICTURE = 160
MOST_SUGGESTED = 4


class ClipEditor(QWidget):
    """I, A and O set onset, apex and offset at the picture shown, F the lines; the rest is the replay's."""

    def __init__(self, desk: Desk, bridge: Bridge, theme: Theme, measurer: Measurer) -> None:
        super().__init__()
        self._desk, self._words, self._theme = desk, desk.words, theme
        self._bridge, self._measurer = bridge, measurer
        self._clip: Clip | None = None
        self._measuring: Future[Measured] | None = None
        self._agreeing = False
        self._agreed: list[tuple[Reading, ...]] = []  # what was said, of which the agreement is shown
        self.timeline = Timeline(self._words, theme)
        self.replay = SlowReplay(self._words, theme, curves=self.timeline)
        lines = self.replay.lines_button
        lines.setToolTip(self._words("editor.keys.lines", name=lines.accessibleName()))
        self.form = ReadingForm(self._words, theme, desk.vocabulary.names)
        self.raters = Raters(desk, theme)
        self._name = text("", "strong")
        self.person, self.note = QLineEdit(), QLineEdit()
        self._about = text("", "small")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._suggestions = Flow()
        self.suggestions: list[Button] = []
        self.cut = CutPanel(desk, bridge, theme, measurer, self.timeline)
        self.cut_button = Button(self._words("editor.cut.begin"))
        self._arrange()
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on one of the clip's keys; False for any other."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        for name, key in MARKS.items():
            if event.text().upper() == key:
                if not event.isAutoRepeat():
                    self.set_mark(name)
                return True
        if event.key() == Qt.Key.Key_F:
            self.replay.lines_button.click()
            return True
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= len(self._desk.vocabulary.names) and self.form.choices.isEnabled():
            self.form.choices.choose(digit)
            return True
        return self.replay.take_key(event)

    def set_mark(self, name: str) -> None:
        """Set a mark at the picture that is shown."""
        frame = self.replay.player.frame
        at = self.replay.player.position_ns if frame is None else frame.time_ns
        self._desk.change(About({name: round(at / NS_PER_S, ROUND_S)}))

    def show_clip(self) -> None:
        """Open the clip at hand; what was measured of it comes behind."""
        clip = self._desk.clip
        if self._clip is None or clip.file != self._clip.file:
            self._clip = clip
            self._open(clip)
        self.refresh()

    def refresh(self) -> None:
        """Show what is said now."""
        clip, reading = self._desk.clip, self._desk.reading
        self.form.show_reading(reading, votes=reading is not None and reading.source is Source.CROWD)
        self.raters.show_clip()
        self._name.setText(clip.name)
        self.timeline.show_marks(
            {name: round(at * NS_PER_S) for name in MARKS if (at := getattr(clip, name)) is not None},
            cut=self.cut.part,
        )
        for field, told in ((self.person, clip.person), (self.note, clip.note)):
            if field.text() != told:
                field.setText(told)
        self._ask_for_agreement()

    def close_clip(self) -> None:
        """Let go of the clip and of its measurement."""
        self._clip = None
        if self._measuring is not None:
            self._measuring.cancel()
        self.replay.close_clip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A word typed and left, or Enter, is kept."""
        if event.type() is QEvent.Type.FocusOut and watched in (self.person, self.note):
            self._keep_words()
        return super().eventFilter(watched, event)

    def _open(self, clip: Clip) -> None:
        self.cut.end()
        self.timeline.suggest(())
        self._show_suggestions(())
        self.replay.open(clip.file, audible=clip.channel is not Channel.PICTURE)
        if clip.channel is Channel.SOUND:
            self._tell("editor.measured.sound")
            return
        self._tell("editor.measured.measuring")
        self._progress.setRange(0, 0)
        self._progress.show()

        def advanced(done: int, total: int | None) -> None:
            self._bridge.post(lambda: self._advanced(clip, done, total))

        if self._measuring is not None:
            self._measuring.cancel()
        self._measuring = self._measurer.measure(clip.file, content_hash=clip.content_hash, progress=advanced)
        self._bridge.deliver(
            self._measuring,
            lambda it: self._measured(clip, it),
            lambda error: self._not_measured(clip, error),
        )

    def _advanced(self, clip: Clip, done: int, total: int | None) -> None:
        if clip is self._clip and total:
            self._progress.setRange(0, total)
            self._progress.setValue(done)

    def _measured(self, clip: Clip, measured: Measured) -> None:
        if clip is not self._clip:
            return
        self._measuring = None
        self._progress.hide()
        moved = measured.units
        curves = [Curve(self._words("editor.measured.away"), tuple(measured.away.tolist()))]
        curves += [
            Curve(unit_words(self._words, unit), tuple(measured.course(unit).tolist())) for unit in moved
        ]
        self.replay.set_track(measured.track, {part_of(unit.code) for unit in moved})
        self.replay.set_curves(curves, measured.track.time_ns.tolist())
        found = [
            {"onset_s": one.onset_ns, "apex_s": one.apex_ns, "offset_s": one.offset_ns}
            for one in measured.movements[:MOST_SUGGESTED]
        ]
        self.timeline.suggest(found)
        self._show_suggestions(found)
        self._tell("editor.measured.suggests" if found else "editor.measured.nothing")
        self._fit()  # there are curves now

    def _not_measured(self, clip: Clip, error: BaseException) -> None:
        if clip is self._clip:
            self._measuring = None
            self._progress.hide()
            self._tell("editor.measured.not")
            if not isinstance(error, AttuneError):
                self._bridge.failed.emit(error)

    def _show_suggestions(self, found: Sequence[Mapping[str, int]]) -> None:
        self._suggestions.removeWidget(self.cut_button)
        emptied(self._suggestions)
        self.suggestions = []
        for marks in found:
            seconds = {name: at / NS_PER_S for name, at in marks.items()}
            button = Button(self._words("editor.measured.take", **seconds))
            button.setAccessibleName(self._words("editor.measured.take_named", **seconds))
            button.setToolTip(self._words("editor.measured.how"))
            button.clicked.connect(lambda _checked, marks=marks: self._take(marks))
            self._suggestions.addWidget(button)
            self.suggestions.append(button)
        self._suggestions.addWidget(self.cut_button)

    def _take(self, marks: Mapping[str, int]) -> None:
        self._desk.change(About({name: round(at / NS_PER_S, ROUND_S) for name, at in marks.items()}))
        self.replay.player.seek(marks["apex_s"])

    def _mark(self, name: str, at: int | None, going_on: bool) -> None:
        value = None if at is None else round(at / NS_PER_S, ROUND_S)
        if name in MARKS:
            self._desk.change(About({name: value}), going_on=going_on)

    def _say(self, values: Mapping[str, object], going_on: bool) -> None:
        self._desk.change(Said(self._desk.who, values), going_on=going_on)

    def _keep_words(self) -> None:
        clip = self._desk.clip
        told = {"person": self.person.text().strip(), "note": self.note.text().strip()}
        told = {name: words for name, words in told.items() if words != getattr(clip, name)}
        if told:
            self._desk.change(About(told))

    def _begin_to_cut(self) -> None:
        if not (whole_ns := self.replay.player.duration_ns):  # a still, or nothing that could be opened
            return
        self.cut.begin(whole_ns)
        if (sheet := self._left.widget()) is not None:
            sheet.adjustSize()  # or there would be no place yet to bring into sight
        self._left.ensureWidgetVisible(self.cut)

    def _ask_for_agreement(self) -> None:
        clips = self._desk.edited.clips
        said = [clip.references for clip in clips]
        if self._agreeing or said == self._agreed:
            return
        self._agreeing = True

        def came(found: Mapping[Source, Alpha]) -> None:
            self._agreeing, self._agreed = False, said
            self.raters.show_agreement(found)
            self._ask_for_agreement()  # there may have been steps meanwhile

        names = self._desk.vocabulary.names
        self._bridge.deliver(self._desk.background.submit(raters_agree, clips, names), came)

    def _tell(self, key: str) -> None:
        self._about.setText(self._words(key))

    def _connect(self) -> None:
        self.timeline.marked.connect(self._mark)
        self.form.said.connect(self._say)
        self.raters.chosen.connect(self._desk.listen_to)
        self.cut_button.clicked.connect(self._begin_to_cut)
        self.replay.failed.connect(lambda _why: self._tell("editor.measured.unplayable"))
        for field in (self.person, self.note):
            field.returnPressed.connect(self._keep_words)
            field.installEventFilter(self)

    def _arrange(self) -> None:
        words = self._words
        self.timeline.show()
        self.replay.view.setMinimumSize(LEAST_PICTURE, LEAST_PICTURE)
        # The picture takes what is left, not what its film would like, or the column would always scroll.
        self.replay.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        shown = column(spacing=8)
        shown.setContentsMargins(0, 0, 4, 4)
        shown.addWidget(self.replay, 1)
        for part in (self._about, self._progress):
            shown.addWidget(part)
        shown.addLayout(self._suggestions)
        shown.addWidget(self.cut)
        side = column(spacing=14)
        side.setContentsMargins(6, 6, 10, 6)
        raters, said, about = Card(margin=16), Card(margin=16), Card(margin=16)
        raters.body.addWidget(self.raters)
        said.body.addWidget(self.form)
        about.body.addWidget(self._name)
        for field, key in ((self.person, "person"), (self.note, "note")):
            field.setAccessibleName(words(f"editor.about.{key}"))
            about.body.addWidget(text(words(f"editor.about.{key}"), "quiet"))
            about.body.addWidget(field)
        about.body.setSpacing(8)
        for card in (raters, said, about):
            side.addWidget(card)
        side.addStretch(1)
        self.side = _scrolling(side)
        both = row(spacing=16)
        self._left = _scrolling(shown)
        both.addWidget(self._left, 3)
        both.addWidget(self.side, 2)
        self.setLayout(both)

    def _fit(self) -> None:
        body = self._theme.sizes.body
        self.side.setMinimumWidth(min(SIDE * body, MOST_SIDE))
        self.side.setMaximumWidth(SIDE * body * 3 // 2)
        inside = self.replay.layout()
        assert inside is not None
        self.replay.setMinimumHeight(inside.minimumSize().height())  # lower, the column scrolls


def _scrolling(inside: QLayout) -> QScrollArea:
    """A column that scrolls up and down where there is too little room."""
    sheet, area = QWidget(), QScrollArea()
    sheet.setProperty("role", "page")
    sheet.setLayout(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(sheet)
    return area
