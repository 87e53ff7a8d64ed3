"""A person put together: the same every time, whole, and turning the way a face is told to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.people.figure import Figure
from attune.people.head import Head
from attune.people.motion import head_turn, moved
from attune.people.parts import Face, Floats, Posed, StrandKind
from attune.people.person import Person
from attune.people.shapes import SHAPES, shape_weights

FEW = 0.1  # of the hairs, which are not looked at here
NOSE = (0.0, 6.93, 1.66)


def face(
    *,
    shapes: Floats | None = None,
    gaze: tuple[float, float] = (0, 0),
    head: tuple[float, float, float] = (0, 0, 0),
    shift: tuple[float, float, float] = (0, 0, 0),
    breath: float = 0.0,
) -> Face:
    return Face(
        shapes=shape_weights({}) if shapes is None else shapes,
        gaze=np.array(gaze, np.float32),
        head=np.array(head, np.float32),
        shift=np.array(shift, np.float32),
        breath=breath,
    )


def nose(figure: Figure, posed: Posed) -> Floats:
    tip = np.linalg.norm(figure.surfaces["skin"].rest - NOSE, axis=1).argmin()
    return posed.positions["skin"][tip]


def test_the_same_person_is_built_the_same(head: Head, cast: dict[str, Person]) -> None:
    one, other = (Figure(head, cast["Kofi"], level=1, density=FEW) for _ in range(2))
    shapes = shape_weights({"jawOpen": 0.4, "mouthSmileLeft": 0.7, "browInnerUp": 0.5})
    for name, surface in one.surfaces.items():
        assert np.array_equal(surface.albedo, other.surfaces[name].albedo)
    first, second = (figure.pose(face(shapes=shapes, head=(0.1, 0, 0))) for figure in (one, other))
    for name, positions in first.positions.items():
        assert np.array_equal(positions, second.positions[name])
    for kind, strands in first.strands.items():
        assert np.array_equal(strands, second.strands[kind])


@pytest.mark.slow
def test_everything_that_is_drawn_is_posed(head: Head, cast: dict[str, Person]) -> None:
    for person in cast.values():
        figure = Figure(head, person, level=1, density=FEW)
        posed = figure.pose(face())
        assert posed.positions.keys() == posed.normals.keys() == figure.surfaces.keys()
        for name, surface in figure.surfaces.items():
            count = len(surface.albedo)
            assert posed.positions[name].shape == posed.normals[name].shape == (count, 3)
            assert surface.quads.max() < count
            assert posed.positions[name].dtype == posed.normals[name].dtype == np.float32
        assert figure.strands.keys() - {StrandKind.HAIR} == posed.strands.keys()
        for kind, strands in posed.strands.items():
            assert strands.shape == figure.strands[kind].points.shape


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.floats(0, 1, width=32), min_size=len(SHAPES), max_size=len(SHAPES)),
    st.tuples(*[st.floats(-0.5, 0.5, width=32)] * 3),
    st.tuples(*[st.floats(-0.5, 0.5, width=32)] * 2),
)
def test_no_face_breaks_the_mesh(
    figure: Figure, weights: list[float], head: tuple[float, float, float], gaze: tuple[float, float]
) -> None:
    """Whatever is asked for stays finite, near, and gives normals one long."""
    posed = figure.pose(face(shapes=np.array(weights, np.float32), head=head, gaze=gaze))
    for name, positions in posed.positions.items():
        assert np.isfinite(positions).all()
        assert np.abs(positions - (0, 6.5, 0.5)).max() < 3.5
        assert np.allclose(np.linalg.norm(posed.normals[name], axis=1), 1, atol=1e-3), name
    assert all(np.isfinite(strands).all() for strands in posed.strands.values())


def test_the_head_turns_the_way_it_is_told(figure: Figure) -> None:
    rest = nose(figure, figure.pose(face()))
    assert nose(figure, figure.pose(face(head=(0.3, 0, 0))))[0] > rest[0] + 0.2  # to the person's left
    assert nose(figure, figure.pose(face(head=(0, 0.3, 0))))[1] < rest[1] - 0.2  # down
    assert nose(figure, figure.pose(face(shift=(0, 0.2, 0))))[1] == pytest.approx(rest[1] + 0.2, abs=1e-4)


def test_what_is_rigid_with_the_head_goes_with_its_matrix(figure: Figure) -> None:
    still = figure.pose(face())
    turned = figure.pose(face(head=(0.2, -0.1, 0.15), shift=(0.1, 0, 0)))
    for name in ("eye_left", "cornea_right", "teeth"):
        assert np.allclose(moved(still.positions[name], turned.head), turned.positions[name], atol=1e-4)
    assert np.allclose(moved(still.mouth[None], turned.head)[0], turned.mouth, atol=1e-4)
    assert np.allclose(head_turn(face()), np.eye(4), atol=1e-6)


def test_shoulders_stay_when_the_head_turns_and_rise_with_a_breath(figure: Figure) -> None:
    still = figure.pose(face()).positions["cloth"]
    low = still[:, 1] < 5.4
    assert np.abs((figure.pose(face(head=(0.4, 0.2, 0))).positions["cloth"] - still)[low]).max() < 0.02
    breath = figure.pose(face(breath=1.0)).positions
    assert (breath["cloth"] - still)[low, 1].mean() > 0.003
    assert np.allclose(nose(figure, figure.pose(face(breath=1.0))), nose(figure, figure.pose(face())))


def test_lower_teeth_go_with_the_jaw_and_keep_their_shape(figure: Figure) -> None:
    still = figure.pose(face()).positions["teeth"]
    opened = figure.pose(face(shapes=shape_weights({"jawOpen": 0.6}))).positions["teeth"]
    lower = np.abs(opened - still).max(axis=1) > 1e-4
    assert 0.3 < lower.mean() < 0.7
    assert (still - opened)[lower, 1].mean() > 0.1

    def span(points: Floats) -> float:
        return float(np.linalg.norm(points - points.mean(axis=0), axis=1).mean())

    assert span(opened[lower]) == pytest.approx(span(still[lower]), rel=1e-3)


def test_lids_tell_where_the_eyes_are_open(figure: Figure) -> None:
    open_lids = figure.pose(face()).lids
    shut = figure.pose(face(shapes=shape_weights({"eyeBlinkLeft": 1.0}))).lids
    assert open_lids.shape == (2, 4)
    assert open_lids[0, 0] > 0 > open_lids[1, 0]
    assert (open_lids[:, 1] - open_lids[:, 3] > 0.04).all()
    assert shut[0, 1] - shut[0, 3] < 0.006
    assert np.allclose(shut[1], open_lids[1], atol=1e-5)


def test_a_bald_head_has_no_hair_and_a_bare_face_no_beard(head: Head, cast: dict[str, Person]) -> None:
    bald = replace(cast["Ana"], hair=replace(cast["Ana"].hair, style="bald"))
    assert Figure(head, bald, level=1, density=FEW).strands.keys() == {StrandKind.BROW, StrandKind.LASH}
