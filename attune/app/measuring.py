"""Measuring beside the window: futures in, futures out, and no trouble from there to here."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attune.app.measuring_jobs import Job, Jobs, Rank
from attune.app.measuring_messages import CopiedFrom, Look, Measure, Request, Stills, Trim, WarmUp
from attune.app.measuring_process import PATIENCE_S, Outcome, Worker
from attune.errors import ModelError
from attune.sealing import SealedPath

if TYPE_CHECKING:  # a window that opens does not wait for numpy; the threads below load what they need
    import numpy as np
    from numpy.typing import NDArray

    from attune.app.measured import Measured, Progress
    from attune.app.track_cache import Kept
    from attune.media.trim import Trimmed
    from attune.perception.expression import ExpressionModel


class Measurer:
    """Measures files in processes of their own, up to ``processes``, each started when first needed.

    ``model`` finds the model file, on a worker thread, whenever one is needed; what it raises fails that
    job. ``cache``: folder of measured tracks. Futures can be cancelled until they are done. Callbacks of
    futures and ``progress`` run on threads of the Measurer. If a process crashes, the file it was at fails
    with MeasuringError ``measuring.crashed``, and a new one takes its place; a file that crashed twice
    fails with ``measuring.gave_up``.
    """

    def __init__(self, model: Callable[[], Path], cache: Path, *, processes: int = 1) -> None:
        self.processes = processes
        self._model = model
        self._cache = cache
        self._workers: list[Worker] = []
        self._jobs = Jobs(processes, self._hire)
        self._expressions: ExpressionModel | None = None
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="track reader")

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes that run now."""
        return tuple(pid for worker in self._workers if (pid := worker.pid) is not None)

    def warm_up(self) -> None:
        """Start a process and load everything there; what goes wrong is told by the first measurement."""
        self._jobs.put(self._jobs.admit(Rank.WARM_UP, None, lambda: WarmUp(self._model())))

    def measure(
        self,
        path: Path,
        *,
        content_hash: str | None = None,
        progress: Progress | None = None,
        bulk: bool = False,
    ) -> Future[Measured]:
        """Measure a file; with its sha256 given, from the cache or into it, unless it is locked.

        ``bulk``: after everything that somebody waits for. Fails with MediaError, ModelError or
        MeasuringError.
        """
        if isinstance(path, SealedPath):  # what its faces do is not to lie about in the open
            content_hash = None

        def make() -> Request:
            return Measure(self._model(), path, self._cache, content_hash)

        job = self._jobs.admit(Rank.BULK if bulk else Rank.WANTED, path, make, progress)
        if content_hash is None:
            self._jobs.put(job)
        else:
            self._reader.submit(self._read_or_put, job, content_hash, path)
        return job.future

    def stills(self, path: Path, times_ns: Sequence[int]) -> Future[list[NDArray[np.uint8]]]:
        """Decode the frame shown at each time, (H, W, 3) RGB; goes before measurements.

        Fails with MediaError or MeasuringError.
        """
        return self._wanted(path, Stills(path, tuple(times_ns)))

    def copied_from(self, path: Path, time_ns: int) -> Future[int]:
        """The latest time up to this one at which a film can be cut as it is. Fails as :meth:`trim`."""
        return self._wanted(path, CopiedFrom(path, time_ns))

    def trim(self, path: Path, into: Path, start_ns: int, end_ns: int, *, exact: bool) -> Future[Trimmed]:
        """Write a part of a film into another file, see :func:`attune.media.trim.trim`.

        Fails with MediaError or MeasuringError.
        """
        return self._wanted(path, Trim(path, into, start_ns, end_ns, exact))

    def _wanted(self, path: Path, request: Request) -> Future[Any]:
        job = self._jobs.admit(Rank.STILLS, path, lambda: request)
        self._jobs.put(job)
        return job.future

    def look(self, path: Path) -> Future[bool | None]:
        """Whether a file can be decoded and has a face at its beginning, None where there is no face model.

        After everything that somebody waits for. Fails with MediaError or MeasuringError.
        """
        job = self._jobs.admit(Rank.BULK, path, lambda: Look(path, self._model_if_any()))
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Cancel what is not done, end the processes and the threads, and wait for them: under a second."""
        self._jobs.close()
        self._reader.shutdown()
        until = time.monotonic() + PATIENCE_S
        for worker in self._workers:
            worker.thread.join(max(0.0, until - time.monotonic()))
        for worker in self._workers:
            worker.kill()  # stuck in native code, or still loading it; its thread sees it end
        for worker in self._workers:
            worker.thread.join()

    def _model_if_any(self) -> Path | None:
        try:
            return self._model()
        except ModelError:
            return None

    def _hire(self) -> None:
        self._workers = [
            *(worker for worker in self._workers if worker.thread.is_alive()),
            Worker(self._jobs),
        ]

    def _read_or_put(self, job: Job, content_hash: str, path: Path) -> None:
        from attune.app.track_cache import TrackCache  # noqa: PLC0415 - as above

        kept = None if job.future.cancelled() else TrackCache(self._cache).find(content_hash, path)
        if kept is None:
            self._jobs.put(job)
        else:
            Outcome.of(lambda: self._interpret(kept)).settle(job.future)

    def _interpret(self, kept: Kept) -> Measured:
        from attune.app.measured import interpret  # noqa: PLC0415 - as above
        from attune.perception.expression import load_expression_model  # noqa: PLC0415

        if self._expressions is None:
            self._expressions = load_expression_model()
        return interpret(kept.info, kept.track, self._expressions, estimated=kept.estimated)
