"""Recording a clip: consent first, then the camera with its sign and a countdown, then a look at it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.consent import Consent
from attune.app.library import Clip, ClipSet, is_locked, is_starter
from attune.app.recording import Recorded
from attune.ui.library.consent import ConsentForm
from attune.ui.library.parts import Parts
from attune.ui.library.protection import today
from attune.ui.library.record_camera import CameraPanel
from attune.ui.library.record_review import ReviewPanel
from attune.ui.widgets import column
from attune.ui.within import Go


def open_recorder(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Record into a set; where nothing may be written, into one of its own for recordings."""
    name = parts.words("protection.record.set_name")

    def show(there: ClipSet | None) -> None:
        page = RecordPage(parts, there, name)
        parts.open(page, parts.words("protection.record.title"), leave=page.leave)

    if not (is_starter(clip_set) or is_locked(clip_set)):
        show(clip_set)
        return

    def find() -> ClipSet | None:
        sets = (
            each for each in parts.services.library.contents() if not (is_starter(each) or is_locked(each))
        )
        return next((each for each in sets if each.name == name), None)

    parts.bridge.deliver(parts.services.background.submit(find), show)


class RecordPage(QWidget):
    """Three steps, one after the other. Nothing is left of what is not kept."""

    ended = Signal()

    def __init__(self, parts: Parts, clip_set: ClipSet | None, new_name: str) -> None:
        super().__init__()
        self._parts, self._set, self._name = parts, clip_set, new_name
        self._agreed: Consent | None = None
        self.form = ConsentForm(parts.words, parts.theme, "", today=today())
        self.camera: CameraPanel | None = None
        self.review: ReviewPanel | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        inside = column(spacing=0)
        inside.addWidget(self._stack)
        self.setLayout(inside)
        self.form.agreed.connect(self._film)
        self.form.refused.connect(parts.back)
        self.setFocusProxy(self.form)

    @property
    def showing(self) -> QWidget:
        """The step it is at."""
        found = self._stack.currentWidget()
        assert found is not None
        return found

    def leave(self, go: Go) -> None:
        """The camera goes off, and what was recorded but not kept is deleted."""
        for step in (self.camera, self.review):
            if step is not None:
                step.end()
        go()

    def _film(self, agreed: Consent) -> None:
        self._agreed = agreed
        if self.camera is None:
            self.camera = CameraPanel(self._parts, self._set.name if self._set else self._name)
            self.camera.recorded.connect(self._look_at)
            self._stack.addWidget(self.camera)
        self._stack.setCurrentWidget(self.camera)
        self.camera.begin()

    def _once_more(self) -> None:
        assert self._agreed is not None
        self._film(self._agreed)

    def _look_at(self, recorded: Recorded) -> None:
        assert self._agreed is not None
        if self.camera is not None:
            self.camera.end()
        if self.review is None:
            self.review = ReviewPanel(self._parts)
            self.review.kept.connect(self._keep)
            self.review.again.connect(self._once_more)
            self.review.away.connect(lambda: self.leave(self._parts.back))
            self._stack.addWidget(self.review)
        self._stack.setCurrentWidget(self.review)
        self.review.show_film(recorded)

    def _keep(self, recorded: Recorded, emotion: str) -> None:
        assert self._agreed is not None
        keeping, agreed = self._parts.services.keeping, self._agreed
        if self._set is None:
            kept = keeping.keep_as_new(recorded, agreed, self._name, emotion)
        else:
            kept = keeping.keep(recorded, agreed, self._set, emotion)
        self._parts.bridge.deliver(kept, lambda _folder: self._kept(agreed), self._not_kept)

    def _kept(self, agreed: Consent) -> None:
        parts, name = self._parts, self._set.name if self._set else self._name
        if shiboken6.isValid(self):  # else somebody left meanwhile, and is elsewhere
            parts.back()
        parts.changed()
        parts.say(parts.words("protection.record.kept", person=agreed.person, name=name))

    def _not_kept(self, error: BaseException) -> None:
        """It is still there to be kept."""
        self._parts.bridge.failed.emit(error)
        if self.review is not None:
            self.review.allow()
