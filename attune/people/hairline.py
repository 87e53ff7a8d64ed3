"""Where hair grows on a head: shares in [0, 1] by rest position, for painting, planting and holding still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from attune.people.mesh import smoothstep
from attune.people.noise import ValueNoise
from attune.people.person import BALD

if TYPE_CHECKING:
    from attune.people.parts import Floats
    from attune.people.person import Beard, Brows, Hair

SKULL = np.array((0.0, 7.45, 0.45), np.float32)  # the middle that azimuths are taken about
_HORSESHOE = "fringe"  # the style of which only the sides and the back are left

# The hairline's height by azimuth: 0 degrees the forehead, 90 above the ear, 180 the nape.
_AZIMUTHS = (0, 12, 25, 36, 46, 55, 62, 68, 75, 82, 90, 100, 112, 122, 135, 150, 180)
_HEIGHTS = (
    *(8.01, 8.00, 7.97, 7.90, 7.78, 7.66, 7.54, 7.37, 7.16),
    *(7.26, 7.40, 7.45, 7.34, 7.08, 6.86, 6.76, 6.74),
)
_RECEDED = (0.06, 0.13, 0.30, 0.37, 0.34, 0.26, 0.14, 0.04, 0, 0, 0, 0, 0, 0, 0, 0, 0)
_LEFT_OF_IT = (7, 7, 7, 7.2, 7.4, 7.50, 7.58, 7.63, 7.67, 7.71, 7.75, 7.79, 7.82, 7.85, 7.88, 7.9, 7.9)


def bump(points: Floats, middle: tuple[float, float, float], widths: tuple[float, float, float]) -> Floats:
    """A Gaussian about a place and the same one mirrored, whichever is nearer."""
    away = (np.abs(points * (1, 0, 0)) + points * (0, 1, 1) - middle) / widths
    return np.asarray(np.exp(-0.5 * (away * away).sum(1)), np.float32)


def azimuth(points: Floats) -> Floats:
    """Degrees from straight ahead, (n,), the same to both sides."""
    away = points - SKULL
    return np.asarray(np.degrees(np.arctan2(np.abs(away[:, 0]), away[:, 2])), np.float32)


def scalp(rest: Floats, hair: Hair) -> Floats:
    """How densely hair grows, (n,): soft towards the hairline, nothing on the ears."""
    if hair.style == BALD:
        return np.zeros(len(rest), np.float32)
    around = azimuth(rest)
    line = np.interp(around, _AZIMUTHS, _HEIGHTS) + hair.recede * np.interp(around, _AZIMUTHS, _RECEDED)
    ragged = 0.03 * ValueNoise(1).layers(rest, 6.0, 3)
    above = rest[:, 1] - line + ragged
    grown = smoothstep(-0.03, 0.08, above) * (1 - _ear(rest)) * smoothstep(6.6, 6.7, rest[:, 1])
    if hair.style == _HORSESHOE:
        top = np.interp(around, _AZIMUTHS, _LEFT_OF_IT)
        grown *= smoothstep(0.16, -0.10, rest[:, 1] - top + 1.5 * ragged)
    elif hair.recede > 0:
        crown = bump(rest, (0.0, 8.36, 0.12), (0.26, 0.2, 0.26))
        grown *= 1 - 0.75 * hair.recede * crown
    return np.asarray(grown, np.float32)


def brow_line(across: Floats, brows: Brows) -> Floats:
    """The height of a brow's middle line (n,) by the distance from the nose (n,)."""
    places = (0.08, 0.14, 0.22, 0.32, 0.42, 0.50, 0.58, 0.64)
    usual = np.interp(across, places, (7.420, 7.430, 7.445, 7.466, 7.478, 7.466, 7.430, 7.395))
    arch = np.interp(across, (0.08, 0.25, 0.43, 0.56, 0.64), (-0.006, -0.002, 0.026, 0.0, -0.016))
    return np.asarray(usual + 0.03 * brows.height + brows.arch * arch, np.float32)


def brow_zone(rest: Floats, brows: Brows) -> Floats:
    """How densely a brow grows, (n,): fading to both ends and edges."""
    across = np.abs(rest[:, 0])
    places = (0.07, 0.12, 0.22, 0.32, 0.45, 0.58, 0.64)
    half = brows.thickness * np.interp(across, places, (0.018, 0.027, 0.028, 0.026, 0.018, 0.010, 0.005))
    off = (rest[:, 1] - brow_line(across, brows)) / half
    ends = smoothstep(0.055, 0.17, across) * smoothstep(0.63, 0.48, across)
    # Behind the brow lies the fold of the upper lid.
    outside = rest[:, 2] > np.interp(across, (0.2, 0.4, 0.5, 0.6, 0.66), (1.36, 1.29, 1.22, 1.04, 0.88))
    return np.asarray(np.exp(-0.9 * off * off) * ends * outside, np.float32)


def beard_zone(rest: Floats, beard: Beard) -> Floats:
    """How densely a beard grows, (n,): jaw, chin, moustache and cheeks; never on the lips."""
    aside, height, ahead = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    # From the chin the beard's upper edge climbs to the ear.
    edge = 6.68 + 0.30 * smoothstep(1.25, 0.75, ahead)
    jaw = smoothstep(0.11, -0.11, height - edge)
    jaw *= smoothstep(5.98, 6.16, height) * smoothstep(0.45, 0.72, ahead)
    cheek = beard.cheeks * bump(rest, (0.56, 6.66, 0.98), (0.13, 0.17, 0.26))
    burns = smoothstep(0.54, 0.62, aside) * smoothstep(7.14, 6.93, height) * smoothstep(6.2, 6.4, height)
    burns *= bump(rest, (0.68, 6.9, 0.78), (0.2, 0.5, 0.14))
    lip = beard.moustache * np.minimum(1.8 * bump(rest, (0.13, 6.775, 1.55), (0.15, 0.031, 0.2)), 1)
    lip = np.maximum(lip, 0.8 * beard.moustache * bump(rest, (0.31, 6.60, 1.42), (0.05, 0.10, 0.15)))
    soul = bump(rest, (0.0, 6.40, 1.52), (0.10, 0.05, 0.2))
    # Flat as the lips are, not round as a bell.
    mouth = np.minimum(2.2 * bump(rest, (0.0, 6.605, 1.52), (0.17, 0.075, 0.3)), 1)
    below = np.maximum(jaw * smoothstep(0.95, 0.55, aside * 0.2 + height - 6.05), soul)
    grown = np.maximum(np.maximum(below, np.maximum(cheek, burns)) * (1 - mouth), lip)
    lobe = smoothstep(0.75, 0.79, aside)
    return np.asarray(np.clip(grown * (1 - lobe), 0, 1), np.float32)


def _ear(rest: Floats) -> Floats:
    """Where the outer ear is."""
    aside, height, ahead = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
    near = (aside > 0.735) & (height < 7.44) & (ahead < 0.75) & (ahead > 0.15)
    return np.asarray(near, np.float32)
