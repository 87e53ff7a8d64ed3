"""From a page of History to the way of practice it speaks of, by keys."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from attune.app.progress.made_up import MadeUp
from attune.app.protocols.contrast import Contrast
from attune.app.services import Services
from attune.resources import Words
from attune.ui.history.followed import FollowedTopic
from attune.ui.history.overview import OverviewTopic
from attune.ui.history.thresholds import ThresholdsTopic
from attune.ui.practice import PracticePage
from attune.ui.practice.start import StartPage
from attune.ui.shell import Shell
from tests.ui.conftest import BEGINS_MS, HistoryOf

WORDS = Words()


def without_check_ups(services: Services) -> None:
    """Fear is taken for surprise, and nothing is due: the two are what is offered."""
    made_up = MadeUp(answers=400, until=datetime.now(UTC), check_every=0)
    services.history.ask(lambda store: made_up.fill(store, services.vocabulary)).result()


def start_of(qtbot: QtBot, shell: Shell) -> StartPage:
    page = shell.window.page
    assert isinstance(page, PracticePage)
    qtbot.waitUntil(page.start.begin_button.isEnabled, timeout=BEGINS_MS)
    return page.start


def test_the_step_offered_is_there_with_its_two_emotions(qtbot: QtBot, history_of: HistoryOf) -> None:
    shell, page = history_of(without_check_ups)
    topic = page.topic
    assert isinstance(topic, OverviewTopic)
    qtbot.waitUntil(lambda: bool(topic.step_why.text()))
    topic.start.setFocus()
    qtbot.keyClick(topic.start, Qt.Key.Key_Return)
    start = start_of(qtbot, shell)
    qtbot.waitUntil(lambda: "contrast" in start.ways and start.ways["contrast"].unfolded)
    way = start.ways["contrast"]
    qtbot.waitUntil(way.begin_button.hasFocus)
    setup = way.options.setup()
    assert isinstance(setup, Contrast)
    assert len(setup.pair) == 2
    assert all(WORDS(f"emotions.{emotion}.noun") in topic.step_why.text() for emotion in setup.pair)
    with qtbot.waitSignal(start.begun) as begun:
        qtbot.keyClick(way.begin_button, Qt.Key.Key_Space)
    assert begun.args is not None
    assert begun.args[1] == setup


@pytest.mark.parametrize(("topic", "mode"), [("thresholds", "threshold"), ("followed", "follow_along")])
def test_an_empty_page_leads_to_what_would_fill_it(
    qtbot: QtBot, history_of: HistoryOf, topic: str, mode: str
) -> None:
    shell, page = history_of(without_check_ups)
    page.go(topic)
    view: QWidget | None = page.topic
    assert isinstance(view, ThresholdsTopic | FollowedTopic)
    qtbot.waitUntil(view.start.isVisible)
    view.start.setFocus()
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    start = start_of(qtbot, shell)
    qtbot.waitUntil(lambda: mode in start.ways and start.ways[mode].begin_button.hasFocus())
    way = start.ways[mode]
    at = way.begin_button.mapTo(start.viewport(), way.begin_button.rect().center())
    assert start.viewport().rect().contains(at)
