import errno
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attune.app.disk import writing_below
from attune.app.library import Library, is_starter
from attune.errors import ClipSetError, LibraryError
from attune.resources import Words

TABLE = "file,emotion,person\nmedia/one.mp4,fear,anna\nmedia/two.mp4,anger,ben\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with ThreadPoolExecutor(1) as background:
        yield Library(background, tmp_path / "library")


def put(library: Library, name: str, table: str = TABLE) -> Path:
    folder = library.shelf.folder / "sets" / name
    (folder / "media").mkdir(parents=True)
    for clip in ("one", "two"):
        (folder / "media" / f"{clip}.mp4").write_bytes(clip.encode())
    (folder / "set.toml").write_text(f'name = "The {name}"\nlicence = "ours"\n', "utf-8")
    (folder / "clips.csv").write_text(table, "utf-8")
    return folder


def test_the_shelf_shows_our_own_set_first_and_damaged_ones_with_why(library: Library) -> None:
    put(library, "zebra")
    broken = put(library, "apple", "file,emotion\nmedia/none.mp4,fear\n")
    starter, apple, zebra = library.sets().result(20)
    assert is_starter(library.load(starter.folder).result(20))
    assert starter.clips > 0
    assert (apple.folder, apple.clips) == (broken, 0)
    assert apple.problem is not None
    assert "none.mp4" in Words().error(apple.problem)
    assert (zebra.name, zebra.clips, zebra.people, zebra.licence) == ("The zebra", 2, 2, "ours")
    assert zebra.problem is None
    assert not zebra.locked


def test_a_set_is_read_again_only_when_it_has_changed(library: Library) -> None:
    folder = put(library, "mine")
    first = library.load(folder).result(20)
    assert library.load(folder).result(20) is first
    (folder / "clips.csv").write_text(TABLE + "media/two.mp4,joy,ben\n", "utf-8")
    with pytest.raises(ClipSetError):
        library.load(folder).result(20)
    (folder / "clips.csv").write_text("file,emotion\nmedia/one.mp4,fear\n", "utf-8")
    assert len(library.load(folder).result(20).clips) == 1


def test_a_set_that_was_removed_is_gone_and_twice_does_no_harm(library: Library) -> None:
    folder = put(library, "mine")
    library.remove(folder).result(20)
    library.remove(folder).result(20)
    assert not folder.exists()
    assert len(library.sets().result(20)) == 1


def test_what_does_not_stand_on_the_shelf_is_not_removed(library: Library, tmp_path: Path) -> None:
    elsewhere = put(library, "mine")
    elsewhere = Path(shutil.move(elsewhere, tmp_path / "elsewhere"))
    library.remove(elsewhere).result(20)
    assert (elsewhere / "set.toml").is_file()


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "library.full"),
        (errno.EACCES, "library.not_writable"),
        (errno.EIO, "library.disk"),
    ],
)
def test_what_the_disk_refuses_is_said_in_a_sentence(tmp_path: Path, number: int, key: str) -> None:
    with pytest.raises(LibraryError) as caught, writing_below(tmp_path):
        raise OSError(number, "refused")
    assert caught.value.key == key
    assert str(tmp_path) in Words().error(caught.value)
