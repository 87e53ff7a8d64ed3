"""Recording a clip: sealed under a key that is only in memory, until somebody says it is to be kept."""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from attune.affect.reading import Reading, Source, certain
from attune.app import consent
from attune.app.consent import Consent
from attune.app.cores import give_way
from attune.app.disk import writing_below
from attune.app.library import Channel, Clip, ClipSet, Library
from attune.app.outgoing import going_out
from attune.clips.clip_set import vocabulary_named
from attune.clips.folder import content_hash
from attune.clips.manifest import Manifest
from attune.clips.table import TABLE
from attune.clips.writing import manifest_text, replace_text, table_text
from attune.errors import AttuneError
from attune.sealing import KEY, SealedPath, SealedWriter, opened, sealed_path

if TYPE_CHECKING:  # the window does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

MOST_WAITING = 90  # pictures: three seconds of a disk that is busy
BEHIND = 15  # pictures waiting: half a second
FLUSH_NS = 300_000_000  # with what the film writes at a time, a crash costs less than a second
PATIENCE_S = 30.0  # with all of them as the program ends; some disk may take nothing any more
OLD_S = 24 * 3600.0  # what lies there longer is nobody's any more: its key is gone


class Camera(Protocol):
    """Something that gives pictures until it is stopped."""

    def start(self) -> None:
        """Begin; a camera starts once."""

    def stop(self) -> None:
        """End and wait for what was under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A film that was recorded, still sealed: how many pictures, how many there was no time for, how long.

    ``sound``: whether a microphone was on.
    """

    path: SealedPath
    pictures: int
    dropped: int
    lasts_s: float
    sound: bool = False

    def discard(self) -> None:
        """Delete it; without its key it was of no use to anybody anyhow."""
        self.path.unlink(missing_ok=True)


class Recording:
    """A film being recorded. Nothing here waits, on whichever thread.

    As the program ends it is written to its end, also where nobody came to stop it.
    """

    def __init__(self, place: Path, *, sound: bool = False) -> None:
        """``place``: the sealed path it gets, or a folder for a film of which only memory has the key."""
        self._path = place if isinstance(place, SealedPath) else _new_in(place)
        self._sound = sound
        self._waiting: SimpleQueue[tuple[NDArray[Any], int] | None] = SimpleQueue()
        self._dropped = 0
        self._ended = False  # stopped, and all before is taken out; on the recording's thread
        self._done: Future[Recorded] = Future()
        # Any other thread would be waited for before :meth:`_end` is called, without anybody to stop it.
        self._thread = Thread(target=self._run, name="recording", daemon=True)
        atexit.register(self._end)
        self._thread.start()

    @property
    def behind(self) -> bool:
        """Whether so much waits that whoever else needs the processor should leave it to the recording."""
        return self._waiting.qsize() > BEHIND

    def add(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        """Take a picture, (height, width, 3), with the time of any clock; never waits."""
        if not self._put(rgb, time_ns):
            self._dropped += 1

    def add_sound(self, samples: NDArray[np.int16], time_ns: int) -> None:
        """Take sound, (n,) at 48 kHz, with the time of the same clock; never waits."""
        self._put(samples, time_ns)

    def stop(self) -> Future[Recorded]:
        """End it after what was taken until now. Twice does no harm.

        The future fails with LibraryError where the disk does not take it, OSError as a bug.
        """
        self._waiting.put(None)
        return self._done

    def _end(self) -> None:
        self.stop()
        self._thread.join(max(0.0, _until_s() - time.monotonic()))

    def _put(self, what: NDArray[Any], time_ns: int) -> bool:
        if self._waiting.qsize() >= MOST_WAITING:
            return False
        self._waiting.put((what, time_ns))
        return True

    def _run(self) -> None:
        give_way()  # a picture measured late is seen; one written late is not
        try:
            with writing_below(self._path.parent):
                self._done.set_result(self._record())
        except Exception as error:  # noqa: BLE001 - handed on to whoever asks the future
            self._done.set_exception(error)
            while not self._ended:
                self._next()  # what comes still takes no memory
        atexit.unregister(self._end)

    def _next(self) -> tuple[NDArray[Any], int] | None:
        item = self._waiting.get()
        self._ended = item is None
        return item

    def _record(self) -> Recorded:
        from attune.media.film_writer import FilmWriter  # noqa: PLC0415 - PyAV, once something is recorded

        writer: FilmWriter | None = None
        pictures, begin_ns, last_ns, flushed_ns = 0, 0, 0, 0
        with SealedWriter(self._path, self._path.key) as sealed:
            while (item := self._next()) is not None:
                what, time_ns = item
                if what.ndim == 1:
                    if writer is not None and time_ns >= begin_ns:
                        writer.add_sound(what, time_ns - begin_ns)
                    continue
                if writer is None:
                    height, width = what.shape[:2]
                    writer = FilmWriter(sealed, width=width, height=height, sound=self._sound)
                    begin_ns = time_ns
                last_ns = time_ns - begin_ns
                writer.add(what, last_ns)
                pictures += 1
                if last_ns - flushed_ns >= FLUSH_NS:
                    sealed.flush()
                    flushed_ns = last_ns
            if writer is not None:
                writer.close()
        return Recorded(
            path=self._path,
            pictures=pictures,
            dropped=self._dropped,
            lasts_s=last_ns / 1e9,
            sound=self._sound,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Puts what was recorded into clip sets. Futures fail with LibraryError or ClipSetError."""

    library: Library
    background: Executor

    def keep(self, recorded: Recorded, agreed: Consent, clip_set: ClipSet, emotion: str) -> Future[Path]:
        """Add the film to a set, with the consent of who is in it; the set's folder.

        ``emotion``: what they meant to show, "" where nobody said. The consent is there before the film is.
        """

        def work() -> Path:
            folder = clip_set.folder
            consent.keep(folder, agreed)
            with writing_below(folder):
                clip = _kept(recorded, folder, agreed.person, emotion, keeper=self.library.shelf.folder)
                now = self.library.read(folder)
                names = vocabulary_named(now.vocabulary).names
                replace_text(folder / TABLE, table_text((*now.clips, clip), names, folder=folder))
            recorded.discard()
            return folder

        return self.background.submit(work)

    def keep_as_new(self, recorded: Recorded, agreed: Consent, name: str, emotion: str) -> Future[Path]:
        """Make a set of this one film; its folder."""

        def work() -> Path:
            with self.library.coming() as coming:
                manifest = Manifest(name=name, consent=(agreed,))
                replace_text(coming / "set.toml", manifest_text(manifest))
                clip = _kept(recorded, coming, agreed.person, emotion, keeper=self.library.shelf.folder)
                names = vocabulary_named(manifest.vocabulary).names
                replace_text(coming / TABLE, table_text((clip,), names, folder=coming))
                folder = self.library.shelf.place(coming, name)
            recorded.discard()
            return folder

        return self.background.submit(work)


def film_camera(
    path: Path,
    on_picture: Callable[[NDArray[np.uint8], int], None],
    on_trouble: Callable[[AttuneError], None],
) -> Camera:
    """A film that behaves like a camera, over and over; both are called on a thread of its own.

    Raises MediaError where it cannot be opened.
    """
    from attune.media.open import open_media  # noqa: PLC0415 - OpenCV
    from attune.media.virtual_camera import VirtualCamera  # noqa: PLC0415 - as above

    def ended(problem: Exception | None) -> None:
        if isinstance(problem, AttuneError):
            on_trouble(problem)

    return VirtualCamera(
        open_media(path), lambda frame: on_picture(frame.rgb, frame.time_ns), loop=True, on_end=ended
    )


def _kept(recorded: Recorded, folder: Path, person: str, emotion: str, *, keeper: Path) -> Clip:
    """The film as a file of the set, from now on in the open; told as a clip of it."""
    from attune.media.film_writer import finish_film  # noqa: PLC0415 - as above

    begun = datetime.now().astimezone()
    name = f"media/recorded-{begun:%Y%m%d-%H%M%S}-{uuid4().hex[:4]}.mkv"
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with going_out(file, keeper) as fresh, opened(recorded.path) as source:
        finish_film(source, fresh)
    said: tuple[Reading, ...] = (certain(Source.INTENDED, emotion),) if emotion else ()
    return Clip(
        file=file,
        name=name,
        content_hash=content_hash(file),
        person=person,
        channel=Channel.PICTURE_AND_SOUND if recorded.sound else Channel.PICTURE,
        onset_s=None,
        apex_s=None,
        offset_s=None,
        references=said,
        truth=None,
        note="",
    )


@cache
def _until_s() -> float:
    """How long recordings are waited for, from when the first of them is."""
    return time.monotonic() + PATIENCE_S


def _new_in(folder: Path) -> SealedPath:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_old(folder)
    return sealed_path(folder / f"{uuid4().hex}.sealed", os.urandom(KEY))


def _remove_old(folder: Path) -> None:
    """What a crash left: nobody can read it any more."""
    for path in folder.glob("*.sealed"):
        with suppress(OSError):  # another window's, or gone meanwhile
            if time.time() - path.stat().st_mtime > OLD_S:
                path.unlink()


__all__ = ["Camera", "Keeping", "Recorded", "Recording", "film_camera"]
