"""Cards: everything a round needs is there, what was given least comes first, a code word is one thing."""

from collections import Counter
from random import Random

import pytest

from attune.affect.vocabulary import Core
from attune.app.partner.cards import Card, Deck, Way, code_sheet, load_cards

KEY = "1 2026-03-01"


def test_every_emotion_can_be_shown_and_recalled_and_none_need_be() -> None:
    cards = load_cards()
    assert {(card.way, card.emotion) for card in cards} == {
        (way, emotion) for way in (Way.SHOW, Way.RECALL) for emotion in Core
    } | {(Way.FREE, None)}
    assert len({card.name for card in cards}) == len({card.text for card in cards}) == len(cards) >= 50


@pytest.mark.parametrize("card", load_cards(), ids=lambda card: card.name)
def test_cards_are_short_and_say_nothing_the_house_does_not_say(card: Card) -> None:
    assert 20 <= len(card.text) <= 110
    assert card.text[0].isupper()
    assert card.text[-1] in ".?"
    assert not any(word in card.text.lower() for word in ("wrong", "true ", "hidden", "lying", "genuine"))


def test_each_feeling_comes_before_any_comes_again_and_each_card_before_it_does() -> None:
    deck = Deck(load_cards(), Random(1))
    drawn = [deck.draw() for _ in range(9 * 8)]
    for first in range(0, len(drawn), 9):
        assert {card.emotion for card in drawn[first : first + 9]} == {*Core, None}
    often = Counter(card.name for card in drawn)
    anger = [often[card.name] for card in load_cards() if card.kind == "show.anger"]
    assert set(anger) == {1}  # four of eight were to show it, and there are four cards
    assert len({card.way for card in drawn[:9]}) == 3


def test_what_was_given_on_other_days_counts_and_what_is_not_known_any_more_does_not() -> None:
    given = [card.name for card in load_cards() if card.emotion != "fear"]
    deck = Deck(load_cards(), Random(2), [*given, "show.glee.party", "", "None"])
    assert {deck.draw().emotion for _ in range(4)} == {"fear"}


def test_a_code_word_stands_for_one_thing_and_the_two_lists_differ() -> None:
    sheet, again, other = code_sheet(KEY), code_sheet(KEY), code_sheet("2 2026-03-01")
    assert sheet == again != other
    assert list(sheet) == sorted(sheet)
    kinds = [card.kind for card in sheet.values()]
    assert sorted(kinds) == sorted({card.kind for card in load_cards()})  # each once
