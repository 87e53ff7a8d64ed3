"""A look at what was recorded, before it is kept or thrown away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from attune.app.recording import Recorded
from attune.ui.library.parts import Parts
from attune.ui.video.player import ClipPlayer
from attune.ui.video.view import ClipView
from attune.ui.widgets import Button, PrimaryButton, QuietButton, column, row, text
from attune.ui.widgets.picker import Picker


class ReviewPanel(QWidget):
    """``kept(Recorded, emotion)``; ``again`` and ``away`` when it was deleted."""

    kept = Signal(object, str)
    again = Signal()
    away = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        words = parts.words
        self._words = words
        self._recorded: Recorded | None = None
        self._keeping: Recorded | None = None  # until it is in its set, or could not be put there
        self._names = ("", *parts.services.vocabulary.names)
        titles = [words(f"emotions.{name}.title") for name in self._names[1:]]
        self.view = ClipView(parts.theme)
        self.view.setAccessibleName(words("protection.record.film_name"))
        self.player = ClipPlayer(self)
        self.player.frame_came.connect(self.view.show_frame)
        self.emotion = Picker(
            [words("protection.record.no_label"), *titles], words("protection.record.what"), parts.theme
        )
        self.keep = PrimaryButton(words("protection.record.keep"))
        self.once_more = Button(words("protection.record.again"))
        self.throw = QuietButton(words("protection.record.away"))
        self._said = text("", "quiet")
        self.keep.clicked.connect(self._keep)
        self.once_more.clicked.connect(lambda: self._drop(self.again))
        self.throw.clicked.connect(lambda: self._drop(self.away))
        self._arrange()
        self.setFocusProxy(self.keep)
        box: list[Recorded] = []  # a page that is deleted with its window leaves no film behind
        self._box = box
        self.destroyed.connect(partial(_discard, box))

    def show_film(self, recorded: Recorded) -> None:
        """Play it over and over."""
        self._recorded, self._keeping = recorded, None
        self._box[:] = [recorded]
        said = [self._words("protection.record.review")]
        if recorded.dropped:
            said.append(self._words("protection.record.dropped", count=recorded.dropped))
        self._said.setText(" ".join(said))
        self.emotion.setCurrentIndex(0)
        self.allow()
        self.player.open(recorded.path)
        self.player.set_looping(True)
        self.player.play()
        self.keep.setFocus()

    def allow(self) -> None:
        """Let it be kept, once more where that did not go well."""
        if self._keeping is not None:
            self._recorded, self._keeping = self._keeping, None
            self._box[:] = [self._recorded]
        for button in (self.keep, self.once_more, self.throw):
            button.setEnabled(True)

    def end(self) -> None:
        """Delete what is not kept, nor about to be."""
        self.player.close()
        self.view.clear()
        if self._recorded is not None:
            self._recorded.discard()
        self._recorded = self._keeping = None
        self._box.clear()

    def _arrange(self) -> None:
        ways = row(spacing=12)
        for part in (self.keep, self.once_more, self.throw):
            ways.addWidget(part)
        ways.addStretch(1)
        label = text(self.emotion.accessibleName(), "strong", wrap=False)
        label.setBuddy(self.emotion)
        what = row(spacing=12)
        what.addWidget(label)
        what.addWidget(self.emotion)
        what.addStretch(1)
        inside = column(spacing=12)
        inside.setContentsMargins(32, 8, 32, 24)
        inside.addWidget(self._said)
        inside.addWidget(self.view, 1)
        inside.addLayout(what)
        inside.addLayout(ways)
        self.setLayout(inside)

    def _keep(self) -> None:
        if self._recorded is None:
            return
        for button in (self.keep, self.once_more, self.throw):
            button.setEnabled(False)
        self.player.close()
        self._box.clear()  # the film belongs to the set from now on
        recorded, self._recorded = self._recorded, None
        self._keeping = recorded
        self.kept.emit(recorded, self._names[self.emotion.currentIndex()])

    def _drop(self, then: SignalInstance) -> None:
        self.end()
        then.emit()


def _discard(box: list[Recorded]) -> None:
    for each in box:
        each.discard()
