from math import atanh, tanh

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.scoring.continuous import Following, Pooled, estimate_lag, follow, pool
from attune.scoring.traces import aligned
from attune.scoring.unscorable import Unscorable

CLOCK = np.arange(0, 90, 1 / 30)


def course(seed: int, seconds: float = 90.0) -> np.ndarray:
    """A feeling that comes and goes: a few slow waves, within [-1, 1]."""
    rng = np.random.default_rng(seed)
    when = np.arange(0, seconds, 1 / 30)
    waves = [rng.uniform(0.5, 1) * np.sin(when / rng.uniform(1, 4) + rng.uniform(0, 6)) for _ in range(5)]
    return np.sum(waves, axis=0) / 5


def later(trace: np.ndarray, lag: float) -> np.ndarray:
    return np.interp(CLOCK - lag, CLOCK, trace)


def scored(found: Following | Unscorable) -> Following:
    assert isinstance(found, Following)
    return found


def test_following_late_is_following() -> None:
    found = scored(follow(CLOCK, course(1), CLOCK, later(course(1), 2.5), lag_s=2.5))
    assert found.r == pytest.approx(1, abs=1e-6)
    assert found.ccc == pytest.approx(1, abs=1e-3)
    assert isinstance(found.r_unlagged, float)
    assert found.r_unlagged < 0.5
    assert found.p < 0.05
    assert found.by_chance < 0.9
    assert found.samples == (90 - 5 - 2.5) * 2 - 1


@settings(max_examples=25)
@given(st.integers(0, 99), st.floats(0.2, 1.5), st.floats(-0.5, 0.5))
def test_level_and_scale_do_not_change_how_well_is_followed(seed: int, scale: float, level: float) -> None:
    user = later(course(seed), 2.0) + 0.3 * course(seed + 1)
    one = scored(follow(CLOCK, course(seed), CLOCK, user, lag_s=2.0))
    other = scored(follow(CLOCK, course(seed), CLOCK, scale * user + level, lag_s=2.0))
    assert other.r == pytest.approx(one.r, abs=1e-9)
    assert other.independent == pytest.approx(one.independent)
    assert other.scale == pytest.approx(scale * one.scale)
    assert one.low <= one.r <= one.high
    assert 0 < one.p <= 1
    assert one.independent <= one.samples


def test_another_clips_course_is_followed_by_chance_only() -> None:
    """Of traces that have nothing to do with the clip, about one in twenty has a p of at most .05."""
    found = [scored(follow(CLOCK, course(i), CLOCK, course(i + 1000), lag_s=2.0)) for i in range(200)]
    assert np.mean([each.p <= 0.05 for each in found]) < 0.1
    assert abs(np.mean([each.r for each in found])) < 0.05


def test_chance_is_every_turn_of_the_trace_but_the_smallest() -> None:
    found = scored(follow(CLOCK, course(1), CLOCK, course(2), lag_s=2.0))
    x, late = aligned(CLOCK, course(1), CLOCK, course(2), lags_s=[2.0])
    turned = [np.corrcoef(x, np.roll(late[0], shift))[0, 1] for shift in range(4, len(x) - 3)]
    assert found.by_chance == pytest.approx(sorted(turned)[-((len(turned) + 1) // 20)])
    assert found.p == pytest.approx((1 + sum(r >= found.r for r in turned)) / (1 + len(turned)))


@settings(max_examples=40)
@given(st.integers(0, 999), st.floats(17, 40), st.floats(0, 1))
def test_above_what_chance_does_is_a_p_of_one_in_twenty(seed: int, seconds: float, along: float) -> None:
    """However short: with few shifts of a trace none can be as rare, and nothing lies above."""
    clock = np.arange(0, seconds, 1 / 30)
    user = along * course(seed, seconds) + (1 - along) * course(seed + 1, seconds)
    found = scored(follow(clock, course(seed, seconds), clock, user, lag_s=0.0))
    assert (found.r > found.by_chance) == (found.p <= 0.05)


def test_neighbours_in_time_do_not_count_twice() -> None:
    noise = np.random.default_rng(2).normal(0, 0.5, (2, len(CLOCK)))
    slow = scored(follow(CLOCK, course(1), CLOCK, course(2), lag_s=1.0))
    fast = scored(follow(CLOCK, noise[0], CLOCK, noise[1], lag_s=1.0))
    assert slow.independent < slow.samples / 4
    assert fast.independent > fast.samples * 0.9
    assert (fast.weight, slow.weight) == (fast.independent - 3, max(0.0, slow.independent - 3))


def test_what_cannot_be_scored_says_why() -> None:
    moving, still = course(1), np.full(len(CLOCK), 0.4)
    assert follow(CLOCK, still, CLOCK, moving, lag_s=1.0) is Unscorable.FLAT_REFERENCE
    assert follow(CLOCK, moving, CLOCK, still, lag_s=1.0) is Unscorable.FLAT_USER
    assert follow(CLOCK[:450], moving[:450], CLOCK, moving, lag_s=1.0) is Unscorable.TOO_SHORT
    assert follow(CLOCK, moving, [], [], lag_s=1.0) is Unscorable.TOO_SHORT
    assert follow(CLOCK, np.full(len(CLOCK), np.nan), CLOCK, moving, lag_s=1.0) is Unscorable.TOO_SHORT
    with pytest.raises(ValueError, match="lag_s"):
        follow(CLOCK, moving, CLOCK, moving, lag_s=-1.0)


@pytest.mark.parametrize("lag", [1.0, 2.3, 4.1, 6.0])
def test_the_lag_is_found(lag: float) -> None:
    clips = [((CLOCK, course(i)), (CLOCK, later(course(i), lag))) for i in (1, 2)]
    assert estimate_lag(clips) == pytest.approx(lag, abs=0.051)


def test_no_lag_where_there_is_nothing_to_tell_it_from() -> None:
    still = np.zeros(len(CLOCK))
    assert estimate_lag([]) is Unscorable.NO_ANSWERS
    assert estimate_lag([((CLOCK, course(1)), (CLOCK, still))]) is Unscorable.FLAT_USER
    assert estimate_lag([((CLOCK, still), (CLOCK, course(1)))]) is Unscorable.FLAT_REFERENCE
    assert estimate_lag([((CLOCK[:400], still[:400]), (CLOCK, still))]) is Unscorable.TOO_SHORT
    assert estimate_lag([((CLOCK, course(1)), (CLOCK, -later(course(1), 2)))]) is Unscorable.UNRELATED


def test_a_clip_that_cannot_be_scored_does_not_hide_one_that_can() -> None:
    fine = ((CLOCK, course(1)), (CLOCK, later(course(1), 3.0)))
    flat = ((CLOCK, course(1)), (CLOCK, np.zeros(len(CLOCK))))
    assert estimate_lag([flat, fine, flat]) == pytest.approx(3.0, abs=0.051)


def clip(r: float, weight: float) -> Following:
    return Following(
        r=r, low=-1, high=1, r_unlagged=r, lag_s=2, samples=100, independent=weight + 3, weight=weight,
        by_chance=0.5, p=0.1, ccc=r, level=0, scale=1,
    )  # fmt: skip


def test_clips_are_pooled_by_what_they_are_worth() -> None:
    found = pool([clip(0.2, 10), clip(0.8, 30), clip(-1.0, 0), Unscorable.FLAT_USER])
    z = (10 * atanh(0.2) + 30 * atanh(0.8)) / 40
    assert isinstance(found, Pooled)
    assert (found.r, found.clips, found.left_out) == (pytest.approx(tanh(z)), 2, 2)
    assert found.low == pytest.approx(tanh(z - 1.96 / 40**0.5))
    assert found.high == pytest.approx(tanh(z + 1.96 / 40**0.5))


def test_nothing_to_pool_says_why() -> None:
    assert pool([]) is Unscorable.NO_ANSWERS
    assert pool([Unscorable.FLAT_USER]) is Unscorable.TOO_SHORT
