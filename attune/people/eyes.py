"""Two eyeballs that turn: white, iris lying a little behind its clear dome, pupil."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from attune.people.colour import linear
from attune.people.mesh import Normals, moved, rotation, smoothstep
from attune.people.parts import Floats, Ints, Material, Surface
from attune.people.person import EyeColour, Eyes
from attune.people.sculpt import Shape

SIDES = ("left", "right")
AROUND = 96  # vertices around the axis of an eye
IRIS_RINGS, WHITE_RINGS = 26, 22
BACK_RAD = 0.8 * np.pi  # from the pupil's middle to where the eyeball ends, unseen
IRIS_DM = 0.0610  # radius: people's hardly differ, and stay the same for life
IRIS_DEPTH = 0.07  # of the eye's radius, behind the dome
DOME = 0.075  # how far the cornea stands out of the eyeball, in its radii
FIT = 0.985  # the eyeball in the socket the lids slide on
VERGENCE_RAD = 0.012  # both eyes meet at arm's length
LIMBUS = "2A2623"
WHITE, PINK = "C8BDB3", "A8766A"

# From the pupil outwards: around it, the middle of the iris, its rim.
IRISES: Mapping[EyeColour, tuple[str, str, str]] = MappingProxyType(
    {
        EyeColour.DARK_BROWN: ("4C2C17", "3F2414", "21140D"),
        EyeColour.BROWN: ("6B4020", "5A3519", "2F1B0F"),
        EyeColour.HAZEL: ("80521F", "7C6A33", "45452A"),
        EyeColour.GREEN: ("8A7644", "757F5C", "47523F"),
        EyeColour.BLUE: ("9AA6A2", "7595AE", "3F5C7C"),
        EyeColour.GREY: ("A09C8C", "8C989C", "4E5C66"),
    }
)


class Eyeballs:
    """A person's two eyes: surfaces ``eye_left``, ``cornea_left`` and the same on the right."""

    def __init__(self, shape: Shape, look: Eyes, *, seed: int) -> None:
        self._places = [(np.asarray(centre, np.float32), radius * FIT) for centre, radius in shape.eyes]
        # A large eye does not have a large iris.
        rim = float(np.arcsin(IRIS_DM / np.mean([radius for _, radius in self._places])))
        polar, azimuth, quads = _grid(rim)
        sphere = np.stack(
            [np.sin(polar) * np.cos(azimuth), np.sin(polar) * np.sin(azimuth), np.cos(polar)], axis=1
        ).astype(np.float32)
        self._ball = _sunken(sphere, polar, rim)
        height = 1.004 + DOME * np.exp(-((polar / (0.85 * rim)) ** 2))
        self._dome = (sphere * height[:, None]).astype(np.float32)
        normals = Normals(quads, len(sphere))
        self._normals = {"eye": normals(self._ball), "cornea": normals(self._dome)}
        white = np.ones(len(sphere), np.float32)
        surfaces = []
        for side, name in enumerate(SIDES):
            colour = _painted(polar, azimuth, look, rim=rim, seed=seed + side)
            for kind, material, rest in (
                ("eye", Material.EYE, self._ball),
                ("cornea", Material.CORNEA, self._dome),
            ):
                surfaces.append(
                    Surface(
                        name=f"{kind}_{name}",
                        material=material,
                        quads=quads,
                        albedo=colour,
                        rough=0.3 * white if material is Material.EYE else 0.05 * white,
                        gloss=white,
                        occlusion=white,
                        rest=rest.astype(np.float32),
                    )
                )
        self.surfaces = tuple(surfaces)

    def pose(self, gaze: Floats, head: Floats | None = None) -> dict[str, tuple[Floats, Floats]]:
        """Positions and normals (n, 3) by surface for gaze (2,): left and down, radians.

        head (4, 4): how the head is turned; None leaves it as it is.
        """
        head = np.eye(4, dtype=np.float32) if head is None else head
        posed = {}
        for side, (centre, radius) in enumerate(self._places):
            inward = -VERGENCE_RAD if side == 0 else VERGENCE_RAD
            turn = rotation(float(gaze[0]) + inward, float(gaze[1])).astype(np.float32)
            place = np.eye(4, dtype=np.float32)
            place[:3, :3], place[:3, 3] = radius * turn, centre
            place, turn = head @ place, head[:3, :3] @ turn
            for kind, template in (("eye", self._ball), ("cornea", self._dome)):
                posed[f"{kind}_{SIDES[side]}"] = moved(template, place), self._normals[kind] @ turn.T
        return posed


def _grid(rim: float) -> tuple[Floats, Floats, Ints]:
    """Angles from the axis and about it (n,) of an eye's vertices, and quads: closed all the way round."""
    rings = np.concatenate(
        [
            np.linspace(0.0, rim * 1.12, IRIS_RINGS, endpoint=False),
            np.linspace(rim * 1.12, BACK_RAD, WHITE_RINGS),
        ]
    )
    polar = np.repeat(rings, AROUND).astype(np.float32)
    azimuth = np.tile(np.linspace(0, 2 * np.pi, AROUND, endpoint=False), len(rings)).astype(np.float32)
    index = np.arange(len(polar), dtype=np.int32).reshape(len(rings), AROUND)
    onward = np.roll(index, -1, axis=1)
    quads = np.stack([index[1:], onward[1:], onward[:-1], index[:-1]], axis=-1).reshape(-1, 4)
    return polar, azimuth, quads


def _sunken(sphere: Floats, polar: Floats, rim: float) -> Floats:
    """The eyeball with its iris pushed in: a shallow bowl, so that it is lit from the side light falls to."""
    share = np.clip(polar / rim, 0, 1)
    depth = IRIS_DEPTH * smoothstep(1.02, 0.86, polar / rim) * (1.0 + 0.35 * (1 - share**2))
    flat = np.cos(rim) + (np.cos(polar) - np.cos(rim)) * 0.35
    result = sphere.copy()
    inside = polar < rim
    result[inside, 2] = flat[inside]
    result[:, 2] -= depth
    return result.astype(np.float32)


def _painted(polar: Floats, azimuth: Floats, look: Eyes, *, rim: float, seed: int) -> Floats:
    """Colours (n, 3) of white, iris and pupil."""
    iris = _iris(polar / rim, azimuth, look, seed=seed)
    white = _white(polar, azimuth, seed=seed)
    limbus = smoothstep(0.94, 1.10, polar / rim)[:, None]
    return np.asarray(iris + limbus * (white - iris), np.float32)


def _iris(share: Floats, azimuth: Floats, look: Eyes, *, seed: int) -> Floats:
    """Fibres running outwards from the pupil, lighter at the frill about it, with a dark rim."""
    rng = np.random.default_rng((seed, 0x1215))
    fibres = np.zeros(len(share))
    for waves in (19, 31, 47, 73):
        bend = rng.uniform(-1.5, 1.5) * share
        fibres += np.sin(waves * azimuth + bend * 3 + rng.uniform(0, 6.3)) * rng.uniform(0.5, 1.0)
    out = np.clip((share - look.pupil) / (1 - look.pupil), 0, 1)
    inner, middle, outer = (linear(colour) for colour in IRISES[look.colour])
    frill = 0.28 + 0.05 * np.sin(5 * azimuth + rng.uniform(0, 6.3)) + 0.03 * np.sin(11 * azimuth)
    mixed = inner + smoothstep(frill - 0.15, frill + 0.25, out)[:, None] * (middle - inner)
    mixed = mixed + smoothstep(0.55, 1.0, out)[:, None] * (outer - mixed)
    light = (1 + 0.20 * fibres / 1.5 * smoothstep(0, 0.2, out)) * (
        1 + 0.25 * np.exp(-(((out - frill) / 0.1) ** 2))
    )
    coloured = mixed * light[:, None]
    ring = (0.75 * smoothstep(0.80, 0.98, share))[:, None]
    coloured += ring * (linear(LIMBUS) * 0.6 - coloured)
    pupil = smoothstep(look.pupil + 0.035, look.pupil - 0.035, share)[:, None]
    return np.asarray(np.clip(coloured + pupil * (0.003 - coloured), 0.002, 1), np.float32)


def _white(polar: Floats, azimuth: Floats, *, seed: int) -> Floats:
    """Warm white, pink towards the corners, with veins that hardly show."""
    rng = np.random.default_rng((seed, 0x5C1E))
    corner = smoothstep(0.45, 1.15, polar)
    pink = corner * (0.22 + 0.5 * np.cos(azimuth) ** 2)
    veins = np.zeros(len(polar))
    for _ in range(9):
        at = rng.choice([0, np.pi]) + rng.normal(0, 0.5)
        path = at + 0.12 * np.sin(polar * rng.uniform(6, 12) + rng.uniform(0, 6.3))
        apart = np.angle(np.exp(1j * (azimuth - path)))
        veins += np.exp(-((apart / 0.05) ** 2)) * smoothstep(0.55, 0.95, polar) * rng.uniform(0.3, 1)
    share = np.clip(pink + 0.22 * veins, 0, 0.85)[:, None]
    shaded = (1 - 0.22 * corner)[:, None]
    return np.asarray(shaded * (linear(WHITE) + share * (linear(PINK) - linear(WHITE))), np.float32)
