"""Measuring faces in files.

Loading this module loads neither OpenCV nor MediaPipe; measuring does, in a process of its own where the
window is concerned (see :mod:`attune.app.measuring`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attune.media.frames import Frame, FrameSource, MediaInfo, MediaKind
from attune.perception.dynamics import Movement, Stretch, blinks, departure, movements
from attune.perception.expression import Expressed, ExpressionModel
from attune.perception.track import FaceMeasurement, FaceTrack, TrackBuilder
from attune.perception.tracker import FaceTracker
from attune.perception.units import UNITS, Moved, Side, UnitCurves, unit_amounts, units_moved

MOSTLY = 0.5  # a face in fewer of the frames than this is worth a warning
Progress = Callable[[int, int | None], None]
"""Hears frames done and frames in all, None where the file does not say."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Everything measured in one file.

    ``units``: what moved from rest to the apex, strongest first; ``curves``: how much each unit moved frame
    by frame, also those that may not be named to anybody. ``away``: (n,) how far it has
    left its rest, in [0, 1), NaN where that is not known; ``movements`` in it, in turn;
    ``blinks``: when each begins and ends, in ns; neither in pictures. ``warnings``: keys of
    ``measuring.warnings`` in the words.
    """

    info: MediaInfo
    track: FaceTrack
    expressed: Expressed
    units: tuple[Moved, ...]
    curves: UnitCurves
    away: NDArray[np.float64]
    movements: tuple[Movement, ...]
    blinks: tuple[Stretch, ...]
    warnings: tuple[str, ...]

    def course(self, moved: Moved) -> NDArray[np.float32]:
        """(n,) how much a unit moved frame by frame, in [0, 1], on the side it did; NaN without a face."""
        place = UNITS.index(moved.code)
        left, right = self.curves.left[:, place], self.curves.right[:, place]
        if moved.side is Side.BOTH:
            return np.asarray((left + right) / 2)
        return left if moved.side is Side.LEFT else right


def measure_file(
    path: Path,
    tracker: FaceTracker,
    model: ExpressionModel,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Measured:
    """Measure every frame of a video, or a picture, here and now.

    Raises MediaError as ``open_media`` does, ModelError, and CancelledError once ``cancelled`` says so.
    """
    from attune.media.open import open_media  # noqa: PLC0415 - loads OpenCV

    with open_media(path) as source:
        track = _track(source, tracker, progress, cancelled)
        return interpret(source.info, track, model, estimated=source.estimated > 0)


def interpret(info: MediaInfo, track: FaceTrack, model: ExpressionModel, *, estimated: bool) -> Measured:
    """Read a track that was measured before. ``estimated``: the file did not give all its times."""
    moving = info.kind is MediaKind.VIDEO
    expressed = model.read(track, still=not moving)
    curves = unit_amounts(track, neutral_ns=expressed.neutral_ns, calm=expressed.calm)
    apex_ns, neutral_ns = expressed.apex_ns, expressed.neutral_ns
    blinked = blinks(track) if moving else ()
    away = departure(track, neutral_ns=neutral_ns, blinked=blinked)
    return Measured(
        info=info,
        track=track,
        expressed=expressed,
        units=() if apex_ns is None else units_moved(track, curves, apex_ns=apex_ns),
        curves=curves,
        away=away,
        movements=movements(track.time_ns, away) if moving else (),
        blinks=blinked,
        warnings=tuple(warnings_of(track, expressed, estimated=estimated)),
    )


def _track(
    source: FrameSource, tracker: FaceTracker, progress: Progress | None, cancelled: Callable[[], bool] | None
) -> FaceTrack:
    info, builder = source.info, TrackBuilder()
    with closing(_found(source, tracker)) as found:
        for frame, face in found:
            if cancelled is not None and cancelled():
                raise CancelledError
            builder.add(frame.time_ns, face)
            if progress is not None:
                progress(frame.index + 1, info.frames)
    return builder.finish(width=info.width, height=info.height)


def _found(source: FrameSource, tracker: FaceTracker) -> Generator[tuple[Frame, FaceMeasurement | None]]:
    """Each frame and its face.

    In a video, one frame is decoded while another one is searched and the one before is finished here.
    """
    from attune.media.open import ahead  # noqa: PLC0415 - loads OpenCV

    if source.info.kind is not MediaKind.VIDEO:
        for frame in source.frames():
            yield frame, tracker.measure_picture(frame.rgb)
        return
    tracker.restart()
    frames = ahead(source.frames())
    looked = ahead(((frame, tracker.look(frame.rgb, frame.time_ns)) for frame in frames), depth=1)
    with closing(frames), closing(looked):
        for frame, seen in looked:
            yield frame, None if seen is None else tracker.finish(frame.rgb, seen)


def warnings_of(track: FaceTrack, expressed: Expressed, *, estimated: bool = False) -> Iterator[str]:
    """Keys of what to bear in mind about a reading."""
    face = track.face
    if not face.any():
        yield "no_face"
    elif face.mean() < MOSTLY:
        yield "face_seldom"
    yield from map(str, expressed.doubts)
    if face.any() and expressed.reading is None:
        yield "not_read"
    if estimated:
        yield "times_estimated"
