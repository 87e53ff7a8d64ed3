"""Hair on heads of different shapes: rooted in the skin, never inside the head, the same every time."""

from dataclasses import replace

import numpy as np
import pytest

from attune.people.beard import Beard as GrownBeard
from attune.people.brows import Brows as GrownBrows
from attune.people.hair import grow_hair
from attune.people.hair_styles import MIDDLE, load_fillings, load_guides
from attune.people.hairline import beard_zone, brow_zone, scalp
from attune.people.head import Head, load_head
from attune.people.lashes import Lashes
from attune.people.parts import Floats, Strands
from attune.people.person import (
    Ancestry,
    Beard,
    Brows,
    Clothes,
    EyeColour,
    Eyes,
    Hair,
    HairColour,
    Identity,
    Person,
    Skin,
)
from attune.people.sculpt import Shape, sculpt
from attune.people.shapes import SHAPES
from attune.people.tint import TINTS, tint, tints

THICK = 0.01  # decimetres: what the skin's own roundness between two of its points may hide
FACES = {
    "slight": Identity(age=22, masculinity=0.0, ancestry=Ancestry(asian=1), weight=0.3),
    "broad": Identity(age=45, masculinity=1.0, ancestry=Ancestry(african=1), weight=0.8),
    "old": Identity(age=75, masculinity=0.9, ancestry=Ancestry(caucasian=1), weight=0.4),
}
STYLES = tuple(load_fillings())


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head()


@pytest.fixture(scope="module")
def shapes(head: Head) -> dict[str, Shape]:
    return {name: sculpt(head, person("buzz", name), level=1) for name in FACES}


def person(style: str, face: str = "slight", *, seed: int = 7) -> Person:
    return Person(
        name="Someone",
        seed=seed,
        identity=FACES[face],
        skin=Skin(tone=0.4),
        eyes=Eyes(colour=EyeColour.BROWN),
        brows=Brows(colour=HairColour.BROWN),
        hair=Hair(style=style, colour=HairColour.BROWN),
        clothes=Clothes(colour="445566"),
        beard=Beard(density=0.8, length=1.0),
    )


def heights(points: Floats, shape: Shape, *, outer: Floats) -> Floats:
    """How far points (m, 3) lie over the skin, by the planes of five points of it nearby, (m, 5)."""
    skin, normals = shape.skin[outer], shape.normals[outer]
    found = []
    for some in np.array_split(points, max(len(points) // 400, 1)):
        apart = (skin**2).sum(1)[None] - 2 * some @ skin.T
        near = np.argpartition(apart, 5, axis=1)[:, :5]
        found.append(np.einsum("mwi,mwi->mw", some[:, None] - skin[near], normals[near]))
    return np.concatenate(found)


def outer_skin(head: Head) -> Floats:
    """The points of the skin that are neither ear, lid nor the mouth's inside."""
    within = np.maximum(head.mask("ears", 1), np.maximum(head.mask("eyelids", 1), head.inner_mouth(1)))
    return np.flatnonzero(within < 0.3)


def grown(style: str, shape: Shape, face: str = "slight", **kwargs: float) -> Strands:
    strands = grow_hair(shape, person(style, face), **kwargs)
    assert strands is not None
    return strands


def test_bald_heads_have_no_hair(shapes: dict[str, Shape]) -> None:
    assert grow_hair(shapes["old"], person("bald", "old")) is None
    assert not scalp(shapes["old"].rest, person("bald").hair).any()


@pytest.mark.parametrize("style", STYLES)
def test_strands_start_at_the_skin_and_stay_out_of_the_head(
    style: str, shapes: dict[str, Shape], head: Head
) -> None:
    face = ("slight", "broad", "old")[STYLES.index(style) % 3]
    strands = grown(style, shapes[face], face, density=0.03)
    outer = outer_skin(head)
    assert np.isfinite(strands.points).all()
    rooted = np.abs(heights(strands.points[:, 0], shapes[face], outer=outer)).min(axis=1)
    assert rooted.max() < THICK
    # Who lies under every plane nearby is inside.
    loose = strands.points[:, 1:].reshape(-1, 3)
    ears = (np.abs(loose[:, 0]) > 0.68) & (np.abs(loose[:, 1] - 7.15) < 0.4)
    over = heights(loose[~ears], shapes[face], outer=outer).max(axis=1)
    assert np.quantile(over, 0.002) > -THICK
    assert over.min() > -5 * THICK


@pytest.mark.parametrize("style", STYLES)
def test_no_strand_is_longer_than_its_style(style: str, shapes: dict[str, Shape]) -> None:
    filling, guides = load_fillings()[style], load_guides(style)
    longest = path_length(guides.points).max()
    # A coil takes more hair than the way it goes, a braid too.
    winding = np.hypot(1, 2 * np.pi * filling.turns * max(filling.curl, filling.plait, 0) * 1.35)
    strands = grown(style, shapes["broad"], "broad", density=0.03)
    assert path_length(strands.points).max() < 1.35 * longest * winding + 0.1


def moved(shape: Shape, head: Head, unit: str) -> Floats:
    """The skin with one unit at full strength."""
    skin = shape.skin.copy()
    moves = head.moves(1)
    skin[moves.rows] += moves(np.eye(52, dtype=np.float32)[SHAPES.index(unit)])
    return skin


def path_length(points: Floats) -> Floats:
    return np.linalg.norm(np.diff(points, axis=1), axis=2).sum(axis=1)


def test_the_same_person_always_grows_the_same_hair(shapes: dict[str, Shape]) -> None:
    one, again = (grown("curls", shapes["old"], density=0.1) for _ in range(2))
    assert np.array_equal(one.points, again.points)
    assert np.array_equal(one.colour, again.colour)
    other = grow_hair(shapes["old"], person("curls", seed=8), density=0.1)
    assert other is not None
    assert not np.array_equal(one.points, other.points)


def test_fewer_strands_are_wider(shapes: dict[str, Shape]) -> None:
    full, half = (grown("bob", shapes["slight"], density=density) for density in (0.4, 0.1))
    assert len(half.points) == pytest.approx(len(full.points) / 4, rel=0.01)
    assert half.width.mean() == pytest.approx(2 * full.width.mean(), rel=0.05)


def test_partings_stay_free_of_hair_that_crosses_them(shapes: dict[str, Shape]) -> None:
    strands = grown("long", shapes["slight"], density=0.2)
    ahead = strands.points[strands.points[:, 0, 2] > 1.0]
    ends = ahead[:, -1, 0]
    rooted = ahead[:, 0, 0]
    clear = np.abs(rooted) > 0.03
    assert (np.sign(ends[clear]) == np.sign(rooted[clear])).all()


def test_hair_follows_the_head(shapes: dict[str, Shape]) -> None:
    """Where a larger head is farther out, so is its hair."""
    tops = {name: grown("crop", shape, density=0.2).points[..., 1].max() for name, shape in shapes.items()}
    skulls = {name: shape.skin[:, 1].max() for name, shape in shapes.items()}
    for name in FACES:
        assert 0.02 < tops[name] - skulls[name] < 0.35


def test_guides_are_carried_small_and_near_the_head() -> None:
    for style in STYLES:
        points = load_guides(style).points
        assert points.dtype == np.float32
        assert (np.abs(points - MIDDLE).max(axis=(0, 1)) < (1.8, 2.6, 1.9)).all(), style


def test_every_hair_colour_has_a_tint_and_greys_towards_light() -> None:
    assert set(TINTS) == set(HairColour)
    dice = np.random.default_rng(1)
    for colour in HairColour:
        many = tints(colour, 0.0, 500, dice)
        assert many.std(axis=0).min() > 0
        assert ((many >= 0) & (many <= 1)).all()
        assert tint(colour, 0.8).sum() >= tint(colour, 0.0).sum()


# Brows, lashes, beard


def test_a_receded_hairline_has_less_hair(shapes: dict[str, Shape]) -> None:
    rest = shapes["old"].rest
    full, less = (
        scalp(rest, Hair(style="crop", colour=HairColour.GREY, recede=recede)) for recede in (0.0, 0.9)
    )
    assert less.sum() < 0.9 * full.sum()
    sides = rest[:, 1] < 7.6
    assert np.abs(full - less)[sides & (rest[:, 2] < 0.4)].max() < 1e-3


def test_zones_of_the_face_do_not_meet(head: Head) -> None:
    rest = head.grid(1).subdivide(head.base)
    brow = brow_zone(rest, Brows(colour=HairColour.BLACK, thickness=1.5))
    beard = beard_zone(rest, Beard(density=1))
    hair = scalp(rest, Hair(style="crop", colour=HairColour.BLACK))
    assert (brow * hair).max() < 0.05
    assert (brow * beard).max() < 0.01
    assert (beard * head.lips(1)).sum() < 0.08 * beard.sum()


def test_brows_lie_on_the_skin_and_follow_it_up(shapes: dict[str, Shape], head: Head) -> None:
    shape = shapes["slight"]
    brows = GrownBrows(shape, person("crop"))
    outer = outer_skin(head)
    over = heights(brows.strands.points.reshape(-1, 3), shape, outer=outer)
    assert over.max(axis=1).min() > -THICK / 2
    assert over.min(axis=1).max() < 3 * THICK
    assert np.allclose(brows.pose(shape.skin), brows.strands.points, atol=1e-5)
    raised = moved(shape, head, "browInnerUp")
    lifted = brows.pose(raised)[..., 1] - brows.strands.points[..., 1]
    inner = np.abs(brows.strands.points[:, 0, 0]) < 0.2
    assert np.median(lifted[inner]) > 0.02
    assert lifted[inner].min() > 0
    assert np.abs(path_length(brows.pose(raised)) / path_length(brows.strands.points) - 1).max() < 1e-3


def test_brows_differ_with_the_person(shapes: dict[str, Shape]) -> None:
    shape, someone = shapes["slight"], person("crop")
    usual = GrownBrows(shape, someone).strands
    for change in ({"height": 1.0}, {"thickness": 1.6}, {"density": 0.4}, {"arch": 1.0}):
        other = GrownBrows(shape, replace(someone, brows=replace(someone.brows, **change))).strands
        assert other.points.shape != usual.points.shape or not np.allclose(other.points, usual.points)
    high = GrownBrows(shape, replace(someone, brows=replace(someone.brows, height=1.0))).strands
    assert high.points[..., 1].mean() > usual.points[..., 1].mean() + 0.02


def test_beards_follow_the_jaw_and_leave_bare_faces_alone(shapes: dict[str, Shape], head: Head) -> None:
    shape, someone = shapes["broad"], person("crop", "broad")
    beard = GrownBeard(shape, someone)
    assert beard.strands is not None
    assert beard.strands.points[..., 1].max() < 7.4
    assert path_length(beard.strands.points).max() < 2 * 0.1 * someone.beard.length
    opened = moved(shape, head, "jawOpen")
    fallen = beard.pose(opened)[:, 0, 1] - beard.strands.points[:, 0, 1]
    roots = beard.strands.points[:, 0]
    chin = (np.abs(roots[:, 0]) < 0.2) & (np.abs(roots[:, 1] - 6.35) < 0.1) & (roots[:, 2] > 1.2)
    assert fallen[chin].max() < -0.1
    assert GrownBeard(shape, replace(someone, beard=Beard())).strands is None


def test_lashes_grow_outwards_from_both_lids(shapes: dict[str, Shape], head: Head) -> None:
    shape = shapes["slight"]
    lashes = Lashes(head, shape, person("crop"))
    roots, tips = lashes.strands.points[:, 0], lashes.strands.points[:, -1]
    for (centre, radius), side in zip(shape.eyes, (1, -1), strict=True):
        mine = roots[:, 0] * side > 0
        assert mine.sum() == len(roots) / 2
        assert (np.linalg.norm(roots[mine] - centre, axis=1) < 1.7 * radius).all()
        further = np.linalg.norm(tips[mine] - centre, axis=1) - np.linalg.norm(roots[mine] - centre, axis=1)
        assert (further > 0).all()
    assert np.array_equal(lashes.pose(shape.base), lashes.strands.points)
