from dataclasses import replace

import numpy as np
import pytest

from attune.perception.evidence import Doubt, Evidence, evidence
from attune.perception.track import FaceMeasurement, FaceTrack
from tests.perception.faces import track_of, turned


def of(
    face: FaceMeasurement, *, covered: float = 0.0, speaking: bool = False, track: FaceTrack | None = None
) -> Evidence:
    track = track or track_of([face] * 4)
    return evidence(track, covered=np.full(4, covered), speaking=np.full(4, speaking))


def test_a_clear_face_leaves_no_doubt(face: FaceMeasurement) -> None:
    found = of(face)
    assert found.trust == pytest.approx(1.0)
    assert found.doubts == ()


def test_each_doubt_is_named_and_costs_trust(face: FaceMeasurement) -> None:
    small = replace(track_of([face] * 4), width=40, height=40)
    dim = replace(face, light=np.array([0.04, 0.02], dtype=np.float32))
    found = {
        Doubt.TURNED: of(replace(face, matrix=turned(yaw=39))),
        Doubt.SMALL: of(face, track=small),
        Doubt.DARK: of(dim),
        Doubt.COVERED: of(face, covered=0.95),
        Doubt.TALKING: of(face, speaking=True),
    }
    assert set(found) == set(Doubt)
    for doubt, said in found.items():
        assert said.doubts == (doubt,)
        assert (said.trust <= 0.5).all()


def test_a_dark_skin_in_good_light_is_not_in_the_dark(face: FaceMeasurement) -> None:
    assert of(replace(face, light=np.array([0.04, 0.08], dtype=np.float32))).trust == pytest.approx(1.0)


def test_no_face_no_evidence() -> None:
    found = evidence(track_of([None] * 3), covered=np.zeros(0), speaking=np.zeros(0, dtype=bool))
    assert found.trust.shape == (0,)
    assert found.doubts == ()
