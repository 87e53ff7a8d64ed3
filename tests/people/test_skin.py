from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.people.head import Head
from attune.people.parts import Floats, Surface
from attune.people.person import Skin
from attune.people.sculpt import sculpt
from attune.people.skin import CHEEK, NOSTRIL, complexion, skin_surface
from tests.people.surfaces import assert_well_made, somebody

LEVEL = 1
LIGHT = np.array([0.2126, 0.7152, 0.0722])
PLAIN = Skin(tone=0.3, blemishes=0.0)


def painted(head: Head, skin: Skin) -> Surface:
    person = somebody(skin=skin)
    return skin_surface(
        sculpt(head, person, level=LEVEL), person, lips=head.lips(LEVEL), inner_mouth=head.inner_mouth(LEVEL)
    )


@pytest.fixture(scope="module")
def plain(head: Head) -> Surface:
    return painted(head, PLAIN)


def on(surface: Surface, where: Floats) -> Floats:
    """The colour of a part."""
    return np.average(surface.albedo, axis=0, weights=where)


def cheeks(surface: Surface) -> Floats:
    return CHEEK(surface.rest)


@pytest.mark.parametrize(
    "skin",
    [
        Skin(tone=0.0, warmth=-1, blush=1, freckles=1, blemishes=1, lines=1, shadows=1),
        Skin(tone=1.0, warmth=1, stubble=1, lipstick=1, make_up=1, lines=0.5),
    ],
)
def test_every_look_is_well_made(head: Head, skin: Skin) -> None:
    assert_well_made(painted(head, skin))


@given(st.floats(0, 0.95), st.floats(-1, 1))
def test_a_higher_tone_is_darker_whatever_its_warmth(tone: float, warmth: float) -> None:
    lighter, darker = (complexion(Skin(tone=t, warmth=warmth)) for t in (tone, tone + 0.05))
    assert darker @ LIGHT < lighter @ LIGHT
    assert (np.diff(darker) < 0).all()  # red most, blue least


def test_olive_skin_is_less_blue_and_rosy_skin_less_green() -> None:
    olive, plain, rosy = (complexion(Skin(tone=0.4, warmth=w)) for w in (1, 0, -1))
    assert olive[2] / olive[1] < plain[2] / plain[1] < rosy[2] / rosy[1]


def test_nothing_is_left_to_chance(head: Head, plain: Surface) -> None:
    assert np.array_equal(painted(head, PLAIN).albedo, plain.albedo)


def test_lips_are_redder_than_the_skin_and_nostrils_darker(head: Head, plain: Surface) -> None:
    lip, cheek = on(plain, head.lips(LEVEL) > 0.8), on(plain, cheeks(plain))
    assert lip[0] / lip[1] > 1.15 * cheek[0] / cheek[1]
    assert on(plain, NOSTRIL(plain.rest) > 0.8) @ LIGHT < 0.7 * cheek @ LIGHT
    assert plain.gloss[head.lips(LEVEL) > 0.9].min() > 0.9


def test_blush_reddens_the_cheeks(head: Head) -> None:
    pale, red = (on(s, cheeks(s)) for s in (painted(head, replace(PLAIN, blush=b)) for b in (0.0, 1.0)))
    assert red[0] / red[1] > 1.03 * pale[0] / pale[1]


def test_stubble_darkens_the_chin_evenly_and_leaves_the_forehead(head: Head, plain: Surface) -> None:
    shaved = painted(head, replace(PLAIN, stubble=1.0))
    share = (shaved.albedo / plain.albedo) @ LIGHT
    x, y, z = plain.rest.T
    chin = (np.abs(x) < 0.15) & (y > 6.25) & (y < 6.4) & (z > 1.2) & (head.inner_mouth(LEVEL) < 0.1)
    assert share[chin].mean() < 0.85
    assert share[chin].std() < 0.05
    assert share[(y > 7.6) & (z > 1.2)] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("look", ["freckles", "lines", "shadows"])
def test_what_is_added_darkens(head: Head, plain: Surface, look: str) -> None:
    more = painted(head, replace(PLAIN, **{look: 1.0}))
    front = (plain.rest[:, 2] > 1.2) & (head.lips(LEVEL) < 0.02)
    assert (more.albedo @ LIGHT)[front].mean() < (plain.albedo @ LIGHT)[front].mean()


def test_dark_skin_is_duller(head: Head, plain: Surface) -> None:
    dark = painted(head, replace(PLAIN, tone=0.9))
    assert (
        np.average(dark.rough, weights=cheeks(dark)) > np.average(plain.rough, weights=cheeks(plain)) + 0.04
    )


def test_the_rims_of_the_lids_are_wet(plain: Surface) -> None:
    x, y, _ = plain.rest.T
    by_the_eye = (np.hypot(np.abs(x) - 0.31, y - 7.285) < 0.16) & (plain.rest[:, 2] > 1.3)
    assert plain.gloss[by_the_eye].max() > 0.8
    assert plain.gloss[(y > 7.6)].max() < 0.05
