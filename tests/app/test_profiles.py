"""Several histories side by side: names, passphrases, backups, and what is gone is gone."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.folders import find_folders
from attune.app.forget import forget_everything
from attune.app.history import History, open_history
from attune.app.profiles import FIRST, Profile, Profiles, _folder_of, _name_of, _tidy, needs_passphrase
from attune.app.services import find_profiles
from attune.errors import AttuneError, ProfileError, StorageError
from attune.resources import Words
from tests.storage.examples import VOCABULARY, a_session, an_answer


@pytest.fixture
def profiles(tmp_path: Path) -> Profiles:
    return Profiles(tmp_path / "profiles")


def practise(profile: Profile, passphrase: str = "", *, person: str = "Ana") -> None:
    with closing(open_history(profile.file, VOCABULARY, passphrase)) as history:
        session = history.ask(lambda store: store.begin_session(a_session())).result()
        for position in range(3):
            history.add_answer(an_answer(session, position, person=person)).result()


def kept(profile: Profile, passphrase: str = "") -> int:
    with closing(open_history(profile.file, VOCABULARY, passphrase)) as history:
        return len(history.ask(lambda store: store.answer_columns(["id"])).result())


def problem(caught: pytest.ExceptionInfo[AttuneError]) -> str:
    assert Words().error(caught.value)
    return caught.value.key


@pytest.fixture
def opened(profiles: Profiles) -> Iterator[tuple[Profile, History]]:
    profile = profiles.create("Client 7")
    history = open_history(profile.file, VOCABULARY)
    yield profile, history
    history.close()


# Names


def test_profiles_are_apart_and_in_the_order_of_their_names(profiles: Profiles) -> None:
    assert profiles.all() == ()
    for name in ("client 2", "Änne", "Bo", "A/B: 1?"):
        practise(profiles.create(name))
    assert [profile.name for profile in profiles.all()] == ["A/B: 1?", "Bo", "client 2", "Änne"]
    practise(profiles.find("BO"))
    assert [kept(profile) for profile in profiles.all()] == [3, 6, 3, 3]


@given(st.text(max_size=80))
def test_every_name_becomes_a_folder_and_comes_back(name: str) -> None:
    tidy = _tidy(name)
    try:
        os.fsencode(tidy)
    except UnicodeEncodeError:
        return
    folder = _folder_of(tidy)
    assert _name_of(folder) == tidy
    assert not set(folder) & set('<>:"/\\|?*\0')
    assert not folder.startswith(".")


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "aux.txt", ".hidden", "50%", "%41", "trailing."])
def test_names_some_systems_do_not_take(profiles: Profiles, name: str) -> None:
    profile = profiles.create(name)
    assert profile.folder.name != name
    assert profiles.all() == (profile,)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("", "profiles.name_empty"),
        (" \n", "profiles.name_empty"),
        ("x" * 61, "profiles.name_too_long"),
        ("bO ", "profiles.name_taken"),
    ],
)
def test_names_that_cannot_be(profiles: Profiles, name: str, key: str) -> None:
    bo, other = profiles.create("Bo"), profiles.create("other")
    with pytest.raises(ProfileError) as caught:
        profiles.create(name)
    assert problem(caught) == key
    with pytest.raises(ProfileError):
        profiles.rename(other, name)
    assert profiles.all() == (bo, other)


def test_renaming_takes_everything_along(profiles: Profiles) -> None:
    profile = profiles.create("bo")
    practise(profile)
    renamed = profiles.rename(profile, "Bo")  # the same but for a capital letter
    assert profiles.all() == (renamed,)
    assert kept(profiles.rename(renamed, "Client 9")) == 3


def test_a_name_that_is_not_there(profiles: Profiles) -> None:
    profiles.create("Bo")
    with pytest.raises(ProfileError) as caught:
        profiles.find("Cy")
    assert problem(caught) == "profiles.unknown"
    assert profiles.usual("Cy").name == "Bo"


def test_the_first_profile_is_made_when_it_is_needed(profiles: Profiles) -> None:
    assert profiles.usual(None).name == FIRST
    assert len(profiles.all()) == 1


def test_a_history_of_before_there_were_profiles_is_adopted() -> None:
    folders = find_folders()
    practise(Profile("old", folders.data))
    (profile,) = find_profiles(folders).all()
    assert profile.name == FIRST
    assert kept(profile) == 3
    assert not folders.old_history.exists()
    practise(Profile("old", folders.data))
    assert len(find_profiles(folders).all()) == 1  # one that appears later is nobody's


def test_a_history_that_is_open_is_not_moved() -> None:
    folders = find_folders()
    with closing(open_history(folders.old_history, VOCABULARY)), pytest.raises(StorageError) as caught:
        find_profiles(folders)
    assert problem(caught) == "storage.locked"
    assert [profile.name for profile in find_profiles(folders).all()] == [FIRST]


# Open in a window


def test_what_is_open_is_left_alone(
    profiles: Profiles, opened: tuple[Profile, History], tmp_path: Path
) -> None:
    profile, _history = opened
    for change in (
        lambda: profiles.rename(profile, "other"),
        lambda: profiles.delete(profile),
        lambda: profiles.change_passphrase(profile, "", "secret"),
        lambda: profiles.restore(profile, tmp_path / "copy.sqlite3"),
    ):
        with pytest.raises(StorageError) as caught:
            change()
        assert problem(caught) == "storage.in_use"
    assert profiles.all() == (profile,)


def test_a_backup_can_be_made_of_what_is_open(
    profiles: Profiles, opened: tuple[Profile, History], tmp_path: Path
) -> None:
    profile, history = opened
    session = history.ask(lambda store: store.begin_session(a_session())).result()
    history.add_answer(an_answer(session)).result()
    target = tmp_path / "copy.sqlite3"
    profiles.back_up(profile, target)
    history.add_answer(an_answer(session, 1)).result()
    history.close()
    profiles.restore(profile, target)
    assert kept(profile) == 1
    assert list(tmp_path.glob("copy.sqlite3*")) == [target]


# Passphrases


def test_a_passphrase_is_set_changed_and_removed(profiles: Profiles) -> None:
    profile = profiles.create("Bo")
    practise(profile, person="Wilhelmina")
    assert not profile.has_passphrase
    profiles.change_passphrase(profile, "", "first")
    assert profile.has_passphrase
    for file in profile.folder.rglob("*"):
        assert not file.is_file() or b"Wilhelmina" not in file.read_bytes()
    profiles.change_passphrase(profile, "first", "second")
    with pytest.raises(StorageError) as caught:
        kept(profile, "first")
    assert problem(caught) == "storage.wrong_passphrase"
    assert kept(profile, "second") == 3
    assert len(profiles.backups(profile)) == 1
    profiles.change_passphrase(profile, "second", "")
    assert kept(profile) == 3


def test_a_lost_passphrase_leaves_the_copies_made_before_it(profiles: Profiles, tmp_path: Path) -> None:
    profile = profiles.create("Bo")
    practise(profile)
    profiles.back_up(profile, tmp_path / "mine.sqlite3")
    profiles.change_passphrase(profile, "", "forgotten")
    profiles.restore(profile, tmp_path / "mine.sqlite3")
    assert not profile.has_passphrase
    assert kept(profile) == 3
    assert profiles.backups(profile) == ()  # those with the passphrase are set aside
    aside = sorted((profile.folder / "backups").glob("set-aside-*.sqlite3"))
    assert [needs_passphrase(file) for file in aside] == [True, True]
    profiles.restore(profile, aside[0], "forgotten")
    assert kept(profile, "forgotten") == 3


# Backups


def test_a_damaged_history_comes_back_from_its_backup(profiles: Profiles) -> None:
    profile = profiles.create("Bo")
    practise(profile)
    with closing(open_history(profile.file, VOCABULARY)) as history:
        history.back_up().result()
    damaged = b"\xaa" * 5000
    profile.file.write_bytes(profile.file.read_bytes()[:4096] + damaged)
    with pytest.raises(StorageError) as caught:
        kept(profile)
    assert problem(caught) == "storage.damaged"
    profiles.restore(profile, profiles.backups(profile)[0].file)
    assert kept(profile) == 3
    (aside,) = (profile.folder / "backups").glob("set-aside-*.sqlite3")
    assert damaged in aside.read_bytes()


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"SQLite format 3\0" + bytes(5000), bytes(8192)])
def test_what_is_no_backup_changes_nothing(profiles: Profiles, tmp_path: Path, content: bytes) -> None:
    profile = profiles.create("Bo")
    practise(profile)
    source = tmp_path / "no backup"
    source.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        profiles.restore(profile, source)
    assert str(source) in Words().error(caught.value)
    assert kept(profile) == 3
    assert {path.name for path in profile.folder.iterdir()} == {"history.sqlite3", "history.sqlite3.lock"}


def test_a_few_backups_are_kept_the_last_of_each_day(profiles: Profiles) -> None:
    profile = profiles.create("Bo")
    today = [date(2026, 3, 1)]
    history = open_history(profile.file, VOCABULARY)
    history._now = lambda: datetime.combine(today[0], time(), UTC)
    try:
        assert history.back_up().result() is None  # nothing to keep yet
        session = history.ask(lambda store: store.begin_session(a_session())).result()
        # The clock is set back to the year 2020 on the way, which makes no backup younger or older.
        days = [date(2026, 3, day) for day in range(1, 10)] + [date(2020, 1, 1), date(2026, 3, 10)]
        for position, today[0] in enumerate(twice for each in days for twice in (each, each)):
            history.add_answer(an_answer(session, position)).result()
            assert history.back_up().result() is not None
    finally:
        history.close()
    assert [backup.day for backup in profiles.backups(profile)] == days[:-8:-1]
    with closing(sqlite3.connect(profiles.backups(profile)[1].file)) as copy:
        assert copy.execute("SELECT count(*) FROM answers").fetchone() == (20,)


# Forgetting


def test_a_deleted_profile_leaves_nothing(profiles: Profiles) -> None:
    gone, stays = profiles.create("gone"), profiles.create("stays")
    practise(gone)
    practise(stays)
    with closing(open_history(gone.file, VOCABULARY)) as history:
        history.back_up().result()
    profiles.delete(gone)
    assert profiles.all() == (stays,)
    assert [path.name for path in stays.folder.parent.iterdir()] == ["stays"]


def test_deleting_that_was_broken_off_is_finished_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profiles = Profiles(find_folders().profiles)
    gone = profiles.create("gone")
    practise(gone)
    with monkeypatch.context() as killed:
        killed.setattr("shutil.rmtree", lambda _folder: None)
        profiles.delete(gone)
    folder = gone.folder.parent
    assert list(folder.rglob("history.sqlite3"))
    again = find_profiles(find_folders())
    assert again.all() == ()
    assert not list(folder.rglob("*"))


def test_forgetting_everything_leaves_clip_sets_alone() -> None:
    folders = find_folders()
    for name in ("one", "two"):
        practise(Profiles(folders.profiles).create(name))
    for file in (folders.tracks / "track.npz", folders.settings, folders.data / "sets" / "mine" / "set.toml"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    forget_everything(folders)
    left = {
        path.name for folder in (folders.data, folders.config, folders.cache) for path in folder.rglob("*")
    }
    assert left == {"sets", "mine", "set.toml"}
    forget_everything(folders)  # nothing to forget is no trouble
