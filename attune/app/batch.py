"""Measuring many files: several at once, told in the order in which they were named."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from attune.app.measuring import Measurer
from attune.errors import AttuneError
from attune.media.folder import media_in

if TYPE_CHECKING:  # loads numpy, which commands that measure nothing do not need
    from attune.app.measured import Measured

AHEAD = 4  # files begun before their turn, for each process: one slow file then holds up nobody else


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and in place of each folder what it holds; one that holds none stays, to be told of."""
    for path in paths:
        yield from media_in(path) or [path] if path.is_dir() else [path]


def measure_all(
    measurer: Measurer, files: Sequence[Path], progress: Callable[[float], None]
) -> Generator[tuple[Path, Measured | AttuneError]]:
    """Yield each file with what was measured in it or the known error that kept it from being measured.

    ``progress`` hears, on other threads, how many files are done, with shares of those under way. Closing
    the generator cancels the rest.
    """
    shares = [0.0] * len(files)

    def hear(place: int, share: float) -> None:
        shares[place] = share
        progress(sum(shares))

    def begin(place: int) -> Future[Measured]:
        def advanced(done: int, frames: int | None) -> None:
            hear(place, min(1.0, done / frames) if frames else 0.0)

        return measurer.measure(files[place], progress=advanced)

    begun: deque[Future[Measured]] = deque()
    try:
        for place, file in enumerate(files):
            while len(begun) < AHEAD * measurer.processes and place + len(begun) < len(files):
                begun.append(begin(place + len(begun)))
            error = begun[0].exception()
            outcome = error if isinstance(error, AttuneError) else begun[0].result()
            begun.popleft()
            hear(place, 1.0)
            yield file, outcome
    finally:
        for waiting in begun:
            waiting.cancel()
