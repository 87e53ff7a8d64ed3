"""New against trained, like with like."""

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency

from attune.scoring.transfer import Transfer, carried_over
from attune.scoring.unscorable import Unscorable


def test_one_stratum_is_the_plain_difference() -> None:
    found = carried_over([6], [10], [15], [20])
    assert isinstance(found, Transfer)
    assert found.difference == pytest.approx(0.6 - 0.75)
    assert found.low < found.difference < found.high


def test_what_has_no_counterpart_does_not_count() -> None:
    found = carried_over([6, 9, 0], [10, 10, 0], [15, 0, 7], [20, 0, 9])
    assert found == carried_over([6], [10], [15], [20])
    assert carried_over([1, 0], [2, 0], [0, 3], [0, 5]) is Unscorable.TOO_FEW


def test_learning_over_time_is_not_taken_for_lost_transfer() -> None:
    """New things come early: over all answers they seem worse, within weeks they are just as good."""
    new_n, trained_n = np.array([90, 50, 10]), np.array([10, 50, 90])
    share = np.array([0.4, 0.6, 0.8])
    found = carried_over(new_n * share, new_n, trained_n * share, trained_n)
    assert isinstance(found, Transfer)
    assert found.difference == pytest.approx(0)
    assert found.new_agreed / found.new < found.trained_agreed / found.trained


def test_p_is_that_of_mantel_and_haenszel() -> None:
    """One table is Pearson's chi-squared times (n - 1) / n; where all agree nothing tells them apart."""
    found = carried_over([12], [30], [25], [40])
    assert isinstance(found, Transfer)
    pearson = chi2_contingency([[12, 18], [25, 15]], correction=False).statistic
    assert found.p == pytest.approx(chi2.sf(pearson * 69 / 70, 1))
    alike = carried_over([20], [20], [30], [30])
    assert isinstance(alike, Transfer)
    assert (alike.difference, alike.p) == (0, 1)


def test_ninety_five_of_a_hundred_intervals_hold_the_truth() -> None:
    chance, truth, held = np.random.default_rng(5), -0.12, 0
    rounds = 1500
    for _each in range(rounds):
        new_n, trained_n = chance.integers(2, 12, 10), chance.integers(4, 30, 10)
        share = chance.uniform(0.4, 0.8, 10)
        found = carried_over(
            chance.binomial(new_n, share + truth), new_n, chance.binomial(trained_n, share), trained_n
        )
        assert isinstance(found, Transfer)
        held += found.low <= truth <= found.high
    assert 0.93 <= held / rounds <= 0.97
