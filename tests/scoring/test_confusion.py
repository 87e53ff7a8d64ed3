from collections.abc import Iterator
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.confusion import Confusion, Sensitivity
from attune.scoring.unscorable import Unscorable

NAMES = ("happy", "sad", "angry", "fear")
# science.md, "Values to test against": rows are responses there, references here.
TABLE = ((4, 1, 0, 1), (0, 3, 2, 1), (0, 0, 6, 0), (2, 0, 0, 4))
EXAMPLE = Confusion(names=NAMES, counts=tuple(zip(*TABLE, strict=True)))

pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=60)


def rates(confusion: Confusion) -> Iterator[float | Unscorable]:
    for name in NAMES:
        yield confusion.hit_rate(name)
        yield confusion.unbiased_hit_rate(name)


def test_unbiased_hit_rates_and_their_chance() -> None:
    assert [EXAMPLE.unbiased_hit_rate(n) for n in NAMES] == pytest.approx([4 / 9, 0.375, 0.75, 4 / 9])
    assert [EXAMPLE.chance(n) for n in NAMES] == pytest.approx([0.0625, 0.0417, 0.0833, 0.0625], abs=5e-5)


def test_accuracy_and_agreement_beyond_chance() -> None:
    assert EXAMPLE.agreed / EXAMPLE.total == pytest.approx(0.7083, abs=5e-5)
    assert EXAMPLE.kappa() == pytest.approx(0.6111, abs=5e-5)


def test_information() -> None:
    assert EXAMPLE.information_bits() == pytest.approx(1.0519, abs=5e-5)
    assert EXAMPLE.information_share() == pytest.approx(0.5369, abs=5e-5)


def test_sensitivity_and_readiness() -> None:
    assert EXAMPLE.sensitivity("happy") == (pytest.approx(1.485, abs=5e-4), pytest.approx(0.376, abs=5e-4))


def test_counting_pairs() -> None:
    counted = Confusion.of([("sad", "fear"), ("sad", "sad"), ("fear", "fear"), ("sad", "fear")], NAMES)
    assert (counted.shown("sad"), counted.said("sad"), counted.hits("sad"), counted.total) == (3, 1, 1, 4)


def test_never_said_is_not_a_rate_of_nothing() -> None:
    counted = Confusion.of([("sad", "fear"), ("happy", "sad")], NAMES)
    assert counted.hit_rate("sad") == 0.0
    assert counted.unbiased_hit_rate("sad") == 0.0
    assert counted.hit_rate("happy") == 0.0
    assert counted.unbiased_hit_rate("happy") is Unscorable.NEVER_SAID
    assert counted.unbiased_hit_rate("angry") is Unscorable.NEVER_SHOWN
    assert counted.hit_rate("angry") is Unscorable.NEVER_SHOWN


def test_swapped_labels_tell_everything_and_agree_on_nothing() -> None:
    swapped = Confusion.of([("sad", "fear"), ("fear", "sad")] * 3, NAMES)
    assert swapped.agreed == 0
    assert swapped.information_share() == pytest.approx(1.0)
    assert swapped.kappa() == pytest.approx(-1.0)


def test_nothing_to_tell_apart_says_so() -> None:
    nothing, alone = Confusion.of([], NAMES), Confusion.of([("sad", "sad")], NAMES)
    found = (nothing.kappa(), nothing.information_bits(), nothing.information_share(), nothing.chance("sad"))
    assert set(found) == {Unscorable.NO_ANSWERS}
    assert (nothing.sensitivity("sad"), nothing.luck("sad")) == (Unscorable.NEVER_SHOWN,) * 2
    assert (alone.kappa(), alone.information_share()) == (Unscorable.NO_OTHERS,) * 2
    assert (alone.sensitivity("sad"), alone.sensitivity("fear")) == (
        Unscorable.NO_OTHERS,
        Unscorable.NEVER_SHOWN,
    )
    assert Confusion.of([("sad", "fear")], NAMES).luck("sad") is Unscorable.NEVER_SAID


def test_luck_is_the_exact_tail() -> None:
    """Six angry among 24, all six named in eight tries: comb(18, 2) of comb(24, 8) ways to deal."""
    assert EXAMPLE.luck("angry") == pytest.approx(comb(18, 2) / comb(24, 8), rel=1e-9)


@given(pairs, st.sampled_from(NAMES))
def test_luck_counts_every_way_to_deal(answers: list[tuple[str, str]], name: str) -> None:
    counted = Confusion.of(answers, NAMES)
    shown, said, n = counted.shown(name), counted.said(name), counted.total
    found = counted.luck(name)
    if isinstance(found, Unscorable):
        assert not shown * said
        return
    ways = sum(
        comb(shown, hits) * comb(n - shown, said - hits)
        for hits in range(counted.hits(name), min(shown, said) + 1)
        if said >= hits
    )
    assert found == pytest.approx(ways / comb(n, said), rel=1e-9)


@given(pairs)
def test_measures_keep_their_bounds(answers: list[tuple[str, str]]) -> None:
    counted = Confusion.of(answers, NAMES)
    assert counted.total == len(answers)
    assert all(isinstance(rate, Unscorable) or 0 <= rate <= 1 for rate in rates(counted))
    kappa, share = counted.kappa(), counted.information_share()
    assert isinstance(kappa, Unscorable) or -1 - 1e-9 <= kappa <= 1 + 1e-9
    assert isinstance(share, Unscorable) or 0 <= share <= 1
    for name in NAMES:
        hit_rate, unbiased = counted.hit_rate(name), counted.unbiased_hit_rate(name)
        if not isinstance(unbiased, Unscorable) and not isinstance(hit_rate, Unscorable):
            assert unbiased <= hit_rate + 1e-12


@given(pairs, st.sampled_from(NAMES))
def test_one_more_agreement_never_lowers_sensitivity(answers: list[tuple[str, str]], name: str) -> None:
    other = "sad" if name != "sad" else "fear"
    before = Confusion.of([*answers, (other, other), (name, other)], NAMES).sensitivity(name)
    after = Confusion.of([*answers, (other, other), (name, name)], NAMES).sensitivity(name)
    assert isinstance(before, Sensitivity)
    assert isinstance(after, Sensitivity)
    assert after.d_prime > before.d_prime


def test_what_is_not_counted() -> None:
    with pytest.raises(ValueError, match="serene"):
        Confusion.of([("sad", "serene")], NAMES)
    for counts in (((1, 2), (3,)), ((1, 2),), ((1, -2), (0, 0))):
        with pytest.raises(ValueError, match="2 rows"):
            Confusion(names=("a", "b"), counts=counts)
