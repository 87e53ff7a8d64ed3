"""The measuring process: the far end of a Measurer's pipe.

Requests come as ``(number, request)``, answers go as ``(number, answer)``. One thread listens, so that a
cancel or the end of the parent is heard in the middle of a film; the other works.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from attune.app.measured import Measured, measure_file
from attune.app.measuring_messages import (
    Advanced,
    Cancel,
    CopiedFrom,
    Failed,
    Finished,
    Look,
    Measure,
    Request,
    Stills,
    Trim,
    WarmUp,
)
from attune.app.track_cache import Kept, TrackCache
from attune.errors import AttuneError
from attune.perception.expression import load_expression_model
from attune.perception.tracker import FaceTracker

PROGRESS_S = 0.05
LOOKED_AT_NS = (0, 1_000_000_000, 2_000_000_000)  # of a film; three seconds tell whether it is one


def serve(pipe: Connection) -> None:
    """Answer requests until the parent says None or is gone. Entry point of the process."""
    _quieten()
    from attune.media.opencv import keep_to_one_core  # noqa: PLC0415 - loads OpenCV

    keep_to_one_core()
    requests: SimpleQueue[tuple[int, Request] | None] = SimpleQueue()
    desk = _Desk(pipe)
    listener = threading.Thread(
        target=_listen, args=(pipe, requests, desk.cancel), name="listener", daemon=True
    )
    listener.start()
    try:
        while (item := requests.get()) is not None:
            desk.answer(*item)
    except ConnectionError:
        pass  # the parent is gone, and with it everybody who could want the answer
    finally:
        desk.close()


def _quieten() -> None:
    """Send the C libraries' chatter away; Python's errors reach the parent through the pipe."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a file
        os.dup2(nowhere.fileno(), 2)


def _listen(
    pipe: Connection, requests: SimpleQueue[tuple[int, Request] | None], cancel: Callable[[int | None], None]
) -> None:
    try:
        while (item := pipe.recv()) is not None:
            if isinstance(item, Cancel):
                cancel(item.number)
            else:
                requests.put(item)
    except (EOFError, OSError):
        pass  # the parent is gone
    finally:  # also when what came makes no sense: a deaf process must not stay
        cancel(None)
        requests.put(None)


class _Desk:
    """Holds what is loaded; answers one request at a time."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._tracker: FaceTracker | None = None
        self._tracker_model: Path | None = None
        self._expressions = load_expression_model()
        self._unwanted: set[int] = set()
        self._alone = False

    def cancel(self, number: int | None) -> None:
        """Give up one request, or, with None, all; called from the listener."""
        if number is None:
            self._alone = True
        else:
            self._unwanted.add(number)

    def answer(self, number: int, request: Request) -> None:
        try:
            answer: Finished | Failed = Finished(self._do(number, request))
        except (AttuneError, CancelledError) as error:
            answer = Failed(error)
        except ConnectionError:
            raise
        except Exception:  # noqa: BLE001 - the parent tells the person, with this report
            answer = Failed(traceback.format_exc())
        self._unwanted.discard(number)
        self._pipe.send((number, answer))
        _return_memory()

    def close(self) -> None:
        if self._tracker is not None:
            self._tracker.close()

    def _do(self, number: int, request: Request) -> object:
        match request:
            case WarmUp(model):
                self._follower(model)
                return None
            case Measure():
                return self._measure(number, request)
            case Stills(path, times_ns):
                return _stills(path, times_ns)
            case Look(path, model):
                return self._face_seen(path, None if model is None else self._follower(model))
            case CopiedFrom(path, time_ns):
                from attune.media.trim import copied_from  # noqa: PLC0415 - loads PyAV

                return copied_from(path, time_ns)
            case Trim(path, into, start_ns, end_ns, exact):
                from attune.media.trim import trim  # noqa: PLC0415 - as above

                return trim(path, into, start_ns, end_ns, exact=exact)

    def _measure(self, number: int, request: Measure) -> Measured:
        def cancelled() -> bool:
            return self._alone or number in self._unwanted

        if cancelled():
            raise CancelledError
        tracker = self._follower(request.model)
        progress = _paced(lambda done, total: self._pipe.send((number, Advanced(done, total))))
        measured = measure_file(request.path, tracker, self._expressions, progress, cancelled)
        if request.content_hash is not None:
            kept = Kept(measured.info, measured.track, "times_estimated" in measured.warnings)
            tracks = TrackCache(request.cache)
            with suppress(OSError):  # no room to keep it: it is measured again next time, but not lost now
                tracks.keep(request.content_hash, kept)
            if not request.path.exists():  # who withdrew meanwhile had the film deleted, and then its tracks
                tracks.path(request.content_hash).unlink(missing_ok=True)
        return measured

    @staticmethod
    def _face_seen(path: Path, tracker: FaceTracker | None) -> bool | None:
        """Whether a face is in one of the frames looked at, None where nobody can tell. Raises MediaError."""
        seen = None
        for rgb in _stills(path, LOOKED_AT_NS):
            if tracker is not None and not seen:
                seen = tracker.measure_picture(rgb) is not None
        return seen

    def _follower(self, model: Path) -> FaceTracker:
        if self._tracker is None or self._tracker_model != model:
            self.close()
            self._tracker, self._tracker_model = None, None
            self._tracker, self._tracker_model = FaceTracker(model), model
        return self._tracker


def _return_memory() -> None:
    """Give the system back what the last file's decoder and landmarker freed: 30 MB that glibc would keep."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)


def _stills(path: Path, times_ns: tuple[int, ...]) -> list[NDArray[np.uint8]]:
    from attune.media.open import frames_at  # noqa: PLC0415 - loads OpenCV

    return [frame.rgb for frame in frames_at(path, times_ns)]


def _paced(send: Callable[[int, int | None], None]) -> Callable[[int, int | None], None]:
    """Pass on at most one progress in PROGRESS_S."""
    last = -PROGRESS_S

    def progress(done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PROGRESS_S or done == total:
            last = now
            send(done, total)

    return progress
