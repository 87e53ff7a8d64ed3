"""A measuring process seen from the near end of its pipe, and the thread that talks to it."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from attune.app.measuring_jobs import Job, Jobs
from attune.app.measuring_messages import Advanced, Cancel, Failed, Finished, Request
from attune.errors import MeasuringError

PATIENCE_S = 0.5  # how long a process may take to end once asked; it holds nothing that could be lost


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job."""

    value: object = None
    failure: Exception | None = None

    @classmethod
    def of(cls, work: Callable[[], object]) -> Outcome:
        """Do the work."""
        try:
            return cls(work())
        except Exception as error:  # noqa: BLE001 - belongs to whoever waits for the future
            return cls(failure=error)

    def settle(self, future: Future[Any]) -> None:
        """Tell the future, unless nobody wants to know any more."""
        if not future.set_running_or_notify_cancel():
            return
        if self.failure is None:
            future.set_result(self.value)
        else:
            future.set_exception(self.failure)


class Worker:
    """A thread that does jobs in a process of its own, which starts with the first one."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._lock = threading.Lock()
        self._killed = False
        self._process: MeasuringProcess | None = None
        self.thread = threading.Thread(target=self._run, name="measurer", daemon=True)
        self.thread.start()

    @property
    def pid(self) -> int | None:
        """The process's number, if there is one."""
        with self._lock:
            return self._process.pid if self._process else None

    def give_up(self, number: int) -> None:
        """Tell the process, if there is one, that a job is not wanted any more; from any thread."""
        with self._lock:
            process = self._process
        if process is not None:
            process.send(Cancel(number))

    def kill(self) -> None:
        """End the process without asking, and any that is just starting; from any thread."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def _run(self) -> None:
        while (job := self._jobs.take(self.give_up)) is not None:
            outcome = Outcome() if job.future.cancelled() else Outcome.of(partial(self._ask, job))
            # Free before the answer is out: who then asks again at once finds this process, which is warm.
            self._jobs.done(job)
            outcome.settle(job.future)
        self._end()

    def _ask(self, job: Job) -> object:
        if job.path is not None:
            self._jobs.refuse_crashing(job.path)
        process = self._send(job.number, job.make())
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
                    raise self._crashed(job)

    def _crashed(self, job: Job) -> MeasuringError:
        code = self._end()
        if job.path is not None and not job.future.cancelled():
            self._jobs.note_crash(job.path)
        return MeasuringError("measuring.crashed", path=str(job.path or ""), code=code)

    def _send(self, number: int, request: Request) -> MeasuringProcess:
        """Hand a request to the process, to a new one if there is none or it died while idle."""
        process = self._process
        if process is None or not process.send((number, request)):
            self._end()
            process = MeasuringProcess()
            process.send((number, request))
            with self._lock:
                self._process = process
                if self._killed:
                    process.kill()
        return process

    def _end(self) -> int | None:
        """End the process, if there is one, and return its exit code."""
        code = None if self._process is None else self._process.end()
        with self._lock:
            self._process = None
        return code


def _tell(job: Job, process: MeasuringProcess, done: int, total: int | None) -> None:
    if job.progress is None:
        return
    try:
        job.progress(done, total)
    except Exception:
        process.send(Cancel(job.number))  # nobody will hear the rest
        raise


def _serve(pipe: Connection) -> None:
    """Entry point of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process; the parent decides
    from attune.app.measuring_worker import serve  # noqa: PLC0415 - only that process loads it

    serve(pipe)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process begun by this thread within does not hear Ctrl+C, which it would tell of while it loads."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # else begun within, and the thread would hear again after it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class MeasuringProcess:
    """The process and its pipe. ``send`` and ``kill`` from any thread, the rest from the owner's."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy the window's threads and locks
        self._pipe, theirs = context.Pipe()
        self._sending = threading.Lock()
        self._process = context.Process(target=_serve, args=(theirs,), name="attune measuring", daemon=True)
        with _deaf_to_ctrl_c():
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The system's number for it."""
        return self._process.pid

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
        with self._sending:  # whoever gives up a job now must not write where this pipe was
            self._pipe.close()
        return self._process.exitcode
