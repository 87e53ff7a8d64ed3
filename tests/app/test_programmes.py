"""Programmes: what one Attune gives is what another takes in; nothing a file says is believed unchecked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Source
from attune.app.history import History, SessionRecord, open_history
from attune.app.library import Channel, Library
from attune.app.practice import When
from attune.app.programmes import Programme, Programmes, fingerprint, programme_text, read_programme
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.services import load_vocabulary
from attune.clips.clip_set import load_clip_set
from attune.errors import ProgrammeError
from attune.resources import Words
from attune.storage.records import utc_text
from tests.app.filmed import filmed_set

GIVEN = date(2026, 3, 1)
SETUPS = (
    Daily(minutes=5.0),
    ReadTheMoment(trials=7, names=("fear", "surprise"), hear=When.END, channel=Channel.PICTURE),
    BriefMoments(trials=12, shortest_ms=90),
    FollowAlong(axes=("valence", "arousal")),
    FindTheThreshold(emotions=("fear",)),
    Contrast(pair=("anger", "disgust")),
    CheckUp(),
)


def programme(setup: Setup = SETUPS[1], *, days: int = 3, clips: str = "0" * 64) -> Programme:
    return Programme(
        name="Fear and surprise",
        clip_set="evenings",
        fingerprint=clips,
        setup=setup,
        days=days,
        given_on=GIVEN,
        note='Ten minutes, "quietly".',
    )


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = open_history(tmp_path / "me" / "history.sqlite3", load_vocabulary())
    yield made
    made.close()


@pytest.fixture
def programmes(tmp_path: Path, history: History) -> Iterator[Programmes]:
    with ThreadPoolExecutor(1) as background:
        library = Library(background, tmp_path / "library")
        yield Programmes(
            tmp_path / "me" / "programmes", library=library, history=history, background=background
        )


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.mode)
def test_what_is_given_is_what_is_taken_in(setup: Setup, tmp_path: Path, programmes: Programmes) -> None:
    given_file = tmp_path / "given.attune-programme"
    programmes.give(programme(setup), given_file).result()
    assert read_programme(given_file) == programme(setup)
    assert programmes.take_in(given_file).result() == programme(setup)
    programmes.take_in(given_file).result()
    (assigned,) = programmes.assigned().result()
    assert assigned.programme == programme(setup)
    assert (assigned.folder, assigned.done, assigned.today, assigned.over) == (None, 0, False, False)
    programmes.put_away(assigned).result()
    assert programmes.assigned().result() == ()


def test_what_hangs_on_who_practises_is_not_given_away() -> None:
    settled = Daily(minutes=5.0, seen=("Wilhelmina",), cards=(("anger", "fear", "picture", "strong"),))
    assert "Wilhelmina" not in programme_text(programme(settled))
    assert "hz" not in programme_text(programme(BriefMoments(hz=144.0)))


def practise(history: History, setup: Setup, when: datetime, *, ended: bool = True) -> None:
    record = SessionRecord(
        started_at=utc_text(when),
        ended_at=utc_text(when) if ended else None,
        mode=setup.mode,
        clip_set="evenings",
        clip_set_version="1",
        vocabulary="core",
        scored_against=Source.INTENDED,
        seed=1,
        planned=7,
        setup=setup.to_json(),
    )
    history.ask(lambda store: store.begin_session(record)).result()


def test_days_are_counted_on_which_just_this_was_practised(
    tmp_path: Path, history: History, programmes: Programmes
) -> None:
    folder = filmed_set(tmp_path / "library" / "sets" / "evenings", {"Ana": 1})
    wanted = programme(clips=fingerprint(load_clip_set(folder)))
    (tmp_path / "file").write_text(programme_text(wanted), "utf-8")
    programmes.take_in(tmp_path / "file").result()
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    setup = wanted.setup
    assert isinstance(setup, ReadTheMoment)
    practise(history, setup, noon)
    practise(history, setup, noon + timedelta(hours=1))  # the same day
    practise(history, setup, noon - timedelta(days=9))  # before it was given
    practise(history, setup, noon + timedelta(days=1), ended=False)
    practise(history, replace(setup, trials=5), noon + timedelta(days=2))
    practise(history, Daily(), noon + timedelta(days=3))
    (assigned,) = programmes.assigned().result()
    assert (assigned.folder, assigned.done, assigned.over) == (folder, 1, False)
    for day in (1, 2):
        practise(history, setup, noon + timedelta(days=day))
    (assigned,) = programmes.assigned().result()
    assert (assigned.done, assigned.over) == (3, True)


def test_the_fingerprint_is_of_the_clips_alone(tmp_path: Path) -> None:
    one = load_clip_set(filmed_set(tmp_path / "one", {"Ana": 2}))
    other = load_clip_set(filmed_set(tmp_path / "other", {"Ana": 2}))
    fewer = load_clip_set(filmed_set(tmp_path / "fewer", {"Ana": 1}))
    assert fingerprint(one) == fingerprint(other) != fingerprint(fewer)


def error_of(tmp_path: Path, data: bytes) -> str:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(ProgrammeError) as caught:
        read_programme(tmp_path / "bad")
    assert "{" not in Words().error(caught.value)
    return caught.value.key


GOOD = programme_text(programme())


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("days = 3", "days = 0", "damaged"),
        ("days = 3", "days = true", "damaged"),
        ("days = 3", 'days = "3"', "damaged"),
        ("days = 3", "", "damaged"),
        ("given_on = 2026-03-01", "given_on = 2026-03-01T10:00:00", "damaged"),
        ("read_the_moment", "read_the_mind", "damaged"),
        ("trials = 7", "trials = 1e9", "damaged"),
        ("trials = 7", "trials = 0", "damaged"),
        ("trials = 7", "trials = nan", "damaged"),
        ("trials = 7", 'seen = ["Ana"]', "damaged"),
        ("trials = 7", "unheard_of = 1", "damaged"),
        ("[setup]", "[other]", "damaged"),
        ("0" * 64, "0" * 63, "damaged"),
        ('name = "Fear and surprise"', "name = 5", "damaged"),
        ('name = "Fear and surprise"', 'name = " "', "damaged"),
        ('name = "Fear and surprise"', f'name = "{"x" * 500}"', "damaged"),
        ("attune_programme = 1", "attune_programme = 2", "newer"),
        ("attune_programme = 1", "", "not_one"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, before: str, after: str, key: str) -> None:
    assert before in GOOD
    assert error_of(tmp_path, GOOD.replace(before, after).encode()) == f"programme.{key}"


def test_what_is_no_programme_is_told(tmp_path: Path) -> None:
    assert error_of(tmp_path, b"\xff\xfe\x00") == "programme.not_one"
    assert error_of(tmp_path, b"") == "programme.not_one"
    assert error_of(tmp_path, GOOD.encode() + b"# " + b"x" * (1 << 17)) == "programme.not_one"
    with pytest.raises(ProgrammeError, match="unreadable"):
        read_programme(tmp_path / "nowhere")


@given(st.data())
def test_no_file_does_harm(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A good file with a piece of it replaced is understood or refused, never more."""
    file = tmp_path_factory.getbasetemp() / "programme"
    begin = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(begin, min(len(GOOD), begin + 30)))
    piece = data.draw(st.one_of(st.text(max_size=20), st.sampled_from(["1e400", "[[]]", "{}", "inf", "''"])))
    file.write_text(GOOD[:begin] + piece + GOOD[end:], "utf-8", errors="replace")
    try:
        found = read_programme(file)
    except ProgrammeError:
        return
    file.write_text(programme_text(found), "utf-8")
    assert read_programme(file) == found
