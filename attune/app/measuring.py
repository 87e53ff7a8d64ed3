"""The near end of the measuring process: futures in, futures out, and no trouble from there to here."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import PriorityQueue
from typing import TYPE_CHECKING, Any

from attune.app.measuring_messages import (
    Advanced,
    Cancel,
    Failed,
    Finished,
    Measure,
    Request,
    Stills,
    WarmUp,
)
from attune.errors import MeasuringError

if TYPE_CHECKING:  # a window that opens does not wait for numpy; the threads below load what they need
    import numpy as np
    from numpy.typing import NDArray

    from attune.app.measured import Measured, Progress
    from attune.app.track_cache import Kept
    from attune.perception.expression import ExpressionModel

PATIENCE_S = 3.0  # how long a closing process may take to finish the frame at hand
_FIRST, _STILLS, _MEASURE, _LAST = range(4)


@dataclass(order=True, slots=True)
class _Job:
    rank: int
    number: int
    make: Callable[[], Request] | None = field(compare=False, default=None)
    future: Future[Any] = field(compare=False, default_factory=Future)
    progress: Progress | None = field(compare=False, default=None)


class Measurer:
    """Measures files in one process of its own, which starts when first needed.

    ``model`` finds the model file, on a worker thread, whenever one is needed; what it raises fails that
    job. ``cache``: folder of measured tracks. Futures can be cancelled until they are done. Callbacks of
    futures and ``progress`` run on threads of the Measurer. If the process crashes, the job it was at fails
    with MeasuringError ``measuring.crashed`` and the next one starts a new process.
    """

    def __init__(self, model: Callable[[], Path], cache: Path) -> None:
        self._model = model
        self._cache = cache
        self._numbers = count(1)
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._open: dict[int, _Job] = {}
        self._lock = threading.Lock()
        self._closed = False
        self._process: _Process | None = None
        self._asked = 0  # number of the request the process is at, or was at last
        self._expressions: ExpressionModel | None = None
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="track reader")
        self._thread = threading.Thread(target=self._run, name="measurer", daemon=True)
        self._thread.start()

    def warm_up(self) -> None:
        """Start the process and load everything there; what goes wrong is told by the first measurement."""
        self._submit(_FIRST, lambda: WarmUp(self._model()))

    def measure(
        self, path: Path, *, content_hash: str | None = None, progress: Progress | None = None
    ) -> Future[Measured]:
        """Measure a file; with its sha256 given, from the cache or into it.

        Fails with MediaError, ModelError or MeasuringError.
        """

        def make() -> Request:
            return Measure(self._model(), path, self._cache, content_hash)

        if content_hash is None:
            return self._submit(_MEASURE, make, progress)
        job = self._admit(_Job(_MEASURE, next(self._numbers), make, progress=progress))
        self._reader.submit(self._read_or_queue, job, content_hash, path)
        return job.future

    def stills(self, path: Path, times_ns: Sequence[int]) -> Future[list[NDArray[np.uint8]]]:
        """Decode the frame shown at each time, (H, W, 3) RGB; goes before measurements.

        Fails with MediaError or MeasuringError.
        """
        return self._submit(_STILLS, lambda: Stills(path, tuple(times_ns)))

    def close(self) -> None:
        """Cancel what is not done, end the process and the threads, and wait for them."""
        with self._lock:
            self._closed = True
            waiting = list(self._open.values())
        for job in waiting:
            job.future.cancel()
        self._reader.shutdown()
        self._jobs.put(_Job(_LAST, next(self._numbers)))
        self._thread.join(PATIENCE_S)
        with self._lock:
            if self._thread.is_alive() and self._process is not None:
                self._process.kill()  # stuck in native code; its owner sees it end
        self._thread.join()

    def _submit(
        self, rank: int, make: Callable[[], Request], progress: Progress | None = None
    ) -> Future[Any]:
        job = self._admit(_Job(rank, next(self._numbers), make, progress=progress))
        self._jobs.put(job)
        return job.future

    def _admit(self, job: _Job) -> _Job:
        with self._lock:
            if self._closed:
                raise RuntimeError("the measurer is closed")
            self._open[job.number] = job
        job.future.add_done_callback(lambda future: self._settled(job.number, future))
        return job

    def _settled(self, number: int, future: Future[Any]) -> None:
        with self._lock:
            self._open.pop(number, None)
            process = self._process if number == self._asked else None
        if future.cancelled() and process is not None:
            process.send(Cancel(number))

    def _read_or_queue(self, job: _Job, content_hash: str, path: Path) -> None:
        from attune.app.track_cache import TrackCache  # noqa: PLC0415 - as above

        kept = None if job.future.cancelled() else TrackCache(self._cache).find(content_hash, path)
        if kept is None:
            self._jobs.put(job)
        else:
            _settle(job.future, lambda: self._interpret(kept))

    def _interpret(self, kept: Kept) -> Measured:
        from attune.app.measured import interpret  # noqa: PLC0415 - as above
        from attune.perception.expression import load_expression_model  # noqa: PLC0415

        if self._expressions is None:
            self._expressions = load_expression_model()
        return interpret(kept.info, kept.track, self._expressions, estimated=kept.estimated)

    def _run(self) -> None:
        while (job := self._jobs.get()).make is not None:
            _settle(job.future, partial(self._ask, job, job.make))
        self._end()

    def _ask(self, job: _Job, make: Callable[[], Request]) -> object:
        process = self._send(job.number, make())
        if job.future.cancelled():
            process.send(Cancel(job.number))  # it came before it was known whom to tell
        while True:
            match process.receive(job.number):
                case Advanced(done, total):
                    _tell(job, process, done, total)
                case Finished(value):
                    return value
                case Failed(error):
                    raise error if isinstance(error, Exception) else RuntimeError(error)
                case None:
                    raise MeasuringError("measuring.crashed", code=self._end())

    def _send(self, number: int, request: Request) -> _Process:
        """Hand a request to the process, to a new one if there is none or it died while idle."""
        process = self._process
        if process is None or not process.send((number, request)):
            self._end()
            process = _Process()
            process.send((number, request))
        with self._lock:
            self._process, self._asked = process, number
        return process

    def _end(self) -> int | None:
        """End the process, if there is one, and return its exit code."""
        with self._lock:
            process, self._process = self._process, None
        return None if process is None else process.end()


def _tell(job: _Job, process: _Process, done: int, total: int | None) -> None:
    if job.progress is None:
        return
    try:
        job.progress(done, total)
    except Exception:
        process.send(Cancel(job.number))  # nobody will hear the rest
        raise


def _settle(future: Future[Any], work: Callable[[], object]) -> None:
    """Do the work, unless nobody wants it any more, and let the future know how it went."""
    value, failure = None, None
    if not future.cancelled():
        try:
            value = work()
        except Exception as error:  # noqa: BLE001 - belongs to whoever waits for the future
            failure = error
    if not future.set_running_or_notify_cancel():
        return
    if failure is None:
        future.set_result(value)
    else:
        future.set_exception(failure)


def _serve(pipe: Connection) -> None:
    """Entry point of the process."""
    from attune.app.measuring_worker import serve  # noqa: PLC0415 - only that process loads it

    serve(pipe)


class _Process:
    """The process and its pipe. ``send`` and ``kill`` from any thread, the rest from the owner's."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy the window's threads and locks
        self._pipe, theirs = context.Pipe()
        self._sending = threading.Lock()
        self._process = context.Process(target=_serve, args=(theirs,), name="attune measuring", daemon=True)
        self._process.start()
        theirs.close()

    def send(self, message: object) -> bool:
        """Send, and say whether there was somebody to send to."""
        try:
            with self._sending:
                self._pipe.send(message)
        except OSError:
            return False
        return True

    def receive(self, number: int) -> object:
        """Wait for the next answer to this request; None once the process is gone."""
        while True:
            ready = wait([self._pipe, self._process.sentinel])
            if self._pipe not in ready:
                return None
            try:
                answered, answer = self._pipe.recv()
            except (EOFError, OSError):
                return None
            if answered == number:  # else the rest of a request whose listener failed
                return answer

    def kill(self) -> None:
        """End the process without asking it."""
        self._process.kill()

    def end(self) -> int | None:
        """Ask the process to end, make it end if it does not, and return its exit code."""
        self.send(None)
        self._process.join(PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._pipe.close()
        return self._process.exitcode
