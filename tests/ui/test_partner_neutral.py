"""A calm face before the camera, with the real model: kept, of the one who is meant, or put off."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.app.services import Services
from attune.ui.partner.consent import ConsentPage
from attune.ui.partner.neutral import NeutralPage
from tests.partner_films import alone, leaving, side_by_side
from tests.ui.partner_window import ALL, ENTER, ESCAPE, SPACE, Opener, Partner, person_page, two

PATIENCE_MS = 60_000  # until the face model is loaded and four seconds are seen


@pytest.mark.slow
def test_a_calm_face_is_kept_after_both_agreed(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    camera = alone(tmp_path, "ana-neutral-100-1", seconds=6)

    def fill(services: Services) -> None:
        pair = two()(services)
        services.couple.agree(pair.one.id, ALL).result()

    partner = Partner(qtbot, open_window, fill, camera=f"file:{camera}")
    assert partner.home.begin_button is not None
    partner.push(partner.home.begin_button)
    partner.press(SPACE)
    form = partner.now
    assert isinstance(form, ConsentPage)
    partner.press(SPACE)
    partner.push(form.yes)
    partner.shows(NeutralPage)
    page = partner.now
    assert isinstance(page, NeutralPage)
    assert not page.stage.watch.is_on
    partner.push(page.button)
    assert page.stage.watch.is_on
    qtbot.waitUntil(lambda: page.stage.sign.isVisible() and bool(page.stage.sign.said))
    # The other one did not agree to be read: a face alone could be theirs.
    qtbot.waitUntil(lambda: page.stage.asks, timeout=PATIENCE_MS)
    assert page.bar.value() == 0
    qtbot.keyClick(partner.window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: page.kept, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not page.stage.watch.is_on)
    kept = partner.people()["Ana"].neutral
    assert kept
    partner.press(ENTER)
    qtbot.waitUntil(lambda: partner.now is partner.home)
    page_of_ana = person_page(partner, "Ana")
    partner.push(page_of_ana.forget_rest)
    qtbot.waitUntil(lambda: partner.people()["Ana"].neutral is None)


@pytest.mark.slow
def test_of_two_before_the_camera_the_one_who_is_meant_is_kept(
    qtbot: QtBot, open_window: Opener, tmp_path: Path
) -> None:
    camera = side_by_side(tmp_path, "ana-neutral-100-1", "ana-happiness-100", seconds=6)
    partner = Partner(qtbot, open_window, two(ALL), camera=f"file:{camera}")
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    partner.push(neutral.button)
    qtbot.waitUntil(lambda: len(neutral.stage.who.buttons) == 2, timeout=PATIENCE_MS)
    partner.reads("Which of you is Ana?")
    assert neutral.bar.value() == 0  # nobody is looked at before that
    qtbot.keyClick(partner.window, Qt.Key.Key_2)  # the picture is mirrored: the calm one is on the right
    qtbot.waitUntil(lambda: neutral.kept, timeout=PATIENCE_MS)
    assert partner.people()["Ana"].neutral
    qtbot.keyClick(neutral, ESCAPE)
    assert not partner.page.parts.watch.is_on


@pytest.mark.slow
def test_the_camera_can_be_turned_off_at_any_time(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    camera = alone(tmp_path, "ana-happiness-100", seconds=6)
    partner = Partner(qtbot, open_window, two(ALL), camera=f"file:{camera}")
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    assert not neutral.stage.off.isVisible()
    partner.push(neutral.button)
    partner.push(neutral.stage.off)
    assert partner.now is page
    assert not partner.page.parts.watch.is_on


@pytest.mark.slow
def test_nobody_is_taken_for_somebody_who_left(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    camera = leaving(tmp_path, "ben-neutral-100-1", "ana-neutral-100-1", leaves_s=3.0)
    partner = Partner(qtbot, open_window, two(ALL), camera=f"file:{camera}")
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    partner.push(neutral.button)
    qtbot.waitUntil(lambda: len(neutral.stage.who.buttons) == 2, timeout=PATIENCE_MS)
    partner.push(neutral.stage.who.buttons[0])  # on the left in the mirror: who leaves
    qtbot.waitUntil(neutral.button.isVisible, timeout=PATIENCE_MS)
    partner.reads("Go on once Ana is back.")
    assert not partner.page.parts.watch.is_on
    assert not neutral.kept


def test_a_calm_face_can_be_put_off(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window, two(ALL))
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    partner.push(neutral.later)
    assert partner.now is page
    assert partner.people()["Ana"].neutral is None
