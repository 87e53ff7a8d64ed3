"""Grow the hair styles: `python packaging/groom_hair.py [STYLE …]` writes assets/people/hair.npz.

Only guide strands are grown on the base head, some hundreds for a style; `attune/people/hair.py` grows what
lies between them. With names, only those styles are grown anew. Needs scipy, and assets/people/head.npz.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from groom_roots import Parting, Roots
from groom_styles import STYLES
from groom_tools import Ground, smoothed
from numpy.typing import NDArray

from attune.people.hair_styles import Guides, load_fillings, pack_guides
from attune.people.hairline import azimuth, scalp
from attune.people.head import load_head
from attune.people.parts import Floats
from attune.people.person import Hair, HairColour
from attune.people.planting import plant, spread_out
from attune.resources import asset

LEVEL = 1
GUIDES = 520
CONTROLS = 260  # points of the base mesh that carry hair to another head
CANDIDATES = 6  # roots looked at for each that is taken
Arrays = dict[str, NDArray[Any]]


def main(names: list[str]) -> None:
    """Grow what is asked for, keep the rest."""
    path = asset("people", "hair.npz")
    packed: Arrays = dict(np.load(path)) if names and path.is_file() else {}
    ground = Ground.of(load_head(), LEVEL)
    packed["controls"] = ground.controls(CONTROLS).astype(np.uint16)
    for name in names or load_fillings():
        grown = pack_guides(grow(name, ground))
        packed |= {f"{name}/{part}": values for part, values in grown.items()}
    np.savez_compressed(path, **packed)
    sizes: Mapping[str, Any] = {name: packed[f"{name}/points"].shape for name in load_fillings()}
    print(f"{Path(path).name}: {path.stat().st_size / 1e6:.2f} MB, {sizes}")


def grow(name: str, ground: Ground) -> Guides:
    """The guides of one style on the base head."""
    # A little more than the hairline as it is, so that a receding one and a low one have guides as well.
    cover = scalp(ground.skin, Hair(style=name, colour=HairColour.BROWN))
    generator = np.random.default_rng(3)
    style = STYLES[name]
    count = style.guides or GUIDES
    chosen = plant(ground.quads, ground.skin, cover, count * CANDIDATES, generator)
    places = chosen.at(ground.skin)
    places = places[spread_out(places, count)]
    if style.parting:
        places = np.concatenate([places, beside(style.parting, places)])
    height, out = ground.over(places)
    places -= height[:, None] * out
    roots = Roots(places.astype(np.float32), out.astype(np.float32), azimuth(places))
    group = style.group(roots)
    points = smoothed(style.grow(roots, ground), group)
    return Guides(points.astype(np.float32), ground.anchors(points).astype(np.uint16), group.astype(np.uint8))


def beside(parting: Parting, places: Floats) -> Floats:
    """Roots at both sides of a parting, so that strands are told apart along a straight line."""
    ahead = np.arange(parting.back, places[:, 2].max(), 0.07)
    rows = []
    for away in (-0.012, 0.012):
        x = parting.at(ahead) + away
        near = ((places[:, 0] - x[:, None]) ** 2 + (places[:, 2] - ahead[:, None]) ** 2).argmin(axis=1)
        rows.append(np.column_stack([x, places[near, 1], ahead]))
    return np.concatenate(rows).astype(np.float32)


if __name__ == "__main__":
    main(sys.argv[1:])
