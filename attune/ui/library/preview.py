"""A clip looked at: it plays beside the pictures, with everything that is said of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QSlider, QWidget

from attune.app.gallery import UNSAID, Entry, Facet
from attune.app.library import Channel, PeopleKind
from attune.resources import Words
from attune.ui.practice.readings import ReadingTable
from attune.ui.practice.stage import PointedAt
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.video.player import NS_PER_MS, ShownFrame
from attune.ui.video.view import SMALLEST
from attune.ui.widgets import column, row, text

WIDTH = 22.0  # in heights of the body type, where there is room
SHARE, HIGH = 0.42, 0.5  # of the page: what it takes at most, and what its film does
EDGE = 20  # beside the picture
USUAL = 1000  # pixels of a page before its size is known
FLATTEST, TALLEST = 0.6, 1.25  # height of the picture's place, in its width


class Preview(QWidget):
    """Plays each clip it is shown, over and over. ``closed`` when it is not wanted any more."""

    closed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._entry: Entry | None = None
        self._size = QSize(1, 1)
        self._highest = SMALLEST
        self.stage = PointedAt(words, theme)
        self.stage.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.play_button = SignButton(
            theme, "play", words("library.preview.play"), key=words("practice.keys.space")
        )
        self.close_button = SignButton(
            theme, "close", words("library.preview.close"), key=words("library.page.escape")
        )
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName(words("library.preview.scrubber"))
        self._title = text("", "heading")
        self._who = text("", "quiet")
        self._trouble = text("", "body")
        self._readings = ReadingTable(words, theme)
        self._more = text("", "small")
        self._arrange()
        self._connect()
        self.fit(QSize(USUAL, USUAL))

    @property
    def entry(self) -> Entry | None:
        """The clip that is shown."""
        return self._entry

    def show_entry(self, entry: Entry) -> None:
        """Play a clip and tell what is said of it."""
        again = self._entry is not None and self._entry.clip.file == entry.clip.file
        self._entry = entry
        self._tell(entry)
        if not again:
            self._trouble.hide()
            self.stage.open(entry.clip, entry.clip.channel)
            self.stage.player.set_looping(entry.clip.channel is not Channel.SOUND)
            self.stage.play()

    def toggle(self) -> None:
        """Play or pause."""
        if self.stage.player.playing:
            self.stage.player.pause()
        else:
            self.stage.play()

    def close_clip(self) -> None:
        """Let go of the film."""
        self._entry = None
        self.stage.close_clip()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen."""
        self.stage.player.pause()
        super().hideEvent(event)

    def _tell(self, entry: Entry) -> None:
        words, clip = self._words, entry.clip
        emotion = entry[Facet.EMOTION]
        said = emotion != UNSAID
        self._title.setText(words(f"emotions.{emotion}.title") if said else words("library.clip.unsaid"))
        self._who.setText(clip.person or words("library.facet.unsaid.person"))
        self._readings.clear()
        for reading in clip.references:
            self._readings.add(reading, rendered=entry.clip_set.people is PeopleKind.RENDERED)
        moments = {"onset": clip.onset_s, "apex": clip.apex_s, "offset": clip.offset_s}
        told = [
            words(f"library.preview.{name}", seconds=moment)
            for name, moment in moments.items()
            if moment is not None
        ]
        lines = [
            words(f"library.channel.{clip.channel.name.lower()}"),
            " · ".join(told),
            clip.note,
            words("library.preview.from", set=entry.clip_set.name, name=clip.name),
        ]
        self._more.setText("\n".join(line for line in lines if line))

    def _show_frame(self, frame: ShownFrame) -> None:
        player = self.stage.player
        if frame.image.size() != self._size:
            self._size = frame.image.size()
            self._fit_stage()
        with QSignalBlocker(self.scrubber):  # the film moves the handle here, not the person the film
            self.scrubber.setMaximum(max(1, player.duration_ns // NS_PER_MS))
            if not self.scrubber.isSliderDown():
                self.scrubber.setValue(frame.time_ns // NS_PER_MS)

    def _playing(self, playing: bool) -> None:
        self.play_button.set_sign("pause" if playing else "play")
        self.play_button.setAccessibleName(self._words(f"library.preview.{'pause' if playing else 'play'}"))

    def _cannot_play(self, _why: str) -> None:
        self._trouble.setText(self._words("library.preview.unplayable"))
        self._trouble.show()

    def _connect(self) -> None:
        self.play_button.clicked.connect(self.toggle)
        self.stage.clicked.connect(self.toggle)
        self.close_button.clicked.connect(self.closed)
        self.stage.player.frame_came.connect(self._show_frame)
        self.stage.player.playing_changed.connect(self._playing)
        self.stage.unplayable.connect(self._cannot_play)
        self.scrubber.valueChanged.connect(lambda ms: self.stage.player.seek(ms * NS_PER_MS))

    def _arrange(self) -> None:
        head = row(spacing=8)
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        controls = row(spacing=8)
        controls.addWidget(self.play_button)
        controls.addWidget(self.scrubber, 1)
        told = column(spacing=12)
        told.setContentsMargins(0, 4, 12, 16)
        told.addWidget(self._trouble)
        told.addWidget(self._readings)
        told.addWidget(self._more)
        told.addStretch(1)
        sheet = QWidget()
        sheet.setProperty("role", "page")
        sheet.setLayout(told)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        inside = column(spacing=10)
        inside.setContentsMargins(EDGE, 16, EDGE, 0)
        inside.addLayout(head)
        inside.addWidget(self._who)
        inside.addWidget(self.stage)
        inside.addLayout(controls)
        inside.addWidget(area, 1)
        self.setLayout(inside)

    def fit(self, page: QSize) -> None:
        """Take as much room as there is to take on a page of this size."""
        wide = min(round(WIDTH * self._theme.sizes.body), round(SHARE * page.width()))
        self.setFixedWidth(max(SMALLEST + 2 * EDGE, wide))
        self._highest = max(SMALLEST, round(HIGH * page.height()))
        self._fit_stage()

    def _fit_stage(self) -> None:
        """As high as the film wants it; one that is still to come has the place of the one before."""
        share = self._size.height() / self._size.width()
        wide = self.width() - 2 * EDGE
        high = round(wide * max(FLATTEST, min(TALLEST, share)))
        self.stage.setFixedHeight(max(SMALLEST, min(self._highest, high)))
