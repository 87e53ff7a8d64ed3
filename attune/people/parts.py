"""What a drawn person is made of, and how it stands in one frame: all that the renderer gets to know.

Positions are in decimetres, x to the person's own left, y up, z out of the face; the middle between the
eyes lies at (0, 7.284, 1.245). Colours are linear RGB in [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class Material(StrEnum):
    """How light meets a surface."""

    SKIN = "skin"
    CLOTH = "cloth"
    EYE = "eye"
    CORNEA = "cornea"
    MOUTH = "mouth"


class StrandKind(StrEnum):
    """What grows; the hair of the head moves with the head alone, the others with the face."""

    HAIR = "hair"
    BROW = "brow"
    LASH = "lash"
    BEARD = "beard"


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """One mesh of a person: what does not change while the face moves.

    quads (f, 4) int32; albedo (n, 3); rough, gloss and occlusion (n,) in [0, 1] (gloss: how much of a lip's
    wetness); rest (n, 3) positions of the mesh nobody has been made from yet, which textures are laid by.
    """

    name: str
    material: Material
    quads: Ints
    albedo: Floats
    rough: Floats
    gloss: Floats
    occlusion: Floats
    rest: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Strands:
    """Hairs of one kind: points (m, k, 3) at rest, root first; width (m,) at the root, in decimetres."""

    kind: StrandKind
    points: Floats
    width: Floats
    colour: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """What a face does in one frame.

    shapes (52,): weights of :data:`attune.people.shapes.SHAPES` as drawn, in [0, 1]; gaze (2,): yaw to the
    person's left and pitch down of the eyes within the head; head (3,): yaw, pitch, roll; radians; shift (3,)
    of the head in decimetres; breath in [-1, 1].
    """

    shapes: Floats
    gaze: Floats
    head: Floats
    shift: Floats
    breath: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A person in one frame.

    positions and unit normals (n, 3) by surface name; strands (m, k, 3) that the face moves, by kind; head
    (4, 4) moves what is rigid with the head; lids (2, 4), left first: the eye's centre x, the upper lid's
    height at its middle, the eye's half width, the lower lid's height; mouth (3,): the middle of the upper
    front teeth.
    """

    positions: Mapping[str, Floats]
    normals: Mapping[str, Floats]
    strands: Mapping[StrandKind, Floats]
    head: Floats
    lids: Floats
    mouth: Floats
