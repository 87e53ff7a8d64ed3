"""Faces before the camera: where they are, and, of whom one asks for, what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attune.affect.reading import Reading
from attune.app.partner.hints import Hint
from attune.app.partner.neutral import Neutral, Resting
from attune.perception.live import Latency
from attune.perception.track import FaceTrack
from attune.perception.units import Moved

Units = Mapping[str, tuple[float, float]]
"""Amounts in [0, 1] of action units by code, on the subject's left and right."""


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
    call these only for somebody who agreed to be read. ``None`` as a face is the only one, or the largest.
    ``model`` (the face model's file), ``on_faces`` (a picture's time, who is in it), ``on_hint`` (whenever
    it changes) and ``on_error`` (what ended it) are called on a thread of its own. Everything else may be
    called from any thread and never waits, but for :meth:`close`.
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
        raise NotImplementedError

    @property
    def dropped(self) -> int:
        """Pictures so far that came too fast to be measured."""
        raise NotImplementedError

    @property
    def latency(self) -> Latency | None:
        """From a picture handed over to its faces told."""
        raise NotImplementedError

    def submit(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        """Hand over a picture (H, W, 3), contiguous, unmirrored, never written to again; the newest wins."""
        raise NotImplementedError

    def begin(self, face: int | None) -> None:
        """From now on keep what this face shows; a moment begun before is forgotten."""
        raise NotImplementedError

    def end(self, neutral: Neutral | None) -> Future[Seen]:
        """Read what was kept since :meth:`begin`, against the face at rest where that is known."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Forget what was kept, and end :meth:`rest` and :meth:`follow` too."""
        raise NotImplementedError

    def rest(self, face: int | None, heard: Callable[[Resting], None]) -> None:
        """Keep this face at rest; ``heard`` on the thread of its own, until the last has a ``neutral``."""
        raise NotImplementedError

    def follow(self, face: int | None, neutral: Neutral | None, heard: Callable[[int, Units], None]) -> None:
        """Tell how much each unit that can be named moved, in every picture, until :meth:`cancel`."""
        raise NotImplementedError

    def close(self) -> None:
        """End the thread, forget everything."""
        raise NotImplementedError
