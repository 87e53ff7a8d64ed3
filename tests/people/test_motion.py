"""A person's skin moves where its units say, and the lids never cut the eye."""

from copy import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.people.head import Head
from attune.people.lids import Lids
from attune.people.motion import Motion
from attune.people.parts import Face, Floats
from attune.people.person import Person
from attune.people.sculpt import Shape, sculpt
from attune.people.shapes import GAIN, SHAPES, shape_weights

NAMES = ("Ana", "Chi", "Kofi")


def face(gaze: tuple[float, float] = (0.0, 0.0), **weights: float) -> Face:
    still = np.zeros(3, np.float32)
    return Face(
        shapes=shape_weights(weights), gaze=np.array(gaze, np.float32), head=still, shift=still, breath=0.0
    )


def both(**weights: float) -> dict[str, float]:
    return {f"{name}{side}": weight for name, weight in weights.items() for side in ("Left", "Right")}


@pytest.fixture(scope="module")
def moving(head: Head, cast: dict[str, Person]) -> dict[str, tuple[Shape, Motion]]:
    shapes = {name: sculpt(head, cast[name], level=2) for name in NAMES}
    return {name: (shape, Motion(head, shape, cast[name])) for name, shape in shapes.items()}


def moves(moving: dict[str, tuple[Shape, Motion]], **weights: float) -> tuple[Floats, Floats]:
    """How far the skin of one person goes from rest, and where it was on nobody."""
    shape, motion = moving["Ana"]
    return motion.move(face(**weights))[0] - motion.move(face())[0], shape.rest


def near(rest: Floats, *place: float, within: float = 0.08) -> Floats:
    away = np.linalg.norm(rest - np.array(place), axis=1)
    assert (away < within).any()
    return away < within


def test_every_shape_has_a_gain_and_a_place() -> None:
    assert tuple(sorted(GAIN)) == tuple(sorted(SHAPES))
    assert len(set(SHAPES)) == 52
    with pytest.raises(KeyError):
        shape_weights({"browUp": 1.0})


def test_an_opening_jaw_takes_the_chin_down_and_leaves_the_brow(
    moving: dict[str, tuple[Shape, Motion]],
) -> None:
    moved, rest = moves(moving, jawOpen=0.5)
    assert moved[near(rest, 0, 6.25, 1.45), 1].max() < -0.08
    assert np.abs(moved[rest[:, 1] > 7.4]).max() < 3e-3


def test_lips_close_only_as_far_as_the_jaw_has_opened(moving: dict[str, tuple[Shape, Motion]]) -> None:
    moved, _ = moves(moving, mouthClose=1.0)
    assert np.abs(moved).max() < 1e-6
    both_lips, rest = moves(moving, mouthClose=1.0, jawOpen=0.5)
    opened, _ = moves(moving, jawOpen=0.5)
    lower = near(rest, 0, 6.56, 1.56, within=0.03)
    assert both_lips[lower, 1].mean() > opened[lower, 1].mean() + 0.05


def test_brows_rise_and_the_hair_stays(moving: dict[str, tuple[Shape, Motion]]) -> None:
    moved, rest = moves(moving, browInnerUp=1.0)
    assert moved[near(rest, 0.12, 7.45, 1.5), 1].min() > 0.03
    assert np.abs(moved[near(rest, 0, 8.4, 0.6)]).max() < 1e-3


def test_a_smile_draws_its_own_corner_out_and_up(moving: dict[str, tuple[Shape, Motion]]) -> None:
    moved, rest = moves(moving, mouthSmileLeft=1.0)
    left, right = near(rest, 0.27, 6.6, 1.38), near(rest, -0.27, 6.6, 1.38)
    assert moved[left, :2].mean(axis=0).min() > 0.02
    assert np.abs(moved[right]).max() < 0.4 * np.abs(moved[left]).max()


def test_units_of_both_sides_mirror_each_other(head: Head) -> None:
    """Point by point: the base mesh is symmetric, so each point has its mirror image."""
    count = head.grid(0).count
    base = head.base[:count]
    mirror = np.array([np.abs(base - point * (-1, 1, 1)).sum(axis=1).argmin() for point in base])
    assert np.abs(base[mirror] * (-1, 1, 1) - base).max() < 2e-3
    dense = head.units.dense(len(head.base))[:count]
    for at, name in enumerate(SHAPES):
        if name.endswith("Left"):
            other = dense[mirror, SHAPES.index(name.removesuffix("Left") + "Right")] * (-1, 1, 1)
            assert np.abs(other - dense[:, at]).max() < 1.5e-3, name


def test_folds_follow_their_units(moving: dict[str, tuple[Shape, Motion]]) -> None:
    """Raised brows fold the forehead, both ways from where units alone would put it, and nothing below."""
    shape, motion = moving["Ana"]
    smooth = copy(motion)
    smooth._folds = np.zeros_like(motion._folds)
    raised = face(browInnerUp=1.0, **both(browOuterUp=1.0))
    folded = ((motion.move(raised)[0] - smooth.move(raised)[0]) * shape.normals).sum(axis=1)
    forehead = near(shape.rest, 0.15, 7.75, 1.5, within=0.2)
    assert folded[forehead].min() < -1e-3
    assert folded[forehead].max() > 2e-4
    assert np.abs(folded[shape.rest[:, 1] < 6.5]).max() < 1e-4


LID_WEIGHTS = st.fixed_dictionaries(
    {
        name: st.floats(0, 1)
        for stem in ("eyeBlink", "eyeSquint", "eyeWide", "eyeLookUp", "eyeLookDown", "cheekSquint")
        for name in (f"{stem}Left", f"{stem}Right")
    }
)


@settings(max_examples=25, deadline=None)
@given(LID_WEIGHTS, st.tuples(st.floats(-0.6, 0.6), st.floats(-0.6, 0.6)), st.sampled_from(NAMES))
def test_lids_never_cut_the_eye(
    moving: dict[str, tuple[Shape, Motion]], weights: dict[str, float], gaze: tuple[float, float], name: str
) -> None:
    """Neither a point of the lids nor the middle of a quad between them lies inside ball or cornea."""
    shape, motion = moving[name]
    skin, _ = motion.move(face(gaze, **weights))
    for eye in shape.eyes:
        lids = Lids(shape.skin, eye)
        kept = np.zeros(len(skin), bool)
        kept[lids.rows] = True
        corners = shape.quads[kept[shape.quads].all(axis=1)]
        for points in (skin[lids.rows], skin[corners].mean(axis=1)):
            away = points - eye[0]
            distance = np.linalg.norm(away, axis=1)
            reach = lids.reach(away / distance[:, None], np.array(gaze, np.float32))
            assert (distance - reach).min() > 0


@settings(max_examples=15, deadline=None)
@given(LID_WEIGHTS, st.sampled_from(NAMES))
def test_a_blink_closes_whatever_else_the_lids_do(
    moving: dict[str, tuple[Shape, Motion]], weights: dict[str, float], name: str
) -> None:
    _, motion = moving[name]
    _, base = motion.move(face(**(weights | both(eyeBlink=1.0))))
    for edges in motion.edges:
        assert -0.02 < edges.gap(base) < 0.006


def test_one_blink_leaves_the_other_eye_open(moving: dict[str, tuple[Shape, Motion]]) -> None:
    for _, motion in moving.values():
        left, right = (edges.gap(motion.move(face(eyeBlinkLeft=1.0))[1]) for edges in motion.edges)
        assert left < 0.006
        assert right > 0.04


def test_more_of_a_blink_closes_more(moving: dict[str, tuple[Shape, Motion]]) -> None:
    for _, motion in moving.values():
        gaps = [
            motion.edges[0].gap(motion.move(face(**both(eyeBlink=share)))[1])
            for share in np.linspace(0, 1, 9)
        ]
        assert (np.diff(gaps) < 0).all()
