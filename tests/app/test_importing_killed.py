"""However an import, a packing or a removal ends, the library has the whole set or none of it."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attune.app.library import Library, is_starter
from attune.app.outgoing import take_back
from attune.clips.package import entries
from attune.files import UNFINISHED
from tests.killing import in_words, killed, writers

CLIPS = 12


def make_brought(folder: Path) -> None:
    folder.mkdir()
    for number in range(CLIPS):
        name = f"{1001 + number}_DFA_ANG_XX.mp4"
        (folder / name).write_bytes(random.Random(number).randbytes(60_000))


def kill_and_look(tmp_path: Path, times: int) -> Counter[str]:
    """How often it was killed with a set on the shelf, with none, with something on its way."""
    chance, seen = random.Random(times), Counter[str]()
    make_brought(tmp_path / "brought")
    with writers("tests.app.importing_writer") as program:
        for _ in range(times):
            killed(program, tmp_path, lines=chance.randrange(4), after_s=chance.uniform(0.0, 0.06))
            seen += look(tmp_path)
    return seen


def look(folder: Path) -> Counter[str]:
    """Open the library as the next start would."""
    seen = Counter[str]()
    with ThreadPoolExecutor(1) as background:
        library = Library(background, folder / "library")
        seen["on its way"] += any(
            any(place.iterdir())
            for name in ("coming", "leaving")
            if (place := folder / "library" / name).is_dir()
        )
        library.tidy()
        take_back(folder / "library").join()
        assert not list(folder.glob(f"{UNFINISHED}*"))
        for shelved in library.sets().result():
            assert shelved.problem is None
            found = library.read(shelved.folder)
            if not is_starter(found):
                assert len(found.clips) == CLIPS
                for clip in found.clips:
                    clip.verify()
                seen["set"] += 1
                library.remove(shelved.folder).result()
        seen["none"] += not seen["set"]
        assert seen["set"] <= 1
        assert not list((folder / "library").rglob("*.mp4"))
    if (package := folder / "mine.attune").exists():
        assert len(entries(package)) == CLIPS + 2
        package.unlink()
    return seen


def test_a_few_kills_leave_a_whole_set_or_none(tmp_path: Path) -> None:
    assert kill_and_look(tmp_path, 8)["on its way"] > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_kills_leave_a_whole_set_or_none(tmp_path: Path, tell: Callable[[str], None]) -> None:
    seen = kill_and_look(tmp_path, 200)
    tell(f"{'kill -9, bringing in':<32} {in_words(seen)}")
    assert min(seen["set"], seen["none"], seen["on its way"]) > 20
