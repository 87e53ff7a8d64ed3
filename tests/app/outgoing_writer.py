"""Takes something out of a home, and stops in the middle of it for its test to kill it; see test_outgoing.py.

The folder a line on stdin names is called after what is taken out, and holds a home. Says 1 once some of it
is written.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import numpy as np

from attune.app.export import Way, take_along
from attune.app.importing import Advance, Step
from attune.app.library import Library
from attune.app.packing import pack_set
from attune.app.partner import about
from attune.app.recording import Keeping, Recording
from attune.media import film_writer
from attune.resources import Words
from attune.sealing import SealedPath
from attune.storage.database import open_database
from attune.storage.store import Store
from tests.app.filmed import agreed
from tests.app.locking import set_folder
from tests.app.partner.couples import NAME, opened
from tests.app.withdrawing import folders_of
from tests.killing import say, serve

OUT = "out"


class Halting(Words):
    """Words that never come, so that nothing after them is written."""

    def __call__(self, *_key: object, **_fields: object) -> str:  # type: ignore[override]
        halt()
        return ""


def halt() -> None:
    say(1)
    threading.Event().wait()


def profile_of(home: Path) -> Path:
    """The folder of the only one there is."""
    (folder,) = folders_of(home).profiles.iterdir()
    return folder


def pack(home: Path) -> None:
    def tell(advance: Advance) -> None:
        if advance.step is Step.PACKING:
            halt()

    with ThreadPoolExecutor(1) as background:
        library = Library(background, folders_of(home).library)
        target = home / OUT / "evenings.attune"
        pack_set(set_folder(home), target, library=library, progress=tell, stopped=lambda: False)


def history(home: Path) -> None:
    with closing(Store(open_database(profile_of(home) / NAME))) as store:
        take_along(store, home / OUT / "history.json", Way.JSON, Halting())


def person(home: Path) -> None:
    def wrote(film: SealedPath, target: Path) -> bool:
        about.write_plain(film, target)
        halt()
        return True

    about._wrote = wrote
    with opened(profile_of(home)) as couple:
        (ana, *_) = couple.people().result()
        couple.export_about(ana.id, home / OUT / "Ana").result()


def keep(home: Path) -> None:
    """A recording, sealed until now, becomes a clip of a set."""
    finish = film_writer.finish_film

    def finished(source: BinaryIO, into: Path) -> float:
        finish(source, into)
        halt()
        return 0.0

    film_writer.finish_film = finished  # type: ignore[assignment]
    running = Recording(folders_of(home).recordings)
    for number in range(30):
        running.add(np.full((48, 64, 3), 50 + number, np.uint8), number * 33_333_333)
    recorded = running.stop().result()
    with ThreadPoolExecutor(1) as background:
        library = Library(background, folders_of(home).library)
        keeping = Keeping(library=library, background=background)
        keeping.keep(recorded, agreed("Ben"), library.read(set_folder(home)), "fear").result()


def write(home: Path) -> None:
    {"pack": pack, "history": history, "person": person, "keep": keep}[home.name](home)


if __name__ == "__main__":
    serve(write)
