"""Pictures and sound on their way into a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from attune.ui.video.camera import Shot
from attune.ui.video.microphone import Microphone, usual_microphone

if TYPE_CHECKING:
    from attune.app.recording import Recording
    from attune.ui.video.camera_watch import Watch

NS_PER_S = 1_000_000_000


class StageRecorder(QObject):
    """Gives a recording every picture, on the camera's thread: a window that is busy loses none.

    ``went_on``: another second was recorded.
    """

    went_on = Signal()

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.recording: Recording | None = None
        self.seconds = 0
        self._watch = watch
        self._microphone: Microphone | None = None
        self._shape: tuple[int, ...] | None = None
        self._first_ns = 0

    @property
    def hears(self) -> bool:
        """Whether sound is recorded now."""
        return self._microphone is not None

    @property
    def behind(self) -> bool:
        """Whether the recording needs the processor for itself for a moment. From any thread."""
        recording = self.recording  # which ends on another
        return recording is not None and recording.behind

    def record(self, recording: Recording | None, *, sound: bool = True) -> None:
        """Record into this from now on, with sound where there is a microphone; None: no more."""
        self.end()
        if recording is None:
            return
        self.recording, self._shape, self.seconds = recording, None, 0
        self._watch.take(self._take)
        device = usual_microphone() if sound else None
        if device is not None:
            self._microphone = Microphone(device)
            self._microphone.heard.connect(recording.add_sound)

    def end(self) -> None:
        """Give it no more; ending the recording itself is for who began it."""
        self._watch.leave(self._take)
        self.recording = None
        if self._microphone is not None:
            self._microphone.stop()
            self._microphone.deleteLater()
            self._microphone = None

    def _take(self, shot: Shot) -> None:
        recording = self.recording
        if recording is None:
            return
        if self._shape is None:
            self._shape, self._first_ns = shot.pixels.shape, shot.time_ns
        if shot.pixels.shape != self._shape:
            return  # a camera that came back otherwise than it went: a film has one size
        recording.add(shot.pixels, shot.time_ns)
        seconds = (shot.time_ns - self._first_ns) // NS_PER_S
        if seconds > self.seconds:
            self.seconds = seconds
            self.went_on.emit()


def can_hear() -> bool:
    """Whether there is a microphone."""
    return usual_microphone() is not None
