"""A plain person, and what holds for every surface of one."""

from __future__ import annotations

import numpy as np

from attune.people.parts import Surface
from attune.people.person import (
    Ancestry,
    Brows,
    Clothes,
    Cut,
    EyeColour,
    Eyes,
    Hair,
    HairColour,
    Identity,
    Person,
    Skin,
)


def somebody(*, skin: Skin | None = None, cut: Cut = Cut.CREW, seed: int = 3) -> Person:
    return Person(
        name="Somebody",
        seed=seed,
        identity=Identity(age=40, masculinity=0.5, ancestry=Ancestry(african=0.3, asian=0.3, caucasian=0.4)),
        skin=skin or Skin(tone=0.4),
        eyes=Eyes(colour=EyeColour.GREEN),
        brows=Brows(colour=HairColour.BROWN),
        hair=Hair(style="bald", colour=HairColour.BROWN),
        clothes=Clothes(colour="5B6F63", cut=cut),
    )


def assert_well_made(surface: Surface) -> None:
    many = len(surface.rest)
    assert surface.quads.min() >= 0
    assert surface.quads.max() < many
    for values in (surface.albedo, surface.rough, surface.gloss, surface.occlusion):
        assert len(values) == many
        assert np.isfinite(values).all()
        assert values.min() >= 0
        assert values.max() <= 1
    assert np.isfinite(surface.rest).all()
