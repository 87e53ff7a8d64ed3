from dataclasses import astuple
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring import shuffled
from attune.scoring.dyads import Effect
from attune.scoring.intervals import wilson
from attune.scoring.shuffled import (
    DRAWS,
    BesideShuffled,
    SameName,
    Shuffles,
    _blocks,
    _orders,
    beside_shuffled,
    same_name,
)
from attune.scoring.unscorable import Unscorable

RISING = np.linspace(-0.8, 0.8, 12)
STATES = np.array([0.3, -0.5, 0.2, 0.6, 0.1, -0.7, 0.0, 0.4, -0.2, -0.6, 0.5, -0.1])


def couple(
    chance: np.random.Generator,
    *,
    level: float = 0.0,
    tracking: float = 0.0,
    projection: float = 0.0,
    n: int = 40,
    together: float = 0.4,
) -> BesideShuffled:
    """A simulated couple with these, whose feelings go ``together`` as much, judged with some noise."""
    told = chance.normal(0, 0.4, n)
    own = together * told + chance.normal(0, 0.4, n)
    said = level + tracking * told + projection * own  # of moments that are some of many, around 0
    found = beside_shuffled(said + chance.normal(0, 0.25, n), told, own)
    assert isinstance(found, BesideShuffled)
    return found


def test_the_one_order_that_fits_is_as_rare_as_can_be() -> None:
    found = beside_shuffled(RISING, RISING)
    assert isinstance(found, BesideShuffled)
    assert found.found.tracking.value == pytest.approx(1)
    assert found.tracking.p == pytest.approx(1 / (1 + DRAWS))
    assert found.tracking.low < 0 < found.tracking.high < 1
    assert found.tracking.usual == pytest.approx(0, abs=0.03)
    assert found.projection is Unscorable.NO_ANSWERS


def test_against_what_is_told_no_shuffle_tracks_less() -> None:
    found = beside_shuffled(-RISING, RISING)
    assert isinstance(found, BesideShuffled)
    assert found.tracking.p == 1


@pytest.mark.slow
def test_known_bias_is_found_again_in_simulated_couples() -> None:
    """Means near what was put in, and intervals that hold it as often as they say."""
    chance = np.random.default_rng(3)
    known = {"level": 0.12, "tracking": 0.7, "projection": 0.3}
    found = [couple(chance, **known) for _ in range(200)]
    for name, value in known.items():
        effects = [getattr(each.found, name) for each in found]
        assert np.mean([effect.value for effect in effects]) == pytest.approx(value, abs=0.03)
        held = sum(effect.low <= value <= effect.high for effect in effects)
        low, high = wilson(held, len(effects))
        assert low < 0.95 < high
    assert sum(each.tracking.p < 0.05 for each in found) == len(found)
    assert sum(each.projection.p < 0.05 for each in found if isinstance(each.projection, Shuffles)) > 150


@pytest.mark.slow
def test_projection_alone_does_not_pass_for_tracking_nor_tracking_for_projection() -> None:
    """Feelings of the two go together; p is below .05 in one of twenty couples of which it is not so."""
    chance = np.random.default_rng(4)
    projecting = [couple(chance, projection=0.8) for _ in range(300)]
    tracking = [couple(chance, tracking=0.8) for _ in range(300)]
    by_chance = sum(each.tracking.p < 0.05 for each in projecting)
    other = sum(each.projection.p < 0.05 for each in tracking if isinstance(each.projection, Shuffles))
    for found in (by_chance, other):
        low, high = wilson(found, 300)
        assert low < 0.05 < high
    # without one's own state in it, the same judgements would look like tracking
    fooled = 0
    for _ in range(100):
        told = chance.normal(0, 0.4, 40)
        own = 0.4 * told + chance.normal(0, 0.4, 40)
        alone = beside_shuffled(0.8 * own + chance.normal(0, 0.25, 40), told)
        fooled += isinstance(alone, BesideShuffled) and alone.tracking.p < 0.05
    assert fooled > 30


def test_the_same_is_told_twice() -> None:
    assert couple(np.random.default_rng(5)) == couple(np.random.default_rng(5))


@pytest.mark.parametrize("sittings", [None, [0, 0, 0, 1, 1, 1, 2, 3, 3, 4, 5, 5]])
def test_many_at_a_time_or_few_come_to_the_same(
    monkeypatch: pytest.MonkeyPatch, sittings: list[int] | None
) -> None:
    said, names = RISING + 0.3 * STATES[::-1], ["joy", "sad", "fear"] * 4
    with monkeypatch.context() as few:
        few.setattr(shuffled, "TOGETHER", 100)
        apart = beside_shuffled(said, RISING, STATES, sittings=sittings)
        named = same_name(names, names[::-1], sittings=sittings)
    whole = beside_shuffled(said, RISING, STATES, sittings=sittings)
    assert isinstance(apart, BesideShuffled)
    assert isinstance(whole, BesideShuffled)
    for one, other in ((apart.tracking, whole.tracking), (apart.projection, whole.projection)):
        assert isinstance(one, Shuffles)
        assert isinstance(other, Shuffles)
        assert astuple(one) == pytest.approx(astuple(other))
    assert same_name(names, names[::-1], sittings=sittings) == named


def test_a_state_that_never_changed_hides_no_tracking() -> None:
    found = beside_shuffled(RISING, RISING, np.zeros(12))
    assert isinstance(found, BesideShuffled)
    assert found.projection is Unscorable.FLAT_USER
    assert found.tracking.p < 0.01


def test_what_cannot_be_told_says_why() -> None:
    assert beside_shuffled(RISING[:4], RISING[:4]) is Unscorable.TOO_FEW
    assert beside_shuffled(np.full(12, 0.3), RISING) is Unscorable.FLAT_USER
    assert beside_shuffled(RISING, np.full(12, 0.3)) is Unscorable.FLAT_REFERENCE
    assert beside_shuffled(RISING, RISING, RISING) is Unscorable.INSEPARABLE
    with pytest.raises(ValueError, match="same length"):
        beside_shuffled(RISING, RISING[:5])


@given(st.floats(-0.5, 0.5), st.floats(0.1, 3))
def test_neither_level_nor_scale_changes_how_rare_it_is(level: float, scale: float) -> None:
    said = RISING + np.array([0.3, -0.2, 0.1, -0.4] * 3)
    plain, other = (
        beside_shuffled(said, RISING, STATES),
        beside_shuffled(scale * said + level, RISING, STATES),
    )
    assert isinstance(plain, BesideShuffled)
    assert isinstance(other, BesideShuffled)
    assert other.tracking.p == pytest.approx(plain.tracking.p, abs=2 / DRAWS)
    assert isinstance(plain.found.projection, Effect)


def test_names_by_hand() -> None:
    """Three of four the same; put together by chance, 2·2 + 1·2 + 1·0 of 16."""
    found = same_name(["joy", "joy", "fear", "sad"], ["joy", "joy", "fear", "fear"])
    assert isinstance(found, SameName)
    assert (found.same, found.n, found.share) == (3, 4, 0.75)
    assert (found.low, found.high) == wilson(3, 4)
    assert found.shuffles.usual == pytest.approx(6 / 16)
    # 24 orders: both joys in their places and one of the two others at fear: 2·2 of 24
    assert found.shuffles.p == pytest.approx(4 / 24, abs=0.03)


def test_somebody_who_always_says_the_same_notices_nothing() -> None:
    found = same_name(["joy"] * 10, ["joy"] * 8 + ["sad"] * 2)
    assert isinstance(found, SameName)
    assert found.share == found.shuffles.usual == 0.8
    assert found.shuffles.p == 1


def test_few_or_unequal_names() -> None:
    assert same_name(["joy"], ["joy"]) is Unscorable.TOO_FEW
    with pytest.raises(ValueError, match="same length"):
        same_name(["joy"], [])


def test_sittings_keep_together() -> None:
    """Two sittings as long, one alone: what was of one is again of one, and what stands alone stays."""
    sittings = [3, 3, 5, 1, 1]
    values = np.array([1.0, 2.0, 9.0, 10.0, 20.0])
    orders = {tuple(order) for order in values[_orders(_blocks(5, sittings), seed=0)].tolist()}
    together = {(1.0, 2.0), (2.0, 1.0), (10.0, 20.0), (20.0, 10.0)}
    assert {(order[:2], order[3:]) for order in orders} <= set(product(together, together))
    assert {order[2] for order in orders} == {9.0}
    assert len(orders) == 2 * 2 * 2
    assert len({tuple(order) for order in _orders(_blocks(5, None), seed=0).tolist()}) == 120


def test_one_bad_evening_of_both_is_no_noticing() -> None:
    """All of one evening and none of the other: as rare as evenings allow, which is not rare."""
    said, told = (["sad"] * 6 + ["joy"] * 6,) * 2
    alone, together = same_name(said, told), same_name(said, told, sittings=[0] * 6 + [1] * 6)
    assert isinstance(alone, SameName)
    assert isinstance(together, SameName)
    assert alone.shuffles.p < 0.01
    assert together.shuffles.p == pytest.approx(0.5, abs=0.05)
    assert together.shuffles.usual == alone.shuffles.usual == 0.5
    with pytest.raises(ValueError, match="sittings"):
        same_name(said, told, sittings=[0])


@pytest.mark.slow
def test_evenings_that_are_bright_or_dark_for_both_by_themselves_pass_for_nothing() -> None:
    """Half of what varies is the evening's: p is below .05 in one of twenty couples."""
    chance, n, tracking, projection = np.random.default_rng(11), 30, 0, 0
    sittings = np.repeat(np.arange(10), 3)
    for _couple in range(300):
        said, told, own = chance.normal(0, 0.3, (3, 10))[:, sittings] + chance.normal(0, 0.3, (3, n))
        found = beside_shuffled(said, told, own, sittings=sittings.tolist())
        assert isinstance(found, BesideShuffled)
        assert isinstance(found.projection, Shuffles)
        tracking += found.tracking.p <= 0.05
        projection += found.projection.p <= 0.05
    for count in (tracking, projection):
        low, high = wilson(count, 300)
        assert low < 0.05 < high
