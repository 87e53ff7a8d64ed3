"""Prompts: enough in each depth, none twice, and never deeper than both wish."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.partner.prompts import LONGEST, Deck, Depth, Prompt, Wish, next_depth, prompts

# Openings of well-known lists; ours are our own.
KNOWN = ("dinner guest", "crystal ball", "perfect day", "fire", "famous", "life story", "how you will die")


def test_each_depth_has_twenty_or_more_and_there_are_a_hundred() -> None:
    counted = Counter(prompt.depth for prompt in prompts())
    assert set(counted) == set(Depth)
    assert min(counted.values()) >= 20
    assert sum(counted.values()) >= 100


def test_no_prompt_is_there_twice_and_none_is_long() -> None:
    assert len({prompt.key for prompt in prompts()}) == len(prompts())
    plain = [re.sub(r"\W+", " ", prompt.text).lower() for prompt in prompts()]
    assert len(set(plain)) == len(plain)
    for prompt in prompts():
        assert 20 <= len(prompt.text) <= LONGEST, prompt
        assert prompt.text[-1] in ".?", prompt
        assert prompt.text[0].isupper(), prompt
        assert not any(known in prompt.text.lower() for known in KNOWN), prompt


def test_no_two_prompts_begin_alike_for_more_than_a_few_words() -> None:
    begun = Counter(" ".join(prompt.text.split()[:6]).lower() for prompt in prompts())
    assert [words for words, count in begun.items() if count > 1] == []


@given(st.sampled_from(Depth), st.sampled_from(Wish), st.sampled_from(Wish))
def test_deeper_takes_two_and_lighter_one(now: Depth, one: Wish, other: Wish) -> None:
    then = next_depth(now, (one, other))
    assert abs(then - now) <= 1
    if then > now:
        assert (one, other) == (Wish.DEEPER, Wish.DEEPER)
    if Wish.LIGHTER in (one, other):
        assert then < now or now is Depth.LIGHTNESS
    assert then == next_depth(now, (other, one))


def test_one_answer_is_not_enough() -> None:
    with pytest.raises(ValueError, match="two are wanted"):
        next_depth(Depth.ROOTS, [Wish.DEEPER])


@given(st.integers(0, 2**16), st.sampled_from(Depth), st.integers(0, 30))
def test_a_deck_shows_every_prompt_before_one_comes_again(seed: int, depth: Depth, already: int) -> None:
    here = [prompt for prompt in prompts() if prompt.depth is depth]
    told = [prompt.key for prompt in here][:already]
    deck = Deck(prompts(), told=told, random=Random(seed))
    drawn = [deck.draw(depth).key for _ in here]
    assert sorted(drawn) == sorted(prompt.key for prompt in here)
    unspoken = len(here) - len(told[: len(here)])
    assert not set(drawn[:unspoken]) & set(told)
    assert deck.draw(depth).key == drawn[0]


def test_a_prompt_of_ones_own_is_drawn_like_the_others() -> None:
    own = Prompt(key="own:1", depth=Depth.ROOTS, text="The river behind our house.")
    deck = Deck(prompts(), told=(), random=Random(1))
    deck.add(own)
    count = sum(prompt.depth is Depth.ROOTS for prompt in prompts())
    assert own in [deck.draw(Depth.ROOTS) for _ in range(count + 1)]
