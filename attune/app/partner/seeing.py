"""Faces before the camera: where they are, and, of whom one asks for, what they show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from attune.affect.reading import Reading
from attune.app.measured import warnings_of
from attune.app.partner.asked import Asked, Kept, Units, moved
from attune.app.partner.hints import Hint, Lasting, Rate, Sight, hint
from attune.app.partner.neutral import Neutral, Resting
from attune.perception.expression import ExpressionModel, load_expression_model
from attune.perception.faces import FacesTracker
from attune.perception.landmarker import Seen as Found
from attune.perception.live import LiveTracker
from attune.perception.track import FaceTrack
from attune.perception.tracker import Finishing
from attune.perception.units import Moved, unit_amounts, units_moved

COUNTED = 10  # pictures from one look for further people to the next


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """A face in the picture.

    ``number``: 1 for the first that came (of several at once, the one to the left), 2 for the next; it stays
    theirs, and is given to nobody else. ``box``: left, top, width and height in shares of the picture as the
    camera gave it, unmirrored. ``landmarks`` (478, 3) as in FaceMeasurement, only of whom is being read.
    """

    number: int
    box: tuple[float, float, float, float]
    landmarks: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """A moment as it was measured.

    ``reading``: None where the face could not be read; ``units``: what moved, strongest first; ``warnings``:
    keys of ``measuring.warnings`` in the words.
    """

    reading: Reading | None
    units: tuple[Moved, ...]
    apex_ns: int | None
    track: FaceTrack
    warnings: tuple[str, ...]


class Seeing:
    """Follows the faces of a live picture and reads one of them while that is asked for.

    Nothing is kept of any other face, and of nobody before :meth:`begin`, :meth:`rest` or :meth:`follow`:
    call these only for somebody who agreed to be read. They may go on side by side for one face; for another
    one they begin anew. ``None`` as a face is the first that is alone in the picture: of two, one is to be
    named. ``model`` (the face model's file), ``on_faces`` (a picture's time, who is in it from left to
    right), ``on_hint`` (whenever it changes) and ``on_error`` (what ended it) are called on a thread of its
    own. Everything else may be called from any thread and never waits, but for :meth:`close`.
    """

    def __init__(
        self,
        model: Callable[[], Path],
        on_faces: Callable[[int, tuple[Face, ...]], None],
        on_error: Callable[[Exception], None],
        *,
        background: Executor,
        people: int = 2,
        on_hint: Callable[[Hint], None] = lambda _: None,
    ) -> None:
        self._model = model
        self._on_faces = on_faces
        self._on_hint = on_hint
        self._background = background
        self._people = people
        self._lock = threading.Lock()  # guards what is asked, and what is kept for it
        self._asked: Asked | None = None
        self._reader: ExpressionModel | None = None
        self._rate = Rate()
        self._lasting = Lasting()
        self._last_ns = -1
        self._pictures = self._strangers = 0
        self._live = LiveTracker(self._load, self._looked, on_error, afterwards=self._measure)

    def submit(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        """Hand over a picture (H, W, 3), contiguous, unmirrored, never written to again; the newest wins."""
        self._rate.came(time_ns)
        self._live.submit(rgb, time_ns)

    def begin(self, face: int | None) -> None:
        """From now on keep what this face shows; a moment begun before is forgotten."""
        with self._lock:
            self._of(face).kept = Kept()

    def end(self, neutral: Neutral | None) -> Future[Seen]:
        """Read what was kept since :meth:`begin`, against the face at rest where that is known.

        Nothing was kept where no moment has begun, or its face was left for another one.
        """
        with self._lock:
            asked, kept = self._asked, Kept()
            if asked is not None and asked.kept is not None:
                kept, asked.kept = asked.kept, None
                self._asked = asked if asked.anything else None
        return self._background.submit(self._read, kept, neutral)

    def cancel(self) -> None:
        """Forget what was kept, and end :meth:`rest` and :meth:`follow` too."""
        with self._lock:
            self._asked = None

    def rest(self, face: int | None, heard: Callable[[Resting], None]) -> None:
        """Keep this face at rest; ``heard`` on the thread of its own, until the last has a ``neutral``."""
        with self._lock:
            self._of(face).begin_rest(heard)

    def follow(self, face: int | None, neutral: Neutral | None, heard: Callable[[int, Units], None]) -> None:
        """Tell how much each unit that may be named is moved, picture by picture, until :meth:`cancel`."""
        with self._lock:
            asked = self._of(face)
            asked.moving, asked.neutral = heard, neutral

    def close(self) -> None:
        """End the thread, forget everything; twice does no harm."""
        self._live.stop()
        self.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _of(self, face: int | None) -> Asked:
        """What is asked of this face; under the lock."""
        if self._asked is None or face not in {None, self._asked.face}:
            self._asked = Asked(face)
        return self._asked

    # On the background's thread.

    def _read(self, kept: Kept, neutral: Neutral | None) -> Seen:
        self._reader = self._reader or load_expression_model()
        track = kept.track()
        expressed = self._reader.read(track, neutral=neutral)
        curves = unit_amounts(
            track,
            neutral_ns=expressed.neutral_ns,
            calm=expressed.calm,
            own=None if neutral is None else neutral.channels,
        )
        apex_ns = expressed.apex_ns
        return Seen(
            reading=expressed.reading,
            units=() if apex_ns is None else units_moved(track, curves, apex_ns=apex_ns),
            apex_ns=apex_ns,
            track=track,
            warnings=tuple(warnings_of(track, expressed)),
        )

    # On the tracker's thread.

    def _load(self) -> FacesTracker:
        self._tracker = FacesTracker(self._model(), people=self._people)
        self._finishing = Finishing()
        return self._tracker

    def _looked(self, time_ns: int, found: Mapping[int, Found]) -> None:
        """Tell where the faces are; landmarks are told of nobody who is not being read."""
        boxes = {number: _box(face) for number, face in found.items()}
        with self._lock:
            asked = self._asked
            if asked is not None and asked.face is None and len(boxes) == 1:
                (asked.face,) = boxes
            reading = None if asked is None else asked.face
        faces = (
            Face(
                number=number,
                box=boxes[number],
                landmarks=found[number].landmarks if number == reading else None,
            )
            for number in sorted(boxes, key=lambda number: boxes[number][0])
        )
        self._on_faces(time_ns, tuple(faces))

    def _measure(self, rgb: NDArray[np.uint8], time_ns: int, found: Mapping[int, Found]) -> None:
        """What takes its time, and what nobody sees at once."""
        if time_ns <= self._last_ns:
            return  # pictures of another camera, whose clock is behind
        self._last_ns = time_ns
        with self._lock:
            asked = self._asked
        face = None if asked is None or asked.face is None else found.get(asked.face)
        measured = None if asked is None else asked.measure(rgb, time_ns, face, self._finishing)
        now = self._hint(rgb, time_ns, found, asked)
        if asked is None:
            return
        height, width = rgb.shape[:2]
        resting = moving = None
        with self._lock:
            if asked is not self._asked:
                return  # it was cancelled meanwhile, and nothing of this is kept or told
            if asked.kept is not None:
                asked.kept.add(time_ns, measured, (width, height))
            if (hear := asked.resting) is not None:
                resting = asked.rest(time_ns, measured, now, (width, height))
                if resting.neutral is not None:
                    asked.resting = None
                    self._asked = asked if asked.anything else None
            moving = asked.moving
        if hear is not None and resting is not None:
            hear(resting)
        if moving is not None and face is not None:
            moving(time_ns, moved(face, height / width, asked.neutral))

    def _hint(
        self, rgb: NDArray[np.uint8], time_ns: int, found: Mapping[int, Found], asked: Asked | None
    ) -> Hint:
        """The hint at this picture; what lasts is told."""
        if self._pictures % COUNTED == 0:
            self._strangers = self._tracker.strangers(rgb)
        self._pictures += 1
        sight = Sight(
            faces=found,
            strangers=self._strangers,
            people=self._people,
            reading=None if asked is None else asked.face,
            rate_hz=self._rate.hz,
            covered=0.0 if asked is None else asked.covered,
            still=asked is not None and asked.still,
        )
        now, before = hint(rgb, sight), self._lasting.told
        if (told := self._lasting(time_ns, now)) is not before:
            self._on_hint(told)
        return now


def _box(face: Found) -> tuple[float, float, float, float]:
    left, top = (float(value) for value in face.landmarks[:, :2].min(axis=0))
    right, bottom = (float(value) for value in face.landmarks[:, :2].max(axis=0))
    return left, top, right - left, bottom - top


__all__ = ["Face", "Hint", "Neutral", "Resting", "Seeing", "Seen", "Units"]
