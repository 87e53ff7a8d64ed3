"""Somebody practises: a session over the starter set, by keys, with the real model, found afterwards."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source
from attune.affect.vocabulary import Core
from attune.app.folders import find_folders
from attune.app.history import open_history
from attune.app.practice import scored_reference
from attune.app.profiles import Profiles
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.services import load_vocabulary
from attune.ui.history import HistoryPage
from attune.ui.history.overview import OverviewTopic
from attune.ui.practice import PracticePage
from attune.ui.shell import Shell

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 30_000  # for the measuring process to load on a busy machine
CLIPS = 10
DISAGREE = 3  # of the ten, answered with another emotion


def press(
    qtbot: QtBot, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the keyboard is, as a person does."""
    window.activateWindow()  # without a screen, Qt forgets the active window when a player starts
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def answer_one(qtbot: QtBot, page: PracticePage, *, agree: bool) -> None:
    """Watch the clip until the expression shows, choose by number, say how strongly and how sure, confirm."""
    names = list(Core)
    assert page._session is not None
    trial = page._session.current
    assert trial is not None
    meant = names.index(Core(scored_reference(trial.clip).top))
    qtbot.waitUntil(lambda: page.trial._response._seen is not None, timeout=PATIENCE_MS)
    press(qtbot, page.window(), Qt.Key(Qt.Key.Key_1 + (meant if agree else (meant + 1) % len(names))))
    press(qtbot, page.window(), Qt.Key.Key_Right)
    press(qtbot, page.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.feedback)


def told_answers(qtbot: QtBot, history: HistoryPage) -> int:
    """How many answers the overview tells of, once it does."""
    qtbot.waitUntil(
        lambda: isinstance(history.topic, OverviewTopic) and bool(history.topic.skills.said.text())
    )
    topic = history.topic
    assert isinstance(topic, OverviewTopic)
    return sum(int(row[1]) for row in (topic.skills.table.words() if topic.skills.table else ()))


@pytest.mark.slow
def test_a_session_by_keys_is_found_in_the_history_also_after_a_restart(
    qtbot: QtBot, open_window: Callable[..., Shell]
) -> None:
    shell = open_window()
    page = shell.window.page
    assert isinstance(page, PracticePage)
    ways = page.start.ways
    # Shown, too: what is laid out only in the loop's next turn no Tab would ever reach.
    qtbot.waitUntil(
        lambda: ReadTheMoment.mode in ways and ways[ReadTheMoment.mode].begin_button.isVisible(),
        timeout=PATIENCE_MS,
    )
    while QApplication.focusWidget() is not ways[ReadTheMoment.mode].begin_button:
        press(qtbot, shell.window, Qt.Key.Key_Tab)
    press(qtbot, shell.window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.trial)

    for position in range(CLIPS):
        answer_one(qtbot, page, agree=position >= DISAGREE)
        qtbot.waitUntil(page.feedback.replay.lines_button.isEnabled, timeout=PATIENCE_MS)
        press(qtbot, shell.window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.outcome)

    press(qtbot, shell.window, Qt.Key.Key_5, CONTROL)
    history = shell.window.page
    assert isinstance(history, HistoryPage)
    assert told_answers(qtbot, history) == CLIPS

    again = open_window()
    press(qtbot, again.window, Qt.Key.Key_5, CONTROL)
    kept = again.window.page
    assert isinstance(kept, HistoryPage)
    assert told_answers(qtbot, kept) == CLIPS

    (profile,) = Profiles(find_folders().profiles).all()
    history_file = open_history(profile.file, load_vocabulary())
    (session,) = history_file.sessions().result(5)
    assert (session.answered, session.agreed) == (CLIPS, CLIPS - DISAGREE)
    assert session.session.ended_at is not None
    assert session.session.id is not None
    for answer in history_file.session(session.session.id).result(5).answers:
        assert [r.source for r in answer.references] == [Source.INTENDED, Source.MEASURED]
        assert answer.response_ms is not None
        assert answer.response_ms > 0
    (point,) = history_file.progress().result(5)
    assert point.share == (CLIPS - DISAGREE) / CLIPS
    history_file.close()
