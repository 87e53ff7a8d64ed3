"""The doors: open any file as frames, pick single frames, decode ahead."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Semaphore, Thread
from typing import TypeVar

from attune.errors import MediaError
from attune.media.frames import Frame, FrameSource
from attune.media.pictures import PictureSource, SequenceSource
from attune.media.signature import HEAD, Container, recognise
from attune.media.video import VideoSource
from attune.sealing import opened

T = TypeVar("T")


def open_media(path: Path) -> FrameSource:
    """Open a video or a picture.

    Raises MediaError: missing, is_folder, empty, not_media, no_frames (sound only, too), phone_picture,
    truncated, too_large, too_heavy, av1, unreadable. Never waits on a pipe or device, and never opens any
    other file than this.
    """
    match container := _container(path):
        case Container.PICTURE:
            return PictureSource(path)
        case Container.UNKNOWN:
            raise MediaError("media.not_media", path=str(path))
        case Container.SOUND:
            raise MediaError("media.no_frames", path=str(path))
        case Container.PHONE_PICTURE:
            raise MediaError("media.phone_picture", path=str(path))
        case _:
            try:
                return VideoSource(path, container)
            except OSError as error:
                raise MediaError("media.unreadable", path=str(path)) from error


def open_sequence(paths: Sequence[Path], frame_rate: float) -> FrameSource:
    """Open pictures as one film, in the order given. Raises MediaError as :func:`open_media` does."""
    return SequenceSource(paths, frame_rate)


def frames_at(path: Path, times_ns: Sequence[int]) -> list[Frame]:
    """Return, for each time, the frame that is shown then: the last with ``time_ns`` ≤ t, or the first.

    Decodes from the start up to the latest time asked for. Raises MediaError as :func:`open_media` does.
    """
    with open_media(path) as source:
        return frames_shown(source.frames(), times_ns)


def frames_shown(frames: Iterator[Frame], times_ns: Sequence[int]) -> list[Frame]:
    """Pick from a pass over a source; see :func:`frames_at`."""
    shown: dict[int, Frame] = {}
    waiting = sorted(set(times_ns), reverse=True)
    current: Frame | None = None
    while waiting and (following := next(frames, None)) is not None:
        while waiting and waiting[-1] < following.time_ns:
            time_ns = waiting.pop()
            shown[time_ns] = current or following
        if waiting and waiting[-1] == following.time_ns:  # no need to see the next one
            shown[waiting.pop()] = following
        current = following
    if current is not None:
        shown |= dict.fromkeys(waiting, current)
    return [shown[time_ns] for time_ns in times_ns]


def ahead(things: Iterator[T], depth: int = 4) -> Generator[T]:
    """Yield the same things, frames that are decoded or what comes of them, made on a thread of their own.

    It is up to ``depth`` of them ahead. An error is raised here, after what came before it. The thread starts
    with the first thing asked for and has ended when this generator is exhausted or closed.
    """
    room = Semaphore(depth)
    ready: SimpleQueue[tuple[T] | Exception | None] = SimpleQueue()
    stopped = Event()

    def make() -> None:
        try:
            for thing in things:
                room.acquire()
                if stopped.is_set():
                    return
                ready.put((thing,))
        except Exception as error:  # noqa: BLE001 - raised again where the things are used
            ready.put(error)
        else:
            ready.put(None)

    thread = Thread(target=make, name="ahead")
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, Exception):
                raise item
            room.release()
            yield item[0]
    finally:
        stopped.set()
        room.release()
        thread.join()


def _container(path: Path) -> Container:
    """Look at the file's first bytes. Raises MediaError: missing, is_folder, empty, not_media, unreadable."""
    try:
        if path.is_dir():
            raise MediaError("media.is_folder", path=str(path))
        if not path.exists():
            raise MediaError("media.missing", path=str(path))
        if not path.is_file():  # a pipe or device would wait
            raise MediaError("media.not_media", path=str(path))
        with opened(path) as file:
            head = file.read(HEAD)
    except OSError as error:
        raise MediaError("media.unreadable", path=str(path)) from error
    if not head:
        raise MediaError("media.empty", path=str(path))
    return recognise(head)
