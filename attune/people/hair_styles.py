"""The hair styles Attune carries: guide strands grown on the base head, and how to fill in between them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.parts import Floats
from attune.resources import asset

STEP = 2e-4  # decimetres: what the guides' points are counted in
MIDDLE = np.array((0.0, 7.0, 0.0), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """How strands grow between a style's guides; lengths in decimetres.

    strands: how many at density 1. width: at the root. vary: by which share the shortest is shorter.
    locks: strands that hang together; gather: how far tips have come together.
    wave and frizz: how far a lock, and one hair, wander off. curl: a coil's radius;
    turns: coils to a decimetre; alike: share of a lock's hairs' coiling that they have in common.
    points: along each strand, most where it bends; 0: as many as its guides have.
    plait, rope: half the width of locks that are braided, or wound. lift: how far hairs stand off further,
    fill: how much nearer to the skin the innermost lie, a share.
    """

    strands: int
    width: float
    vary: float = 0.15
    locks: int = 12
    gather: float = 0.4
    wave: float = 0.03
    frizz: float = 0.01
    curl: float = 0.0
    turns: float = 3.0
    alike: float = 1.0
    plait: float = 0.0
    rope: float = 0.0
    lift: float = 0.0
    fill: float = 0.6
    points: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Guides:
    """Guides (g, k, 3) on the base head, root first; anchors (g, k): the nearest points of the base mesh.

    group (g,): strands are filled in only between guides of one group, so that a parting stays one.
    """

    points: Floats
    anchors: NDArray[np.uint16]
    group: NDArray[np.uint8]


def load_fillings() -> Mapping[str, Filling]:
    """All styles by name, without their guides."""
    table: Mapping[str, Any] = tomllib.loads(asset("people", "hair.toml").read_text(encoding="utf-8"))
    return {name: Filling(**values) for name, values in table.items()}


def load_guides(style: str) -> Guides:
    """The guides of one style. Raises KeyError where there is no such style."""
    with np.load(asset("people", "hair.npz")) as packed:
        points = packed[f"{style}/points"].astype(np.float32) * STEP + MIDDLE
        return Guides(points, packed[f"{style}/anchors"], packed[f"{style}/group"])


def pack_guides(guides: Guides) -> Mapping[str, NDArray[Any]]:
    """The arrays :func:`load_guides` reads."""
    return {
        "points": np.round((guides.points - MIDDLE) / STEP).astype(np.int16),
        "anchors": guides.anchors.astype(np.uint16),
        "group": guides.group.astype(np.uint8),
    }


def load_controls() -> NDArray[np.int64]:
    """The points of the base mesh whose moves guides follow, (c,)."""
    with np.load(asset("people", "hair.npz")) as packed:
        controls: NDArray[np.int64] = packed["controls"].astype(np.int64)
        return controls
