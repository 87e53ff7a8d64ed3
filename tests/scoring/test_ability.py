from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.ability import Ability, ability, ability_of_counts, expected, information, reliable_change

answers = st.lists(
    st.tuples(st.booleans(), st.floats(-4, 4), st.sampled_from([0.0, 0.125, 0.25, 0.5])), max_size=40
)


def of(answered: list[tuple[bool, float, float]]) -> Ability:
    columns = ([a for a, _, _ in answered], [b for _, b, _ in answered], [c for _, _, c in answered])
    return ability(*columns)


def exact(right: list[bool], b: list[float], c: list[float]) -> tuple[float, float]:
    """Mean and sd of the posterior on a grid so fine and wide that nothing is missed."""
    theta = np.linspace(-7, 7, 1401)
    p = expected(theta[:, None], b, c)
    found = np.where(right, np.log(p), np.log1p(-p)).sum(axis=1) - theta**2 / 2
    weight = np.exp(found - found.max())
    weight /= weight.sum()
    mean = float(weight @ theta)
    return mean, sqrt(float(weight @ (theta - mean) ** 2))


@pytest.mark.parametrize(
    ("theta", "difficulty", "guess", "p"),
    [(0.0, 0.0, 0.0, 0.5), (1.0, 0.0, 0.0, 0.731059), (0.0, 0.0, 0.25, 0.625), (-900.0, 900.0, 0.2, 0.2)],
)
def test_expected(theta: float, difficulty: float, guess: float, p: float) -> None:
    assert expected(theta, difficulty, guess) == pytest.approx(p)


def test_expected_of_many_clips_at_once() -> None:
    assert expected(0.0, np.zeros((3, 2)), 0.5).shape == (3, 2)


def test_information_of_a_coin_and_of_a_guess() -> None:
    assert information(0.0, 0.0, 0.0) == pytest.approx(0.25)
    assert information(0.0, 0.0, 0.5) == pytest.approx(0.125**2 / (0.75 * 0.25))
    assert information(-900.0, 900.0, 0.0) == 0.0


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 0.9))
def test_information_is_the_curvature_of_what_is_expected(theta: float, b: float, c: float) -> None:
    """dP/dtheta squared over P (1 - P)."""
    step = 1e-5
    p, slope = expected(theta, b, c), (expected(theta + step, b, c) - expected(theta - step, b, c)) / step / 2
    assert information(theta, b, c) == pytest.approx(slope**2 / (p * (1 - p)), rel=1e-3, abs=1e-9)


@given(answers.filter(len))
def test_the_grid_gives_the_posterior_mean(answered: list[tuple[bool, float, float]]) -> None:
    found = of(answered)
    mean, _ = exact([a for a, _, _ in answered], [b for _, b, _ in answered], [c for _, _, c in answered])
    assert found.theta == pytest.approx(mean, abs=0.005)
    assert found.low < found.theta < found.high
    assert found.answers == len(answered)


def test_nothing_answered_is_the_prior() -> None:
    found = ability([], [], [])
    assert (found.theta, found.se, found.answers) == (pytest.approx(0.0), inf, 0)
    assert (found.low, found.high) == (pytest.approx(-1.96, abs=0.02), pytest.approx(1.96, abs=0.02))
    assert found.only_interval


def test_the_error_is_that_of_the_information() -> None:
    found = ability([True, False] * 20, 0.0, 0.0)
    assert found.theta == pytest.approx(0.0, abs=1e-9)
    assert found.se == pytest.approx(1 / sqrt(40 * 0.25))
    assert not found.only_interval


def test_as_many_answers_as_one_likes() -> None:
    rng = np.random.default_rng(5)
    b = rng.normal(0, 1, 50_000)
    found = ability(rng.random(50_000) < expected(1.3, b, 1 / 6), b, 1 / 6)
    assert abs(found.theta - 1.3) < 3 * found.se
    assert found.high - found.low == pytest.approx(2 * 1.96 * found.se, rel=0.05)


@given(answers, st.floats(-4, 4), st.floats(0, 0.5))
def test_one_more_agreement_means_more_ability(
    answered: list[tuple[bool, float, float]], b: float, c: float
) -> None:
    assert of([*answered, (True, b, c)]).theta > of([*answered, (False, b, c)]).theta


@given(st.lists(st.tuples(st.booleans(), st.floats(-4, 4)), max_size=30))
def test_without_guessing_the_scale_has_two_equal_sides(answered: list[tuple[bool, float]]) -> None:
    one = of([(right, b, 0.0) for right, b in answered])
    other = of([(not right, -b, 0.0) for right, b in answered])
    assert one.theta == pytest.approx(-other.theta, abs=1e-6)
    assert one.low == pytest.approx(-other.high, abs=1e-6)


def test_a_change_is_reliable_beyond_its_errors() -> None:
    before = Ability(theta=0.0, se=0.3, low=-0.6, high=0.6, answers=40)
    after = Ability(theta=0.9, se=0.4, low=0.1, high=1.7, answers=30)
    found = reliable_change(before, after)
    assert (found.difference, found.z, found.reliable) == (0.9, pytest.approx(1.8), False)
    assert reliable_change(before, Ability(theta=1.0, se=0.4, low=0, high=2, answers=30)).reliable
    assert not reliable_change(before, ability([], [], [])).reliable


def test_one_of_several_changes_has_to_be_larger() -> None:
    before, after = (Ability(theta=theta, se=0.3, low=-2, high=2, answers=40) for theta in (0.0, 1.0))
    found = [reliable_change(before, after, looks=looks) for looks in (1, 2, 8)]
    assert [each.z for each in found] == pytest.approx([2.357] * 3, abs=0.001)
    assert [each.reliable for each in found] == [True, True, False]  # beyond 1.96, 2.24, not 2.73
    with pytest.raises(ValueError, match="looks"):
        reliable_change(before, after, looks=0)


@pytest.mark.parametrize(
    ("correct", "difficulty", "guess"),
    [([[True]], 0.0, 0.0), ([True], 21.0, 0.0), ([True], float("nan"), 0.0), ([True], 0.0, 1.0)],
)
def test_impossible_answers(correct: list[bool], difficulty: float, guess: float) -> None:
    with pytest.raises(ValueError, match=r"correct|difficulty|guess"):
        ability(correct, difficulty, guess)


def test_counted_answers_give_the_same_ability() -> None:
    chance = np.random.default_rng(4)
    levels = np.array([-1.0, -0.4, 0.2, 0.8, 1.4])
    place = chance.integers(0, 5, 400)
    right = chance.random(400) < 0.6
    plain = ability(right, levels[place], 1 / 8)
    counted = ability_of_counts(
        np.bincount(place[right], minlength=5), np.bincount(place, minlength=5), levels, 1 / 8
    )
    assert counted.theta == pytest.approx(plain.theta, abs=1e-9)
    assert (counted.low, counted.high, counted.se) == pytest.approx((plain.low, plain.high, plain.se))
    assert counted.answers == 400


def test_more_agreed_than_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="agreed"):
        ability_of_counts([3], [2], [0.0], 0.125)


@pytest.mark.slow
def test_of_eight_abilities_that_stay_one_is_called_changed_in_one_of_twenty_at_most() -> None:
    """120 answers about each before and after; by itself, one would be called so in one person of four."""
    chance, levels, alone, among = np.random.default_rng(9), np.array([-0.8, 0.0, 0.8]), 0, 0
    answers = np.full(3, 40)
    for _person in range(150):
        changes = []
        for theta in chance.normal(0, 0.7, 8):
            agreed = chance.binomial(answers, expected(theta, levels, 1 / 8), (2, 3))
            pair = [ability_of_counts(row, answers, levels, 1 / 8) for row in agreed]
            changes.append([reliable_change(*pair, looks=looks).reliable for looks in (1, 8)])
        alone += any(one for one, _ in changes)
        among += any(several for _, several in changes)
    assert alone > 0.15 * 150
    assert among <= 0.05 * 150
