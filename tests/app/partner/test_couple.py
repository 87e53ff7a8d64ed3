"""What two people keep, as the window asks for it."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, cast

import av
import pytest

from attune.affect.reading import Source, certain
from attune.app.folders import find_folders
from attune.app.history import open_history
from attune.app.partner.couple import Agreed, Couple, Kind, Moment, clip_hash
from attune.app.profiles import Profiles
from attune.app.services import load_vocabulary, make_services
from attune.errors import ExchangeError, StorageError
from attune.files import UNFINISHED
from attune.media.open import open_media
from attune.storage.engine import is_encrypted
from tests.app.partner.couples import ALL, NAME, WHEN, a_moment, film, filmed, furnish, left_behind, opened
from tests.storage.examples import an_answer

ANA, BEN, CLEO = 1, 2, 3
SECRET = "a long passphrase"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("couple") / "profile"
    folder.mkdir()
    furnish(folder)
    return folder


@pytest.fixture
def folder(furnished: Path, tmp_path: Path) -> Path:
    return shutil.copytree(furnished, tmp_path / "profile")


def test_a_veto_takes_the_moment_its_film_and_who_was_practised_on(folder: Path) -> None:
    with opened(folder) as couple:
        theirs, others = couple.recordings().result()
        first, *rest = couple.moments().result()
        assert first.recording == theirs.id
        couple.veto(first.id or 0).result()
        assert couple.moments().result() == tuple(rest)
        assert couple.recordings().result() == (others,)
        history = couple._history
        assert history.count_links([clip_hash(theirs), clip_hash(others)]).result() == 1
        couple.veto(first.id or 0).result()  # asked for again, it is done
    assert left_behind(folder, theirs.path.name.encode(), theirs.path.key) == []


def test_a_deleted_film_leaves_its_moments(folder: Path) -> None:
    with opened(folder) as couple:
        theirs, others = couple.recordings().result()
        before = couple.moments().result()
        couple.delete_recording(theirs.id).result()
        assert couple.recordings().result() == (others,)
        assert couple.moments().result() == (replace(before[0], recording=None), *before[1:])
    assert not theirs.path.exists()


def test_what_somebody_no_longer_agrees_to_goes_at_once(folder: Path) -> None:
    with opened(folder) as couple:
        theirs, others = couple.recordings().result()
        anas, bens, cleos = couple.moments().result()
        assert anas.units
        couple.agree(ANA, replace(ALL, reading=False, practice=False)).result()
        unmeasured = replace(anas, units=(), expressed=None)
        assert couple.moments().result() == (unmeasured, bens, cleos)
        assert couple.recordings().result() == (theirs, others)
        couple.agree(CLEO, replace(ALL, recording=False)).result()
        assert couple.moments().result() == (unmeasured, bens, replace(cleos, recording=None))
        assert couple.recordings().result() == (theirs,)
        couple.agree(BEN, replace(ALL, camera=False)).result()
        assert couple.recordings().result() == ()
    assert list((folder / "recordings").iterdir()) == []
    assert left_behind(folder, theirs.path.key, others.path.key) == []


def test_what_was_measured_goes_from_the_answers_to_it_too(folder: Path) -> None:
    """Whoever practised on a moment was told what was measured in it."""
    with opened(folder) as couple:
        history = couple._history
        for recording in couple.recordings().result():
            answer = an_answer(1, 1 + recording.id)
            more = (*answer.references, certain(Source.MEASURED, "fear", by="what was measured"))
            history.add_answer(replace(answer, clip_hash=clip_hash(recording), references=more)).result()
        before = history.ask(lambda store: store.answers(1)).result()
        couple.agree(ANA, replace(ALL, reading=False)).result()
        *others, anas, cleos = history.ask(lambda store: store.answers(1)).result()
        assert (*others, cleos) == (*before[:2], before[3])
        assert anas == replace(before[2], references=before[2].references[:-1])
        couple.agree(CLEO, replace(ALL, reading=False)).result()
        history.add_answer(replace(before[2], position=9)).result()  # a session that had begun before
        assert history.ask(lambda store: store.answers(1)).result()[-1].references == anas.references
    assert left_behind(folder, b"what was measured") == []


def test_of_a_mirrored_face_it_is_the_other_one_who_takes_it_back(folder: Path) -> None:
    with opened(folder) as couple:
        moment = replace(a_moment(ANA, BEN, Kind.MIRROR), told={"shown": "drawn", "held": False})
        kept = couple.keep(moment).result()
        couple.agree(ANA, replace(ALL, reading=False)).result()
        assert couple.moments(kind=Kind.MIRROR).result() == (kept,)
        couple.agree(BEN, replace(ALL, reading=False)).result()
        taken = replace(kept, units=(), expressed=None, told={"shown": "drawn"})
        assert couple.moments(kind=Kind.MIRROR).result() == (taken,)


def test_a_face_at_rest_goes_from_the_backups_too(folder: Path) -> None:
    with opened(folder) as couple:
        couple.set_neutral(ANA, {"of": "quiet waters"}).result()
        couple.set_neutral(BEN, {"of": "quiet waters"}).result()
        couple._history.back_up().result()
        couple.set_neutral(ANA, None).result()
        assert [person.neutral is None for person in couple.people().result()] == [True, False, False]
        couple.agree(BEN, Agreed()).result()
        couple.agree(ANA, Agreed()).result()
        assert [each.recording for each in couple.moments().result()] == [None] * 3
    assert left_behind(folder, b"quiet waters") == []


def test_the_line_of_a_face_goes_with_the_reading(folder: Path) -> None:
    with opened(folder) as couple:
        moment = replace(a_moment(ANA, BEN, Kind.OPEN_UP), units=(), expressed=None)
        kept = couple.keep(replace(moment, told={"text": "x", "shown": {"valence": [0.5]}})).result()
        couple.agree(ANA, replace(ALL, reading=False)).result()
        assert couple.moments(kind=Kind.OPEN_UP).result()[-1] == replace(kept, told={"text": "x"})
        with pytest.raises(ValueError, match="measured"):
            couple.keep(kept).result()


def test_a_film_of_just_now_is_discarded_and_backups_stay(folder: Path) -> None:
    with opened(folder) as couple:
        before = couple.recordings().result()
        (late, early) = filmed(couple, ANA, BEN), couple.begin_recording((ANA,), sound=False).result()
        for each in (late, early):
            couple.discard_recording(each.id).result()
        assert couple.recordings().result() == before
        assert not late.path.exists()
    assert list((folder / "backups").glob("*.sqlite3"))


def test_a_discarded_film_does_not_come_back_where_attune_is_closed_meanwhile(folder: Path) -> None:
    """The window closes in the middle of a turn, while its film is being written to its end."""
    going_on = Event()
    with opened(folder) as couple:
        before = couple.recordings().result()
        recording = couple.begin_recording((ANA, BEN), sound=False).result()
        couple._background.submit(lambda: (going_on.wait(), film(recording.path)))
        couple.discard_recording(recording.id)
        cast("ThreadPoolExecutor", couple._background).shutdown(wait=False, cancel_futures=True)
        going_on.set()
    with opened(folder) as couple:
        couple.tidy().result()
        assert couple.recordings().result() == before
    assert not recording.path.exists()
    assert list((folder / "backups").glob("*.sqlite3"))


def test_a_film_that_came_to_its_end_says_how_long_it_is(folder: Path) -> None:
    with opened(folder) as couple:
        recording = couple.begin_recording((ANA, BEN), sound=False).result()
        lasts_s = film(recording.path, pictures=60)
        couple.end_recording(recording.id, lasts_s).result()
        (*_, found) = couple.recordings(ANA).result()
    assert found.seconds == pytest.approx(lasts_s, abs=0.001)
    with open_media(found.path) as source:
        assert source.info.duration_s == pytest.approx(2.0, abs=0.05)
    assert b"matroska" not in found.path.read_bytes()


def test_films_whose_time_is_over_go_at_the_start(folder: Path) -> None:
    with opened(folder) as couple:
        couple.agree(CLEO, replace(ALL, keep_days=3)).result()
        theirs, others = couple.recordings().result()
        couple.tidy().result()
        assert len(couple.recordings().result()) == 2
        later = Couple(couple._history, couple._background, lambda: datetime(2100, 1, 1, tzinfo=UTC))
        later.tidy().result()
        assert couple.recordings().result() == (theirs,)
        assert len(couple.moments().result()) == 3
    assert not others.path.exists()
    assert theirs.path.exists()


def test_a_film_that_cannot_be_read_keeps_no_other_from_going(folder: Path) -> None:
    with opened(folder) as couple:
        couple.agree(CLEO, replace(ALL, keep_days=3)).result()
        _, others = couple.recordings().result()
        broken_off = couple.begin_recording((ANA,), sound=False).result()
        broken_off.path.mkdir()  # every read of it fails
        later = Couple(couple._history, couple._background, lambda: datetime(2100, 1, 1, tzinfo=UTC))
        later.tidy().result()
        assert not others.path.exists()
        assert broken_off.id in [each.id for each in couple.recordings().result()]


def test_a_film_nobody_has_the_key_of_goes_at_the_start(folder: Path) -> None:
    stray = folder / "recordings" / "0123.sealed"
    stray.write_bytes(b"x")
    with opened(folder) as couple:
        couple.tidy().result()
        assert not stray.exists()
        assert all(each.path.exists() for each in couple.recordings().result())


def test_half_a_film_goes_at_the_start(folder: Path) -> None:
    """The program was ended while a film was written anew."""
    half = folder / "recordings" / f"{UNFINISHED}0123" / "film.sealed"
    half.parent.mkdir()
    half.write_bytes(b"x")
    with opened(folder) as couple:
        couple.tidy().result()
        assert len(couple.recordings().result()) == len(list((folder / "recordings").iterdir())) == 2


def test_a_film_that_a_history_set_aside_knows_stays(folder: Path, tmp_path: Path) -> None:
    """Somebody restored an older backup, and may want to go back."""
    profiles = Profiles(tmp_path)
    profile = profiles.find("profile")
    (backup,) = profiles.backups(profile)
    with opened(folder) as couple:
        late = filmed(couple, ANA, BEN)
    profiles.restore(profile, backup.file)
    with opened(folder) as couple:
        couple.tidy().result()
        assert len(couple.recordings().result()) == 2
        assert late.path.exists()
        couple.delete_recording(couple.recordings().result()[0].id).result()  # with all copies, as ever
        couple.tidy().result()
    assert not late.path.exists()


def test_somebody_takes_along_what_is_theirs(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "Wilhelmina"
    with opened(folder) as couple:
        couple.export_about(ANA, target).result()
        keys = [each.path.key.hex() for each in couple.recordings().result()]
        with pytest.raises(ExchangeError) as caught:
            couple.export_about(ANA, target).result()
    assert caught.value.key == "exchange.target_taken"
    told = json.loads((target / "about.json").read_text("utf-8"))
    assert told["person"]["name"] == "Wilhelmina"
    assert [(each["shower"], each["noticer"]) for each in told["moments"]] == [
        ("Wilhelmina", "Ben"),
        ("Ben", "Wilhelmina"),
    ]
    assert [(each["person"], each["by"]) for each in told["notes"]] == [
        ("Wilhelmina", "Ben"),
        ("Ben", "Wilhelmina"),
    ]
    assert told["unreadable"] == []
    (recording,) = told["recordings"]
    assert told["moments"][0]["recording"] == recording["file"]
    with av.open(str(target / recording["file"])) as played:
        assert len(list(played.decode(video=0))) == 30
    assert not any(key in (target / "about.json").read_text("utf-8") for key in keys)
    assert "Cleo" not in (target / "about.json").read_text("utf-8")


def test_what_is_covered_is_not_taken_along_by_the_other(tmp_path: Path) -> None:
    """What one said, and how one marked a bid, is seen by the other once it is opened: no export is a way."""
    marks = {
        "own": "a heron",
        "marked": {"shower": "against", "noticer": "toward"},
        "words": {"noticer": "tired"},
    }
    with opened(tmp_path) as couple:
        for name in ("Ana", "Ben"):
            couple.agree(couple.add_person(name).result().id, ALL).result()
        shown = replace(a_moment(ANA, BEN), told={"card": "sea", "seen": 0.2, "own": {"labels": {}}})
        couple.keep(shown).result()
        bid = couple.keep(Moment(kind=Kind.SMALL_BIDS, happened_at=WHEN, shower=ANA, noticer=BEN, told=marks))

        def moments(person: int, folder: str) -> list[dict[str, Any]]:
            couple.export_about(person, tmp_path / folder).result()
            told = json.loads((tmp_path / folder / "about.json").read_text("utf-8"))
            return cast("list[dict[str, Any]]", told["moments"])

        hers, his = moments(ANA, "hers"), moments(BEN, "his")
        assert hers[0]["felt"]["labels"] == {"fear": 1.0}
        assert hers[0]["told"] == {"card": "sea", "seen": 0.2}
        assert his[0]["perceived"]["labels"] == {"surprise": 1.0}
        assert [his[0][key] for key in ("felt", "expressed", "intended", "units")] == [None, None, None, []]
        assert his[0]["told"] == {"own": {"labels": {}}}
        assert (hers[1]["told"]["marked"], his[1]["told"]["marked"]) == (
            {"shower": "against"},
            {"noticer": "toward"},
        )
        assert "words" not in hers[1]["told"]
        assert "own" not in his[1]["told"]
        couple.reveal(bid.result().id or 0).result()
        assert moments(BEN, "later")[1]["told"] == moments(ANA, "hers too")[1]["told"] == marks


def test_a_film_that_is_gone_does_not_keep_the_rest(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as couple:
        theirs, _ = couple.recordings().result()
        theirs.path.unlink()
        couple.export_about(ANA, tmp_path / "out").result()
    told = json.loads((tmp_path / "out" / "about.json").read_text("utf-8"))
    assert told["unreadable"] == [told["recordings"][0]["file"]]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["about.json"]


def test_what_is_stored_is_counted(folder: Path) -> None:
    with opened(folder) as couple:
        ben = couple.stored_about(BEN).result()
        films = couple.recordings(BEN).result()
        with pytest.raises(KeyError):
            couple.stored_about(99).result()
    assert (ben.moments, ben.recordings, ben.notes, ben.written, ben.answers) == (3, 2, 2, 1, 2)
    assert ben.size == sum(each.path.stat().st_size for each in films)
    assert ben.seconds == pytest.approx(2 * 29 / 30, abs=0.01)
    assert ben.first_at == ben.last_at == "2026-03-01T10:00:00.000+00:00"


def test_a_second_window_looks_and_changes_nothing(folder: Path) -> None:
    with opened(folder) as writing, opened(folder) as reading:
        assert (writing.read_only, reading.read_only) == (False, True)
        reading.tidy().result()
        assert reading.moments().result() == writing.moments().result()
        for deed in (
            lambda: reading.keep(a_moment(ANA, BEN)),
            lambda: reading.agree(ANA, Agreed()),
            lambda: reading.begin_recording((ANA,), sound=False),
            lambda: reading.veto(1),
            lambda: reading.forget(ANA),
        ):
            with pytest.raises(StorageError) as caught:
                deed().result()
            assert caught.value.key == "storage.in_use"
        assert len(reading.recordings().result()) == len(list((folder / "recordings").iterdir())) == 2


def test_with_a_passphrase_nothing_can_be_read_without_it(tmp_path: Path) -> None:
    furnish(tmp_path, SECRET)
    with opened(tmp_path, SECRET) as couple:
        couple.keep(a_moment(ANA, BEN, Kind.OPEN_UP)).result()
        keys = [each.path.key for each in couple.recordings().result()]
        assert left_behind(tmp_path, b"Wilhelmina", b"likes rain", b"matroska", *keys) == []
    assert is_encrypted(tmp_path / NAME)


def test_a_passphrase_set_later_covers_the_keys(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as couple:
        keys = [each.path.key for each in couple.recordings().result()]
    assert left_behind(folder, *keys)
    profiles = Profiles(tmp_path)
    profiles.change_passphrase(profiles.find("profile"), "", SECRET)
    assert left_behind(folder, b"Wilhelmina", *keys) == []
    with opened(folder, SECRET) as couple:
        assert [each.path.key for each in couple.recordings().result()] == keys
        with open_media(couple.recordings().result()[0].path) as source:
            assert len(list(source.frames())) == 30


def test_a_deleted_profile_takes_its_films_along(folder: Path, tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    profiles.delete(profiles.find("profile"))
    assert list(tmp_path.rglob("*.sealed")) == []
    assert not folder.exists()


def test_a_renamed_profile_finds_its_films(folder: Path, tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    renamed = profiles.rename(profiles.find(folder.name), "Us")
    with opened(renamed.folder) as couple:
        assert all(each.path.is_file() for each in couple.recordings().result())


def test_a_running_attune_has_tidied(tmp_path: Path) -> None:
    environment = {"ATTUNE_HOME": str(tmp_path)}
    profile = Profiles(find_folders(environment).profiles).create("Me")
    history = open_history(profile.file, load_vocabulary())
    history.close()
    stray = profile.folder / "recordings" / "0123.sealed"
    stray.parent.mkdir()
    stray.write_bytes(b"x")
    services = make_services(environment=environment)
    assert services.couple.people().result() == ()
    services.close()
    assert not stray.exists()
