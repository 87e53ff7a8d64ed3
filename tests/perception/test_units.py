from dataclasses import replace

import numpy as np
import pytest

from attune.perception.track import BLENDSHAPES, FaceMeasurement
from attune.perception.units import Moved, Side, units_moved
from attune.resources import Words
from tests.perception.faces import changed, track_of

APEX_NS = 200_000_000


@pytest.fixture
def calm(face: FaceMeasurement) -> FaceMeasurement:
    return replace(face, blendshapes=np.zeros_like(face.blendshapes))


def moved(calm: FaceMeasurement, **channels: float) -> tuple[Moved, ...]:
    track = track_of([calm] * 3 + [changed(calm, **channels)] * 5)
    return units_moved(track, apex_ns=APEX_NS, neutral_ns=0, calm=1.0)


def test_a_still_face_moves_nothing(calm: FaceMeasurement) -> None:
    assert moved(calm) == ()


def test_the_strongest_comes_first(calm: FaceMeasurement) -> None:
    found = moved(calm, mouthSmileLeft=0.8, mouthSmileRight=0.7, browInnerUp=0.3, eyeWideLeft=0.01)
    assert [(unit.code, unit.side) for unit in found] == [("AU12", Side.BOTH), ("AU1", Side.BOTH)]
    assert found[0].amount == pytest.approx(0.88, abs=0.01)


@pytest.mark.parametrize(
    ("channel", "side"), [("mouthSmileLeft", Side.LEFT), ("mouthSmileRight", Side.RIGHT)]
)
def test_one_corner_is_told_from_two(calm: FaceMeasurement, channel: str, side: Side) -> None:
    assert [(unit.code, unit.side) for unit in moved(calm, **{channel: 0.6})] == [("AU12", side)]


@pytest.mark.parametrize(("open_", "code"), [(0.3, "AU26"), (0.6, "AU27")])
def test_how_far_the_jaw_dropped(calm: FaceMeasurement, open_: float, code: str) -> None:
    assert [unit.code for unit in moved(calm, jawOpen=open_)] == [code]


def test_what_was_there_at_rest_did_not_move(calm: FaceMeasurement) -> None:
    assert moved(changed(calm, mouthPucker=0.6), mouthPucker=0.6) == ()


def test_dead_channels_say_nothing(calm: FaceMeasurement) -> None:
    assert moved(calm, noseSneerLeft=1, noseSneerRight=1, cheekSquintLeft=1, cheekPuff=1) == ()


def test_without_a_face_at_the_apex_nothing_is_said(calm: FaceMeasurement) -> None:
    track = track_of([calm, calm, None, None, None, None, None, None, calm])
    assert units_moved(track, apex_ns=APEX_NS, neutral_ns=0, calm=1.0) == ()


def test_every_unit_has_words(calm: FaceMeasurement) -> None:
    words = Words()
    for jaw in (0.3, 1.0):
        found = moved(calm, **(dict.fromkeys(BLENDSHAPES, 1.0) | {"jawOpen": jaw}))
        assert len(found) == 17
        for unit in found:
            assert words(f"emotions.units.{unit.code}")
