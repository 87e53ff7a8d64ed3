"""Imports clips and removes them again without end, with a package between; killed by its test.

The folder a line on stdin names holds ``brought`` and gets ``library``. Says 1 when a set is on the shelf,
2 when it was packed, 3 when it is off.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from attune.app.importing import Advance, Details, How, bring_in, suggested, survey
from attune.app.library import Library
from attune.app.packing import pack_set
from attune.resources import Words
from tests.killing import say, serve

WORDS = Words()


def ignore(_advance: Advance) -> None:
    pass


def never() -> bool:
    return False


def write(folder: Path) -> None:
    with ThreadPoolExecutor(1) as background:
        library = Library(background, folder / "library")
        sources = folder / "brought", folder / "mine.attune"
        for turn in count():
            source = sources[turn % 2]
            found = survey(source, How(), library=library, words=WORDS, progress=ignore, stopped=never)
            details = suggested(found) if turn % 2 else Details(name="Mine")
            brought = bring_in(found, details, library=library, progress=ignore, stopped=never)
            say(1)
            target = folder / "mine.attune"
            pack_set(brought.folder, target, library=library, progress=ignore, stopped=never)
            say(2)
            library.remove(brought.folder).result()
            say(3)


if __name__ == "__main__":
    serve(write)
