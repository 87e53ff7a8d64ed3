from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.student import Mean, mean_of, t_p, t_quantile
from attune.scoring.unscorable import Unscorable


@pytest.mark.parametrize(
    ("degrees", "t"),
    [(1, 12.7062), (2, 4.3027), (5, 2.5706), (30, 2.0423), (1000, 1.9623), (20_000, 1.95996)],
)
def test_the_tables_of_t(degrees: int, t: float) -> None:
    assert t_quantile(degrees) == pytest.approx(t, rel=1e-4)
    assert t_p(t, degrees) == pytest.approx(0.05, rel=1e-3)
    assert t_p(-t, degrees) == pytest.approx(0.05, rel=1e-3)
    assert t_p(0.0, degrees) == pytest.approx(1.0)


def test_a_mean_by_hand() -> None:
    found = mean_of([1.0, 2.0, 3.0])
    assert isinstance(found, Mean)
    assert (found.value, found.n, found.t) == (2.0, 3, pytest.approx(2 * np.sqrt(3)))
    assert found.high - 2 == pytest.approx(4.3027 / np.sqrt(3), rel=1e-4)
    assert found.p == pytest.approx(0.0742, abs=5e-5)


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=30))
def test_the_interval_leaves_out_0_where_p_is_small(values: list[float]) -> None:
    found = mean_of(values)
    if isinstance(found, Mean) and abs(found.p - 0.05) > 1e-3:
        assert (found.low > 0 or found.high < 0) == (found.p < 0.05)


def test_no_error_without_differences() -> None:
    assert mean_of([]) is Unscorable.TOO_FEW
    assert mean_of([1.0]) is Unscorable.TOO_FEW
    assert mean_of([0.3, 0.3, 0.3]) is Unscorable.ALIKE
    with pytest.raises(ValueError, match="degrees"):
        t_p(1.0, 0)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=12))
def test_values_of_a_group_each_are_values(values: list[float]) -> None:
    found, plain = mean_of(values, list(range(len(values)))[::-1]), mean_of(values)
    if isinstance(plain, Mean):
        assert isinstance(found, Mean)
        assert astuple(found) == pytest.approx(astuple(plain), rel=1e-6)
    else:
        assert found is plain


def test_what_is_said_twice_in_one_breath_counts_once() -> None:
    """Each value three times over is no more than the value."""
    values = [0.1, -0.2, 0.4, 0.3]
    once, thrice = mean_of(values), mean_of(np.repeat(values, 3), np.repeat([7, 3, 5, 1], 3))
    assert isinstance(once, Mean)
    assert isinstance(thrice, Mean)
    assert (thrice.low, thrice.high, thrice.p) == pytest.approx((once.low, once.high, once.p))
    assert thrice.n == 12
    assert mean_of(values, [2] * 4) is Unscorable.TOO_FEW
