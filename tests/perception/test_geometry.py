"""Measures stay what they are whichever way the face is turned, and change sides in the mirror."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attune.perception.geometry import MEASURES, laid_over, measures
from attune.perception.track import FaceMeasurement
from tests.perception.faces import turned


def from_frame(landmarks: NDArray[np.float32], aspect: float) -> NDArray[np.float64]:
    """Right-handed, in frame widths."""
    return np.asarray(landmarks.astype(np.float64) * (1, -aspect, -1))


def in_frame(points: NDArray[np.float64], aspect: float) -> NDArray[np.float64]:
    return points / (1, -aspect, -1)


@settings(max_examples=40)
@given(
    turns=st.tuples(st.floats(-80, 80), st.floats(-80, 80), st.floats(-180, 180)),
    scale=st.floats(0.05, 20),
    place=st.tuples(*[st.floats(-3, 3)] * 3),
    aspect=st.floats(0.3, 3),
)
def test_turning_moving_and_scaling_change_nothing(
    face: FaceMeasurement,
    turns: tuple[float, float, float],
    scale: float,
    place: tuple[float, float, float],
    aspect: float,
) -> None:
    points = from_frame(face.landmarks, 1.0)
    turn = turned(*turns)[:3, :3].astype(np.float64) / 1.3
    turn, _ = np.linalg.qr(turn)  # float32 angles are not quite a rotation
    turn *= np.sign(np.linalg.det(turn))
    elsewhere = in_frame(scale * points @ turn.T + place, aspect)
    before, after = measures(face.landmarks[None], 1.0), measures(elsewhere[None], aspect)
    assert after == pytest.approx(before, abs=1e-6)


def test_a_mirror_exchanges_the_sides(face: FaceMeasurement) -> None:
    """Only points that geometry looks at are exchanged: it holds the only table of twins."""
    from attune.perception.geometry import _STEADY_PAIRS, _TWINS  # noqa: PLC0415 - the tables, nothing else

    twins = _TWINS | dict(_STEADY_PAIRS.keys())
    mirrored = face.landmarks * (-1, 1, 1)
    for right, left in twins.items():
        mirrored[[right, left]] = mirrored[[left, right]]
    names = [
        name.removesuffix("Left") + "Right"
        if name.endswith("Left")
        else name.removesuffix("Right") + "Left"
        if name.endswith("Right")
        else name
        for name in MEASURES
    ]
    there = dict(zip(MEASURES, measures(face.landmarks[None], 1.0)[0], strict=True))
    assert dict(zip(names, measures(mirrored[None], 1.0)[0], strict=True)) == pytest.approx(there, abs=1e-6)


def test_without_a_face_there_are_no_measures(face: FaceMeasurement) -> None:
    landmarks = np.stack([face.landmarks, np.full_like(face.landmarks, np.nan)])
    found = measures(landmarks, 1.0)
    assert found.shape == (2, len(MEASURES))
    assert np.isfinite(found[0]).all()
    assert np.isnan(found[1]).all()


def test_no_faces_at_all() -> None:
    assert measures(np.empty((0, 478, 3), np.float32), 1.0).shape == (0, len(MEASURES))


def test_a_collapsed_face_is_a_number_all_the_same() -> None:
    assert np.isfinite(laid_over(np.zeros((1, 478, 3), np.float32), 1.0, (0, 13))).all()


@pytest.mark.parametrize(
    ("points", "shift", "rises"),
    [
        ((55, 107), (0, -0.03, 0), "browInnerRight"),
        ((285, 336), (0, -0.03, 0), "browInnerLeft"),
        ((61, 78), (0, -0.02, 0), "cornerUpRight"),
        ((291, 308), (0.02, 0, 0), "cornerOutLeft"),
        ((129, 49), (0, -0.02, 0), "wingUpRight"),
        ((205, 50), (0, -0.02, 0), "cheekUpRight"),
        ((386, 385, 387), (0, -0.01, 0), "lidGapLeft"),
        ((14,), (0, 0.02, 0), "lipsApart"),
        ((152,), (0, 0.05, 0), "jawDown"),
    ],
)
def test_a_measure_rises_with_what_it_is_named_for(
    face: FaceMeasurement, points: tuple[int, ...], shift: tuple[float, float, float], rises: str
) -> None:
    """In the picture: x to the right, where the subject's left is, and y down."""
    landmarks = face.landmarks.copy()
    landmarks[list(points)] += np.array(shift, np.float32)
    before, after = measures(face.landmarks[None], 1.0)[0], measures(landmarks[None], 1.0)[0]
    place = MEASURES.index(rises)
    assert after[place] > before[place] + 0.01
