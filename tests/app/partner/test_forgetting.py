"""Somebody wants to be forgotten: everything of theirs goes, by a list, however the program ends."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from attune.app.partner.couple import Couple, Piece, What
from attune.app.partner.own_clips import OwnClips
from attune.app.services import make_services
from attune.errors import StorageError
from attune.media.open import open_media
from attune.sealing import SealedPath
from attune.storage.store import Store
from tests.app.partner.couples import fill, furnish, left_behind, opened
from tests.killing import in_words, killed_folders
from tests.storage.examples import a_session, an_answer

ANA = b"Wilhelmina"
LIST = {
    What.NAME: 1,
    What.AGREEMENT: 1,
    What.NEUTRAL: 1,
    What.MOMENTS: 2,
    What.RECORDINGS: 1,
    What.NOTES: 2,
    What.ANSWERS: 1,
    What.BACKUPS: 1,
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("couple") / "profile"
    folder.mkdir()
    furnish(folder)
    return folder


@pytest.fixture
def folder(furnished: Path, tmp_path: Path) -> Path:
    return shutil.copytree(furnished, tmp_path / "profile")


def film_of_ana(folder: Path) -> tuple[bytes, bytes]:
    """The name of its file, and its key."""
    with opened(folder) as couple:
        film, _ = couple.recordings().result()
    return film.path.name.encode(), film.path.key


def gone(folder: Path, name: bytes, key: bytes) -> None:
    """Nothing leads to Ana, and what the others have is as it was."""
    with opened(folder) as couple:
        assert [person.name for person in couple.people().result()] == ["Ben", "Cleo"]
        (film,) = couple.recordings().result()
        (moment,) = couple.moments().result()
        assert moment.recording == film.id
        assert [note.text for note in couple.notes().result()] == ["likes rain"]
        with open_media(film.path) as source:
            assert len(list(source.frames())) == 30
        history = couple._history
        answers = history.ask(lambda store: store.answers(1)).result()
        assert [(answer.person, answer.clip_name == "") for answer in answers] == [
            ("", True),
            ("Cleo", False),
        ]
    assert left_behind(folder, ANA, name, key) == []


def test_nothing_of_them_is_left_and_the_list_says_what_went(folder: Path) -> None:
    name, key = film_of_ana(folder)
    assert left_behind(folder, ANA)
    with opened(folder) as couple:
        pieces = couple.forget(1).result()
    assert pieces == tuple(Piece(what=what, count=count) for what, count in LIST.items())
    gone(folder, name, key)


def test_forgetting_nobody_is_told(folder: Path) -> None:
    with opened(folder) as couple, pytest.raises(KeyError):
        couple.forget(99).result()


def test_all_are_forgotten_one_after_the_other(folder: Path) -> None:
    with opened(folder) as couple:
        for person in couple.people().result():
            couple.forget(person.id).result()
        assert (couple.moments().result(), couple.recordings().result(), couple.notes().result()) == (
            (),
            (),
            (),
        )
    assert list((folder / "recordings").iterdir()) == []
    assert left_behind(folder, ANA, b"Cleo") == []


def is_there(couple: Couple) -> bool:
    """Whether Ana is; then with all that is hers."""
    if len(couple.people().result()) == 2:
        return False
    stored = couple.stored_about(1).result()
    assert (stored.moments, stored.recordings, stored.notes, stored.written, stored.answers) == (
        2,
        1,
        1,
        1,
        1,
    )
    film, _ = couple.recordings().result()
    with open_media(film.path) as source:
        assert len(list(source.frames())) == 30
    return True


def forget_and_kill(furnished: Path, tmp_path: Path, times: int, seed: int) -> Counter[str]:
    name, key = film_of_ana(furnished)
    counts: Counter[str] = Counter()
    killings = killed_folders(
        "tests.app.partner.forgetter",
        tmp_path,
        lambda folder: shutil.copytree(furnished, folder),
        times=times,
        seed=seed,
    )
    for folder, said in killings:
        counts["killed"] += 1
        counts["after its end"] += 1 in said
        with opened(folder) as couple:
            couple.tidy().result()
            there = is_there(couple)
            assert not (there and 1 in said)
            counts["before it began to go"] += there
            if there:
                couple.forget(1).result()
        gone(folder, name, key)
        shutil.rmtree(folder)
    return counts


def test_a_few_kills_leave_all_or_nothing(furnished: Path, tmp_path: Path) -> None:
    forget_and_kill(furnished, tmp_path, times=5, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_kills_leave_all_or_nothing(
    furnished: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    counts = forget_and_kill(furnished, tmp_path, times=200, seed=2)
    assert 0 < counts["before it began to go"] < 200
    tell(f"{'kill -9, forgetting a person':<32} {in_words(counts)}, left behind 0")


def test_what_was_left_to_do_is_done_at_the_next_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an end in the middle: out of the tables, and not off the disk yet."""
    name, key = film_of_ana(folder)
    with opened(folder) as couple:

        def stop() -> None:
            raise RuntimeError("here")

        def half(store: Store) -> None:
            monkeypatch.setattr(store.delete, "squeeze", stop)
            store.forget.person(1)

        with pytest.raises(RuntimeError, match="here"):
            couple._history.ask(half).result()
    assert name.decode() in [path.name for path in (folder / "recordings").iterdir()]
    with opened(folder) as couple:
        couple.tidy().result()
    gone(folder, name, key)


def test_a_film_that_is_held_fast_is_of_no_use_to_anybody(folder: Path) -> None:
    """Windows deletes no film that is just being played: its key goes all the same, it at the next start."""
    name, key = film_of_ana(folder)
    file = folder / "recordings" / name.decode()
    with opened(folder) as couple:
        file.unlink()
        file.mkdir()  # no system deletes a folder as a file
        with pytest.raises(StorageError):
            couple.forget(1).result()
        assert left_behind(folder, ANA, key) == []
        file.rmdir()
        file.touch()
        couple.tidy().result()
    gone(folder, name, key)


def test_in_all_that_attune_keeps_no_trace_is_left(tmp_path: Path) -> None:
    """Practised on as clips, seen as small pictures, backed up: nowhere in Attune's folders."""
    environment = {"ATTUNE_HOME": str(tmp_path)}
    services = make_services(environment=environment)
    fill(services.couple)
    for moment in services.couple.moments().result():
        services.couple.reveal(moment.id or 0).result()
    sets = OwnClips(couple=services.couple, words=services.words).sets().result()
    (clip,) = next(each.clip_set.clips for each in sets if each.person.name.encode() == ANA)
    assert isinstance(clip.file, SealedPath)
    assert services.thumbnails.picture(clip).result()
    session = services.history.ask(lambda store: store.begin_session(a_session())).result()
    answer = replace(an_answer(session), clip_hash=clip.content_hash, clip_name=clip.name, person=clip.person)
    services.history.add_answer(answer).result()
    services.history.back_up().result()
    name, key = clip.file.name.encode(), clip.file.key
    assert len(left_behind(tmp_path, ANA, name, key)) > 2
    services.couple.forget(1).result()
    services.close()
    assert left_behind(tmp_path, ANA, name, key) == []
    again = make_services(environment=environment)
    assert [person.name for person in again.couple.people().result()] == ["Ben", "Cleo"]
    again.close()
