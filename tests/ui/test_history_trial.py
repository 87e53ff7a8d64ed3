"""Finding sessions and opening an answer through the real window, by keys: the sums are those of scoring."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source
from attune.app.protocols.trial import Drawn, Held
from attune.app.services import Services
from attune.ui.drawn.player import DrawnPlayer
from attune.ui.history import sessions
from attune.ui.history.sessions import SessionsTopic
from attune.ui.history.trial import TrialPage
from attune.ui.shell import Shell
from attune.ui.video.player import ClipPlayer
from attune.ui.widgets.picker import Picker
from tests.ui.conftest import HistoryOf

Opener = Callable[..., Shell]
Practised = Callable[..., int]
Looker = Callable[[Callable[[Services], object], int], SessionsTopic]


@pytest.fixture
def sessions_of(qtbot: QtBot, history_of: HistoryOf) -> Looker:
    """The topic of sessions over a history made by ``fill``."""

    def look(fill: Callable[[Services], object], expected: int) -> SessionsTopic:
        _shell, history = history_of(fill)
        history.go("sessions")
        page = history.topic
        assert isinstance(page, SessionsTopic)
        qtbot.waitUntil(lambda: len(page.all.table.words()) == expected)
        return page

    return look


def _choose(qtbot: QtBot, picker: Picker, words: str) -> None:
    """As a person does without a mouse: letters are looked for by the list, arrows walk along it."""
    picker.setFocus()
    for _step in range(picker.count()):
        if picker.currentText() == words:
            return
        qtbot.keyClick(picker, Qt.Key.Key_Down)
    assert picker.currentText() == words


def test_sessions_are_found_by_what_was_in_them(
    qtbot: QtBot, sessions_of: Looker, practised: Practised
) -> None:
    def fill(services: Services) -> None:
        practised(services, agreed=3, answered=3, day=0)
        practised(services, agreed=1, answered=2, day=1)
        practised(services, agreed=2, answered=2, day=2, source=Source.CROWD)

    page = sessions_of(fill, 3)
    pickers = page.all.finding.pickers
    assert pickers["mode"].isHidden()  # there is one only
    _choose(qtbot, pickers["against"], "Against what most people said")
    assert [row[2] for row in page.all.table.words()] == ["2 of 2"]
    assert page.all.found.text() == "1 of 3 sessions."
    qtbot.keyClick(page.all.finding.everything, Qt.Key.Key_Space)
    assert len(page.all.table.words()) == 3
    _choose(qtbot, pickers["emotion"], "Surprise")
    assert [row[2] for row in page.all.table.words()] == ["1 of 2"]
    assert page.all.chart.count() == 1
    page.all.table.setFocus()
    page.all.table.selectRow(0)
    qtbot.keyClick(page.all.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    assert page.detail.review is not None
    assert page.detail.review.summary.agreed == 1


def test_sessions_are_found_between_two_days(qtbot: QtBot, sessions_of: Looker, practised: Practised) -> None:
    def fill(services: Services) -> None:
        for day in range(4):
            practised(services, agreed=day, answered=4, day=day)

    page = sessions_of(fill, 4)
    finding = page.all.finding
    assert finding.dates.isHidden()
    _choose(qtbot, finding.pickers["when"], "Between two days")
    assert finding.dates.isVisible()
    assert len(page.all.table.words()) == 4  # at first the days of all there are
    first, last = finding.dates.begin, finding.dates.end
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Up)  # one day later
    assert [row[2] for row in page.all.table.words()] == ["3 of 4", "2 of 4", "1 of 4"]
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Down)
    qtbot.keyClick(last, Qt.Key.Key_Down)
    assert [row[2] for row in page.all.table.words()] == ["1 of 4"]
    qtbot.keyClick(last, Qt.Key.Key_Down)  # before the other: the two may stand in either order
    assert [row[2] for row in page.all.table.words()] == ["1 of 4", "0 of 4"]
    qtbot.keyClick(finding.everything, Qt.Key.Key_Space)
    assert finding.dates.isHidden()
    assert len(page.all.table.words()) == 4


def test_a_long_list_comes_in_parts(
    qtbot: QtBot, sessions_of: Looker, practised: Practised, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "AT_ONCE", 2)

    def fill(services: Services) -> None:
        for day in range(5):
            practised(services, agreed=day, answered=5, day=day)

    page = sessions_of(fill, 2)
    assert page.all.chart.count() == 5
    assert page.all.more.text() == "Show 2 more of 3"
    page.all.more.setFocus()
    qtbot.keyClick(page.all.more, Qt.Key.Key_Space)
    assert [row[2] for row in page.all.table.words()] == ["4 of 5", "3 of 5", "2 of 5", "1 of 5"]
    assert page.all.more.text() == "Show 1 more of 1"
    qtbot.keyClick(page.all.more, Qt.Key.Key_Space)
    assert len(page.all.table.words()) == 5
    assert page.all.more.isHidden()


def test_nothing_found_is_said(qtbot: QtBot, sessions_of: Looker, practised: Practised) -> None:
    page = sessions_of(lambda services: practised(services, agreed=1, answered=1, day=-900), 1)
    _choose(qtbot, page.all.finding.pickers["when"], "Last 7 days")
    assert page.all.found.text() == "No session is like that."
    assert not page.all.table.words()
    _choose(qtbot, page.all.finding.pickers["when"], "2023")
    assert len(page.all.table.words()) == 1


def test_an_answer_opens_with_its_sum(qtbot: QtBot, sessions_of: Looker, practised: Practised) -> None:
    page = sessions_of(lambda services: practised(services, agreed=1, answered=2), 1)
    page.all.table.setFocus()
    page.all.table.selectRow(0)
    qtbot.keyClick(page.all.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    page.detail.answers.setFocus()
    page.detail.answers.selectRow(1)
    qtbot.keyClick(page.detail.answers, Qt.Key.Key_Return)
    trial = page.currentWidget()
    assert isinstance(trial, TrialPage)
    answer = trial.answer
    agreement = answer.agreement
    said = dict(trial.formula.said)
    assert "your choice is another" in said["hit"]
    assert f"= {agreement.brier:.3f}." in said["brier"]
    assert f"= {agreement.skill:.3f}.".replace("-", "\N{MINUS SIGN}") in said["skill"]
    assert f"= {agreement.log_score:.3f},".replace("-", "\N{MINUS SIGN}") in said["log"]
    assert f"= {agreement.similarity:.3f}." in said["similarity"]
    assert said["strength"].startswith("50% \N{MINUS SIGN} 100% = \N{MINUS SIGN}50")
    rows = {row[0]: row[1:] for row in trial.formula.terms.words()}
    assert rows["Surprise"] == ("0.800", "0.000", "0.640", "0.000")
    assert rows["Fear"][1] == "1.000"
    assert rows["Sum"][2] == f"{agreement.brier - agreement.floor:.3f}"
    qtbot.waitUntil(lambda: "not on this computer any more" in trial.gone.text())
    assert trial.replay.isHidden()
    qtbot.keyClick(trial, Qt.Key.Key_PageUp)
    assert trial.answer.position == 0
    assert "counts as the same" in dict(trial.formula.said)["hit"]
    qtbot.keyClick(trial, Qt.Key.Key_Escape)
    assert page.currentWidget() is page.detail


def test_a_clip_that_is_there_plays(qtbot: QtBot, sessions_of: Looker, practised: Practised) -> None:
    def fill(services: Services) -> None:
        clip = services.library.starter().result().clips[0]
        session_id = practised(services, agreed=1, answered=1)

        def point_at(answer_of: int) -> None:
            kept = services.history.session(answer_of).result().answers[0]
            again = dataclasses.replace(kept, position=1, clip_hash=clip.content_hash, person=clip.person)
            services.history.add_answer(again).result()

        point_at(session_id)

    page = sessions_of(fill, 1)
    page.all.table.opened.emit(0)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    page.open_trial(1)
    trial = page.trial
    assert trial is not None
    qtbot.waitUntil(lambda: trial.replay.player.frame is not None)
    assert trial.gone.isHidden()
    trial.leave()


def drawn_answer(services: Services, practised: Practised, expression: str) -> None:
    """An answer to a face that was drawn, in the place of a clip that is there."""
    clip = services.library.starter().result().clips[0]
    session_id = practised(services, agreed=1, answered=1)
    kept = services.history.session(session_id).result().answers[0]
    drawn = Drawn(person="Ana", expression=expression, intensity=0.5, seed=3)
    shown = {**Held(until_s=0.8, intensity=0.5).noted(), "drawn": drawn.noted()}
    again = dataclasses.replace(kept, position=1, clip_hash=clip.content_hash, shown=shown)
    services.history.add_answer(again).result()


def opened_answer(qtbot: QtBot, page: SessionsTopic) -> TrialPage:
    page.all.table.opened.emit(0)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    page.open_trial(1)
    assert page.trial is not None
    return page.trial


@pytest.mark.slow
def test_a_face_that_was_drawn_is_drawn_again(
    qtbot: QtBot, sessions_of: Looker, practised: Practised
) -> None:
    page = sessions_of(lambda services: drawn_answer(services, practised, "fear"), 1)
    trial = opened_answer(qtbot, page)
    qtbot.waitUntil(lambda: trial.replay.player.frame is not None, timeout=60_000)
    player = trial.replay.player
    assert isinstance(player, DrawnPlayer)
    assert player._replay is not None
    assert player._replay.drawn.expression == "fear"
    assert {unit.code for unit in player._replay.units} > {"AU20"}
    assert trial.replay.curves.shown
    trial.leave()
    assert not player.playing


def test_a_face_nobody_can_draw_any_more_leaves_its_clip(
    qtbot: QtBot, sessions_of: Looker, practised: Practised
) -> None:
    page = sessions_of(lambda services: drawn_answer(services, practised, "bliss"), 1)
    trial = opened_answer(qtbot, page)
    player = trial.replay.player
    assert isinstance(player, ClipPlayer)
    qtbot.waitUntil(lambda: player.frame is not None)
    trial.leave()
