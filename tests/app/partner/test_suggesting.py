import re
from dataclasses import replace

import pytest

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.partner.couple import Kind, Moment
from attune.app.partner.suggesting import Happened, happened_in, load_suggestions, suggestions_for
from tests.app.partner.couples import a_moment

BLAME = re.compile(
    r"\b(wrong|fault|always|never|should|must|lying|lie|hidden|hiding|really feel)\b", re.IGNORECASE
)


def moment(**change: object) -> Moment:
    return replace(a_moment(1, 2), id=7, revealed=True, told={}, **change)  # type: ignore[arg-type]


def test_there_is_something_for_all_that_can_happen() -> None:
    there = {each.happened for each in load_suggestions()}
    assert there == {*map(str, Happened), *map(str, Core)}


def test_none_of_it_blames_anybody() -> None:
    for each in load_suggestions():
        assert not BLAME.search(each.say), each.say
        assert each.say.format(name="Ana")
        assert each.why.format(name="Ana")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("differs", "fear")),
        ({"perceived": certain(Source.USER, "fear")}, ("fear",)),
        ({"perceived": certain(Source.USER, "fear", intensity=0.9)}, ("stronger", "fear")),
        ({"perceived": certain(Source.USER, "fear", intensity=0.1)}, ("weaker", "fear")),
        ({"perceived": None}, ("fear",)),
        ({"felt": None, "perceived": None}, ()),
    ],
)
def test_what_happened(change: dict[str, object], expected: tuple[str, ...]) -> None:
    assert happened_in(moment(**change)) == expected


def test_ones_own_feeling_seen_in_the_other() -> None:
    own = Reading(source=Source.SELF_REPORT, labels={"surprise": 1.0})
    assert happened_in(replace(moment(), told={"own": own.to_json()}))[0] == Happened.OWN_COLOUR


def test_being_heard_and_how_bids_were_taken() -> None:
    opened = moment(kind=Kind.OPEN_UP)
    for ratings, happened in (
        ({"understood": 0.2}, "unheard"),
        ({"understood": 0.9, "accepted": None}, "heard"),
    ):
        assert happened_in(replace(opened, told={"felt_heard": ratings}))[0] == happened
    bid = moment(kind=Kind.SMALL_BIDS, felt=None, perceived=None)
    for turn in ("toward", "away", "against"):
        assert happened_in(replace(bid, told={"marked": {"shower": turn}, "own": "a joke"})) == (turn,)


def test_what_is_kept_out_of_sight_is_not_given_away() -> None:
    assert suggestions_for(replace(moment(), revealed=False)) == ()
    felt_self = replace(moment(), told={"own": certain(Source.SELF_REPORT, "surprise").to_json()})
    given = {each.happened for each in suggestions_for(felt_self, own=False)}
    assert "own_colour" not in given
    assert "differs" in given
    bid = replace(moment(kind=Kind.SMALL_BIDS), told={"marked": {"shower": "away"}}, revealed=False)
    assert happened_in(bid) == ()


def test_of_each_kind_one_before_a_second_and_the_same_each_time() -> None:
    found = suggestions_for(moment())
    assert [each.happened for each in found] == ["differs", "fear", "differs"]
    assert len({each.key for each in found}) == 3
    assert found == suggestions_for(moment())
    assert found != suggestions_for(replace(moment(), id=8))
