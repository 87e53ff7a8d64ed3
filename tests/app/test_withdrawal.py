"""Somebody withdraws: nothing of theirs is left anywhere, the list says what went, whatever happens."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from attune.app.withdrawal import Kind, Withdrawal
from attune.clips.clip_set import load_clip_set
from attune.errors import LibraryError
from attune.files import UNFINISHED
from tests.app.withdrawing import HERS, furnish, opened, traces_of
from tests.killing import in_words, killed_folders

WORDS = ("Annabella", *HERS[:2])
SECRET = "a quiet blue lamp"


def set_one(home: Path) -> Path:
    return home / "data" / "library" / "sets" / "one"


def withdrawn(home: Path) -> Withdrawal:
    with opened(home) as withdrawals:
        return withdrawals.withdraw("Annabella", {set_one(home): "Annabella"}).result()


def test_nothing_is_left_and_the_list_tells(tmp_path: Path) -> None:
    furnish(tmp_path)
    assert traces_of(tmp_path, *WORDS)
    gone = withdrawn(tmp_path)
    assert gone.finished
    assert traces_of(tmp_path, *WORDS) == []
    counts = Counter(piece.kind for piece in gone.gone)
    assert counts[Kind.FILM] == 3  # one of the two recordings lay in set two as well, by another name
    assert counts[Kind.TRACK] == 2
    assert counts[Kind.THUMBNAIL] == 2
    assert counts[Kind.CONSENT] == 1
    assert [(piece.where, piece.count) for piece in gone.gone if piece.kind is Kind.LABELS] == [
        ("one", 2),
        ("two", 1),
    ]
    assert [piece.where for piece in gone.gone if piece.kind is Kind.SET] == ["two"]
    assert [(piece.where, piece.count) for piece in gone.gone if piece.kind is Kind.ANSWERS] == [
        ("Me", 2),
        ("Other", 2),
    ]


def test_everybody_else_stays_as_they_were(tmp_path: Path) -> None:
    furnish(tmp_path)
    before = load_clip_set(set_one(tmp_path))
    kept = traces_of(tmp_path, "Benedict")
    withdrawn(tmp_path)
    after = load_clip_set(set_one(tmp_path))
    assert after.clips == tuple(clip for clip in before.clips if clip.person == "Benedict")
    assert after.consent == tuple(each for each in before.consent if each.person == "Benedict")
    assert set(kept) - set(traces_of(tmp_path, "Benedict")) <= {
        path for path in kept if "backups" in path or path.endswith("-wal")
    }


def test_looking_touches_nothing(tmp_path: Path) -> None:
    furnish(tmp_path)
    with opened(tmp_path) as withdrawals:
        before = traces_of(tmp_path, *WORDS)
        looked = withdrawals.look("Annabella", {set_one(tmp_path): "Annabella"}).result()
        assert traces_of(tmp_path, *WORDS) == before
        assert withdrawals.lists().result() == ()
        gone = withdrawals.withdraw("Annabella", {set_one(tmp_path): "Annabella"}).result()
    assert [piece for piece in gone.gone if piece.kind is not Kind.ANSWERS] == list(looked.gone)


def test_a_locked_profile_is_cleared_when_it_is_opened(tmp_path: Path) -> None:
    furnish(tmp_path, passphrase=SECRET)
    gone = withdrawn(tmp_path)
    assert gone.waiting == ("Other",)
    assert not gone.finished
    with opened(tmp_path, profile="Other", passphrase=SECRET) as withdrawals:
        assert withdrawals.history.count_links(HERS).result() == 2
        withdrawals.finish()
        (gone,) = withdrawals.lists().result()
        assert gone.finished
        assert withdrawals.history.count_links(HERS).result() == 0
        withdrawals.put_away(gone).result()
        assert withdrawals.lists().result() == ()
    assert not list((tmp_path / "data" / "library" / "withdrawals").iterdir())


def test_sets_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folders = furnish(tmp_path)
    (folders.library / "sets" / "three" / "clips.csv").unlink()
    assert withdrawn(tmp_path).unread == ("three",)


def test_files_outside_the_library_are_never_deleted(tmp_path: Path) -> None:
    folders = furnish(tmp_path)
    precious = tmp_path / "precious.mp4"
    precious.write_bytes(b"mine")
    with opened(tmp_path) as withdrawals:
        looked = withdrawals.look("Annabella", {set_one(tmp_path): "Annabella"}).result()
    looked.keep(folders.library / "withdrawals")
    (file,) = (folders.library / "withdrawals").iterdir()
    text = file.read_text("utf-8").replace("media/Annabella-0.mp4", "../../../../precious.mp4")
    file.write_text(text, "utf-8")
    with opened(tmp_path) as withdrawals:
        withdrawals.finish()
    assert precious.read_bytes() == b"mine"


def test_a_list_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    folders = furnish(tmp_path)
    (folders.library / "withdrawals").mkdir()
    (folders.library / "withdrawals" / "x.json").write_text("{}", "utf-8")
    with opened(tmp_path) as withdrawals, pytest.raises(LibraryError, match="list_unreadable"):
        withdrawals.finish()


def kill_and_look(tmp_path: Path, times: int, seed: int) -> Counter[str]:
    """Kill withdrawals at random; after the next start nothing has been begun, or all is gone."""
    counts = Counter[str]()
    for home, said in killed_folders("tests.app.withdrawer", tmp_path, furnish, times=times, seed=seed):
        counts["ended before the kill"] += 1 in said
        counts[look_after_kill(home)] += 1
    return counts


def look_after_kill(home: Path) -> str:
    begun = list((home / "data" / "library" / "withdrawals").glob("*.json"))
    with opened(home) as withdrawals:
        withdrawals.library.shelf.tidy()
        withdrawals.finish()
        lists = withdrawals.lists().result()
    if not begun:
        assert lists == ()
        assert len(load_clip_set(set_one(home)).clips) == 3
        return "not begun"
    (gone,) = lists
    assert gone.finished
    assert traces_of(home, *WORDS) == []
    assert [clip.person for clip in load_clip_set(set_one(home)).clips] == ["Benedict"]
    assert Counter(piece.kind for piece in gone.gone)[Kind.ANSWERS] == 2
    assert not list((home / "data" / "library").rglob(f"{UNFINISHED}*"))
    return "finished at the next start"


def test_a_few_kills_leave_nothing_half_done(tmp_path: Path) -> None:
    kill_and_look(tmp_path, 4, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_kills_leave_nothing_half_done(tmp_path: Path, tell: Callable[[str], None]) -> None:
    counts = kill_and_look(tmp_path, 200, seed=2)
    tell(f"{'kill -9, withdrawing':<32} {in_words(counts)}")
    assert counts["finished at the next start"] > 50
