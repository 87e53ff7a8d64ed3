"""Plays one clip: frames with their stream times, slowly or not, step by step, in a loop."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

from attune.errors import SealError
from attune.sealing import SealedPath
from attune.ui.video.conversion import convert_on_the_processor
from attune.ui.video.sealed import SealedDevice

NS_PER_MS = 1_000_000
NS_PER_US = 1_000
ROUNDING_NS = 500_000  # Qt's microseconds and a track's nanoseconds are nearer than this for one frame
USUAL_FRAME_NS = 40 * NS_PER_MS
NOT_LOADED = (
    QMediaPlayer.MediaStatus.NoMedia,
    QMediaPlayer.MediaStatus.LoadingMedia,
    QMediaPlayer.MediaStatus.InvalidMedia,
)


@dataclass(frozen=True, slots=True, eq=False)
class ShownFrame:
    """One picture and the stream time it belongs to, from ``time_ns`` up to ``end_ns``."""

    image: QImage
    time_ns: int
    end_ns: int


class ClipPlayer(QObject):
    """QMediaPlayer with frames as pictures, on the UI thread; decoding is Qt's own threads' work.

    ``frame_came`` carries a ShownFrame; ``ended`` comes at the end of each turn that does not loop;
    ``failed`` at most once per :meth:`open`, when nothing of the clip can be shown.
    """

    frame_came = Signal(object)
    playing_changed = Signal(bool)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        convert_on_the_processor()
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._took)
        self._player.mediaStatusChanged.connect(self._status_changed)
        self._player.playbackStateChanged.connect(self._state_changed)
        self._player.errorOccurred.connect(self._erred)
        self._player.hasAudioChanged.connect(self._sound_found)
        self._sound: QAudioOutput | None = None
        self._device: SealedDevice | None = None
        self._reset(open_=False)

    def _reset(self, *, open_: bool) -> None:
        self._open = open_
        self._frame: ShownFrame | None = None
        self._times: list[int] = []
        self._looping = False
        self._audible = True

    @property
    def frame(self) -> ShownFrame | None:
        """The newest frame."""
        return self._frame

    @property
    def playing(self) -> bool:
        """Whether it runs now."""
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    @property
    def position_ns(self) -> int:
        """Where it is, as far as Qt tells: within a tenth of a second."""
        return self._player.position() * NS_PER_MS

    @property
    def duration_ns(self) -> int:
        """Length of the clip, 0 until known."""
        return self._player.duration() * NS_PER_MS

    @property
    def rate(self) -> float:
        """Speed, 1.0 as filmed."""
        return self._player.playbackRate()

    @property
    def looping(self) -> bool:
        """Whether it begins again at its end."""
        return self._looping

    def open(self, path: Path, *, audible: bool = True) -> None:
        """Take a clip; its first frame comes by itself or with :meth:`play`. Errors come by ``failed``."""
        self._player.stop()
        if self._device is not None:
            self._let_go()
        self._reset(open_=True)
        self._audible = audible
        self._player.setPlaybackRate(1.0)
        self._take(path)

    def close(self) -> None:
        """Let go of the file."""
        self._reset(open_=False)
        self._let_go()

    def _take(self, path: Path) -> None:
        """A locked film is read through a device, so that no plain copy of it is made."""
        if not isinstance(path, SealedPath):
            self._player.setSource(QUrl.fromLocalFile(str(path)))
            return
        try:
            self._device = SealedDevice(path, self)
        except (OSError, SealError) as error:
            self._fail(str(error))
            return
        self._player.setSourceDevice(self._device)

    def _let_go(self) -> None:
        self._player.stop()
        self._player.setSource(QUrl())
        if self._device is not None:
            self._device.close()
            self._device.deleteLater()
            self._device = None

    def play(self) -> None:
        """Run on from here, from the start when at the end."""
        self._player.play()

    def pause(self) -> None:
        """Hold the frame that is showing."""
        self._player.pause()

    def restart(self) -> None:
        """Run from the start."""
        self._player.setPosition(0)
        self._player.play()

    def set_rate(self, rate: float) -> None:
        """Change the speed; slowed sound is not speech any more, so it is only heard at full speed."""
        self._player.setPlaybackRate(rate)
        self._hear()

    def set_looping(self, looping: bool) -> None:
        """Begin again at the end, or not."""
        self._looping = looping

    def seek(self, time_ns: int) -> None:
        """Hold the frame shown at a stream time."""
        if self._player.playbackState() is not QMediaPlayer.PlaybackState.PausedState:
            self._player.pause()
        # Into the frame by up to a millisecond, Qt's unit: at its very start Qt still gives the frame before,
        # and at the very end none.
        self._player.setPosition(max(0, min(time_ns // NS_PER_MS + 1, self._player.duration() - 1)))

    def step(self, frames: int) -> None:
        """Hold the frame one before (-1) or after (+1) this one; stays at the ends."""
        if self._frame is None:
            return
        if frames > 0:
            if self._frame.end_ns < self.duration_ns:
                self.seek(self._frame.end_ns)
            return
        earlier = bisect_left(self._times, self._frame.time_ns - ROUNDING_NS) - 1
        if earlier >= 0:
            self.seek(self._times[earlier])

    def know_times(self, times_ns: list[int]) -> None:
        """Tell the times of all frames (from a track), so that steps back are exact before it has played."""
        self._times = sorted(times_ns)

    def _took(self, frame: QVideoFrame) -> None:
        if not self._open or not frame.isValid():  # Qt sends an empty frame on stop: the last picture stays
            return
        if self._player.mediaStatus() in NOT_LOADED:  # the clip before's, which was still on its way
            return
        time_ns = max(0, frame.startTime()) * NS_PER_US
        end_ns = frame.endTime() * NS_PER_US
        image = frame.toImage()
        if image.isNull():
            return
        if end_ns <= time_ns:
            end_ns = time_ns + USUAL_FRAME_NS
        self._frame = ShownFrame(image, time_ns, end_ns)
        place = bisect_left(self._times, time_ns - ROUNDING_NS)
        if place == len(self._times) or self._times[place] > time_ns + ROUNDING_NS:
            insort(self._times, time_ns)
        self.frame_came.emit(self._frame)

    def _status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if not self._open:
            return
        heard = self._player.hasAudio() and bool(QMediaDevices.audioOutputs())
        if status is QMediaPlayer.MediaStatus.LoadedMedia and not (heard or self._player.hasVideo()):
            self._fail("nothing to see or hear")
        if status is not QMediaPlayer.MediaStatus.EndOfMedia:
            return
        if self._frame is None and not heard:
            self._fail("no frames")
        elif self._looping:
            self.restart()
        else:
            self.ended.emit()

    def _state_changed(self, state: QMediaPlayer.PlaybackState) -> None:
        if self._open:
            self.playing_changed.emit(state is QMediaPlayer.PlaybackState.PlayingState)

    def _erred(self, error: QMediaPlayer.Error, text: str) -> None:
        if error is not QMediaPlayer.Error.NoError:
            self._fail(text)

    def _fail(self, text: str) -> None:
        # A clip that stops half way has been seen; only one that shows nothing has failed.
        if self._open and self._frame is None:
            self._open = False
            self.failed.emit(text)

    def _sound_found(self, there: bool) -> None:
        # Made only now: asking for a sound device takes time, and most clips are silent.
        if there and self._sound is None and QMediaDevices.audioOutputs():
            self._sound = QAudioOutput(self)
            self._player.setAudioOutput(self._sound)
        self._hear()

    def _hear(self) -> None:
        if self._sound is not None:
            self._sound.setMuted(not self._audible or self.rate != 1.0)
