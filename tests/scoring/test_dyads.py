import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from attune.scoring.dyads import Distinctive, Effect, TruthAndBias, distinctive, truth_and_bias
from attune.scoring.intervals import wilson
from attune.scoring.student import Mean
from attune.scoring.unscorable import Unscorable

REPORTED = np.array([0.1, 0.5, -0.4, 0.8, -0.2, 0.0, 0.3])
OWN = np.array([0.3, -0.5, 0.2, 0.6, 0.1, -0.7, 0.0])


def judged(level: float, tracking: float, projection: float) -> np.ndarray:
    return REPORTED.mean() + level + tracking * (REPORTED - REPORTED.mean()) + projection * (OWN - OWN.mean())


@given(st.floats(-1, 1), st.floats(-1, 2), st.floats(-1, 1))
def test_the_three_are_told_apart(level: float, tracking: float, projection: float) -> None:
    found = truth_and_bias(judged(level, tracking, projection), REPORTED, OWN)
    assert isinstance(found, TruthAndBias)
    assert isinstance(found.projection, Effect)
    values = [effect.value for effect in (found.tracking, found.projection)]
    assert values == pytest.approx([tracking, projection], abs=1e-9)
    if isinstance(found.level, Mean):
        assert found.level.value == pytest.approx(level, abs=1e-9)
    else:  # just as much, and nothing else: the difference does not vary
        assert (found.level, tracking, projection) == (Unscorable.ALIKE, pytest.approx(1), pytest.approx(0))
    assert found.n == 7


def test_level_is_the_mean_difference_with_its_t_test() -> None:
    said = judged(0.2, 0.3, 0.1)
    found = truth_and_bias(said, REPORTED, OWN)
    assert isinstance(found, TruthAndBias)
    assert isinstance(found.level, Mean)
    paired = ttest_rel(said, REPORTED)
    interval = paired.confidence_interval()
    assert (found.level.t, found.level.p) == pytest.approx((paired.statistic, paired.pvalue), abs=1e-6)
    assert (found.level.low, found.level.high) == pytest.approx((interval.low, interval.high), abs=1e-4)


@pytest.mark.slow
def test_who_follows_nothing_is_not_called_biased_more_often_than_they_should() -> None:
    """Judgements without anything of the report in them, and no level: one in twenty has a p below .05."""
    chance, rare = np.random.default_rng(6), 0
    for _pair in range(1000):
        found = truth_and_bias(*chance.normal(0, 0.4, (3, 20)))
        assert isinstance(found, TruthAndBias)
        assert isinstance(found.level, Mean)
        rare += found.level.p < 0.05
    low, high = wilson(rare, 1000)
    assert low < 0.05 < high


def test_intervals_are_those_of_least_squares() -> None:
    """Against the textbook's slope of one cause: s / sqrt(S_xx), t with n - 2 degrees of freedom (2.5706)."""
    said = judged(0, 1, 0) + np.array([0.1, -0.1, 0.05, 0.0, -0.05, 0.1, -0.1])
    found = truth_and_bias(said, REPORTED)
    assert isinstance(found, TruthAndBias)
    x = REPORTED - REPORTED.mean()
    slope = float(x @ said / (x @ x))
    left = said - said.mean() - slope * x
    half = 2.5706 * float(np.sqrt(left @ left / 5 / (x @ x)))
    assert (found.tracking.low, found.tracking.high) == pytest.approx((slope - half, slope + half), abs=1e-4)
    assert found.projection is Unscorable.NO_ANSWERS


def test_what_cannot_be_told_says_why() -> None:
    said = judged(0.1, 0.8, 0.2)
    assert truth_and_bias(said[:4], REPORTED[:4], OWN[:4]) is Unscorable.TOO_FEW
    assert truth_and_bias([], []) is Unscorable.TOO_FEW
    assert truth_and_bias(said, np.full(7, 0.2), OWN) is Unscorable.FLAT_REFERENCE
    assert truth_and_bias(said, REPORTED, 0.5 * REPORTED + 0.1) is Unscorable.INSEPARABLE
    still = truth_and_bias(said, REPORTED, np.zeros(7))
    assert isinstance(still, TruthAndBias)
    assert still.projection is Unscorable.FLAT_USER
    with pytest.raises(ValueError, match="same length"):
        truth_and_bias(said, REPORTED[:5])


def test_what_fits_anybody_is_not_about_this_partner() -> None:
    """Everybody goes the same way, and judges say just that: no correlation is higher than another."""
    rng = np.random.default_rng(1)
    common = np.sin(np.arange(30))
    reported = common + rng.normal(0, 0.3, (12, 30))
    stereotype = distinctive(common + rng.normal(0, 0.1, (12, 30)), reported)
    attuned = distinctive(reported + rng.normal(0, 0.1, (12, 30)), reported)
    assert isinstance(stereotype, Distinctive)
    assert isinstance(attuned, Distinctive)
    assert stereotype.own > 1
    assert stereotype.difference.low < 0 < stereotype.difference.high
    assert attuned.difference.low > 0.3
    assert attuned.own - attuned.others == pytest.approx(attuned.difference.value)


def test_pairs_by_hand() -> None:
    """Two pairs; correlations .5 with the own partner, 0 and -.5 with the other's."""
    reported = [[1, 0, -1], [0, 1, -1]]
    judgements = [[0, 1, -1], [1, 1, -2]]
    found = distinctive(judgements, reported)
    r = np.array([[0.5, 1.0], [np.sqrt(3) / 2, np.sqrt(3) / 2]])
    z = np.arctanh(np.minimum(r, 1 - 1e-6))
    assert isinstance(found, Distinctive)
    assert found.own == pytest.approx((z[0, 0] + z[1, 1]) / 2)
    assert found.others == pytest.approx((z[0, 1] + z[1, 0]) / 2)


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_the_order_of_pairs_makes_no_difference(seed: int) -> None:
    rng = np.random.default_rng(seed)
    reported, said, order = rng.normal(0, 1, (5, 9)), rng.normal(0, 1, (5, 9)), rng.permutation(5)
    one, other = distinctive(said, reported), distinctive(said[order], reported[order])
    assert isinstance(one, Distinctive)
    assert isinstance(other, Distinctive)
    assert other.difference.value == pytest.approx(one.difference.value)


def test_pairs_that_cannot_be_scored() -> None:
    moving = np.random.default_rng(1).normal(0, 1, (3, 8))
    assert distinctive(np.zeros((0, 0)), np.zeros((0, 0))) is Unscorable.TOO_FEW
    assert distinctive(moving[:1], moving[:1]) is Unscorable.TOO_FEW
    assert distinctive(np.vstack([moving[:1], np.zeros((2, 8))]), moving) is Unscorable.TOO_FEW
    assert distinctive(moving[[0, 0]], moving[[0, 0]]) is Unscorable.ALIKE
    with pytest.raises(ValueError, match="same shape"):
        distinctive(moving, moving[:2])
