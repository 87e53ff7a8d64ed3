"""The only door to MediaPipe: one face out of each frame."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from attune.environment import QT_PATHS, kept
from attune.errors import ModelError
from attune.perception.private import keep_private
from attune.perception.track import FaceMeasurement

__all__ = ["FaceMeasurement", "FaceTracker"]


def load_mediapipe() -> ModuleType:
    """Import MediaPipe (.7 s), its way out closed and the environment as it was."""
    keep_private()
    with kept(*QT_PATHS):
        import mediapipe  # noqa: PLC0415 - far too slow for the top of a module
    return mediapipe  # type: ignore[no-any-return]


class FaceTracker:
    """Finds and follows the one most prominent face; every method from one thread at a time.

    Raises ModelError ``model.unusable`` if MediaPipe cannot load the file.
    """

    def __init__(self, model: Path) -> None:
        self._mediapipe = load_mediapipe()
        self._model = model
        self._video = self._landmarker("VIDEO")
        self._picture: Any = None
        self._last_ms = -1

    def measure(self, rgb: NDArray[np.uint8], time_ns: int) -> FaceMeasurement | None:
        """Measure the next frame, (H, W, 3) contiguous, of a video; times must not go back."""
        now_ms = max(self._last_ms + 1, time_ns // 1_000_000)
        self._last_ms = now_ms
        return _measurement(self._video.detect_for_video(self._image(rgb), now_ms))

    def measure_picture(self, rgb: NDArray[np.uint8]) -> FaceMeasurement | None:
        """Measure a picture, (H, W, 3) contiguous, that has nothing to do with the one before."""
        if self._picture is None:
            self._picture = self._landmarker("IMAGE")
        return _measurement(self._picture.detect(self._image(rgb)))

    def restart(self) -> None:
        """Forget the face followed so far; the next frame begins another video.

        A new landmarker, although it takes a tenth of a second: a reused one keeps traces of the video
        before, and the same file must always give the same track.
        """
        if self._last_ms < 0:
            return
        self._video.close()
        self._video = self._landmarker("VIDEO")
        self._last_ms = -1

    def close(self) -> None:
        """Free the native landmarkers and join their threads; twice does no harm."""
        for landmarker in (self._video, self._picture):
            if landmarker is not None:
                landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _image(self, rgb: NDArray[np.uint8]) -> Any:  # noqa: ANN401 - MediaPipe's own type
        return self._mediapipe.Image(image_format=self._mediapipe.ImageFormat.SRGB, data=rgb)

    def _landmarker(self, mode: str) -> Any:  # noqa: ANN401 - MediaPipe's own type
        vision = self._mediapipe.tasks.vision
        options = vision.FaceLandmarkerOptions(
            base_options=self._mediapipe.tasks.BaseOptions(model_asset_path=str(self._model)),
            running_mode=vision.RunningMode[mode],
            num_faces=1,  # MediaPipe smooths over time only when it follows a single face
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        try:
            return vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError("model.unusable", path=self._model, reason=error) from error


def _measurement(result: Any) -> FaceMeasurement | None:  # noqa: ANN401 - MediaPipe's own type
    if not result.face_landmarks:
        return None
    return FaceMeasurement(
        np.array([shape.score for shape in result.face_blendshapes[0]], dtype=np.float32),
        np.array([(point.x, point.y, point.z) for point in result.face_landmarks[0]], dtype=np.float32),
        np.array(result.facial_transformation_matrixes[0], dtype=np.float32),
    )
