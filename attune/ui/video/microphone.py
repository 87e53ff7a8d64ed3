"""Sound from a microphone, beside a camera."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QObject, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices

if TYPE_CHECKING:  # the window does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

RATE = 48_000
NS_PER_S = 1_000_000_000


class Microphone(QObject):
    """``heard(samples, time_ns)``: (n,) int16 at RATE, the first at this time of the monotonic clock."""

    heard = Signal(object, object)

    def __init__(self, device: QAudioDevice) -> None:
        super().__init__()
        self._source = QAudioSource(device, wanted_format(), self)
        self._stream: QIODevice | None = self._source.start()
        if self._stream is not None:
            self._stream.readyRead.connect(self._read)

    def stop(self) -> None:
        """End it."""
        self._stream = None
        self._source.stop()

    def _read(self) -> None:
        if self._stream is None:
            return
        samples = as_samples(bytes(self._stream.readAll().data()))
        if len(samples):
            self.heard.emit(samples, time.monotonic_ns() - len(samples) * NS_PER_S // RATE)


def as_samples(data: bytes) -> NDArray[np.int16]:
    """Bytes of a microphone as samples; half a sample at the end is left out."""
    import numpy as np  # noqa: PLC0415 - as above

    return np.frombuffer(data[: len(data) // 2 * 2], np.int16).copy()


def wanted_format() -> QAudioFormat:
    """One channel of 16 bits at RATE."""
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


def usual_microphone() -> QAudioDevice | None:
    """The one to hear with; None where there is none that gives what is wanted."""
    device = QMediaDevices.defaultAudioInput()
    return None if device.isNull() or not device.isFormatSupported(wanted_format()) else device
