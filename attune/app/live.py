"""Faces found while a camera's picture is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from attune.media.frames import Frame
from attune.media.virtual_camera import VirtualCamera
from attune.perception.landmarker import Seen
from attune.perception.live import LiveTracker
from attune.perception.track import HOLD
from attune.perception.tracker import FaceTracker


class LiveFilm:
    """A film that is shown and looked at as a camera's picture is, over and over.

    ``on_frame`` hears each frame (H, W, 3) and its time on the camera's thread; on the tracker's, ``on_face``
    hears that time and the face's landmarks (478, 3), None without a face, and ``on_error`` what ended it.
    Times are those of the monotonic clock, in ns. Raises MediaError.
    """

    def __init__(
        self,
        film: Path,
        model: Path,
        *,
        on_frame: Callable[[NDArray[np.uint8], int], None],
        on_face: Callable[[int, NDArray[np.float32] | None], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        from attune.media.open import open_media  # noqa: PLC0415 - loads OpenCV

        self._source = open_media(film)

        def looked(time_ns: int, found: Seen | None) -> None:
            on_face(time_ns, None if found is None else found.landmarks)

        self._tracker = LiveTracker(lambda: FaceTracker(model, hold=HOLD), looked, on_error)

        def came(frame: Frame) -> None:
            self._tracker.submit(frame.rgb, frame.time_ns)  # first: it works beside the drawing
            on_frame(frame.rgb, frame.time_ns)

        self._camera = VirtualCamera(self._source, came, loop=True)
        self._camera.start()

    @property
    def dropped(self) -> int:
        """Frames so far that came too late or too fast to be looked at."""
        return self._camera.dropped + self._tracker.dropped

    def close(self) -> None:
        """End both threads and let go of the file."""
        self._camera.stop()
        self._tracker.stop()
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
