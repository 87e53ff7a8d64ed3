"""The hair of a head: a style's guide strands laid on a person's head, and the strands between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from attune.people.curves import rounded
from attune.people.hair_styles import Filling, Guides, load_controls, load_fillings, load_guides
from attune.people.hairline import scalp
from attune.people.mesh import unit
from attune.people.parts import Floats, Ints, StrandKind, Strands
from attune.people.person import BALD
from attune.people.planting import Roots, plant, shared_out, spread_out
from attune.people.tint import tints

if TYPE_CHECKING:
    from attune.people.person import Person
    from attune.people.sculpt import Shape

NEIGHBOURS = 3  # guides a strand is mixed from
DEEPEST = 0.25  # decimetres: hair that lies farther off the head than this is left where it is
CLEARANCE = 0.009  # decimetres that hair keeps from the skin
FARTHEST_PUSH = 0.25  # decimetres: what lies deeper under a plane has passed another part of the head
LOCK = 0.05  # decimetres: how wide a lock may become
LOCKED = 0.4  # decimetres: hair so long has fallen into locks
FINE = 0.8  # how quickly hairs become finer towards the hairline, where there are more of them
TAU = 2 * np.pi


def grow_hair(shape: Shape, person: Person, *, density: float = 1.0) -> Strands | None:
    """The strands of a person's hair at rest; None for a bald head.

    density: how many of the style's strands, in (0, 2]; fewer are drawn wider. The same person and density
    always grow the same hair.
    """
    style = person.hair.style
    if style == BALD:
        return None
    filling, guides = load_fillings()[style], load_guides(style)
    generator = np.random.default_rng([person.seed, 11])
    cover = scalp(shape.rest, person.hair)
    count = max(int(filling.strands * density), 1)
    roots = plant(shape.quads, shape.skin, cover ** (1 - FINE), count, generator)
    laid = _keep_out(_warp(guides.points, shape), guides.anchors, shape, 0.0)
    between = _between(guides, roots.at(shape.rest))
    locks = _locks(roots.at(shape.rest), between, guides.group, filling.strands // filling.locks)
    chance = Chance.draw(generator, count, locks)
    cut = _Cut.by(1 - filling.vary * (0.6 * chance.hair + 0.2 * (1 + chance.common[:, 0])), laid.shape[1])
    points = _style(cut.lines(_fill(laid, roots, between, shape)), roots.at(shape.normals), filling, chance)
    anchors = cut.nearest(guides.anchors[between.nearest[:, 0]])
    if filling.plait or filling.rope:
        anchors = anchors[locks]
    # Most hairs lie outside, so that the outline is theirs and not that of a few.
    points = _sink(points, anchors, shape, filling.fill * (1 - chance.hair) ** 2)
    points = _keep_out(points, anchors, shape, CLEARANCE)
    if filling.points:
        points = rounded(points, filling.points)
    thin = np.clip(roots.at(cover[:, None])[:, 0], 0.2, 1)
    width = filling.width * (0.75 + 0.5 * generator.random(count)) * thin**FINE / np.sqrt(density)
    layer = 0.65 + 0.35 * chance.hair**0.7
    colour = tints(person.hair.colour, person.hair.grey, count, generator, locks=locks)
    colour *= layer[:, None]
    return Strands(StrandKind.HAIR, points, width.astype(np.float32), colour)


@dataclass(frozen=True, slots=True, eq=False)
class _Between:
    """Which guides each strand lies between: places (m, w) and weights (m, w)."""

    nearest: Ints
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """What differs from hair to hair and from lock to lock: lock (m,), which hair leads it."""

    lock: Ints
    hair: Floats
    own: Floats
    common: Floats

    @classmethod
    def draw(cls, generator: np.random.Generator, count: int, lock: Ints) -> Chance:
        """Throw dice: hair (m,) in [0, 1], how far out; own and common (m, 12) in [-1, 1]."""
        own = generator.uniform(-1, 1, (count, 12)).astype(np.float32)
        return cls(lock, generator.random(count).astype(np.float32), own, own[lock])


def _warp(points: Floats, shape: Shape) -> Floats:
    """Points (g, k, 3) on the base head, moved as the head between there and this person moves.

    Interpolates the moves of some points of the skin with the kernel of R. L. Harder and R. N. Desmarais 1972
    in space, |r|, and an affine part, so that what stands far off follows too.
    """
    controls = load_controls()
    base = shape.rest[controls].astype(np.float64)
    count = len(controls)
    system = np.zeros((count + 4, count + 4))
    system[:count, :count] = np.linalg.norm(base[:, None] - base[None], axis=2)
    system[:count, count:] = np.column_stack([np.ones(count), base])
    system[count:, :count] = system[:count, count:].T
    moved = np.zeros((count + 4, 3))
    moved[:count] = shape.skin[controls] - base
    solved = np.linalg.solve(system, moved).astype(np.float32)
    flat = points.reshape(-1, 3)
    apart = np.linalg.norm(flat[:, None] - base[None].astype(np.float32), axis=2)
    shifted = flat + apart @ solved[:count] + solved[count] + flat @ solved[count + 1 :]
    return np.asarray(shifted.reshape(points.shape), np.float32)


def _keep_out(points: Floats, anchors: NDArray[Any], shape: Shape, clearance: float) -> Floats:
    """Strands (m, k, 3) pushed out to the clearance over the skin at their anchors (m, k); roots stay."""
    over = np.einsum("mki,mki->mk", points - shape.skin[anchors], shape.normals[anchors])
    push = np.where(over < clearance - FARTHEST_PUSH, 0, np.maximum(clearance - over, 0))
    # Neighbours are pushed as far, or smoothing would leave some points in the skin.
    push[:, 1:-1] = np.maximum(push[:, 1:-1], np.maximum(push[:, 2:], push[:, :-2]))
    push[:, 0] = 0
    return points + _evenly(push[..., None] * shape.normals[anchors])


def _sink(points: Floats, anchors: NDArray[Any], shape: Shape, shares: Floats) -> Floats:
    """Strands (m, k, 3) let down towards the skin by a share (m,) of their height: hair is full of hair."""
    over = np.einsum("mki,mki->mk", points - shape.skin[anchors], shape.normals[anchors])
    # What hangs freely has no skin to be let down to.
    down = shares[:, None] * np.clip(over, 0, DEEPEST) * np.clip(2 - over / DEEPEST, 0, 1)
    return points - _evenly(down[..., None] * shape.normals[anchors])


def _evenly(shifts: Floats) -> Floats:
    """Shifts (m, k, 3) without jumps along their strands, where anchors change; root and tip keep theirs."""
    for _ in range(2):
        shifts[:, 1:-1] = 0.5 * shifts[:, 1:-1] + 0.25 * (shifts[:, 2:] + shifts[:, :-2])
    return shifts


def _between(guides: Guides, roots: Floats) -> _Between:
    """The guides nearest to roots (m, 3) on the base head, all of the nearest one's group."""
    own = guides.points[:, 0]
    squared = (roots**2).sum(1)[:, None] - 2 * roots @ own.T + (own**2).sum(1)
    first = guides.group[squared.argmin(axis=1)]
    squared[first[:, None] != guides.group[None]] = np.inf
    nearest = np.argpartition(squared, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    apart = np.take_along_axis(squared, nearest, axis=1)
    order = apart.argsort(axis=1)
    nearest, apart = np.take_along_axis(nearest, order, axis=1), np.take_along_axis(apart, order, axis=1)
    weights = 1 / (np.maximum(apart, 0) + 1e-4)
    weights[~np.isfinite(apart)] = 0
    weights /= weights.sum(axis=1, keepdims=True)
    return _Between(nearest.astype(np.int32), weights.astype(np.float32))


def _locks(roots: Floats, between: _Between, group: NDArray[Any], count: int) -> Ints:
    """Which hair leads each hair's lock (m,): the nearest of ``count`` leaders, of its own group."""
    own = group[between.nearest[:, 0]].astype(np.float32)
    # A group is a fourth dimension in which nothing of another group is near.
    places = np.column_stack([roots, 10 * own]).astype(np.float32)
    leaders = spread_out(places, min(max(count, 1), len(places)))
    apart = (places[leaders] ** 2).sum(1)[None] - 2 * places @ places[leaders].T
    return np.asarray(leaders[apart.argmin(axis=1)], np.int32)


def _fill(laid: Floats, roots: Roots, between: _Between, shape: Shape) -> Floats:
    """Strands (m, k, 3) from the roots, shaped like the guides they lie between."""
    relative = laid - laid[:, :1]
    return shared_out(relative, between.nearest, between.weights) + roots.at(shape.skin)[:, None]


def _style(points: Floats, normals: Floats, filling: Filling, chance: Chance) -> Floats:
    """Gather into locks, wave, curl: what makes strands between guides look like hair."""
    leader = points[chance.lock]
    length = _length(points)
    along = length / length[:, -1:]
    # Short hair stands hair by hair; what is long falls into locks.
    gather = filling.gather * np.clip(length[:, -1:] / LOCKED - 0.2, 0, 1) * along**1.3
    points = leader + _held(points - leader) * (1 - gather[..., None])
    points = (
        points + _wander(length, chance.common, filling.wave) + _wander(length, chance.own, filling.frizz)
    )
    rise = filling.lift * chance.hair[:, None] * np.minimum(length / 0.15, 1)
    points = points + normals[:, None] * rise[..., None]
    if filling.plait or filling.rope:
        points = _bind(points, points[chance.lock], length, filling, chance)
    elif filling.curl:
        points = _coil(points, length, filling, chance)
    return points.astype(np.float32)


def _held(offsets: Floats) -> Floats:
    """Offsets (m, k, 3) from their locks' leaders, none much farther than at the root: no hair goes alone."""
    size = np.linalg.norm(offsets, axis=2, keepdims=True)
    most = np.maximum(size[:, :1], LOCK)
    return np.asarray(offsets * np.minimum(most / np.maximum(size, 1e-6), 1), np.float32)


def _length(points: Floats) -> Floats:
    """How far along each strand its points lie, (m, k)."""
    sizes = np.linalg.norm(np.diff(points, axis=1), axis=2)
    return np.concatenate([np.zeros((len(points), 1), np.float32), sizes.cumsum(axis=1)], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """Strands cut to a share of themselves, with as many points as before: low (m, k) and rest (m, k, 1)."""

    low: Ints
    rest: Floats

    @classmethod
    def by(cls, shares: NDArray[Any], points: int) -> _Cut:
        """Cut to shares (m,)."""
        places = np.linspace(0, points - 1, points, dtype=np.float32) * shares[:, None]
        low = np.minimum(places.astype(np.int32), points - 2)
        return cls(low, (places - low)[..., None].astype(np.float32))

    def lines(self, points: Floats) -> Floats:
        """Of strands (m, k, 3)."""
        rows = np.arange(len(points))[:, None]
        result: Floats = points[rows, self.low] * (1 - self.rest) + points[rows, self.low + 1] * self.rest
        return result

    def nearest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Of what has no between, (m, k)."""
        place = self.low + (self.rest[..., 0] > 0.5)
        return np.take_along_axis(values, place, axis=1)


def _wander(length: Floats, chance: Floats, amount: float) -> Floats:
    """Smooth wandering (m, k, 3) by length (m, k), growing from the root, after chances (m, 12)."""
    slow, fast = 4.0 + 2.0 * chance[:, 9:10], 9.0 + 4.0 * chance[:, 10:11]
    reach = amount * np.minimum(length / 0.25, 1.5)
    offsets = [
        reach
        * (
            chance[:, axis : axis + 1] * np.sin(slow * length + np.pi * chance[:, axis + 3 : axis + 4])
            + 0.3 * chance[:, axis + 6 : axis + 7] * np.sin(fast * length + 3 * chance[:, axis : axis + 1])
        )
        for axis in range(3)
    ]
    return np.asarray(np.stack(offsets, axis=2), np.float32)


def _coil(points: Floats, length: Floats, filling: Filling, chance: Chance) -> Floats:
    """Strands (m, k, 3) coiling about their own middle lines, those of a lock more or less together."""
    first, second = _sides(points)
    phase = filling.alike * chance.common[:, 11:12] + (1 - filling.alike) * chance.own[:, 11:12]
    angle = TAU * filling.turns * (1 + 0.15 * chance.common[:, 8:9]) * length + np.pi * phase
    size = filling.curl * np.minimum(length / 0.12, 1) * (1 + 0.35 * chance.own[:, 7:8])
    aside = np.cos(angle)[..., None] * first + np.sin(angle)[..., None] * second
    return np.asarray(points + size[..., None] * aside, np.float32)


def _bind(points: Floats, leader: Floats, length: Floats, filling: Filling, chance: Chance) -> Floats:
    """Strands (m, k, 3) plaited about their lock's leader, or wound round it as a rope."""
    first, second = _sides(leader)
    length = length[chance.lock]
    if filling.plait:
        # Three bundles that pass over and under each other, as hands plait them.
        angle = TAU * filling.turns * length + np.floor(3 * chance.hair)[:, None] * TAU / 3
        aside = filling.plait * (np.sin(angle) + 0.4 * chance.own[:, 1:2])
        out = filling.plait * (0.5 * np.sin(2 * angle) + 0.4 * chance.own[:, 2:3])
    else:
        angle = TAU * filling.turns * length + np.pi * chance.own[:, 1:2]
        uneven = 1 + 0.16 * np.sin(21 * length + 3 * chance.common[:, 3:4])
        size = filling.rope * uneven * (0.85 + 0.15 * chance.own[:, 2:3])
        aside, out = size * np.cos(angle), size * np.sin(angle)
    bound = leader + aside[..., None] * first + out[..., None] * second
    return np.asarray(points + np.minimum(length / 0.1, 1)[..., None] * (bound - points), np.float32)


def _sides(points: Floats) -> tuple[Floats, Floats]:
    """Two directions (m, k, 3) across strands that turn as little as can be along them."""
    along = unit(np.gradient(points, axis=1))
    first = np.empty_like(along)
    start = np.cross(along[:, 0], (0.31, 0.13, 0.94))
    first[:, 0] = unit(start)
    for place in range(1, points.shape[1]):
        before = first[:, place - 1]
        tilt = np.einsum("mi,mi->m", before, along[:, place])[:, None]
        first[:, place] = unit(before - tilt * along[:, place])
    return first, np.cross(along, first)
