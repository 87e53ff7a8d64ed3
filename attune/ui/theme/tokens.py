"""The numbers of the look: colours of the light and the dark appearance, sizes of type and space."""

from __future__ import annotations

from dataclasses import dataclass

# Okabe & Ito's palette, told apart with any common colour vision; a shape or a word stands beside it.
OKABE_ITO = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One appearance, as ``#RRGGBB``.

    Text holds 4.5:1 on ``window``, ``surface`` and ``sunken``; ``outline``, ``focus`` and the marks 3:1.
    """

    window: str  # the page behind everything
    surface: str  # cards, fields
    sunken: str  # the navigation, wells, tracks
    hover: str  # a surface under the pointer
    border: str  # quiet lines between things
    outline: str  # the edge of something one can press or fill in
    text: str
    text_quiet: str  # captions, hints
    accent: str  # the one clear action, the chosen thing
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str  # background of the chosen thing
    focus: str  # the ring around what the keyboard has
    agree: str  # mark of readings that agree
    differ: str  # mark of readings that differ
    measured: str  # landmarks and what was measured
    attention: str  # text of something to know about
    attention_soft: str
    stage: str  # behind a playing clip
    on_stage: str


LIGHT = Colours(
    window="#F8F4ED",
    surface="#FFFDFA",
    sunken="#F0E9DE",
    hover="#F4EEE4",
    border="#E3DACC",
    outline="#8F8474",
    text="#2C2620",
    text_quiet="#685E52",
    accent="#1E675C",
    accent_hover="#19584F",
    accent_pressed="#134941",
    on_accent="#FFFFFF",
    accent_soft="#DCEAE4",
    focus="#0072B2",
    agree="#00805D",
    differ="#B85000",
    measured="#0072B2",
    attention="#8A3F0A",
    attention_soft="#FBE9D7",
    stage="#1D1A17",
    on_stage="#F3ECE2",
)

DARK = Colours(
    window="#1D1A17",
    surface="#272320",
    sunken="#171512",
    hover="#302B27",
    border="#3B3530",
    outline="#857A6D",
    text="#F1EAE0",
    text_quiet="#B5AA9B",
    accent="#7CC7B6",
    accent_hover="#93D5C6",
    accent_pressed="#63B3A1",
    on_accent="#10211D",
    accent_soft="#28403A",
    focus="#56B4E9",
    agree="#3CC29B",
    differ="#F0A04B",
    measured="#56B4E9",
    attention="#F5B97F",
    attention_soft="#3D2C1D",
    stage="#0F0D0B",
    on_stage="#F1EAE0",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Type and space in device-independent pixels; type follows the person's text scale."""

    small: int = 13
    body: int = 15
    large: int = 18
    heading: int = 21
    title: int = 30
    display: int = 40
    space_xs: int = 4
    space_s: int = 8
    space_m: int = 16
    space_l: int = 24
    space_xl: int = 40
    radius: int = 8
    radius_large: int = 14
    column: int = 760  # widest comfortable line of text
    control: int = 40  # height of something to press


def sizes(text_scale: float = 1.0) -> Sizes:
    """Sizes with type scaled by ``text_scale`` (1.0 to 1.6); space stays, controls and columns grow along."""
    plain = Sizes()
    return Sizes(
        small=round(plain.small * text_scale),
        body=round(plain.body * text_scale),
        large=round(plain.large * text_scale),
        heading=round(plain.heading * text_scale),
        title=round(plain.title * text_scale),
        display=round(plain.display * text_scale),
        column=round(plain.column * text_scale),
        control=round(plain.control * text_scale),
    )
