"""Which hairs are drawn, and in which order."""

import moderngl
import numpy as np
import pytest

from attune.people.visibility import SECTOR, StrandView, sector_of


@pytest.mark.parametrize(
    ("direction", "sector"),
    [
        ((0, 0, 9), (0, 0)),
        ((9, 0, 9), (round(np.pi / 4 / SECTOR), 0)),
        ((0, 5, 5), (0, round(np.pi / 4 / SECTOR))),
    ],
)
def test_a_sector_is_a_turn_and_a_rise(direction: tuple[float, ...], sector: tuple[int, int]) -> None:
    assert sector_of(np.array(direction, np.float32)) == sector


def test_only_what_is_seen_is_drawn_and_the_nearest_last(context: moderngl.Context) -> None:
    strands = np.zeros((3, 3, 3), np.float32)
    strands[:, :, 1] = [0, 1, 2]
    strands[:, :, 2] = np.array([5.0, 1.0, 3.0])[:, None]
    view = StrandView(context)
    try:
        view._look = lambda _way, _draw: np.array([0, 1, 4])
        numbers, parts = view.seen((0, 0), strands, lambda _matrix: None)
    finally:
        view.release()
    assert [(int(n), int(p)) for n, p in zip(numbers, parts, strict=True)] == [(2, 0), (2, 1), (0, 0), (0, 1)]
