"""The hair styles, each as the way its strands are combed from the scalp; decimetres on the base head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from groom_roots import Array, Parting, Roots, Style, band, flat
from groom_tools import Comb, Ground, along_path, at_shares, comb

from attune.people.hairline import SKULL, bump
from attune.people.mesh import smoothstep, unit
from attune.people.parts import Ints

BEFORE_SHOULDERS = 84.0  # degrees from straight ahead: long hair that ends there lies on the chest


# ---- short ----


def buzz(roots: Roots, ground: Ground) -> Array:
    """A few millimetres all over."""
    flow = flat(0.15 * roots.side, -0.5 * (1 - roots.top), 0.55 * roots.top - 0.25 * (1 - roots.top))
    start = roots.out * 0.9 + flow + 0.2 * roots.noise(5)
    low, high = band(0.0, 0.2)
    how = Comb(wish=lambda _p, _s: start, low=low, high=high, stiff=0.9, grip=0.0)
    return comb(ground, (roots.at, start), np.full(len(roots.at), 0.062), 3, how)


def short_flow(roots: Roots) -> Array:
    """Sides and back as short hair lies there: down, and away from the face."""
    return flat(0.12 * roots.side, -0.85, -0.45 * smoothstep(0.2, 0.8, roots.at[:, 2]))


def crop(roots: Roots, ground: Ground) -> Array:
    """Short at the sides, textured and forward on the top."""
    top = roots.top
    tousle = roots.noise(4.5)
    forward = flat(0.30 + 0.10 * roots.side, -0.12, 0.95)
    flow = short_flow(roots) * (1 - top)[:, None] + (forward + 0.5 * tousle) * top[:, None]
    length = 0.13 + 0.27 * top * (0.85 + 0.15 * roots.front)
    low, high = band(0.012 + 0.02 * top, 0.045 + 0.10 * top)
    start = flow * 0.7 + roots.out * (0.5 + 0.5 * top)[:, None]
    how = Comb(
        wish=lambda _p, share: flow - 0.25 * share * roots.out, low=low, high=high, stiff=0.62, grip=0.6
    )
    return comb(ground, (roots.at, start), length, 6, how)


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Short hair combed over from a parting: its length on the top and at the sides, its height."""

    parting: Parting
    length: float
    sides: float
    volume: float


def swept(roots: Roots, ground: Ground, sweep: Sweep) -> Array:
    """Over the head from the parting and off the forehead, down at the sides, back at the crown."""
    top = smoothstep(7.72, 8.02, roots.at[:, 1])
    over = sweep.parting.side(roots.at)
    front = roots.front
    crown = smoothstep(0.70, 0.0, roots.at[:, 2])
    across = flat(
        over * (1 - 0.9 * crown),
        -0.05 - 0.3 * crown,
        np.where(over < 0, 0.22 * front, -0.2) - 0.4 - 0.6 * crown,
    )
    flow = short_flow(roots) * (1 - top)[:, None] + (across + 0.2 * roots.noise(4)) * top[:, None]
    long = sweep.sides + (sweep.length * (1 - 0.35 * crown) - sweep.sides) * top * np.where(
        over > 0, 0.6, 1.0
    )
    near = np.exp(-(((roots.at[:, 0] - sweep.parting.left) / 0.22) ** 2)) * (over < 0)
    height = sweep.volume * (0.45 + 0.55 * front) * top
    low, high = band(0.016 + 0.55 * height, 0.05 + height, 3.0)
    start = flow * 0.8 + roots.out * (0.35 + 0.75 * top * (0.4 + near))[:, None]

    def wish(place: Array, share: float) -> Array:
        down = smoothstep(8.15, 7.85, place[:, 1]) * top
        away = -0.55 * smoothstep(1.0, 1.25, place[:, 2]) * (down + share)
        fallen = -(0.15 + 0.75 * share) * (0.25 + down)
        return flow + flat(0.0, fallen, away * top - 0.3 * share * top)

    how = Comb(wish=wish, low=low, high=high, stiff=0.6, grip=0.75)
    return comb(ground, (roots.at, start), long, 8, how)


SIDE_PART = Sweep(parting=Parting(0.30, 0.35), length=0.78, sides=0.22, volume=0.12)
PIXIE = Sweep(parting=Parting(0.26, 0.35), length=0.74, sides=0.36, volume=0.09)


def quiff(roots: Roots, ground: Ground) -> Array:
    """Up and back from the forehead, short at the sides."""
    top = smoothstep(7.80, 8.06, roots.at[:, 1])
    front = smoothstep(0.55, 1.30, roots.at[:, 2])
    back = flat(0.10 * roots.side + 0.12, 0.55 * front, -0.85)
    flow = short_flow(roots) * (1 - top)[:, None] + (back + 0.25 * roots.noise(4)) * top[:, None]
    height = top * (0.07 + 0.27 * front)
    low, high = band(0.012 + 0.55 * height, 0.045 + height, 2.2)
    start = (
        flow * 0.5 + roots.out * (0.4 + 0.3 * top)[:, None] + flat(0, 0.9 * front * top, 0.25 * front * top)
    )
    long = 0.13 + top * (0.32 + 0.30 * front)
    how = Comb(
        wish=lambda _p, share: flow + flat(0, -0.9 * share * front * top, -0.3 * share * top),
        low=low, high=high, stiff=0.66, grip=0.45,
    )  # fmt: skip
    return comb(ground, (roots.at, start), long, 8, how)


def thin(roots: Roots, ground: Ground) -> Array:
    """Fine hair combed back, what there is of it."""
    top = roots.top
    flow = (
        short_flow(roots) * (1 - top)[:, None] + (flat(0.25, 0.0, -0.9) + 0.2 * roots.noise(4)) * top[:, None]
    )
    low, high = band(0.010 + 0.012 * top, 0.04 + 0.03 * top)
    start = flow + roots.out * (0.4 + 0.3 * top)[:, None]
    how = Comb(wish=lambda _p, _s: flow, low=low, high=high, stiff=0.6)
    return comb(ground, (roots.at, start), 0.15 + 0.22 * top, 6, how)


def horseshoe(roots: Roots, ground: Ground) -> Array:
    """What is left around a bald head: short, down and back."""
    flow = short_flow(roots) + 0.15 * roots.noise(4)
    low, high = band(0.012, 0.055)
    how = Comb(wish=lambda _p, _s: flow, low=low, high=high, stiff=0.6)
    return comb(ground, (roots.at, flow + roots.out * 0.5), np.full(len(roots.at), 0.17), 5, how)


# ---- hanging ----


@dataclass(frozen=True, kw_only=True)
class Fall:
    """Hair that hangs: to a height, about an oval (half width, half depth, its middle's z), off the skin.

    face: degrees from straight ahead that are left free of hair. low, high: heights over the skin, those of
    the top. turn_in: how much the ends curl towards the neck. back: how much is combed back before it falls.
    """

    parting: Parting
    end: float
    wide: float
    deep: float
    middle: float = 0.28
    face: float = 57.0
    low: float = 0.045
    high: float = 0.15
    turn_in: float = 0.0
    points: int = 12
    bends: float = 0.8
    stiff: float = 0.5
    back: float = 0.35
    shoulders: bool = False

    def group(self, roots: Roots) -> Ints:
        """What falls together: the sides of the parting, and what lies before and behind the shoulders."""
        before = self.angle(roots) < BEFORE_SHOULDERS
        return self.parting.group(roots) + 3 * (before & self.shoulders)

    def angle(self, roots: Roots) -> Array:
        """Where each strand ends, degrees from straight ahead."""
        high_up = smoothstep(7.65, 8.15, roots.at[:, 1])
        backwards = np.clip((1.40 - roots.at[:, 2]) / 1.6, 0, 1)
        spread = self.face + (172 - self.face) * backwards**0.85
        return np.clip(roots.around, self.face, 180) * (1 - high_up) + spread * high_up

    def goal(self, roots: Roots) -> Array:
        """Where each strand ends (m, 3)."""
        degrees, side = self.angle(roots), self.parting.side(roots.at)
        angle = np.radians(degrees)
        aside, ahead = self.wide * np.sin(angle), self.middle + self.deep * np.cos(angle)
        if self.shoulders:
            before = degrees < BEFORE_SHOULDERS
            share = (degrees - self.face) / (BEFORE_SHOULDERS - self.face)
            aside = np.where(before, 0.50 + 0.22 * share, 0.72 * np.sin(angle))
            ahead = np.where(before, 1.02 - 0.12 * share, -0.62)
        return flat(side * aside, self.end, ahead)


def falling(roots: Roots, ground: Ground, fall: Fall) -> Array:
    """From the parting over the head, then down, spread about an oval and off the face."""
    side = fall.parting.side(roots.at)
    high_up = smoothstep(7.65, 8.15, roots.at[:, 1])
    goal = fall.goal(roots)
    path = np.linalg.norm(goal - roots.at, axis=1) * (1.04 + 0.16 * high_up)
    low, high = band(fall.low * (0.5 + 0.9 * high_up), fall.high * (0.5 + 0.5 * high_up), 5.0)
    # At the crown hair goes straight back, in front of it to the sides.
    crown = smoothstep(0.75, -0.05, roots.at[:, 2])
    over = flat(side * (1 - 0.85 * crown), 0.15 - 0.3 * crown, -fall.back - 0.5 * roots.front - 0.8 * crown)

    def wish(place: Array, share: float) -> Array:
        on_top = (high_up * max(0.0, 1 - 2.6 * share))[:, None]
        outward = unit((place - SKULL) * (1, 0, 1))
        level = smoothstep(fall.end + 0.35, fall.end, place[:, 1])[:, None]
        down = flat(0.0, -0.55, 0.0) * (1 - on_top)
        return unit(goal - place) * 0.8 + over * 1.5 * on_top + down - outward * fall.turn_in * level

    def above(place: Array, share: float) -> Array:
        # Cloth lies on the shoulders.
        return low(place, share) + 0.07 * smoothstep(6.0, 5.8, place[:, 1])

    def below(place: Array, share: float) -> Array:
        return high(place, share) + 1.5 * smoothstep(7.5, 7.2, place[:, 1])

    start = over * high_up[:, None] + roots.out * (0.3 + 0.4 * high_up)[:, None]
    start -= flat(0.0, 0.6, 0.25) * (1 - high_up)[:, None]
    how = Comb(wish=wish, low=above, high=below, stiff=fall.stiff, grip=0.55)
    return along_path(
        comb(ground, (roots.at, start), path, max(40, fall.points), how), fall.points, fall.bends
    )


BOB = Fall(parting=Parting(0.24), end=6.32, wide=0.90, deep=0.72, turn_in=0.7)
LONG = Fall(parting=Parting(0.0), end=5.25, wide=0.9, deep=0.8, points=15, back=0.5, shoulders=True)
FRINGED = Fall(parting=Parting(0.0), end=6.12, wide=0.90, deep=0.76, turn_in=0.5, face=47.0)
CURLS = Fall(parting=Parting(0.18), end=6.35, wide=1.02, deep=0.85, low=0.07, high=0.26, points=17, bends=0.0)
LOCS = Fall(parting=Parting(0.0), end=5.95, wide=0.92, deep=0.8, low=0.07, high=0.2, points=16, bends=0.3)
BRAIDS = Fall(parting=Parting(0.0), end=5.85, wide=0.92, deep=0.8, low=0.06, high=0.18, points=36, bends=0.0)


def is_fringe(roots: Roots) -> Array:
    """Whether a root's hair falls over the forehead."""
    return (roots.at[:, 2] > 0.98) & (np.abs(roots.at[:, 0]) < 0.60) & (roots.at[:, 1] > 7.74)


def fringed(roots: Roots, ground: Ground) -> Array:
    """A bob with a straight fringe."""
    hanging = falling(roots, ground, FRINGED)
    which = is_fringe(roots)
    ahead = Roots(roots.at[which], roots.out[which], roots.around[which])
    aside = ahead.at[:, 0]
    # At its ends it falls along the temples and meets the hair of the sides.
    outer = np.abs(aside / 0.6) ** 2.5
    goal = flat(aside * 1.2, 7.60 - 0.28 * outer, 1.57 - 0.45 * aside**2 - 0.52 * outer)
    low, high = band(0.03, 0.12, 3.0)
    how = Comb(
        wish=lambda place, _s: goal - place + flat(0, -0.1, 0.12), low=low, high=high, stiff=0.6, grip=0.6
    )
    length = np.linalg.norm(goal - ahead.at, axis=1) * 1.10
    start = flat(0.0, 0.1, 0.8) + ahead.out * 0.7
    combed_ahead = comb(ground, (ahead.at, start), length, 28, how)
    hanging[which] = along_path(combed_ahead, FRINGED.points, FRINGED.bends)
    return hanging


# ---- tied ----


def gathered(roots: Roots, ground: Ground, tie: Array, points: int) -> Array:
    """Along the head to where it is tied: strands that all end there."""
    low, high = band(0.016, 0.05, 6.0)
    far = np.linalg.norm(tie - roots.at, axis=1)
    start = unit(tie - roots.at)
    start = start - roots.out * np.einsum("mi,mi->m", start, roots.out)[:, None] + 0.35 * roots.out

    def wish(place: Array, share: float) -> Array:
        over_ear = 1.6 * bump(place, (0.78, 7.2, 0.45), (0.2, 0.24, 0.28))
        rise = flat(0.0, over_ear, 0.0)
        return unit(tie - place) + rise + 0.10 * roots.noise(3) * (1 - share)

    how = Comb(wish=wish, low=low, high=high, stiff=0.35)
    paths = comb(ground, (roots.at, start), far * 1.42, 40, how)
    # Each strand ends where it comes nearest to the tie.
    ends = np.linalg.norm(paths - tie, axis=2).argmin(axis=1)
    last = np.arange(paths.shape[1])[None] >= np.maximum(ends, 2)[:, None]
    target = tie + 0.05 * unit(paths[np.arange(len(paths)), ends] - tie)
    paths = np.where(last[..., None], target[:, None], paths)
    # Closer together at the hairline, over which hair comes out of the skin.
    return at_shares(paths, np.linspace(0, 1, points) ** 1.7)


def tie_angle(gathered_points: Array, tie: Array, axis: Array) -> Array:
    """From which side strands come to the tie, radians about its axis."""
    first = unit(np.cross(axis, (1.0, 0.0, 0.0)))
    second = np.cross(axis, first)
    away = gathered_points[:, -3] - tie
    return np.arctan2(away @ second, away @ first)


def tail(roots: Roots, ground: Ground) -> Array:
    """Tied at the back of the head, hanging."""
    tie = np.array((0.0, 7.72, -0.50))
    head = gathered(roots, ground, tie, 8)
    angle = tie_angle(head, tie, np.array((0.0, 0.2, -1.0)))
    share = np.linspace(0, 1, 8)[1:]
    thick = np.interp(share, (0, 0.15, 0.5, 1), (0.06, 0.12, 0.16, 0.07))
    spread = 0.35 + 0.65 * np.random.default_rng(1).random(len(angle))
    middle = np.stack(
        [
            0 * share,
            7.72 + 0.10 * np.sin(3 * share) - 1.75 * share**1.15,
            -0.50 - 0.42 * np.sin(np.minimum(share * 3.4, 1.9)),
        ],
        axis=1,
    )
    offset = np.stack([np.sin(angle), np.cos(angle) * 0.3, np.cos(angle)], axis=1)
    hanging = middle[None] + offset[:, None] * (thick[None] * spread[:, None])[..., None]
    return np.concatenate([head, hanging], axis=1)


def bun(roots: Roots, ground: Ground) -> Array:
    """Gathered high at the back and wound into a bun."""
    tie = np.array((0.0, 8.36, 0.0))
    axis = unit(np.array((0.0, 0.86, -0.52)))
    head = gathered(roots, ground, tie, 8)
    angle = tie_angle(head, tie, axis)
    first = unit(np.cross(axis, (1.0, 0.0, 0.0)))
    second = np.cross(axis, first)
    share = np.linspace(0, 1, 9)[1:]
    depth = 0.72 + 0.28 * np.random.default_rng(1).random((len(angle), 1))
    polar = np.radians(158 - 128 * share)[None]
    turn = angle[:, None] + 1.9 * share[None]
    size = 0.285 * depth * np.minimum(1, 0.35 + 3 * share)[None]
    wound = (
        (tie + 0.18 * axis)
        + (size * np.sin(polar) * np.cos(turn))[..., None] * first
        + (size * np.sin(polar) * np.sin(turn))[..., None] * second
        + (0.82 * size * np.cos(polar))[..., None] * axis
    )
    return np.concatenate([head, wound], axis=1)


# ---- round ----


def rounded(roots: Roots, size: float, points: int, lean: float) -> Array:
    """Straight out of the head to a round outline."""
    middle = np.array((0.0, 7.62, 0.42))
    away = unit(roots.at - middle) + 0.35 * roots.out + flat(0, lean, -lean * roots.front)
    away = unit(away) + 0.05 * roots.noise(6)
    share = np.linspace(0, 1, points)
    outline = np.array((1.0, 1.02, 0.98)) * (0.86 + size)
    # How far along its way a strand meets the outline.
    from_middle = (roots.at - middle) / outline
    step = unit(away) / outline
    a, b = (step**2).sum(axis=1), (from_middle * step).sum(axis=1)
    c = (from_middle**2).sum(axis=1) - 1
    reach = (-b + np.sqrt(np.maximum(b * b - a * c, 1e-4))) / a
    reach = np.clip(reach, 0.6 * size, 1.5 * size)
    return roots.at[:, None] + unit(away)[:, None] * (reach[:, None] * share)[..., None]


def hanging(fall: Fall, guides: int = 600) -> Style:
    """A style of hair that only hangs."""
    return Style(lambda r, g: falling(r, g, fall), fall.group, fall.parting, guides)


def combed(sweep: Sweep) -> Style:
    """A short style with a parting."""
    return Style(lambda r, g: swept(r, g, sweep), sweep.parting.group, sweep.parting)


STYLES: Mapping[str, Style] = {
    "buzz": Style(buzz, guides=300),
    "crop": Style(crop),
    "side_part": combed(SIDE_PART),
    "pixie": combed(PIXIE),
    "quiff": Style(quiff),
    "thin": Style(thin),
    "fringe": Style(horseshoe),
    "bob": hanging(BOB),
    "bangs": Style(
        fringed,
        lambda roots: np.where(is_fringe(roots), 3, FRINGED.parting.group(roots)),
        FRINGED.parting,
        640,
    ),
    "long": hanging(LONG),
    "tail": Style(tail, guides=640),
    "bun": Style(bun, guides=640),
    "afro": Style(lambda r, _g: rounded(r, 0.42, 12, 0.12), guides=400),
    "short_curls": Style(lambda r, _g: rounded(r, 0.20, 10, 0.10), guides=400),
    "curls": hanging(CURLS, 520),
    "locs": hanging(LOCS, 400),
    "braids": hanging(BRAIDS, 320),
}
