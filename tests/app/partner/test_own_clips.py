from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attune.app.library import Channel
from attune.app.partner import own_clips
from attune.app.partner.couple import Couple, Moment, clip_hash
from attune.app.partner.own_clips import OwnClips, OwnSet, is_own
from attune.resources import Words
from attune.sealing import SealedPath
from tests.app.partner.couples import ALL, a_moment, film, opened


@pytest.fixture
def couple(tmp_path: Path) -> Iterator[Couple]:
    with opened(tmp_path, "a passphrase") as found:
        for name in ("Ana", "Ben"):
            found.agree(found.add_person(name).result().id, ALL).result()
        yield found


def sets(couple: Couple) -> tuple[OwnSet, ...]:
    return OwnClips(couple=couple, words=Words()).sets().result()


def with_film(couple: Couple) -> Moment:
    recording = couple.begin_recording((1, 2), sound=False).result()
    couple.end_recording(recording.id, film(recording.path, pictures=3)).result()
    told = {"measured": True}
    return couple.keep(replace(a_moment(1, 2), recording=recording.id, revealed=True, told=told)).result()


def test_a_recorded_moment_is_a_clip_in_place_and_sealed(couple: Couple) -> None:
    kept = with_film(couple)
    (own,) = sets(couple)
    assert own.person.name == "Ana"
    (clip,) = own.clip_set.clips
    (recording,) = couple.recordings().result()
    assert isinstance(clip.file, SealedPath)
    assert clip.file == recording.path
    assert clip.content_hash == clip_hash(recording)
    assert clip.channel is Channel.PICTURE
    assert clip.references == (kept.felt, kept.expressed)
    assert is_own(own.clip_set.folder.name)
    assert not own.clip_set.folder.exists()
    found = OwnClips(couple=couple, words=Words()).find(own.clip_set.folder.name).result()
    assert found == own.clip_set
    assert OwnClips(couple=couple, words=Words()).find("own-clips-of-77").result() is None


def test_no_longer_agreed_covered_or_taken_back_is_no_clip(couple: Couple) -> None:
    kept = with_film(couple)
    for person in (1, 2):  # both are in the picture
        couple.agree(person, replace(ALL, practice=False)).result()
        assert sets(couple) == ()
        couple.agree(person, ALL).result()
        assert len(sets(couple)) == 1
    couple.keep(replace(kept, revealed=False)).result()
    assert sets(couple) == ()
    couple.keep(kept).result()
    couple.veto(kept.id or 0).result()
    assert sets(couple) == ()
    assert couple.recordings().result() == ()


def test_what_was_measured_is_in_a_clip_only_where_its_owner_opened_it(couple: Couple) -> None:
    kept = with_film(couple)
    couple.keep(replace(kept, told={"measured": False})).result()
    (clip,) = sets(couple)[0].clip_set.clips
    assert clip.references == (kept.felt,)


def test_a_long_film_or_one_of_several_moments_is_no_clip(
    couple: Couple, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = with_film(couple)
    with monkeypatch.context() as patch:
        patch.setattr(own_clips, "LONGEST_S", 0.05)
        assert sets(couple) == ()
    assert len(sets(couple)) == 1
    couple.keep(replace(kept, id=None)).result()
    assert sets(couple) == ()


def test_without_films_there_is_nothing(couple: Couple) -> None:
    couple.keep(replace(a_moment(1, 2), revealed=True)).result()
    assert sets(couple) == ()
    assert not is_own(None)
    assert not is_own("faces")
