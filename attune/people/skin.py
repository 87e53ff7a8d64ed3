"""The skin of a drawn person, painted by where each point lay on the mesh nobody has been made from yet.

Its colour is a tone from the lightest to the darkest people, then layers that darken or redden parts of it:
blood under the cheeks, thin skin around the eyes, pigment, hair roots, what the years and the sun have left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.colour import linear
from attune.people.hairline import beard_zone, brow_zone, scalp
from attune.people.mesh import smoothstep
from attune.people.noise import ValueNoise
from attune.people.parts import Floats, Material, Surface
from attune.people.person import Person, Skin
from attune.people.sculpt import Shape
from attune.people.tint import tint
from attune.people.wrinkles import wrinkle_depths, wrinkle_drive

# Light to dark at even steps of ``Skin.tone``, as designers write colours; between the Monk scale's steps.
TONES = ("E4C3AF", "DCB59D", "CFA389", "BD9176", "A67C61", "8C6750", "745443", "604538", "4E382E")
# How much of the skin's light the lips keep, lightest and darkest skin: less green and blue on the light.
LIPS = ((0.84, 0.60, 0.59), (0.84, 0.70, 0.78))
LIPSTICK = "9A3F46"
SUN_SPOT = (0.74, 0.62, 0.52)
UNDER_THE_LINES = 0.008  # a fold as deep as this, decimetres, is drawn darkest


@dataclass(frozen=True, slots=True)
class Zone:
    """A soft round part of a face; those off the middle are on both sides."""

    at: tuple[float, float, float]
    size: tuple[float, float, float]

    def __call__(self, rest: Floats) -> Floats:
        """How much each of the places (n, 3) belongs to it, in [0, 1]."""
        aside, up, ahead = np.abs(rest[:, 0]), rest[:, 1], rest[:, 2]
        square = sum(
            ((part - at) / size) ** 2
            for part, at, size in zip((aside, up, ahead), self.at, self.size, strict=True)
        )
        return np.asarray(np.exp(-0.5 * square), np.float32)


CHEEK = Zone((0.40, 6.93, 1.30), (0.17, 0.14, 0.17))
NOSE_TIP = Zone((0.0, 6.93, 1.70), (0.13, 0.10, 0.14))
NOSE_WING = Zone((0.165, 6.88, 1.50), (0.045, 0.06, 0.08))
NOSTRIL = Zone((0.085, 6.845, 1.53), (0.045, 0.022, 0.06))
CHIN = Zone((0.0, 6.28, 1.50), (0.14, 0.10, 0.15))
BROW_BONE = Zone((0.0, 7.85, 1.40), (0.42, 0.20, 0.40))
T_ZONE = Zone((0.0, 7.25, 1.60), (0.16, 0.55, 0.30))
EYELID = Zone((0.31, 7.31, 1.38), (0.17, 0.07, 0.14))
EYE_BAG = Zone((0.27, 7.18, 1.40), (0.12, 0.040, 0.12))
INNER_CORNER = Zone((0.165, 7.30, 1.38), (0.045, 0.065, 0.12))
TEAR_CORNER = Zone((0.180, 7.280, 1.33), (0.020, 0.016, 0.10))
AROUND_MOUTH = Zone((0.0, 6.56, 1.50), (0.26, 0.15, 0.25))
SUNNED = Zone((0.45, 7.25, 1.10), (0.22, 0.55, 0.45))


@dataclass(slots=True)
class Canvas:
    """Colour (n, 3) being painted on places (n, 3), with the noise that makes it uneven."""

    rest: Floats
    colour: Floats
    noise: ValueNoise = field(default_factory=lambda: ValueNoise(1))

    def tint(self, where: NDArray[Any], times: Sequence[float] | Floats, amount: float = 1.0) -> None:
        """Multiply the colour, by as much as where (n,) times amount says."""
        share = np.clip(where * amount, 0, 1)[:, None]
        self.colour *= 1 + share * (np.asarray(times, np.float32) - 1)

    def cover(self, where: NDArray[Any], colour: Floats, amount: float = 1.0) -> None:
        """Lay another colour over, as thickly as where (n,) times amount says."""
        share = np.clip(where * amount, 0, 1)[:, None]
        self.colour += share * (colour - self.colour)


def skin_surface(shape: Shape, person: Person, *, lips: Floats, inner_mouth: Floats) -> Surface:
    """The painted skin; lips and inner_mouth (n,) in [0, 1] say where those are."""
    rest, look = shape.rest, person.skin
    noise_at = rest + np.float32(3.7 * (person.seed % 97))
    canvas = Canvas(rest, np.tile(complexion(look), (len(rest), 1)))
    _mottle(canvas, noise_at, look)
    _flush(canvas, look)
    _around_the_eyes(canvas, look)
    _marks(canvas, noise_at, look, seed=person.seed)
    _years(canvas, look, seed=person.seed)
    _hair_roots(canvas, person)
    red = _lips(canvas, look, lips)
    wet = _wet_rims(canvas, shape, tone=look.tone)
    _inside(canvas, inner_mouth)
    return Surface(
        name="skin",
        material=Material.SKIN,
        quads=shape.quads,
        albedo=np.clip(canvas.colour, 0.004, 0.9).astype(np.float32),
        rough=_roughness(canvas, look, red=red, wet=wet),
        gloss=np.maximum(red, wet).astype(np.float32),
        occlusion=np.ones(len(rest), np.float32),
        rest=rest,
    )


def complexion(look: Skin) -> Floats:
    """The colour (3,) of bare skin, linear: its tone, turned to rose or to olive."""
    tones = np.array([linear(tone) for tone in TONES])
    steps = np.linspace(0, 1, len(TONES))
    base = np.array([np.interp(look.tone, steps, tones[:, channel]) for channel in range(3)])
    olive, rose = max(look.warmth, 0.0), max(-look.warmth, 0.0)
    base *= 1 + olive * (np.array([0.95, 1.0, 0.86]) - 1) + rose * (np.array([1.03, 0.94, 0.97]) - 1)
    return base.astype(np.float32)


def _between(light: Sequence[float], dark: Sequence[float], tone: float) -> Floats:
    return np.asarray(np.array(light) + tone * (np.array(dark) - np.array(light)), np.float32)


def _mottle(canvas: Canvas, noise_at: Floats, look: Skin) -> None:
    """Blood and pigment are nowhere even; make-up evens them out."""
    bare = 1 - 0.5 * look.make_up
    blood = canvas.noise.layers(noise_at, 4.5, 4)
    canvas.tint(0.5 + 0.5 * blood, _between((1.0, 0.89, 0.87), (1.04, 0.94, 0.92), look.tone), 0.8 * bare)
    pigment = canvas.noise.layers(noise_at + 11, 2.2, 4)
    canvas.tint(
        np.clip(pigment, 0, 1), _between((0.94, 0.89, 0.84), (0.80, 0.76, 0.75), look.tone), 0.8 * bare
    )
    fine = canvas.noise.layers(noise_at + 23, 17, 2)
    canvas.tint(np.clip(fine, 0, 1), (0.88, 0.82, 0.78), 0.5 * bare)
    # A face has a yellow brow, and the neck lies in its shadow all day.
    canvas.tint(BROW_BONE(canvas.rest), _between((0.99, 0.98, 0.90), (0.90, 0.88, 0.87), look.tone), 0.7)
    canvas.tint(smoothstep(6.35, 5.95, canvas.rest[:, 1]), (0.93, 0.93, 0.93), 0.6)


def _flush(canvas: Canvas, look: Skin) -> None:
    """Where blood shows through: on dark skin it warms more than it reddens."""
    red = _between((1.0, 0.78, 0.77), (1.07, 0.94, 0.91), look.tone)
    uneven = 1 + 0.35 * canvas.noise.layers(canvas.rest, 6, 3)
    canvas.tint(CHEEK(canvas.rest) * uneven, red, 0.6 * look.blush)
    canvas.tint(NOSE_TIP(canvas.rest) * uneven, red, 0.12 + 0.5 * look.blush)
    canvas.tint(NOSE_WING(canvas.rest) * uneven, red * 0.97, 0.25 + 0.45 * look.blush)
    canvas.tint(CHIN(canvas.rest) * uneven, red, 0.35 * look.blush)
    ears = smoothstep(0.72, 0.82, np.abs(canvas.rest[:, 0])) * smoothstep(6.6, 6.75, canvas.rest[:, 1])
    canvas.tint(ears, red, 0.75)
    canvas.tint(NOSTRIL(canvas.rest), (0.40, 0.28, 0.25), 0.8)
    # The skin around a mouth holds more pigment, the more the darker it is.
    canvas.tint(AROUND_MOUTH(canvas.rest), (0.84, 0.80, 0.80), 0.15 + 0.45 * look.tone)


def _around_the_eyes(canvas: Canvas, look: Skin) -> None:
    """Thin skin: lids a little redder, darker towards the nose and below when tired; or make-up."""
    thin = _between((0.95, 0.80, 0.78), (0.86, 0.82, 0.82), look.tone)
    canvas.tint(EYELID(canvas.rest), thin, 0.5)
    blue = _between((0.84, 0.76, 0.80), (0.74, 0.70, 0.72), look.tone)
    canvas.tint(EYE_BAG(canvas.rest), blue, 0.30 + 0.6 * look.shadows * (1 - 0.6 * look.make_up))
    canvas.tint(INNER_CORNER(canvas.rest), blue * 0.97, 0.40 + 0.3 * look.shadows)
    upper = EYELID(canvas.rest) * smoothstep(7.31, 7.35, canvas.rest[:, 1])
    canvas.tint(upper, (0.62, 0.52, 0.50), 0.5 * look.make_up)


def _marks(canvas: Canvas, noise_at: Floats, look: Skin, *, seed: int) -> None:
    """Freckles over nose and cheeks, a few moles, and small red or brown unevenness."""
    rest = canvas.rest
    rng = np.random.default_rng((seed, 0x3A5C))
    if look.freckles:
        most = rng.normal((0, 7.02), (0.26, 0.11), (round(420 * look.freckles), 2))
        rare = rng.uniform((-0.6, 6.3), (0.6, 7.9), (round(90 * look.freckles), 2))
        sizes = rng.uniform(0.006, 0.013, len(most) + len(rare))
        freckles = _dots(rest, np.concatenate([most, rare]), sizes, rng.uniform(0.3, 1.0, len(sizes)))
        canvas.tint(freckles, (0.66, 0.48, 0.37), 0.5 + 0.4 * look.freckles)
    sore = smoothstep(0.55, 0.8, canvas.noise(noise_at + 31, 11)) * smoothstep(0.7, 1.0, rest[:, 2])
    canvas.tint(sore, _between((1.0, 0.80, 0.78), (0.82, 0.76, 0.76), look.tone), 0.5 * look.blemishes)
    moles = rng.uniform((-0.6, 6.2), (0.6, 7.8), (round(6 * look.blemishes), 2))
    sizes = rng.uniform(0.006, 0.011, len(moles))
    canvas.tint(_dots(rest, moles, sizes, np.ones(len(moles))), (0.45, 0.34, 0.30), 0.8)


def _dots(rest: Floats, places: NDArray[Any], sizes: NDArray[Any], strength: NDArray[Any]) -> Floats:
    """Soft dots (n,) of some sizes at places (d, 2) of the face as seen from the front."""
    front = np.flatnonzero(rest[:, 2] > 0.9)
    points = rest[front, :2]
    dots = np.zeros(len(rest), np.float32)
    for place, size, strong in zip(places, sizes, strength, strict=True):
        near = np.flatnonzero((np.abs(points - place) < 3 * size).all(axis=1))
        square = ((points[near] - place) ** 2).sum(axis=1)
        dots[front[near]] = np.maximum(dots[front[near]], strong * np.exp(-0.5 * square / size**2))
    return dots


def _years(canvas: Canvas, look: Skin, *, seed: int) -> None:
    """Lines that stay, drawn a little darker than they are deep; spots of the sun; a red nose."""
    if not look.lines:
        return
    depths = wrinkle_depths(canvas.rest, seed=seed)
    resting = depths @ wrinkle_drive(np.zeros(52, np.float32), lines=look.lines)
    canvas.tint(-resting / UNDER_THE_LINES, (0.74, 0.62, 0.60), 0.9)
    spots = smoothstep(0.50, 0.68, canvas.noise.layers(canvas.rest + 3.1 * (seed % 89), 12, 3))
    canvas.tint(spots * SUNNED(canvas.rest), SUN_SPOT, look.lines * look.blemishes)
    canvas.tint(smoothstep(0.1, 0.6, canvas.noise(canvas.rest + 7, 3)), (0.97, 0.95, 0.90), 0.6 * look.lines)


def _hair_roots(canvas: Canvas, person: Person) -> None:
    """Skin under hair, under brows and where a beard was shaved; shaved evenly."""
    rest = canvas.rest
    roots = tint(person.hair.colour, person.hair.grey)
    canvas.cover(scalp(rest, person.hair), 0.05 * canvas.colour.mean(axis=0) + 0.65 * roots, 0.9)
    canvas.cover(brow_zone(rest, person.brows), tint(person.brows.colour, 0.0), 0.16)
    beard = person.beard
    if beard.density:
        under = 0.35 * canvas.colour.mean(axis=0) + 0.45 * tint(beard.colour, beard.grey)
        amount = beard.density * min(0.25 + beard.length, 0.8)
        canvas.cover(beard_zone(rest, beard), under, amount)
    if person.skin.stubble:
        shaved = beard_zone(rest, person.beard) * (0.85 + 0.15 * canvas.noise(rest, 40))
        times = _between((0.40, 0.42, 0.47), (0.48, 0.48, 0.50), person.skin.tone)
        canvas.tint(shaved, times, 0.85 * person.skin.stubble)


def _lips(canvas: Canvas, look: Skin, lips: Floats) -> Floats:
    """Paint the lips, and say how much of a lip each point is: softer and paler with the years."""
    rest = canvas.rest
    edge = smoothstep(0.05 + 0.25 * look.lines, 0.85, lips)
    natural = _between(*LIPS, look.tone)
    creases = canvas.noise(rest * np.array([55, 7, 30], np.float32), 1)
    canvas.tint(edge * (1 + 0.12 * creases), natural, 0.80 - 0.3 * look.lines)
    # The lower lip's middle is fuller of blood, on dark faces clearly pinker than its rim.
    full = Zone((0.0, 6.555, 1.58), (0.13, 0.035, 0.12))(rest) * edge
    canvas.tint(full, _between((1.06, 1.0, 1.0), (1.30, 1.08, 1.12), look.tone), 0.8)
    if look.lipstick:
        worn = 0.6 * np.asarray(linear(LIPSTICK), np.float32) + 0.4 * canvas.colour.mean(axis=0) * natural
        canvas.cover(edge, worn, 0.85 * look.lipstick)
    return np.asarray(edge, np.float32)


def _wet_rims(canvas: Canvas, shape: Shape, *, tone: float) -> Floats:
    """Paint the rims of the lids where they touch the eye, and say how wet each point is."""
    wet = np.zeros(len(canvas.rest), np.float32)
    for centre, radius in shape.eyes:
        away = np.linalg.norm(shape.skin - centre, axis=1) / radius
        ahead = smoothstep(0.2, 0.5, (shape.skin[:, 2] - centre[2]) / radius)
        wet = np.maximum(wet, smoothstep(1.14, 1.04, away) * ahead)
    canvas.tint(wet, (0.86, 0.60, 0.58), 0.75)
    # Lashes grow so densely out of the upper rim that it looks dark.
    canvas.tint(wet * smoothstep(7.29, 7.33, canvas.rest[:, 1]), (0.45, 0.40, 0.40))
    corner = TEAR_CORNER(canvas.rest)
    canvas.cover(corner, _between((0.48, 0.23, 0.20), (0.20, 0.10, 0.09), tone), 0.5)
    return np.asarray(np.maximum(wet, corner), np.float32)


def _inside(canvas: Canvas, inner_mouth: Floats) -> None:
    """Red behind the lips and nearly black behind the teeth."""
    canvas.tint(smoothstep(0.02, 0.35, inner_mouth), (0.50, 0.38, 0.38))
    deep = smoothstep(1.46, 1.15, canvas.rest[:, 2])[:, None]
    flesh = np.array([0.30, 0.085, 0.075], np.float32) * (1 - 0.85 * deep)
    canvas.cover(smoothstep(0.4, 0.8, inner_mouth), flesh.astype(np.float32))


def _roughness(canvas: Canvas, look: Skin, *, red: Floats, wet: Floats) -> Floats:
    """How dull, (n,): oiliest down the nose; dark skin duller, as its gloss stands out more."""
    rough = 0.54 + 0.12 * look.tone - 0.05 * T_ZONE(canvas.rest) + 0.05 * look.lines
    rough += 0.05 * canvas.noise.layers(canvas.rest, 8, 2)
    rough -= 0.13 * red
    rough += (0.22 - rough) * wet
    return np.asarray(np.clip(rough, 0.15, 0.9), np.float32)
