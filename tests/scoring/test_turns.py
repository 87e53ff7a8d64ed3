import numpy as np
import pytest

from attune.scoring.dyads import Distinctive
from attune.scoring.turns import LEAST, Turn, followed
from attune.scoring.unscorable import Unscorable

CLOCK = np.arange(0, 80, 0.25)


def line(seed: int) -> np.ndarray:
    """Of a speaker: a few marks, joined."""
    chance = np.random.default_rng(seed)
    return np.interp(CLOCK, np.linspace(0, 80, 9), chance.uniform(-0.8, 0.8, 9))


def turn(seed: int, trace: np.ndarray, lag: float = 2.0) -> Turn:
    return Turn(
        line_s=CLOCK, line=line(seed), trace_s=CLOCK, trace=np.interp(CLOCK - lag, CLOCK, trace), lag_s=lag
    )


def test_who_follows_follows_their_own_turn_and_no_other() -> None:
    noise = np.random.default_rng(1)
    found = followed([turn(n, line(n) + noise.normal(0, 0.2, len(CLOCK))) for n in range(8)])
    assert isinstance(found, Distinctive)
    assert np.tanh(found.own) > 0.8
    assert abs(np.tanh(found.others)) < 0.3
    assert found.difference.low > 0.5
    assert found.difference.n == 8


def test_a_dial_that_always_does_the_same_follows_nobody() -> None:
    found = followed([turn(n, np.sin(CLOCK / 9)) for n in range(12)])
    assert isinstance(found, Distinctive)
    assert found.difference.low < 0 < found.difference.high


def test_neither_level_nor_scale_of_the_dial_matters() -> None:
    noise = np.random.default_rng(2).normal(0, 0.3, (6, len(CLOCK)))
    plain, other = (
        followed([turn(n, scale * (line(n) + noise[n]) + level) for n in range(6)])
        for scale, level in ((1.0, 0.0), (0.4, 0.3))
    )
    assert isinstance(plain, Distinctive)
    assert isinstance(other, Distinctive)
    assert other.own == pytest.approx(plain.own)
    assert other.difference.value == pytest.approx(plain.difference.value)


def test_turns_without_movement_are_left_out() -> None:
    moved = [turn(n, line(n)) for n in range(LEAST)]
    still = turn(9, np.zeros(len(CLOCK)))
    found = followed([*moved, still])
    assert isinstance(found, Distinctive)
    assert found.difference.n == LEAST
    assert followed([*moved[1:], still]) is Unscorable.TOO_FEW
    assert followed([]) is Unscorable.TOO_FEW
