"""Show and tell: what a turn keeps and when, who may see what, what passing and a veto leave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from attune.affect.reading import Reading, Source, certain
from attune.app.partner.couple import Agreed, Couple, Kind, Moment, Person
from attune.app.partner.show_and_tell import ShowAndTell, Told, Watching, is_read, why_not
from attune.errors import StorageError
from attune.perception.units import Moved, Side
from tests.app.partner.couples import ALL, filmed, opened
from tests.futures import settled

NOTICED = certain(Source.USER, "surprise", intensity=0.4, confidence=0.6, by="Ben")
FELT = certain(Source.USER, "fear", intensity=0.7, by="Ana")
MEASURED = certain(Source.MEASURED, "fear")


@dataclass(frozen=True)
class Measured:
    """As much of what was seen as a round asks for."""

    reading: Reading | None
    units: tuple[Moved, ...]


SEEN = Measured(MEASURED, (Moved("AU1", Side.BOTH, float(np.float32(0.5))),))


@pytest.fixture
def couple(tmp_path: Path) -> Iterator[Couple]:
    with opened(tmp_path) as there:
        yield there


def sitting(couple: Couple, agreed: Agreed = ALL, other: Agreed = ALL) -> ShowAndTell:
    people = []
    for name, each in (("Ana", agreed), ("Ben", other)):
        person = couple.add_person(name).result()
        people.append(couple.agree(person.id, each).result())
    return ShowAndTell.begin(couple, *people, Random(3)).result()


def told(round_: ShowAndTell, *, seen: Measured | None = None, recording: int | None = None) -> Moment:
    """One turn until Ana has told."""
    round_.draw()
    round_.watched(Watching.LIVE, seen, recording)  # type: ignore[arg-type] - see Measured
    round_.noticed(NOTICED)
    round_.felt_self(certain(Source.SELF_REPORT, "neutral"))
    moment = round_.tell(FELT, 0.75).result()
    round_.kept(moment)
    return moment


def test_a_turn_keeps_its_corners_and_shows_them_to_nobody(couple: Couple) -> None:
    round_ = sitting(couple)
    card = round_.draw()
    round_.watched(Watching.LIVE, SEEN)  # type: ignore[arg-type] - see Measured
    round_.noticed(NOTICED)
    assert couple.moments().result() == ()  # before Ana has told there is nothing to keep
    kept = round_.tell(FELT, None).result()
    assert couple.moments(kind=Kind.SHOW_AND_TELL).result() == (kept,)
    assert not kept.revealed
    assert kept.perceived == NOTICED
    assert kept.felt == replace(FELT, source=Source.SELF_REPORT)
    assert kept.expressed == MEASURED
    assert kept.units == (("AU1", "both", 0.5),)
    assert (kept.intended and kept.intended.top) == card.emotion
    assert Told.from_json(kept.told) == Told(card=card.name, watching=Watching.LIVE)


def test_the_face_of_somebody_who_did_not_agree_is_in_nothing_that_is_kept(couple: Couple) -> None:
    round_ = sitting(couple, Agreed(camera=True), ALL)
    assert told(round_, seen=SEEN).expressed is None
    assert round_.turn.units == ()
    round_.swap()
    assert told(round_, seen=SEEN).expressed == MEASURED  # Ben did


def test_only_whoever_showed_reveals_and_says_whether_with_what_was_measured(couple: Couple) -> None:
    round_ = sitting(couple)
    kept = told(round_, seen=SEEN)
    shown = round_.reveal(measured=False).result()
    assert shown == replace(kept, revealed=True, told=kept.told)
    round_.kept(shown)
    again = round_.reveal(measured=True).result()
    assert Told.from_json(again.told) == replace(Told.from_json(kept.told), measured=True)
    assert couple.moments().result() == (again,)


def test_what_is_told_reads_back_as_it_was(couple: Couple) -> None:
    said = Told.from_json(told(sitting(couple)).told)
    assert said.seen == 0.75
    assert said.own == certain(Source.SELF_REPORT, "neutral")
    assert Told.from_json(said.to_json()) == said


def test_a_veto_leaves_neither_moment_nor_film(couple: Couple) -> None:
    round_ = sitting(couple)
    film = filmed(couple, round_.turn.shower.id, round_.turn.noticer.id)
    told(round_, recording=film.id)
    assert film.path.exists()
    round_.veto().result()
    assert couple.moments().result() == couple.recordings().result() == ()
    assert not film.path.exists()
    assert round_.drop() is None


def test_passing_leaves_no_film_and_the_turn_begins_anew(couple: Couple) -> None:
    round_ = sitting(couple)
    film = filmed(couple, round_.turn.shower.id, round_.turn.noticer.id)
    round_.draw()
    round_.watched(Watching.MOMENT, None, film.id)
    gone = round_.drop()
    assert gone is not None
    gone.result()
    assert couple.recordings().result() == ()
    assert not film.path.exists()
    assert round_.turn.card is None


def test_what_could_not_be_kept_goes_with_its_film(couple: Couple, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = sitting(couple)
    film = filmed(couple, round_.turn.shower.id, round_.turn.noticer.id)
    round_.draw()
    round_.watched(Watching.MOMENT, None, film.id)
    monkeypatch.setattr(couple, "keep", lambda _moment: settled(StorageError("storage.locked", path="")))
    with pytest.raises(StorageError):
        round_.tell(FELT, None).result()
    round_.untold()
    gone = round_.drop()
    assert gone is not None
    gone.result()
    assert couple.recordings().result() == ()


def test_a_veto_that_came_to_nothing_can_be_tried_again(
    couple: Couple, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = sitting(couple)
    told(round_)
    with monkeypatch.context() as full:
        full.setattr(couple, "veto", lambda _id: settled(StorageError("storage.locked", path="")))
        with pytest.raises(StorageError):
            round_.veto().result()
    round_.veto().result()
    assert couple.moments().result() == ()


def test_what_was_told_stays_when_the_round_is_left(couple: Couple) -> None:
    round_ = sitting(couple)
    film = filmed(couple, round_.turn.shower.id, round_.turn.noticer.id)
    kept = told(round_, recording=film.id)
    assert round_.drop() is None
    assert couple.moments().result() == (kept,)
    assert film.path.exists()


def test_whoever_watches_may_pass_and_the_moment_is_kept_without_them(couple: Couple) -> None:
    round_ = sitting(couple)
    round_.draw()
    round_.watched(Watching.ROOM)
    round_.noticed(None)
    assert round_.tell(FELT, None).result().perceived is None


def test_who_needs_no_card_shows_something_of_their_own(couple: Couple) -> None:
    round_ = sitting(couple)
    round_.draw()
    round_.choose_freely()
    round_.watched(Watching.ROOM)
    round_.noticed(NOTICED)
    kept = round_.tell(FELT, None).result()
    assert kept.intended is None
    assert kept.told["card"] == "free.any.own"


def test_turns_alternate_and_each_has_cards_of_their_own(couple: Couple) -> None:
    round_ = sitting(couple)
    first = [round_.turn.shower.name]
    for _ in range(3):
        round_.draw()
        round_.swap()
        first.append(round_.turn.shower.name)
    assert first == ["Ana", "Ben", "Ana", "Ben"]


def test_feelings_given_on_another_day_are_not_given_again_before_the_others(couple: Couple) -> None:
    round_ = sitting(couple)
    had = set()
    for _ in range(8):
        moment = told(round_)
        had.add(moment.intended.top if moment.intended else None)
        round_.drop()
    people = round_.turn.shower, round_.turn.noticer
    another_day = ShowAndTell.begin(couple, *people, Random(9)).result()
    assert another_day.draw().emotion not in had


@pytest.mark.parametrize(
    ("one", "other", "missing"),
    [
        (ALL, ALL, ["", "", ""]),
        (ALL, Agreed(), ["", "camera", "camera"]),
        (ALL, None, ["", "camera", "camera"]),
        (Agreed(camera=True), ALL, ["", "", "recording"]),
        (Agreed(recording=True), ALL, ["", "camera", "camera"]),
    ],
)
def test_both_agree_or_it_is_not_filmed(one: Agreed, other: Agreed | None, missing: list[str]) -> None:
    people = [Person(id=id_, name="A", made_at="", agreed=each) for id_, each in enumerate((one, other))]
    assert [why_not(watching, people) for watching in Watching] == missing


def test_nobody_is_read_who_was_not_asked() -> None:
    ana = Person(id=1, name="Ana", made_at="")
    assert [is_read(replace(ana, agreed=each)) for each in (None, Agreed(camera=True), ALL)] == [
        False,
        False,
        True,
    ]


def test_a_turn_without_a_card_or_a_moment_is_a_mistake_of_the_window(couple: Couple) -> None:
    round_ = sitting(couple)
    with pytest.raises(ValueError, match="card"):
        round_.tell(FELT, None)
    with pytest.raises(ValueError, match="kept"):
        round_.veto()


def test_what_cannot_be_kept_says_so(couple: Couple) -> None:
    round_ = sitting(couple)
    told(round_, seen=SEEN)
    couple.agree(round_.turn.shower.id, Agreed()).result()  # taken back meanwhile
    with pytest.raises(ValueError, match=r"agreed|measured"):
        round_.reveal(measured=True).result()
