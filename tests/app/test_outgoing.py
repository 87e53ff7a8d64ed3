"""Whatever is taken out, a program that is killed meanwhile leaves nothing of it in the open for long."""

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from attune.app import outgoing
from attune.app.outgoing import OUTGOING, going_out, take_back
from attune.app.profiles import FIRST, Profiles
from attune.app.services import make_services
from attune.files import UNFINISHED
from tests.app.locking import furnish as furnish_library
from tests.app.locking import set_folder
from tests.app.outgoing_writer import OUT, profile_of
from tests.app.partner.couples import furnish as furnish_couple
from tests.app.withdrawing import folders_of
from tests.killing import killed, writers

THEIRS = f"{UNFINISHED}notes"  # somebody's own, by whatever chance


def furnish(home: Path) -> Path:
    """A home with a set and a couple's films, and a place of somebody's own to write to."""
    furnish_library(home)
    furnish_couple(Profiles(folders_of(home).profiles).create(FIRST).folder)
    (home / OUT / THEIRS).mkdir(parents=True)
    (home / OUT / THEIRS / "diary.txt").write_text("theirs", "utf-8")
    return home / OUT


def half_written(folder: Path) -> list[Path]:
    return [path for path in folder.glob(f"{UNFINISHED}*") if path.name != THEIRS]


def notes(keeper: Path) -> list[Path]:
    return list((keeper / OUTGOING).glob("*"))


def taken_back() -> None:
    """Wait until what was begun to be taken away is gone."""
    for thread in threading.enumerate():
        if thread.name == "taking back":
            thread.join()


def keepers(home: Path) -> tuple[Path, Path]:
    return folders_of(home).library, profile_of(home)


@pytest.mark.parametrize(
    ("what", "left"),
    [("pack", "evenings.attune"), ("history", "history.json"), ("person", "recording-1.mkv")],
)
def test_what_a_killed_program_left_in_the_open_is_gone_with_the_next_start(
    tmp_path: Path, what: str, left: str
) -> None:
    home = tmp_path / what
    out = furnish(home)
    with writers("tests.app.outgoing_writer") as program:
        killed(program, home, lines=1, after_s=0.0)
    (place,) = half_written(out)
    assert any(path.name == left for path in place.rglob("*"))
    with closing(make_services(environment={"ATTUNE_HOME": str(home)})) as _services:
        taken_back()
    assert [path.name for path in out.iterdir()] == [THEIRS]
    assert (out / THEIRS / "diary.txt").read_text("utf-8") == "theirs"
    assert [note for keeper in keepers(home) for note in notes(keeper)] == []


def test_a_recording_that_was_about_to_be_kept_does_not_stay_in_the_open(tmp_path: Path) -> None:
    home = tmp_path / "keep"
    furnish(home)
    media = set_folder(home) / "media"
    before = sorted(media.iterdir())
    with writers("tests.app.outgoing_writer") as program:
        killed(program, home, lines=1, after_s=0.0)
    assert list(media.rglob("recorded-*.mkv"))
    with closing(make_services(environment={"ATTUNE_HOME": str(home)})) as _services:
        taken_back()
    assert sorted(media.iterdir()) == before


def test_the_next_thing_that_is_taken_out_takes_it_away_too(tmp_path: Path) -> None:
    home = tmp_path / "pack"
    out = furnish(home)
    with writers("tests.app.outgoing_writer") as program:
        killed(program, home, lines=1, after_s=0.0)
        assert half_written(out)
        with going_out(tmp_path / "other.txt", folders_of(home).library) as fresh:
            taken_back()
            assert half_written(out) == []
            fresh.write_text("whole", "utf-8")
    assert (tmp_path / "other.txt").read_text("utf-8") == "whole"


def test_what_is_being_written_just_now_stays(tmp_path: Path) -> None:
    target, keeper = tmp_path / "out.txt", tmp_path / "keeper"
    with going_out(target, keeper) as fresh:
        fresh.write_text("half", "utf-8")
        take_back(keeper).join()
        with going_out(tmp_path / "another.txt", keeper) as beside:
            beside.write_text("whole", "utf-8")
        fresh.write_text("whole", "utf-8")
    assert target.read_text("utf-8") == (tmp_path / "another.txt").read_text("utf-8") == "whole"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another.txt", "keeper", "out.txt"]
    assert notes(keeper) == []


def test_what_fails_leaves_neither_it_nor_its_note(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError), going_out(tmp_path / "out.txt", tmp_path / "keeper") as fresh:
        fresh.write_text("half \ud800", "utf-8")
    with pytest.raises(OSError, match="none"), going_out(tmp_path / "none" / "a.txt", tmp_path / "keeper"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["keeper"]
    assert notes(tmp_path / "keeper") == []


def noted(keeper: Path, place: Path) -> Path:
    """A note that nobody holds any more."""
    (keeper / OUTGOING).mkdir(parents=True, exist_ok=True)
    note = keeper / OUTGOING / "0123.lock"
    note.write_bytes(os.fsencode(place))
    return note


@pytest.mark.parametrize("name", ["notes", UNFINISHED, THEIRS, f"{UNFINISHED}0123456789abcde"])
def test_nothing_is_taken_away_that_is_not_called_as_ours_is(tmp_path: Path, name: str) -> None:
    theirs = tmp_path / "out" / name
    theirs.mkdir(parents=True)
    noted(tmp_path, theirs)
    take_back(tmp_path).join()
    assert theirs.is_dir()
    assert notes(tmp_path) == []


def test_a_link_in_its_place_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    link = tmp_path / f"{UNFINISHED}0123456789abcdef"
    link.symlink_to(tmp_path / "theirs")
    noted(tmp_path, link)
    take_back(tmp_path).join()
    assert link.is_symlink()
    assert (tmp_path / "theirs").is_dir()


def test_a_disk_that_is_not_there_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    place = tmp_path / "stick" / f"{UNFINISHED}0123456789abcdef"
    note = noted(tmp_path, place)
    take_back(tmp_path).join()
    assert note.is_file()
    place.mkdir(parents=True)
    (place / "film.mkv").write_bytes(b"half")
    take_back(tmp_path).join()
    assert list((tmp_path / "stick").iterdir()) == notes(tmp_path) == []
    note = noted(tmp_path, tmp_path / "gone" / place.name)
    os.utime(note, (1, 1))
    take_back(tmp_path).join()
    assert notes(tmp_path) == []


def test_a_note_that_was_never_written_goes_when_it_is_old(tmp_path: Path) -> None:
    note = noted(tmp_path, Path())
    note.write_bytes(b"")
    take_back(tmp_path).join()
    assert note.is_file()  # somebody may be about to
    os.utime(note, (1, 1))
    take_back(tmp_path).join()
    assert notes(tmp_path) == []


def test_what_cannot_be_deleted_keeps_its_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / f"{UNFINISHED}0123456789abcdef"
    place.mkdir()
    note = noted(tmp_path, place)

    def refuse(_path: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(outgoing.shutil, "rmtree", refuse)
        take_back(tmp_path).join()
    assert note.is_file()
    take_back(tmp_path).join()
    assert not place.exists()


@pytest.fixture
def stuck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Something half written, on a disk that does not answer until the test is over."""
    place, answers, remove = tmp_path / f"{UNFINISHED}0123456789abcdef", threading.Event(), shutil.rmtree
    place.mkdir()

    def wait(path: Path, **more: Any) -> None:
        if path == place:
            assert answers.wait(120)
        remove(path, **more)

    monkeypatch.setattr(outgoing.shutil, "rmtree", wait)
    yield place
    answers.set()


def test_a_disk_that_does_not_answer_keeps_nobody_waiting(tmp_path: Path, stuck: Path) -> None:
    home = tmp_path / "home"
    noted(folders_of(home).library, stuck)
    with closing(make_services(environment={"ATTUNE_HOME": str(home)})) as services:
        services.background.submit(int).result(20)
        with going_out(tmp_path / "out.txt", folders_of(home).library) as fresh:
            fresh.write_text("whole", "utf-8")
    assert (tmp_path / "out.txt").is_file()
    assert stuck.is_dir()


def test_what_is_theirs_can_be_taken_out_where_there_is_no_room_for_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(outgoing, "write_through", refuse)
    with going_out(tmp_path / "out.txt", tmp_path / "keeper") as fresh:
        fresh.write_text("whole", "utf-8")
    assert (tmp_path / "out.txt").read_text("utf-8") == "whole"
    assert notes(tmp_path / "keeper") == []


def test_a_note_that_cannot_go_spoils_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(missing_ok)

    with monkeypatch.context() as patch, going_out(tmp_path / "out.txt", tmp_path / "keeper") as fresh:
        fresh.write_text("whole", "utf-8")
        patch.setattr(Path, "unlink", refuse)
    assert (tmp_path / "out.txt").read_text("utf-8") == "whole"
    (note,) = notes(tmp_path / "keeper")
    assert note.read_bytes() == b""


def test_what_was_half_written_on_a_stick_that_was_pulled_out_goes_when_it_is_back(tmp_path: Path) -> None:
    stick, away, keeper = tmp_path / "stick", tmp_path / "away", tmp_path / "keeper"
    stick.mkdir()
    with pytest.raises(FileNotFoundError), going_out(stick / "out.txt", keeper) as fresh:
        (fresh.write_text("half", "utf-8"), stick.rename(away))
    assert half_written(away)
    take_back(keeper).join()
    away.rename(stick)
    take_back(keeper).join()
    assert list(stick.iterdir()) == notes(keeper) == []
