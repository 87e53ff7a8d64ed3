"""What growing hair needs: the ground it grows on and must not enter, and a comb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from attune.people.head import Head
from attune.people.mesh import unit
from attune.people.parts import Floats, Ints
from attune.people.planting import spread_out

Start = tuple[Floats, NDArray[Any]]  # where strands begin (m, 3), and in which directions (m, 3)
Field = Callable[[Floats, float], NDArray[Any]]
ROUND_ABOUT = 5  # points of the skin that say where its surface is
BELOW_HEAD = 6.0
FINE_STEPS = 64


@dataclass(frozen=True, eq=False)
class Ground:
    """The base head's skin (n, 3) with its normals; coarse: how many of its points the base mesh has."""

    skin: Floats
    normals: Floats
    quads: Ints
    tree: Any
    anchor_tree: Any
    anchor_ids: NDArray[np.int64]

    @classmethod
    def of(cls, head: Head, level: int) -> Ground:
        """The base head, refined."""
        grid, coarse = head.grid(level), head.grid(0)
        skin = grid.subdivide(head.base)
        outer = np.flatnonzero((head.inner_mouth(level) < 0.5) & (head.mask("eyelids", level) < 0.5))
        # The ears are no place to measure heights from: nothing but what hangs over them comes near.
        no_ear = np.flatnonzero((head.mask("ears", 0) < 0.3) & (head.inner_mouth(0) < 0.5))
        no_ear = no_ear[no_ear < coarse.count]
        return cls(skin, grid.normals(skin), grid.quads, _Part(skin, outer), cKDTree(skin[no_ear]), no_ear)

    def over(self, points: Floats) -> tuple[Floats, Floats]:
        """Heights (m,) over the skin, negative within, and the directions out (m, 3)."""
        apart, near = self.tree.query(points, ROUND_ABOUT)
        weights = 1 / (apart**2 + 1e-5)
        weights /= weights.sum(axis=1, keepdims=True)
        normals = unit((self.normals[near] * weights[..., None]).sum(axis=1))
        heights = np.einsum("mwi,mwi->mw", points[:, None] - self.skin[near], self.normals[near])
        return (heights * weights).sum(axis=1), normals

    def anchors(self, points: Floats) -> Ints:
        """The nearest points of the base mesh, by their places in it."""
        return self.anchor_ids[self.anchor_tree.query(points.reshape(-1, 3))[1]].reshape(points.shape[:2])

    def controls(self, count: int) -> Ints:
        """Points of the base mesh spread over head, neck and shoulders."""
        places = self.skin[self.anchor_ids]
        head = np.flatnonzero(places[:, 1] > BELOW_HEAD - 0.6)
        return self.anchor_ids[head[spread_out(places[head], count)]]


class _Part:
    """Nearest points among some of the skin's."""

    def __init__(self, skin: Floats, which: Ints) -> None:
        self._tree, self._which = cKDTree(skin[which]), which

    def query(self, points: Floats, count: int) -> tuple[Floats, Ints]:
        apart, near = self._tree.query(points, count)
        return apart, self._which[near]


@dataclass(frozen=True, kw_only=True, eq=False)
class Comb:
    """How strands are laid: all by field from where a strand is (m, 3) and how far along it is, in [0, 1].

    wish: the direction it would take. low and high (m,): the heights over the skin between which it is kept.
    stiff: how much of its direction it keeps from point to point. grip: how much of a wish out of or into the
    skin is not followed.
    """

    wish: Field
    low: Field
    high: Field
    stiff: float = 0.5
    grip: float = 1.0


def comb(ground: Ground, start: Start, length: Floats, points: int, how: Comb) -> Floats:
    """Strands (m, points, 3), length (m,) long."""
    roots, heading = start
    fine = 3  # steps between two points that are kept
    steps = (points - 1) * fine
    place, heading = roots.astype(np.float64), unit(heading)
    kept = [place]
    reach = (length / steps)[:, None]
    for at in range(1, steps + 1):
        share = at / steps
        height, out = ground.over(place)
        wish = unit(how.wish(place, share))
        wish = wish - how.grip * out * np.einsum("mi,mi->m", wish, out)[:, None]
        keep = how.stiff ** (1 / fine)
        heading = unit(heading * keep + wish * (1 - keep))
        moved = place + heading * reach
        height, out = ground.over(moved)
        low, high = how.low(moved, share), how.high(moved, share)
        # Only as far in one step as looks combed, not bent.
        lift = np.clip(np.clip(height, low, high) - height, -0.6 * reach[:, 0], 1.2 * reach[:, 0])
        lift = np.maximum(lift, np.minimum(low, 0.004) - height)
        moved = moved + out * lift[:, None]
        heading = unit(moved - place)
        place = place + heading * reach
        if at % fine == 0:
            kept.append(place)
    return np.stack(kept, axis=1)


def along_path(path: Floats, points: int, bends: float = 0.0) -> Floats:
    """Strands (m, k, 3) with ``points`` points: at even distances, or a share of them where strands bend."""
    fine = at_shares(path, np.linspace(0, 1, FINE_STEPS))
    steps = unit(np.diff(fine, axis=1))
    turns = np.arccos(np.clip(np.einsum("mki,mki->mk", steps[:, 1:], steps[:, :-1]), -1, 1)).mean(axis=0)
    # Chords keep the same distance from a curve when their number grows as the root of how much it bends.
    crowd = np.sqrt(np.convolve(np.pad(turns, 4, mode="edge"), np.full(7, 1 / 7), mode="valid"))
    density = (1 - bends) + bends * crowd / crowd.mean()
    reached = np.concatenate([[0], density.cumsum()]) / density.sum()
    return at_shares(path, np.interp(np.linspace(0, 1, points), reached, np.linspace(0, 1, len(reached))))


def at_shares(path: Floats, shares: Floats) -> Floats:
    """Strands (m, k, 3) at shares (p,) of their length: (m, p, 3)."""
    sizes = np.linalg.norm(np.diff(path, axis=1), axis=2)
    length = np.concatenate([np.zeros((len(path), 1)), sizes.cumsum(axis=1)], axis=1)
    length /= length[:, -1:]
    return np.stack(
        [
            np.stack([np.interp(shares, at, line[:, axis]) for axis in range(3)], axis=1)
            for at, line in zip(length, path, strict=True)
        ]
    )


def smoothed(strands: Floats, group: Ints, *, beside: int = 9, amount: float = 0.6) -> Floats:
    """Strands (m, k, 3) each made more like its neighbours of the same group: none stands out alone."""
    places = np.column_stack([strands[:, 0], 10 * group])
    _, near = cKDTree(places).query(places, min(beside, len(places)))
    for _ in range(2):
        shapes = strands - strands[:, :1]
        middle = np.median(shapes[near], axis=1)
        strands = strands[:, :1] + (1 - amount) * shapes + amount * middle
    return strands
