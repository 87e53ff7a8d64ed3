"""Normals and refinement of meshes of quads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.people.mesh import Normals, Refinement, smoothstep, unit
from attune.people.noise import ValueNoise
from attune.people.parts import Floats, Ints

CUBE = np.array(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]], np.int32
)
CORNERS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32)


def sheet(side: int) -> tuple[Ints, Floats]:
    """A flat square of quads in the plane z = 0, seen from above."""
    index = np.arange((side + 1) ** 2, dtype=np.int32).reshape(side + 1, side + 1)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], axis=-1)
    y, x = np.divmod(np.arange((side + 1) ** 2), side + 1)
    return quads.reshape(-1, 4), np.stack([x, y, 0 * x], axis=1).astype(np.float32)


def test_normals_of_a_sheet_point_up_and_of_a_cube_away_from_its_middle() -> None:
    quads, points = sheet(4)
    assert np.allclose(Normals(quads, len(points))(points), [0, 0, 1])
    assert np.allclose(np.abs(Normals(CUBE, 8)(CORNERS)), 3**-0.5, atol=1e-6)


def test_many_quads_around_one_point_all_count() -> None:
    """A cone of seven quads: more than a point usually has."""
    turn = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    rim = np.stack([np.cos(turn), np.sin(turn), -np.ones(14)], axis=1)
    points = np.concatenate([[[0, 0, 0]], rim]).astype(np.float32)
    quads = np.array([[0, 1 + 2 * k, 2 + 2 * k, 1 + (2 * k + 2) % 14] for k in range(7)], np.int32)
    assert np.allclose(Normals(quads, 15)(points)[0], [0, 0, 1], atol=1e-6)


def test_refining_a_cube_is_what_catmull_and_clark_give() -> None:
    step = Refinement(CUBE, 8)
    fine = step.smooth(CORNERS)
    assert fine.shape == (8 + 12 + 6, 3)
    assert step.fine.shape == (24, 4)
    # Of three quads: (mean of faces 1/3 + 2 * mean of edges 2/3 + 0 * 1) / 3 on each axis.
    assert np.allclose(np.abs(fine[:8]), 5 / 9, atol=1e-6)
    assert np.allclose(np.sort(np.abs(fine[8:20]), axis=1), [0, 0.75, 0.75], atol=1e-6)
    assert np.allclose(np.sort(np.abs(fine[20:]), axis=1), [0, 0, 1], atol=1e-6)


@given(st.integers(1, 5), st.floats(-3, 3), st.floats(-3, 3))
def test_refining_keeps_what_changes_evenly(side: int, along: float, across: float) -> None:
    quads, points = sheet(side)
    step = Refinement(quads, len(points))
    fine = step.smooth(points)
    values = (points[:, :2] @ np.array([along, across]))[:, None].astype(np.float32)
    inner = (fine[:, :2] > 1).all(axis=1) & (fine[:, :2] < side - 1).all(axis=1)
    expected = fine[:, :2] @ np.array([along, across])
    assert np.allclose(step.smooth(values)[inner, 0], expected[inner], atol=1e-4)
    assert np.allclose(step.linear(values)[:, 0], step.linear(points)[:, :2] @ [along, across], atol=1e-4)
    assert np.ptp(fine[:, 0]) == pytest.approx(side, abs=0.6)


@given(st.floats(-5, 5), st.floats(0.01, 5), st.sampled_from((-1, 1)))
def test_smoothstep_stays_within(low: float, width: float, way: int) -> None:
    values = smoothstep(low, low + way * width, np.linspace(-12, 12, 99))
    assert values.min() == 0
    assert values.max() == 1
    assert (np.diff(values) * way >= -1e-9).all()


def test_a_direction_is_one_long_or_none() -> None:
    assert np.allclose(unit(np.array([[3.0, 0, 4.0], [0, 0, 0]])), [[0.6, 0, 0.8], [0, 0, 0]])


def test_noise_is_the_same_everywhere_and_always() -> None:
    points = np.random.default_rng(1).uniform(-9, 9, (500, 3)).astype(np.float32)
    noise = ValueNoise(3)
    assert np.array_equal(noise(points, 2.5), ValueNoise(3)(points, 2.5))
    assert not np.array_equal(noise(points, 2.5), ValueNoise(4)(points, 2.5))
    assert np.abs(noise(points, 2.5)).max() <= 1
    assert np.abs(noise(points + np.float32(1e-4), 1) - noise(points, 1)).max() < 1e-2
    corners = np.round(points)
    assert np.allclose(noise(corners + 32, 1), noise(corners, 1), atol=1e-6)
