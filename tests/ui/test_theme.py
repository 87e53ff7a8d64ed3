"""The look: contrasts hold, sizes follow the person, and everything can be switched while it shows."""

from dataclasses import asdict

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from attune.ui.theme import Appearance, Theme
from attune.ui.theme.sheet import style_sheet
from attune.ui.theme.tokens import DARK, LIGHT, Colours, sizes

BACKGROUNDS = ("window", "surface", "sunken")
TEXTS = ("text", "text_quiet", "accent", "attention")
MARKS = ("outline", "focus", "agree", "differ", "measured")


def luminance(colour: str) -> float:
    """Relative luminance in [0, 1] (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrasts_hold(colours: Colours) -> None:
    of = asdict(colours)
    for background in BACKGROUNDS:
        for text in TEXTS:
            assert contrast(of[text], of[background]) >= 4.5, (text, background)
        for mark in MARKS:
            assert contrast(of[mark], of[background]) >= 3, (mark, background)
    pairs = [("accent", "accent_soft"), ("text", "accent_soft"), ("text", "attention_soft")]
    pairs += [("on_accent", accent) for accent in ("accent", "accent_hover", "accent_pressed")]
    for text, background in [*pairs, ("on_stage", "stage")]:
        assert contrast(of[text], of[background]) >= 4.5, (text, background)


def test_sheet_takes_every_colour_from_the_tokens() -> None:
    light, dark = style_sheet(LIGHT, sizes()), style_sheet(DARK, sizes())
    assert "$" not in light
    assert LIGHT.window in light
    assert LIGHT.window not in dark


def test_type_grows_and_space_stays() -> None:
    usual, large = sizes(), sizes(1.6)
    assert large.body == round(usual.body * 1.6)
    assert large.control == round(usual.control * 1.6)
    assert large.space_m == usual.space_m


def test_switched_while_it_shows(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(appearance=Appearance.DARK)
    assert theme.dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    with qtbot.waitSignal(theme.changed):
        theme.choose(appearance=Appearance.LIGHT, text_scale=1.3)
    assert not theme.dark
    assert theme.tokens is LIGHT
    assert qapp.font().pixelSize() == theme.sizes.body == round(15 * 1.3)
    theme.choose(text_scale=1.0)
