"""The fast way to pose a person gives what the plain one would."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attune.people.figure import Figure
from attune.people.hairline import scalp
from attune.people.head import Head
from attune.people.motion import SHOULDER_DRAG, Motion, head_turn
from attune.people.parts import Face, Floats, Ints
from attune.people.person import Person
from attune.people.sculpt import Shape, sculpt
from attune.people.shapes import SHAPES
from attune.people.wrinkles import wrinkle_depths, wrinkle_drive

NEAR = 1e-4  # decimetres
NAMES = ("Ana", "Kofi")
Doubles = NDArray[np.float64]


def any_face(seed: int) -> Face:
    rng = np.random.default_rng(seed)
    used = rng.random(52) < 0.3
    gaze, head, shift = (rng.uniform(-0.3, 0.3, many).astype(np.float32) for many in (2, 3, 3))
    shapes = (rng.random(52) * used).astype(np.float32)
    return Face(shapes=shapes, gaze=gaze, head=head, shift=shift, breath=float(rng.uniform(-1, 1)))


@pytest.fixture(scope="module")
def people(head: Head, cast: dict[str, Person]) -> dict[str, tuple[Figure, Shape, Motion]]:
    made = {}
    for name in NAMES:
        shape = sculpt(head, cast[name], level=1)
        made[name] = Figure(head, cast[name], level=1, density=0.1), shape, Motion(head, shape, cast[name])
    return made


def plain_normals(positions: Floats, quads: Ints) -> Doubles:
    """Each the sum of the quads around it, one after the other."""
    a, b, c, d = (positions[quads[:, corner]].astype(np.float64) for corner in range(4))
    total = np.zeros(positions.shape)
    np.add.at(total, quads.ravel(), np.repeat(np.cross(c - a, d - b), 4, axis=0))
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def plain_skin(head: Head, person: Person, shape: Shape, motion: Motion, face: Face) -> Doubles:
    """Unit by unit and fold by fold, in doubles, before the lids are kept off the eyes."""
    weights = motion.drawn(face.shapes)
    hold = scalp(shape.rest, person.hair)[:, None]
    units = head.units.dense(len(head.base))
    skin = shape.skin.astype(np.float64)
    for at, name in enumerate(SHAPES):
        moves = head.grid(1).subdivide(units[:, at])
        skin += weights[at] * moves * ((1 - hold) if name.startswith("brow") else 1)
    depths = wrinkle_depths(shape.rest, seed=person.seed, fineness=0.6)
    drive = wrinkle_drive(face.shapes, lines=person.skin.lines)
    for fold, much in enumerate(drive):
        skin += much * depths[:, fold, None] * shape.normals
    return skin


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(NAMES))
def test_the_skin_moves_as_its_units_and_folds_say(
    head: Head,
    cast: dict[str, Person],
    people: dict[str, tuple[Figure, Shape, Motion]],
    seed: int,
    name: str,
) -> None:
    _, shape, motion = people[name]
    face = any_face(seed)
    plain = plain_skin(head, cast[name], shape, motion, face)
    looked_at = np.zeros(len(plain), bool)
    looked_at[head.moves(1).rows] = True  # what hardly moves at all is left where it is
    for centre, radius in shape.eyes:
        looked_at &= np.linalg.norm(shape.skin - centre, axis=1) > 1.6 * radius
    assert looked_at.sum() > len(plain) / 3
    fast, _ = motion.move(face)
    assert np.abs(fast - plain)[looked_at].max() < NEAR


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(NAMES))
def test_lids_are_kept_off_by_looking_at_every_point(
    people: dict[str, tuple[Figure, Shape, Motion]], seed: int, name: str
) -> None:
    _, shape, motion = people[name]
    face = any_face(seed)
    for lids in motion._lids:
        looked_at = shape.skin + np.random.default_rng(seed).normal(0, 0.02, shape.skin.shape).astype("f4")
        plain = looked_at.astype(np.float64)
        away = plain[lids.rows] - lids._centre
        distance = np.linalg.norm(away, axis=1)
        direction = away / distance[:, None]
        least = lids.reach(direction.astype(np.float32), face.gaze) * 1.012 + lids._slack
        plain[lids.rows] = lids._centre + direction * np.maximum(distance, least)[:, None]
        lids.keep_out(looked_at, face.gaze)
        assert np.abs(looked_at - plain).max() < NEAR


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(NAMES))
def test_all_of_a_figure_stands_where_plain_sums_put_it(
    people: dict[str, tuple[Figure, Shape, Motion]], seed: int, name: str
) -> None:
    figure, shape, motion = people[name]
    face = any_face(seed)
    posed, turn = figure.pose(face), head_turn(face).astype(np.float64)
    skin, _ = motion.move(face)
    rigid = skin @ turn[:3, :3].T + turn[:3, 3]
    still = skin + face.breath * spread(motion._breath, motion, shape) + SHOULDER_DRAG * face.shift
    follows = 1 - spread(1 - motion._follows, motion, shape)
    assert np.abs(posed.positions["skin"] - (still + follows * (rigid - still))).max() < NEAR
    for part, normals in posed.normals.items():
        quads = shape.quads if part == "skin" else figure.surfaces[part].quads
        plain = plain_normals(posed.positions[part], quads)
        known = np.linalg.norm(plain, axis=1) > 0.5
        assert np.quantile(np.abs(normals - plain)[known], 0.999) < 1e-3, part
        assert normals.dtype == posed.positions[part].dtype == np.float32


def spread(values: Floats, motion: Motion, shape: Shape) -> Doubles:
    result = np.zeros((len(shape.skin), values.shape[1]))
    result[motion._body] = values
    return result
