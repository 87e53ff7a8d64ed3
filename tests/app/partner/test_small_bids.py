"""Small bids: their cards, what is kept of one, and what many of them come to."""

import random
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.partner.small_bids import (
    EASIER,
    ENOUGH,
    WAYS,
    Bid,
    Mark,
    Turn,
    card_of,
    draw,
    load_bids,
    past_of,
)
from attune.resources import Words

marks = st.builds(
    Mark,
    turn=st.none() | st.sampled_from(Turn),
    helps=st.lists(st.sampled_from(WAYS), unique=True).map(tuple),
    words=st.text(max_size=20),
)


def moment(turn: Turn | None, *, at: str, revealed: bool = True, answer: Turn | None = None) -> Any:
    bid = Bid(card="window", shower=Mark(turn=turn), noticer=Mark(turn=answer))
    return SimpleNamespace(told=bid.to_json(), happened_at=at, revealed=revealed)


def test_there_are_many_cards_of_every_kind() -> None:
    cards = load_bids()
    kinds = Words().table("partner_bids.kinds")
    assert len(cards) >= 60
    assert len({card.key for card in cards}) == len({card.text for card in cards}) == len(cards)
    assert {card.kind for card in cards} == kinds.keys()


def test_all_there_is_to_choose_has_words() -> None:
    words = Words()
    assert set(WAYS) == words.table("partner_bids.helps.shower").keys()
    assert set(EASIER) == words.table("partner_bids.helps.noticer").keys()
    for who in ("shower", "noticer"):
        assert set(Turn) <= words.table(f"partner_bids.turns.{who}").keys()


def test_no_card_comes_twice_until_all_were_seen() -> None:
    cards, seen, chance = load_bids(), set[str](), random.Random(3)
    for _ in cards:
        drawn = draw(cards, seen, chance)
        assert drawn.key not in seen
        seen.add(drawn.key)
    assert draw(cards, seen, chance) in cards


def test_a_card_that_is_gone_is_nobody_s_fault() -> None:
    assert card_of("window", load_bids()) is not None
    assert card_of("of another version", load_bids()) is None


@given(st.builds(Bid, card=st.text(), own=st.text(), shower=marks, noticer=marks, noticed=st.booleans()))
def test_what_is_kept_comes_back(bid: Bid) -> None:
    assert Bid.from_json(bid.to_json()) == bid


def test_what_others_read_stands_under_its_name() -> None:
    bid = Bid(
        card="window",
        shower=Mark(turn=Turn.AWAY, helps=("look",), words="Oh, where?"),
        noticer=Mark(turn=Turn.TOWARD),
    )
    told = bid.to_json()
    assert told["marked"] == {"shower": "away", "noticer": "toward"}
    assert told["helped"] == "Oh, where?"
    assert bid.met is False
    assert Mark().passed
    assert Bid(shower=Mark(turn=Turn.AWAY)).met is None
    assert "marked" not in Bid().to_json()


def test_only_what_both_looked_at_counts() -> None:
    past = past_of(
        cast(
            "list[Any]",
            [
                moment(Turn.AGAINST, at="2026-03-02", answer=Turn.AGAINST),
                moment(Turn.TOWARD, at="2026-03-01", answer=Turn.AWAY),
                moment(Turn.AWAY, at="2026-03-03", revealed=False),
                moment(None, at="2026-03-04", answer=Turn.TOWARD),
            ],
        )
    )
    assert past.turns == (Turn.TOWARD, Turn.AGAINST)
    assert (past.toward, past.met, past.both) == (1, 1, 2)


@pytest.mark.parametrize(
    ("toward", "of", "says"),
    [(0, 0, "open"), (4, 4, "open"), (5, 5, "most"), (3, 6, "open"), (1, 12, "some"), (9, 10, "most")],
)
def test_no_more_is_said_than_the_interval_allows(toward: int, of: int, says: str) -> None:
    turns = [Turn.TOWARD] * toward + [Turn.AWAY] * (of - toward)
    past = past_of([moment(turn, at=f"2026-03-{day + 1:02}") for day, turn in enumerate(turns)])
    assert past.says == says
    assert past.enough == (of >= ENOUGH)


def test_the_interval_is_wilson_s() -> None:
    turns = [Turn.TOWARD] * 7 + [Turn.AWAY] * 3
    past = past_of([moment(turn, at=f"2026-03-{day + 1:02}") for day, turn in enumerate(turns)])
    assert (past.low, past.high) == (pytest.approx(0.397, abs=5e-4), pytest.approx(0.892, abs=5e-4))
