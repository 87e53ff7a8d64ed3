import os
from pathlib import Path

import pytest

from attune.files import UNFINISHED, remove_unfinished, replacing


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("before")
    with pytest.raises(UnicodeEncodeError), replacing(path) as fresh:
        fresh.write_text("half \ud800", "utf-8")
    assert path.read_text() == "before"
    with replacing(path) as fresh:
        fresh.write_text("after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_comes_whole_and_takes_no_others_place(tmp_path: Path) -> None:
    path = tmp_path / "mine"

    def write() -> None:
        with replacing(path) as fresh:
            fresh.mkdir()
            (fresh / "inside").write_text("x")
            assert not path.exists() or path.is_file() or any(path.iterdir())

    write()
    assert (path / "inside").read_text() == "x"
    with pytest.raises(OSError, match="mine"):
        write()
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_a_persons_own_is_left_alone(tmp_path: Path) -> None:
    """Whatever it is called: nothing of theirs begins as what is being written does."""
    for name in ("mine.txt.new", "mine.txt.part"):
        (tmp_path / name).write_text("theirs")
    with replacing(tmp_path / "mine.txt") as fresh:
        fresh.write_text("ours")
    assert (tmp_path / "mine.txt.new").read_text() == (tmp_path / "mine.txt.part").read_text() == "theirs"


def test_what_a_power_cut_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / f"{UNFINISHED}1"
    left.mkdir()
    (left / "half").write_text("x")
    (tmp_path / "whole").write_text("y")
    remove_unfinished(tmp_path, older_s=3600)
    assert left.is_dir()
    remove_unfinished(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["whole"]


def test_where_others_may_be_writing_only_what_is_old_is_removed(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / f"{UNFINISHED}{name}").mkdir()
    os.utime(tmp_path / f"{UNFINISHED}old", (1, 1))
    remove_unfinished(tmp_path, older_s=3600)
    assert [path.name for path in tmp_path.iterdir()] == [f"{UNFINISHED}new"]
