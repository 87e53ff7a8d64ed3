from itertools import pairwise

import numpy as np
import pytest

from attune.people.person import Skin
from attune.people.teeth import AROUND, LOWER, RISE, UPPER, Arch, Row, row_of_teeth

ARCH = Arch(half_width=0.33, depth=0.5, front=1.4)
CROWN = AROUND * len(RISE)


def test_an_arch_is_even_on_both_sides_and_turns_outward() -> None:
    along = np.linspace(-0.5, 0.5, 41)
    places, outward = ARCH.at(along), ARCH.outward(along)
    assert places[:, 0] == pytest.approx(-places[::-1, 0])
    assert places[20] == pytest.approx([0, 0, 1.4])
    assert outward[20] == pytest.approx([0, 0, 1], abs=1e-6)
    assert (outward[:, 0] * places[:, 0] >= 0).all()
    assert np.linalg.norm(np.diff(places, axis=0), axis=1) == pytest.approx(0.025, rel=0.02)


@pytest.mark.parametrize("row", [UPPER, LOWER])
def test_every_tooth_is_as_wide_as_said_and_touches_the_next(row: Row) -> None:
    *crowns, gum = row_of_teeth(row, ARCH, 6.5, Skin(tone=0.5), np.random.default_rng(1))
    assert len(crowns) == 14
    left = [crown.points for crown in crowns[:7]]
    for points, wide, high in zip(left, row.wide, row.high, strict=True):
        assert len(points) == CROWN
        assert np.ptp(points[:, 1]) == pytest.approx(1.2 * high, rel=0.25)
        assert np.linalg.norm(np.ptp(points[:, [0, 2]], axis=0)) >= wide
    for one, other in pairwise(left[:4]):
        assert one[:, 0].max() > other[:, 0].min() - 0.004
    assert np.abs(gum.points[:, 0]).max() <= 0.33 + 0.06


def test_gums_begin_where_crowns_end() -> None:
    *crowns, gum = row_of_teeth(UPPER, ARCH, 6.5, Skin(tone=0.5), np.random.default_rng(1))
    crown = crowns[0].points
    over = gum.points[np.abs(gum.points[:, 0] - crown[:, 0].mean()) < 0.02]
    assert crown[:, 1].min() + 0.08 < over[:, 1].min() < crown[:, 1].max()
