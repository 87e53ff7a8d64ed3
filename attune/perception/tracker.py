"""One face out of each frame, large or small."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from attune.perception.appearance import face_crop, light, load_appearance
from attune.perception.landmarker import Detector, Landmarker, Seen
from attune.perception.track import FaceMeasurement
from attune.perception.window import Box, Window

# Frames of a video from one look at the appearance to the next: folds and furrows change no faster than the
# landmarks, which are measured in every frame, and a look costs a quarter of what MediaPipe does.
EVERY = 2
TRIES = 4  # how many of the places where a small face seems to be are looked at closely


class Finishing:
    """Adds what the picture itself shows to what MediaPipe saw; one thread at a time."""

    def __init__(self) -> None:
        self._appearance = load_appearance()
        self._last: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None

    def __call__(self, rgb: NDArray[np.uint8], seen: Seen) -> FaceMeasurement:
        """Measure a face seen in a picture (H, W, 3); where no look is due, it is still the one before."""
        if seen.due or self._last is None:
            self._last = self._look(rgb, seen)
        return FaceMeasurement(seen.blendshapes, seen.landmarks, seen.matrix, *self._last)

    def alone(self, rgb: NDArray[np.uint8], seen: Seen) -> FaceMeasurement:
        """Measure a face that has nothing to do with those before and after."""
        return FaceMeasurement(seen.blendshapes, seen.landmarks, seen.matrix, *self._look(rgb, seen))

    def _look(self, rgb: NDArray[np.uint8], seen: Seen) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        crop = face_crop(rgb, seen.landmarks)
        return _kept(self._appearance(crop)), _kept(light(crop))


def _kept(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rounded as on disk, so that a clip reads the same today and from the cache."""
    return values.astype(np.float16).astype(np.float32)


class FaceTracker:
    """Finds and follows the one most prominent face; every method from one thread at a time.

    ``hold``: frames in a row a face must be found in a video before it counts. Where nobody can look back,
    live, that is HOLD; a TrackBuilder sorts out afterwards what did not last. Raises ModelError
    ``model.unusable`` if MediaPipe cannot load the file.
    """

    def __init__(self, model: Path, *, hold: int = 1) -> None:
        self._model = model
        self._hold = hold
        self._finishing = Finishing()
        self._video = Landmarker(model, video=True)
        self._picture: Landmarker | None = None
        self._detector: Detector | None = None
        self._frame: Window | None = None
        self._window: Window | None = None
        self._place: Window | None = None
        self._faceless = 0
        self._seen = 0

    def measure(self, rgb: NDArray[np.uint8], time_ns: int) -> FaceMeasurement | None:
        """Measure the next frame, (H, W, 3) contiguous, of a video; times must not go back."""
        seen = self.look(rgb, time_ns)
        return None if seen is None else self.finish(rgb, seen)

    def look(self, rgb: NDArray[np.uint8], time_ns: int) -> Seen | None:
        """The first part of :meth:`measure`: where the face is; the next frame may follow at once."""
        frame = Window.whole(rgb)
        first = frame != self._frame
        if first:
            if self._frame is not None:
                self._video.forget()
            self._frame = self._window = frame
            self._place = None
        seen = self._followed(rgb, time_ns) or self._found(rgb, time_ns, thoroughly=first)
        if seen and self._seen == 0:
            seen = self._upright(rgb, seen, time_ns)
        self._faceless = 0 if seen else self._faceless + 1
        self._seen = self._seen + 1 if seen else 0
        if seen is None or self._seen < self._hold:
            return None
        return seen._replace(due=(self._seen - self._hold) % EVERY == 0)

    def finish(self, rgb: NDArray[np.uint8], seen: Seen) -> FaceMeasurement:
        """The second part, on any thread: frames in their order, while the next ones are looked at."""
        return self._finishing(rgb, seen)

    def measure_picture(self, rgb: NDArray[np.uint8]) -> FaceMeasurement | None:
        """Measure a picture, (H, W, 3) contiguous, that has nothing to do with the one before."""
        if self._picture is None:
            self._picture = Landmarker(self._model, video=False)
        frame = Window.whole(rgb)
        seen = self._picture.look(rgb, frame, 0)
        small = () if seen else self._search().everywhere(rgb)[:TRIES]
        for box in small:
            if (seen := self._picture.look(rgb, frame.around(box), 0)) is not None:
                break
        if seen and (fallen := self._search().on_its_head(rgb, Box.of(seen.landmarks, frame))):
            seen = self._picture.aim(rgb, frame.around(fallen, turned=True), fallen, 0)
        return self._finishing.alone(rgb, seen) if seen else None

    def restart(self) -> None:
        """Forget the face followed so far; the next frame begins another video.

        New ones of what MediaPipe does, although it takes a tenth of a second: a reused landmarker keeps
        traces of the video before, and the same file must always give the same track.
        """
        if not self._video.used:
            return
        self._video.close()
        self._video = Landmarker(self._model, video=True)
        if self._detector is not None:
            self._detector.close()
        self._detector = self._frame = self._window = self._place = None
        self._faceless = self._seen = 0

    def close(self) -> None:
        """Free what is native and join its threads; twice does no harm."""
        for part in (self._video, self._picture, self._detector):
            if part is not None:
                part.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _followed(self, rgb: NDArray[np.uint8], time_ns: int) -> Seen | None:
        """The face where it was; when it is about to leave its window, the next frame looks at another."""
        frame, window = Window.whole(rgb), self._window
        assert window is not None
        seen = self._video.look(rgb, window, time_ns)
        if seen is None and self._faceless == 0:  # MediaPipe looks where it was, and only then anywhere
            seen = self._video.look(rgb, window, time_ns)
        if seen is not None and not window.holds(box := Box.of(seen.landmarks, frame), frame):
            self._window = frame.around(box, turned=window.turned)
            self._video.aim(rgb, self._window, box, time_ns)
        return seen

    def _found(self, rgb: NDArray[np.uint8], time_ns: int, *, thoroughly: bool) -> Seen | None:
        """A small face, or a large one that was a small one.

        Every window is looked at only in the first frame. Later it is one in each frame, where the face was
        in turn with the others, so that a frame without a face never takes longer than one with a face.
        """
        frame = Window.whole(rgb)
        if self._window != frame:
            self._place, self._window = self._window, frame
            return self._followed(rgb, time_ns)
        if thoroughly:
            small = self._search().everywhere(rgb)
        elif self._place is not None and self._faceless % 2:
            small = self._search().look(rgb, self._place)
        else:
            small = self._search().onward(rgb)
        for box in small[:TRIES]:
            self._window = frame.around(box)
            if (seen := self._video.aim(rgb, self._window, box, time_ns)) is not None:
                return seen
        self._window = frame
        return None

    def _upright(self, rgb: NDArray[np.uint8], seen: Seen, time_ns: int) -> Seen | None:
        """A face just found, seen the right way up."""
        frame = Window.whole(rgb)
        fallen = self._search().on_its_head(rgb, Box.of(seen.landmarks, frame))
        if fallen is None:
            return seen
        self._window = frame.around(fallen, turned=True)
        return self._video.aim(rgb, self._window, fallen, time_ns)

    def _search(self) -> Detector:
        if self._detector is None:
            self._detector = Detector(self._model)
        return self._detector
