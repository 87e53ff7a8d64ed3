"""What ``attune bench`` measures of a live picture: how long after a frame its face is drawn over it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication

from attune.app.settings import Settings
from attune.ui.bench_loop import until
from attune.ui.bridge import Bridge
from attune.ui.shell import themed
from attune.ui.video.player import USUAL_FRAME_NS, ShownFrame
from attune.ui.video.view import ClipView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = (1100, 760)  # as the window opens
SETTLED = 60  # faces before counting begins: by then MediaPipe is loaded, and what waited for it is gone
LAST_NS = 500_000_000  # frames of the last half second may still be on their way


@dataclass(frozen=True, slots=True, eq=False)
class _OneFace:
    """A track of the newest frame only."""

    time_ns: NDArray[np.int64]
    face: NDArray[np.bool_]
    landmarks: NDArray[np.float32]

    def index_at(self, _time_ns: int) -> int:
        return 0


class _LiveView(ClipView):
    """Notes when the face of each frame was painted: frame's time, and how long after it, in ns."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(themed(app, Settings()))
        self.late_ns: dict[int, int] = {}
        self._rgb: NDArray[np.uint8] | None = None
        self._unpainted_face_ns: int | None = None

    def show_rgb(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        height, width = rgb.shape[:2]
        self._rgb = rgb  # the picture is drawn from this memory
        image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self.show_frame(ShownFrame(image, time_ns, time_ns + USUAL_FRAME_NS))

    def show_face(self, time_ns: int, landmarks: NDArray[np.float32]) -> None:
        import numpy as np  # noqa: PLC0415 - a window that opens does not wait for it

        self._unpainted_face_ns = time_ns
        self.set_track(_OneFace(np.array([time_ns]), np.array([True]), landmarks[None]))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted_face_ns is not None:
            self.late_ns[self._unpainted_face_ns] = time.monotonic_ns() - self._unpainted_face_ns
            self._unpainted_face_ns = None


def live(app: QApplication, clip: Path, seconds: float, model: Path) -> dict[str, object]:
    """Show a clip as a camera's picture with the face's lines over it, and count.

    ``latency_ms``: 95th percentile from a frame handed over by the camera to its face painted; ``dropped``:
    frames lost, not measured, or whose face was never painted.
    """
    from attune.app.live import LiveFilm  # noqa: PLC0415 - loads numpy and OpenCV

    view, bridge = _LiveView(app), Bridge()
    view.resize(*SIZE)
    view.show()
    faces: list[int] = []
    failed: list[Exception] = []

    def on_frame(rgb: NDArray[np.uint8], time_ns: int) -> None:
        bridge.post(lambda: view.show_rgb(rgb, time_ns))

    def on_face(time_ns: int, landmarks: NDArray[np.float32] | None) -> None:
        if landmarks is not None:
            faces.append(time_ns)
            bridge.post(lambda: view.show_face(time_ns, landmarks))

    with LiveFilm(clip, model, on_frame=on_frame, on_face=on_face, on_error=failed.append) as film:
        until(lambda: bool(failed) or len(view.late_ns) >= SETTLED)
        begun_ns, dropped = time.monotonic_ns(), film.dropped
        end_ns = begun_ns + round(seconds * 1e9)
        until(lambda: bool(failed) or time.monotonic_ns() >= end_ns + LAST_NS)
        dropped = film.dropped - dropped
    bridge.close()
    if failed:
        raise failed[0]
    counted = [time_ns for time_ns in faces if begun_ns <= time_ns < end_ns]
    late_ms = sorted(view.late_ns[time_ns] / 1e6 for time_ns in counted if time_ns in view.late_ns)
    return {
        "frames": len(counted),
        "dropped": dropped + len(counted) - len(late_ms),
        "latency_ms": late_ms[math.ceil(0.95 * len(late_ms)) - 1],
        "median_ms": late_ms[len(late_ms) // 2],
        "worst_ms": late_ms[-1],
    }
