"""However a save ends, the set is the old or the new one, and every clip it names is there."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from attune.clips.clip_set import load_clip_set
from attune.clips.folder import content_hash
from tests.app.editing import make_set
from tests.killing import killed, writers

CLIPS = 120


def kill_and_look(tmp_path: Path, times: int) -> tuple[int, int]:
    """How often it was killed, and how often in the middle of a save or just after one."""
    made, chance, saved = make_set(tmp_path / "made", CLIPS), random.Random(times), 0
    with writers("tests.app.editing_writer") as program:
        for turn in range(times):
            folder = tmp_path / str(turn)
            shutil.copytree(made, folder)
            lines = chance.randrange(0, 4)
            done = len(killed(program, folder, lines=lines, after_s=chance.uniform(0.0, 0.02)))
            number = look(folder)
            assert number in (done, done + 1)  # the last may be kept without its word being heard
            saved += number > 0
            shutil.rmtree(folder)
    return times, saved


def look(folder: Path) -> int:
    """Read the set; the number of the save it is from."""
    clips = load_clip_set(folder).clips
    (note,) = {clip.note for clip in clips}
    number = int(note or 0)
    assert len(clips) == max(1, CLIPS - number)
    assert all(content_hash(clip.file) == clip.content_hash for clip in clips)
    return number


def test_a_few_kills_leave_the_old_or_the_new_set(tmp_path: Path) -> None:
    killed, saved = kill_and_look(tmp_path, 10)
    assert saved > killed / 3


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_hundred_kills_leave_the_old_or_the_new_set(tmp_path: Path, tell: Callable[[str], None]) -> None:
    killed, saved = kill_and_look(tmp_path, 200)
    tell(f"{'kill -9, saving a set':<32} killed {killed}, after a save was begun {saved}")
    assert saved > killed / 3
