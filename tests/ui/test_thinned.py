"""A million points are drawn as a few thousand, and nothing that stands out is lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from attune.ui.widgets.thinned import MOST, thinned


def test_few_points_are_drawn_as_they_are() -> None:
    x, y = np.arange(100.0), np.arange(100.0) % 7
    shown_x, shown_y = thinned(x, y, 10, 20)
    assert shown_x.tolist() == list(range(10, 21))
    assert (shown_y == y[10:21]).all()


def test_nothing_to_draw_is_nothing() -> None:
    assert [len(each) for each in thinned(np.empty(0), np.empty(0), 0, 1)] == [0, 0]


@given(low=st.floats(0, 0.9), width=st.floats(0.01, 1), seed=st.integers(0, 99))
def test_many_points_are_thinned_to_what_can_be_told_apart(low: float, width: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    x, y = np.sort(chance.uniform(0, 1, 50_000)), chance.lognormal(size=50_000)
    shown_x, shown_y = thinned(x, y, low, low + width)
    within = y[(x >= low) & (x <= low + width)]
    assert len(shown_x) == len(shown_y) <= MOST
    assert shown_y.max() >= within.max()
    assert shown_y.min() <= within.min()
    assert set(shown_y.tolist()) <= set(y.tolist())
