"""Whatever is taken out, a program that is killed meanwhile leaves nothing of it in the open for long."""

import os
from contextlib import closing
from pathlib import Path

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
    with closing(make_services(environment={"ATTUNE_HOME": str(home)})) as services:
        services.background.submit(int).result()
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
    with closing(make_services(environment={"ATTUNE_HOME": str(home)})) as services:
        services.background.submit(int).result()
    assert sorted(media.iterdir()) == before


def test_the_next_thing_that_is_taken_out_takes_it_away_too(tmp_path: Path) -> None:
    home = tmp_path / "pack"
    out = furnish(home)
    with writers("tests.app.outgoing_writer") as program:
        killed(program, home, lines=1, after_s=0.0)
        assert half_written(out)
        with going_out(tmp_path / "other.txt", folders_of(home).library) as fresh:
            assert half_written(out) == []
            fresh.write_text("whole", "utf-8")
    assert (tmp_path / "other.txt").read_text("utf-8") == "whole"


def test_what_is_being_written_just_now_stays(tmp_path: Path) -> None:
    target, keeper = tmp_path / "out.txt", tmp_path / "keeper"
    with going_out(target, keeper) as fresh:
        fresh.write_text("half", "utf-8")
        take_back(keeper)
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
    take_back(tmp_path)
    assert theirs.is_dir()
    assert notes(tmp_path) == []


def test_a_link_in_its_place_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    link = tmp_path / f"{UNFINISHED}0123456789abcdef"
    link.symlink_to(tmp_path / "theirs")
    noted(tmp_path, link)
    take_back(tmp_path)
    assert link.is_symlink()
    assert (tmp_path / "theirs").is_dir()


def test_a_disk_that_is_not_there_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    place = tmp_path / "stick" / f"{UNFINISHED}0123456789abcdef"
    note = noted(tmp_path, place)
    take_back(tmp_path)
    assert note.is_file()
    place.mkdir(parents=True)
    (place / "film.mkv").write_bytes(b"half")
    take_back(tmp_path)
    assert list((tmp_path / "stick").iterdir()) == notes(tmp_path) == []
    note = noted(tmp_path, tmp_path / "gone" / place.name)
    os.utime(note, (1, 1))
    take_back(tmp_path)
    assert notes(tmp_path) == []


def test_a_note_that_was_never_written_goes_when_it_is_old(tmp_path: Path) -> None:
    note = noted(tmp_path, Path())
    note.write_bytes(b"")
    take_back(tmp_path)
    assert note.is_file()  # somebody may be about to
    os.utime(note, (1, 1))
    take_back(tmp_path)
    assert notes(tmp_path) == []


def test_what_cannot_be_deleted_keeps_its_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / f"{UNFINISHED}0123456789abcdef"
    place.mkdir()
    note = noted(tmp_path, place)

    def refuse(_path: Path) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(outgoing.shutil, "rmtree", refuse)
        take_back(tmp_path)
    assert note.is_file()
    take_back(tmp_path)
    assert not place.exists()
