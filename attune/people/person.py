"""Who a drawn person is, as one small file says it: ``assets/people/cast/NAME.toml``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar

import numpy as np
from annotated_types import Ge, Le, MinLen, Predicate

from attune.errors import PersonError
from attune.people.colour import is_colour
from attune.people.hair_styles import load_fillings
from attune.people.written import STRICTLY, read_written
from attune.resources import asset

BALD = "bald"
MOST_BYTES = 1 << 16

Share = Annotated[float, Ge(0), Le(1)]
Signed = Annotated[float, Ge(-1), Le(1)]
Colour = Annotated[str, Predicate(is_colour)]


class EyeColour(StrEnum):
    """What a person would write in a passport."""

    BROWN = "brown"
    DARK_BROWN = "dark_brown"
    HAZEL = "hazel"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


class HairColour(StrEnum):
    """Of the head, the brows and the beard, before grey is mixed in."""

    BLACK = "black"
    DARK_BROWN = "dark_brown"
    BROWN = "brown"
    AUBURN = "auburn"
    BLOND = "blond"
    GREY = "grey"
    WHITE = "white"


class Cut(StrEnum):
    """What a top leaves free around the neck."""

    CREW = "crew"
    SCOOP = "scoop"
    V_NECK = "v_neck"
    SHIRT = "shirt"
    TURTLENECK = "turtleneck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestry:
    """Shares of the three faces that MakeHuman's shapes were averaged from; together 1.

    Only a way to sculpt: no name of these is shown anywhere.
    """

    __pydantic_config__: ClassVar = STRICTLY

    african: Share = 0.0
    asian: Share = 0.0
    caucasian: Share = 0.0

    def __post_init__(self) -> None:
        if not math.isclose(self.african + self.asian + self.caucasian, 1.0, abs_tol=0.01):
            raise ValueError("the three shares must add up to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The shape of the head: age in years; masculinity 0 a woman's, 1 a man's; muscle and weight 0.5 medium.

    targets: further shapes by name, ``nose-hump = 0.2`` more of it, ``-0.2`` less; a name without ``l-`` or
    ``r-`` moves both sides.
    """

    __pydantic_config__: ClassVar = STRICTLY

    age: Annotated[float, Ge(20), Le(75)]
    masculinity: Share
    ancestry: Ancestry
    muscle: Share = 0.5
    weight: Share = 0.5
    targets: Mapping[str, Signed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skin:
    """tone 0 the lightest to 1 the darkest; warmth -1 rosy to 1 olive; the others from none to plenty.

    lines: wrinkles that stay when the face rests.
    """

    __pydantic_config__: ClassVar = STRICTLY

    tone: Share
    warmth: Signed = 0.0
    blush: Share = 0.5
    freckles: Share = 0.0
    blemishes: Share = 0.2
    lines: Share = 0.0
    shadows: Share = 0.2
    stubble: Share = 0.0
    lipstick: Share = 0.0
    make_up: Share = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """pupil: its share of the iris, across."""

    __pydantic_config__: ClassVar = STRICTLY

    colour: EyeColour
    pupil: Annotated[float, Ge(0.2), Le(0.7)] = 0.38
    lashes: Annotated[float, Ge(0), Le(2)] = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brows:
    """thickness and density in times the usual; height and arch are changes of a usual brow's, in [-1, 1]."""

    __pydantic_config__: ClassVar = STRICTLY

    colour: HairColour
    thickness: Annotated[float, Ge(0.3), Le(2)] = 1.0
    density: Annotated[float, Ge(0), Le(2)] = 1.0
    height: Signed = 0.0
    arch: Signed = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hair:
    """style: a name from ``hair.npz``, or ``bald``; grey: share of hairs without colour; recede: hairline."""

    __pydantic_config__: ClassVar = STRICTLY

    style: Annotated[str, MinLen(1)]
    colour: HairColour
    grey: Share = 0.0
    recede: Share = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beard:
    """density 0 is none; length in centimetres; moustache and cheeks: the share of each that grows."""

    __pydantic_config__: ClassVar = STRICTLY

    density: Share = 0.0
    length: Annotated[float, Ge(0.1), Le(6)] = 0.6
    moustache: Share = 1.0
    cheeks: Share = 0.6
    grey: Share = 0.0
    colour: HairColour = HairColour.DARK_BROWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Clothes:
    """A plain top: its cut and colour, and how far its neckline lies above the usual one, in centimetres."""

    __pydantic_config__: ClassVar = STRICTLY

    colour: Colour
    cut: Cut = Cut.CREW
    collar: Annotated[float, Ge(-3), Le(3)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that makes a drawn person this one and no other."""

    __pydantic_config__: ClassVar = STRICTLY

    name: Annotated[str, MinLen(1)]
    seed: Annotated[int, Ge(0)]
    identity: Identity
    skin: Skin
    eyes: Eyes
    brows: Brows
    hair: Hair
    clothes: Clothes
    beard: Beard = field(default_factory=Beard)


def load_cast() -> tuple[Person, ...]:
    """The people Attune carries, in the order of their files' names."""
    return tuple(load_person(path) for path in sorted(asset("people", "cast").glob("*.toml")))


def load_person(path: Path) -> Person:
    """Read and check one person's file. Raises PersonError naming the file and the field."""
    person = read_written(path, Person, most_bytes=MOST_BYTES, refused=_refused)
    _check_carried(person, path)
    return person


def _refused(amiss: str, /, **fields: object) -> PersonError:
    return PersonError(f"person.{amiss}", **fields)


def _check_carried(person: Person, path: Path) -> None:
    """See to it that Attune carries the features and the hair that a person asks for."""
    with np.load(asset("people", "head.npz")) as packed:
        files = zip(packed["details/names"].tolist(), packed["details/signs"].tolist(), strict=True)
        features = {(name.removeprefix(side), sign) for name, sign in files for side in ("", "l-", "r-")}
    for name, amount in person.identity.targets.items():
        if not {(name, 1), (name, -1)} & features:
            raise PersonError("person.unknown", file=path, field=f"identity.targets.{name}")
        if amount < 0 and (name, -1) not in features:
            raise PersonError(
                "person.one_way", file=path, field=f"identity.targets.{name}", value=f"{amount:g}"
            )
    styles = {BALD, *load_fillings()}
    if person.hair.style not in styles:
        raise PersonError("person.style", file=path, value=person.hair.style, known=", ".join(sorted(styles)))
