"""Measuring many files: several at once, told in the order in which they were named."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from attune.app.measuring import Measurer
from attune.errors import AttuneError, MeasuringError
from attune.media.folder import media_in

if TYPE_CHECKING:  # loads numpy, which commands that measure nothing do not need
    from attune.app.measured import Measured

T = TypeVar("T")

LONGEST_REPORT = 300  # letters of an error's end, which says most
AHEAD = 4  # files begun before their turn, for each process: one slow file then holds up nobody else


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and in place of each folder what it holds; one that holds none stays, to be told of."""
    for path in paths:
        yield from media_in(path) or [path] if path.is_dir() else [path]


def measure_all(
    measurer: Measurer,
    files: Sequence[Path],
    progress: Callable[[float], None],
    hashes: Mapping[Path, str] = MappingProxyType({}),
) -> Generator[tuple[Path, Measured | AttuneError]]:
    """Yield each file with what was measured in it or the error that kept it from being measured.

    ``progress`` hears, on other threads, how many files are done, with shares of those under way.
    ``hashes``: sha256 of files whose tracks are to be kept. An error of Attune's own ends one file, not the
    batch. Closing the generator cancels the rest.
    """
    shares = [0.0] * len(files)

    def hear(place: int, share: float) -> None:
        shares[place] = share
        progress(sum(shares))

    def begin(place: int) -> Future[Measured]:
        def advanced(done: int, frames: int | None) -> None:
            hear(place, min(1.0, done / frames) if frames else 0.0)

        known = hashes.get(files[place])
        return measurer.measure(files[place], progress=advanced, content_hash=known)

    begun: deque[Future[Measured]] = deque()
    try:
        for place, file in enumerate(files):
            while len(begun) < AHEAD * measurer.processes and place + len(begun) < len(files):
                begun.append(begin(place + len(begun)))
            outcome = outcome_of(begun[0], file)
            begun.popleft()
            hear(place, 1.0)
            yield file, outcome
    finally:
        for waiting in begun:
            waiting.cancel()


def outcome_of(future: Future[T], file: Path) -> T | AttuneError:
    """What came of one file: the result or an error, an unexpected one as MeasuringError.

    Raises CancelledError.
    """
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, AttuneError):
        return error
    report = " ".join(str(error).split())[-LONGEST_REPORT:]
    return MeasuringError("measuring.unexpected", path=str(file), report=report)
