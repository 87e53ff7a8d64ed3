from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from attune.affect.moment import Edge
from attune.affect.reading import NONE, Reading, Source, certain
from attune.app.partner.couple import Kind, Moment
from attune.app.partner.looking_back import (
    ENOUGH,
    STRETCH,
    LookingBack,
    felt_heard,
    look_back,
    sittings,
    stretches,
)
from attune.app.partner.open_up import Mark, Way
from attune.app.partner.open_up import Told as Opened
from attune.app.partner.prompts import Depth
from attune.app.partner.show_and_tell import ShowAndTell, Told, Watching
from attune.app.partner.suggesting import suggestions_for
from attune.app.services import load_vocabulary
from attune.scoring.dyads import Distinctive
from attune.scoring.intervals import wilson
from attune.scoring.shuffled import BesideShuffled, SameName, Shuffles
from attune.scoring.student import Mean
from attune.scoring.unscorable import Unscorable
from tests.app.partner import couples

ANA, BEN = 1, 2
BEGUN = datetime(2026, 3, 1, 18, tzinfo=UTC)
VOCABULARY = load_vocabulary()
SHOWN = Told(card="free.own", watching=Watching.ROOM, measured=True)


def moment(
    day: int = 0, *, felt: str = "sadness", seen: str = "sadness", revealed: bool = True, **rest: object
) -> Moment:
    made = Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at=(BEGUN + timedelta(days=day)).isoformat(timespec="milliseconds"),
        shower=ANA,
        noticer=BEN,
        felt=certain(Source.SELF_REPORT, felt),
        perceived=certain(Source.USER, seen),
        told=SHOWN.to_json(),
        revealed=revealed,
    )
    return replace(made, **rest)  # type: ignore[arg-type]


def back(moments: Sequence[Moment]) -> LookingBack:
    return look_back(moments, shower=ANA, noticer=BEN, vocabulary=VOCABULARY)


def opened(day: int, ratings: dict[str, float | None]) -> Moment:
    told = Opened(
        prompt="x",
        text="A place.",
        depth=Depth.LIGHTNESS,
        way=Way.LISTEN,
        lasts_s=60.0,
        felt_heard=ratings,
        guessed={"understood": 0.1},
    )
    return moment(day, kind=Kind.OPEN_UP, told=told.to_json())


def test_nothing_is_made_of_nothing() -> None:
    found = back([])
    assert found.moments == found.heard == ()
    assert found.mean == {}
    assert found.edges == dict.fromkeys(Edge, ())
    assert found.noticing is None


def test_how_it_felt_comes_from_the_one_who_spoke_and_what_was_passed_is_left_out() -> None:
    found = back([opened(1, {"understood": 0.9, "cared_for": None}), opened(0, {"understood": 0.5})])
    assert [heard.felt for heard in found.heard] == [{"understood": 0.5}, {"understood": 0.9}]
    mean = found.mean["understood"]
    assert isinstance(mean, Mean)
    assert mean.value == pytest.approx(0.7)
    assert "cared_for" not in found.mean
    assert felt_heard(moment(told=replace(SHOWN, seen=0.8).to_json())) == {"seen": 0.8}
    assert felt_heard(moment(kind=Kind.SMALL_BIDS, told={"seen": 0.8})) == {}


def test_what_is_kept_out_of_sight_is_in_no_sum() -> None:
    """Whatever was noticed in moments that are not revealed, the figures are the same."""
    shown = [moment(day, seen="anger" if day % 3 else "sadness") for day in range(12)]
    kept = [moment(20 + day, seen="fear", revealed=False) for day in range(5)]
    other = [replace(each, perceived=certain(Source.USER, "sadness")) for each in kept]
    one, two = back([*shown, *kept]), back([*shown, *other])
    assert one.kept_back == 5
    assert one.counted == 12
    assert (one.edges, one.noticing) == (two.edges, two.noticing)
    assert len(one.moments) == 17  # each stands in the list, so that it can be taken back


def test_each_way_round_by_itself() -> None:
    other_way = replace(moment(), shower=BEN, noticer=ANA)
    assert back([other_way]).moments == ()


def test_stretches_hold_enough_and_all_of_them() -> None:
    pairs = [(BEGUN + timedelta(days=n), n % 4 != 0) for n in range(23)]
    found = stretches(pairs)
    assert sum(each.n for each in found) == 23
    assert min(each.n for each in found) >= STRETCH
    assert sum(each.same for each in found) == sum(same for _, same in pairs)
    assert [each.when for each in found] == sorted(each.when for each in found)
    assert (found[0].low, found[0].high) == wilson(found[0].same, found[0].n)
    assert stretches(pairs[: STRETCH - 1]) == ()


def test_a_sitting_ends_where_nothing_happens_for_hours() -> None:
    hours = (0, 0.5, 3.2, 7, 24, 26.9)
    assert sittings([BEGUN + timedelta(hours=each) for each in hours]) == [0, 0, 0, 1, 2, 2]
    assert sittings([]) == []


def test_an_edge_needs_both_corners_to_name_something() -> None:
    faint = Reading(source=Source.MEASURED, labels={"sadness": 0.3, "anger": 0.2, "fear": 0.25, "joy": 0.25})
    clear = certain(Source.MEASURED, "sadness")
    moments = [moment(day, expressed=clear if day < STRETCH else faint) for day in range(8)]
    moments += [moment(9, perceived=certain(Source.USER, NONE), expressed=None)]
    edges = back(moments).edges
    assert [each.n for each in edges[Edge.ATTUNEMENT]] == [8]
    assert [each.n for each in edges[Edge.LEGIBILITY]] == [STRETCH]


def test_noticing_is_spoken_of_from_enough_on() -> None:
    assert back([moment(day) for day in range(ENOUGH - 1)]).noticing is None
    noticing = back([moment(day) for day in range(ENOUGH)]).noticing
    assert noticing is not None
    assert noticing.pleasant is Unscorable.FLAT_REFERENCE  # it was always the same
    assert noticing.strength is Unscorable.TOO_FEW  # and nobody said how strong


def test_how_strong_is_spoken_of_from_enough_on_too() -> None:
    seen = certain(Source.USER, "sadness", intensity=0.9)
    moments = [moment(day) for day in range(ENOUGH)]
    for count in (ENOUGH - 1, ENOUGH):
        some = [
            replace(
                each,
                felt=certain(Source.SELF_REPORT, "sadness", intensity=0.5 + 0.01 * (day % 3)),
                perceived=seen,
            )
            for day, each in enumerate(moments[:count])
        ]
        noticing = back([*some, *moments[count:]]).noticing
        assert noticing is not None
        assert isinstance(noticing.strength, Mean) is (count == ENOUGH)


def simulated(n: int, *, tracking: float, projection: float, level: float) -> list[Moment]:
    """A couple with known bias, in the units of the rounds: pleasantness in [-1, 1]."""
    chance = np.random.default_rng(7)
    told, own = chance.uniform(-0.6, 0.6, (2, n))
    said = level + tracking * told + projection * own + chance.normal(0, 0.08, n)
    return [
        felt_so(day, *(float(each) for each in values))
        for day, values in enumerate(zip(told, said, own, strict=True))
    ]


def felt_so(day: int, told: float, said: float, own: float) -> Moment:
    state = Reading(source=Source.SELF_REPORT, labels={"fear": 1.0}, valence=own)
    return replace(
        moment(day, told=replace(SHOWN, own=state).to_json()),
        felt=Reading(source=Source.SELF_REPORT, labels={"sadness": 1.0}, valence=told, intensity=0.5),
        perceived=Reading(
            source=Source.USER, labels={"sadness": 1.0}, valence=said, intensity=0.7 + 0.01 * (day % 3)
        ),
    )


def test_a_couple_with_known_bias_is_found_again() -> None:
    noticing = back(simulated(40, tracking=0.8, projection=0.3, level=0.1)).noticing
    assert noticing is not None
    pleasant = noticing.pleasant
    assert isinstance(pleasant, BesideShuffled)
    assert pleasant.found.tracking.low < 0.8 < pleasant.found.tracking.high
    assert pleasant.tracking.p < 0.01
    assert isinstance(pleasant.projection, Shuffles)
    assert pleasant.projection.p < 0.05
    strength = noticing.strength
    assert isinstance(strength, Mean)
    assert strength.value == pytest.approx(0.21, abs=0.005)
    assert isinstance(noticing.names, SameName)


def a_couple(
    chance: np.random.Generator, n: int, *, an_evening: int = 1, tracking: float = 0, projection: float = 0
) -> LookingBack:
    """Feelings of the two that go together a little, judged with noise as large; how strong by chance.

    Of several moments ``an_evening``, half of what varies is the evening's.
    """
    evening, shared = np.arange(n) // an_evening, 0.28 if an_evening > 1 else 0.0
    bright = chance.normal(0, shared, (3, n))[:, evening]
    told, noise, other = bright + chance.normal(0, (0.16 - shared**2) ** 0.5, (3, n))
    own = 0.3 * told + other
    said = tracking * told + projection * own + noise
    names = chance.choice(("sadness", "fear", "anger", "happiness"), (2, n), p=(0.4, 0.3, 0.2, 0.1))
    strengths = chance.uniform(0.2, 0.9, (2, n))
    moments = []
    for day in range(n):
        state, felt, seen = (
            Reading(source=source, labels={str(label): 1.0}, valence=float(np.clip(value, -1, 1)))
            for source, label, value in (
                (Source.SELF_REPORT, "fear", own[day]),
                (Source.SELF_REPORT, names[0, day], told[day]),
                (Source.USER, names[1, day], said[day]),
            )
        )
        felt, seen = (
            replace(reading, intensity=float(strengths[place, day]))
            for place, reading in enumerate((felt, seen))
        )
        moments.append(
            replace(
                moment(told=replace(SHOWN, own=state).to_json()),
                felt=felt,
                perceived=seen,
                happened_at=(BEGUN + timedelta(days=int(evening[day]), minutes=day)).isoformat(),
            )
        )
    return back(moments)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "an_evening"), [(ENOUGH, 1), (30, 1), (30, 3)])
def test_of_two_where_nothing_goes_with_anything_something_is_said_in_one_of_twenty(
    n: int, an_evening: int
) -> None:
    """Of all five looks together; each by itself would say something of one couple in five."""
    chance = np.random.default_rng(n)
    found = [a_couple(chance, n, an_evening=an_evening).beyond_chance for _couple in range(250)]
    low, _ = wilson(sum(map(bool, found)), len(found))
    assert low < 0.05
    assert sum("projection" in each for each in found) <= 0.05 * len(found)


@pytest.mark.slow
def test_what_there_clearly_is_is_said_with_counts_that_couples_have() -> None:
    chance = np.random.default_rng(8)
    found = [a_couple(chance, 40, tracking=0.9, projection=0.1).beyond_chance for _couple in range(60)]
    own = [a_couple(chance, 40, projection=0.9).beyond_chance for _couple in range(60)]
    assert sum("tracking" in each for each in found) > 0.9 * len(found)
    assert sum("projection" in each for each in own) > 0.9 * len(own)
    assert sum("tracking" in each for each in own) <= 0.1 * len(own)


def test_somebody_who_reads_their_own_feeling_does_not_track() -> None:
    noticing = back(simulated(40, tracking=0, projection=0.8, level=0)).noticing
    assert noticing is not None
    assert isinstance(noticing.pleasant, BesideShuffled)
    assert noticing.pleasant.tracking.p > 0.05
    assert isinstance(noticing.pleasant.projection, Shuffles)
    assert noticing.pleasant.projection.p < 0.01


def test_too_few_own_states_leave_tracking_over_all() -> None:
    moments = simulated(30, tracking=0.8, projection=0, level=0)
    few = [each if n < ENOUGH - 1 else replace(each, told={}) for n, each in enumerate(moments)]
    noticing = back(few).noticing
    assert noticing is not None
    assert isinstance(noticing.pleasant, BesideShuffled)
    assert noticing.pleasant.found.n == 30
    assert noticing.pleasant.projection is Unscorable.NO_ANSWERS


def listened(day: int, *, along: float, revealed: bool = True) -> Moment:
    """A turn whose unsteady dial goes along as much with what the speaker marked, two seconds late."""
    chance = np.random.default_rng(day)
    marks = [
        Mark(time_s=float(at), label="fear", values=(float(chance.uniform(-0.8, 0.8)),))
        for at in range(4, 90, 9)
    ]
    told = Opened(
        prompt="x",
        text="A place.",
        depth=Depth.LIGHTNESS,
        way=Way.DIAL,
        lasts_s=90.0,
        marks=tuple(marks),
        lag_s=2.0,
    )
    clock = np.arange(0, 90, 0.25)
    line = np.interp(clock - 2, [mark.time_s for mark in marks], [mark.values[0] for mark in marks])
    dial = np.clip(along * line + chance.normal(0, 0.2, len(clock)), -1, 1)
    samples = tuple(zip(clock.tolist(), dial.tolist(), strict=True))
    return moment(day, kind=Kind.OPEN_UP, told=replace(told, samples=samples).to_json(), revealed=revealed)


def test_going_along_while_listening_stands_beside_other_turns() -> None:
    looked = back([listened(day, along=0.8) for day in range(8)])
    assert looked.beyond_chance == {"listening"}
    found = looked.listening
    assert isinstance(found, Distinctive)
    assert found.own > 0.8
    assert abs(found.others) < 0.4
    assert found.difference.low > 0
    nobody = back([listened(day, along=0) for day in range(8)])
    assert isinstance(nobody.listening, Distinctive)
    assert nobody.listening.difference.low < 0 < nobody.listening.difference.high
    assert nobody.beyond_chance == frozenset()


def test_turns_that_are_covered_or_were_only_listened_to_are_in_no_sum() -> None:
    assert back([listened(day, along=0.8, revealed=False) for day in range(8)]).listening is None
    assert back([opened(day, {"understood": 0.5}) for day in range(8)]).listening is None
    assert back([listened(day, along=0.8) for day in range(3)]).listening is Unscorable.TOO_FEW


def test_a_round_of_show_and_tell_is_found_here(tmp_path: Path) -> None:
    """From the card to the sum, and out of it again when it is taken back."""
    with couples.opened(tmp_path) as couple:
        ana, ben = (couple.add_person(name).result() for name in ("Ana", "Ben"))
        sitting = ShowAndTell.begin(couple, ana, ben, Random(1)).result()
        sitting.draw()
        sitting.watched(Watching.ROOM)
        sitting.noticed(Reading(source=Source.USER, labels={"fear": 1.0}, intensity=0.4))
        sitting.kept(sitting.tell(certain(Source.SELF_REPORT, "fear", intensity=0.8), 0.9).result())
        covered = back(couple.moments().result())
        assert covered.heard[0].felt == {"seen": 0.9}
        assert (covered.counted, covered.kept_back) == (0, 1)
        sitting.kept(sitting.reveal(measured=False).result())
        shown = back(couple.moments().result())
        assert (shown.counted, shown.kept_back) == (1, 0)
        said = [each.happened for each in suggestions_for(shown.moments[0])]
        assert said == ["heard", "weaker", "fear"]
        sitting.veto().result()
        assert back(couple.moments().result()).moments == ()
