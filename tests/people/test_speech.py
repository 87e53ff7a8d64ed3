"""A mouth that speaks: four to five openings a second, closed before and after."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.people.speech import MOUTH, speech
from attune.people.units import AMOUNTS, PLACES

TIME_S = np.arange(0, 20, 0.01)


@pytest.mark.parametrize("seed", range(4))
def test_the_jaw_moves_with_the_syllables(seed: int) -> None:
    amounts = speech(TIME_S, np.random.default_rng(seed), start_s=0.0, end_s=20.0)
    jaw = amounts[:, PLACES["AU26"]] - amounts[:, PLACES["AU26"]].mean()
    power = np.abs(np.fft.rfft(jaw)) ** 2
    rate = np.fft.rfftfreq(len(jaw), 0.01)
    syllables = (rate > 3.3) & (rate < 5.7)
    assert power[syllables].sum() > power[(rate > 5.7) & (rate < 8)].sum()
    assert power[syllables].sum() > power[(rate > 1.5) & (rate < 3.3)].sum()


@given(st.integers(0, 10_000), st.floats(0, 2), st.floats(2.05, 8))
def test_it_keeps_to_the_mouth_and_to_its_time(seed: int, start_s: float, end_s: float) -> None:
    amounts = speech(TIME_S, np.random.default_rng(seed), start_s=start_s, end_s=end_s)
    assert np.all((amounts >= 0) & (amounts <= 1))
    assert not amounts[:, [amount.unit not in MOUTH for amount in AMOUNTS]].any()
    assert not amounts[start_s >= TIME_S].any()
    assert amounts[end_s <= TIME_S].max() < 1e-5
