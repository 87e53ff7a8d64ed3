"""Strands become round curves without leaving their way."""

import numpy as np
import pytest

from attune.people.curves import rounded


def arc(points: int, radius: float) -> np.ndarray:
    """A quarter of a circle about the origin that goes on straight for two radii, (1, points, 3)."""
    half = points // 2
    angle = np.linspace(0, np.pi / 2, half)
    bend = np.column_stack([np.sin(angle), np.cos(angle), 0 * angle])
    straight = np.column_stack([np.ones(half), -np.linspace(0, 2, half + 1)[1:], np.zeros(half)])
    return (radius * np.concatenate([bend, straight]))[None].astype(np.float32)


def test_root_and_tip_stay_and_the_number_of_points_is_as_asked() -> None:
    strands = np.cumsum(np.random.default_rng(3).normal(0, 0.1, (7, 9, 3)), axis=1).astype(np.float32)
    curves = rounded(strands, 14)
    assert curves.shape == (7, 14, 3)
    np.testing.assert_allclose(curves[:, 0], strands[:, 0], atol=1e-5)
    np.testing.assert_allclose(curves[:, -1], strands[:, -1], atol=1e-5)


def test_points_gather_where_a_strand_bends() -> None:
    curve = rounded(arc(12, 1.0), 16)[0]
    steps = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    in_the_bend = curve[1:, 1] > 0
    assert steps[in_the_bend].mean() < 0.7 * steps[~in_the_bend].mean()


def test_a_bend_keeps_its_radius() -> None:
    curve = rounded(arc(12, 1.0), 24)[0]
    bend = curve[curve[:, 1] > 0.2]
    np.testing.assert_allclose(np.linalg.norm(bend[:, :2], axis=1), 1, atol=0.03)


def test_a_zigzag_is_evened_out() -> None:
    line = np.zeros((1, 21, 3), np.float32)
    line[0, :, 0] = np.linspace(0, 2, 21)
    line[0, 1:-1, 1] = 0.05 * (-1.0) ** np.arange(1, 20)
    curve = rounded(line, 21)[0]
    assert np.abs(curve[3:-3, 1]).max() < 0.015


@pytest.mark.parametrize("count", [2, 5, 40])
def test_strands_of_no_length_stay_finite(count: int) -> None:
    assert np.isfinite(rounded(np.zeros((3, 6, 3), np.float32), count)).all()
