from math import asin, sqrt

import pytest

from attune.scoring.beyond_chance import beyond_chance
from attune.scoring.confusion import Confusion
from attune.scoring.student import Mean
from attune.scoring.unscorable import Unscorable

NAMES = ("glad", "low")


def table(*counts: tuple[int, int]) -> Confusion:
    return Confusion(names=NAMES, counts=counts)


GOOD, FAIR, NONE = table((4, 1), (0, 5)), table((3, 2), (1, 4)), table((0, 0), (0, 5))


def test_hit_rates_on_wagners_scale() -> None:
    found = beyond_chance([GOOD, FAIR, NONE], "glad")
    good = asin(sqrt(16 / (5 * 4))) - asin(sqrt(5 * 4 / 100))
    fair = asin(sqrt(9 / (5 * 4))) - asin(sqrt(5 * 4 / 100))
    assert isinstance(found, Mean)
    assert (found.value, found.n) == (pytest.approx((good + fair) / 2), 2)
    assert found.t == pytest.approx((good + fair) / abs(good - fair))


def test_nothing_to_test_says_why() -> None:
    assert beyond_chance([], "glad") is Unscorable.NO_ANSWERS
    assert beyond_chance([NONE], "glad") is Unscorable.NEVER_SHOWN
    assert beyond_chance([table((0, 5), (0, 5))], "glad") is Unscorable.NEVER_SAID
    assert beyond_chance([GOOD], "glad") is Unscorable.TOO_FEW
    assert beyond_chance([GOOD, GOOD], "glad") is Unscorable.ALIKE
