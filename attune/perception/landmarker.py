"""The only door to MediaPipe: its landmarker and its detector, without its types."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attune.environment import QT_PATHS, kept
from attune.errors import ModelError
from attune.perception.private import keep_private
from attune.perception.window import Box, Window, windows

_DETECTOR = "face_detector.tflite"  # in the model's file, which is a zip
SURER = 0.03  # a face is upside down if the detector is so much surer of it the other way up
SAME = 0.5  # boxes nearer than this, in sizes of a face, are the same face
_DARK = np.zeros((64, 64, 3), dtype=np.uint8)


def load_mediapipe() -> ModuleType:
    """Import MediaPipe (.7 s), its way out closed and the environment as it was."""
    keep_private()
    with kept(*QT_PATHS):
        import mediapipe  # noqa: PLC0415 - far too slow for the top of a module
    return mediapipe  # type: ignore[no-any-return]


class Seen(NamedTuple):
    """A face as FaceMeasurement has it, before anybody looked at the picture itself.

    ``due``: whether it is time to look at that, too; else the last look still holds.
    """

    blendshapes: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    matrix: NDArray[np.float32]
    due: bool = True


class Landmarker:
    """Finds one face in a part of a frame, and, in a ``video``, follows it.

    Raises ModelError ``model.unusable`` if MediaPipe cannot load the file.
    """

    def __init__(self, model: Path, *, video: bool) -> None:
        self._mediapipe = load_mediapipe()
        vision = self._mediapipe.tasks.vision
        self._video = video
        self._last_ms = -1
        self._following = False
        options = vision.FaceLandmarkerOptions(
            base_options=self._mediapipe.tasks.BaseOptions(model_asset_path=str(model)),
            running_mode=vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE,
            num_faces=1,  # MediaPipe smooths over time only when it follows a single face
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        problem = ""
        try:
            self._landmarker = vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            problem = str(error) or type(error).__name__
        if problem:  # raised out here: with MediaPipe's error in tow it would keep the thread that one began
            raise ModelError("model.unusable", path=model, reason=problem)

    @property
    def used(self) -> bool:
        """Whether a frame of a video was seen."""
        return self._last_ms >= 0

    def look(self, rgb: NDArray[np.uint8], window: Window, time_ns: int) -> Seen | None:
        """The face in this part of the frame (H, W, 3), as a face of the whole frame.

        A face that is followed is expected where it was in the window before: see :meth:`aim`.
        """
        return self._seen(window.cut(rgb), window, Window.whole(rgb), time_ns)

    def aim(self, rgb: NDArray[np.uint8], window: Window, box: Box, time_ns: int) -> Seen | None:
        """Leave what is followed for the face in this box, to follow it in this window from now on."""
        self.forget()
        frame = Window.whole(rgb)
        seen = self._seen(window.cut_alone(rgb, box), window, frame, time_ns)
        if seen is not None and Box.of(seen.landmarks, frame).apart(box) > SAME:
            return None
        return seen

    def forget(self) -> None:
        """Lose the face that is followed: the next look is at another window, or another video."""
        if self._following:
            self._detect(_DARK, self._last_ms)
            self._following = False

    def close(self) -> None:
        """Free the native landmarker and join its threads; twice does no harm."""
        self._landmarker.close()

    def _seen(self, rgb: NDArray[np.uint8], window: Window, frame: Window, time_ns: int) -> Seen | None:
        result = self._detect(rgb, time_ns // 1_000_000)
        self._following = self._video and bool(result.face_landmarks)
        if not result.face_landmarks:
            return None
        points = [(point.x, point.y, point.z) for point in result.face_landmarks[0]]
        return Seen(
            np.array([shape.score for shape in result.face_blendshapes[0]], dtype=np.float32),
            window.landmarks_in(frame, np.array(points, dtype=np.float32)),
            window.matrix_in(frame, np.array(result.facial_transformation_matrixes[0], dtype=np.float32)),
        )

    def _detect(self, rgb: NDArray[np.uint8], time_ms: int) -> Any:  # noqa: ANN401 - MediaPipe's own type
        image = _image(self._mediapipe, rgb)
        if not self._video:
            return self._landmarker.detect(image)
        self._last_ms = max(self._last_ms + 1, time_ms)
        return self._landmarker.detect_for_video(image, self._last_ms)


class Detector:
    """Says where faces are, large ones and, window by window, small ones. A look takes 2 ms of one core."""

    def __init__(self, model: Path) -> None:
        self._mediapipe = load_mediapipe()
        vision = self._mediapipe.tasks.vision
        problem = ""
        try:
            with zipfile.ZipFile(model) as parts:
                content = parts.read(_DETECTOR)
            options = vision.FaceDetectorOptions(
                base_options=self._mediapipe.tasks.BaseOptions(model_asset_buffer=content)
            )
            self._detector = vision.FaceDetector.create_from_options(options)
        except (zipfile.BadZipFile, KeyError, RuntimeError, ValueError, OSError) as error:
            problem = str(error) or type(error).__name__
        if problem:  # as above
            raise ModelError("model.unusable", path=model, reason=problem)
        self._next = 0

    def look(self, rgb: NDArray[np.uint8], window: Window) -> list[Box]:
        """Faces in this part of the frame, in pixels of the whole, the largest first."""
        return _by_size([box for _, box in self._scored(rgb, window)])

    def on_its_head(self, rgb: NDArray[np.uint8], box: Box) -> Box | None:
        """Where the face that seems to be in this box is, if it is upside down.

        MediaPipe takes such a face for an upright one, with eyes where there are none; but it is surer of
        one that it sees the right way up.
        """
        part = Window.whole(rgb).around(box)
        upright, turned = (
            [(score, found) for score, found in self._scored(rgb, window) if found.apart(box) < 1]
            for window in (part, replace(part, turned=True))
        )
        sure = max((score for score, _ in upright), default=0.0)
        score, found = max(turned, key=itemgetter(0), default=(0.0, box))
        return found if score > sure + SURER else None

    def everywhere(self, rgb: NDArray[np.uint8]) -> list[Box]:
        """Small faces in all windows of the frame, the largest first."""
        parts = windows(Window.whole(rgb))
        found: list[Box] = []
        for box in _by_size([box for window in parts for box in self.look(rgb, window)]):
            if all(box.apart(other) > SAME for other in found):
                found.append(box)
        return found

    def onward(self, rgb: NDArray[np.uint8]) -> list[Box]:
        """Small faces in the window whose turn it is: what looking at every frame can afford."""
        parts = windows(Window.whole(rgb))
        if not parts:
            return []
        self._next = (self._next + 1) % len(parts)
        return self.look(rgb, parts[self._next])

    def close(self) -> None:
        """Free the native detector; twice does no harm."""
        self._detector.close()

    def _scored(self, rgb: NDArray[np.uint8], window: Window) -> list[tuple[float, Box]]:
        result = self._detector.detect(_image(self._mediapipe, window.cut(rgb)))
        return [(found.categories[0].score, _box(found.bounding_box, window)) for found in result.detections]


def _box(found: Any, window: Window) -> Box:  # noqa: ANN401 - MediaPipe's own type
    left, top = found.origin_x, found.origin_y
    if window.turned:
        left, top = window.width - left - found.width, window.height - top - found.height
    left, top = left + window.left, top + window.top
    return Box(left, top, left + found.width, top + found.height)


def _by_size(boxes: list[Box]) -> list[Box]:
    return sorted(boxes, key=lambda box: -box.size)


def _image(mediapipe: ModuleType, rgb: NDArray[np.uint8]) -> Any:  # noqa: ANN401 - MediaPipe's own type
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
