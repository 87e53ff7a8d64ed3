"""A home with a set to lock."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from attune.app.library import Library
from attune.app.locking import Locking
from tests.app.filmed import agreed, film_hash, filmed_set
from tests.app.withdrawing import folders_of

SECRET = "a quiet blue lamp"
CHEAP = {"n": 16, "r": 8, "p": 1}


def set_folder(home: Path) -> Path:
    return folders_of(home).library / "sets" / "evenings"


def furnish(home: Path) -> Path:
    folders = folders_of(home)
    folder = filmed_set(set_folder(home), {"Annabella": 3, "Benedict": 1}, consent=(agreed("Annabella"),))
    (folder / "read me.txt").write_text("Annabella's own words", "utf-8")  # no part of the set, but theirs
    for cache, ending in ((folders.tracks, "-models.npz"), (folders.thumbnails, "-120.jpg")):
        cache.mkdir(parents=True)
        (cache / f"{film_hash('Annabella', 0)}{ending}").write_bytes(b"made of Annabella")
    return folder


@contextmanager
def opened(home: Path) -> Iterator[Locking]:
    folders = folders_of(home)
    with ThreadPoolExecutor(1) as background:
        yield Locking(folders=folders, library=Library(background, folders.library), background=background)
