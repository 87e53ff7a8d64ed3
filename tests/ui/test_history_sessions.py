"""Looking back through the real window: list, chart and one session say the same numbers."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source
from attune.app.services import Services
from attune.ui.history import HistoryPage
from attune.ui.history.detail import tiles
from attune.ui.history.sessions import SessionsList, SessionsTopic
from attune.ui.shell import Shell
from attune.ui.theme import Appearance
from attune.ui.widgets.dialogs import Question
from tests.ui.conftest import HistoryOf

CONTROL = Qt.KeyboardModifier.ControlModifier
SEVEN_OF_TEN = ("7 of 10", "70%", "40% to 89%")

Opener = Callable[..., Shell]
Practised = Callable[..., int]


@pytest.fixture
def look_back(qtbot: QtBot, history_of: HistoryOf) -> Callable[..., tuple[Shell, SessionsTopic]]:
    """Open the window on a history made by ``fill`` and go to its sessions by keys."""

    def look(fill: Callable[[Services], object], expected: int) -> tuple[Shell, SessionsTopic]:
        shell, history = history_of(fill)
        qtbot.keyClick(history.list, Qt.Key.Key_End)
        qtbot.keyClick(history.list, Qt.Key.Key_Up)
        page = history.topic
        assert isinstance(page, SessionsTopic)
        qtbot.waitUntil(lambda: _filled(page.all, expected))
        return shell, page

    return look


def _filled(page: SessionsList, expected: int) -> bool:
    if not expected:
        return page.start.isVisible()
    return len(page.table.words()) == expected and page.table.isVisible()


def test_empty_history_leads_to_practice(
    qtbot: QtBot, look_back: Callable[..., tuple[Shell, SessionsTopic]]
) -> None:
    shell, page = look_back(lambda _services: None, 0)
    assert not page.all.chart.isVisible()
    page.all.start.setFocus()
    qtbot.keyClick(page.all.start, Qt.Key.Key_Return)
    assert not isinstance(shell.window.page, HistoryPage)
    assert shell.window.navigation.button("practise").isChecked()


def test_one_session_stands_in_list_and_chart(
    look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    _shell, page = look_back(lambda services: practised(services, agreed=7, answered=10), 1)
    (row,) = page.all.table.words()
    assert row[1:] == ("Starter set", *SEVEN_OF_TEN)
    assert "One session so far" in page.all.explanation.text()
    spoken = page.all.spoken_of.text()
    assert "7 of 10 agreed (70%), likely between 40% and 89%" in spoken
    assert "what was intended" in spoken


def test_keys_move_along_the_chart_and_open_a_session(
    qtbot: QtBot, look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    def fill(services: Services) -> None:
        for day, agreed in enumerate((3, 5, 8)):
            practised(services, agreed=agreed, answered=10, day=day)

    _shell, page = look_back(fill, 3)
    chart = page.all.chart
    assert "8 of 10" in page.all.spoken_of.text()
    chart.setFocus()
    expected = ((Qt.Key.Key_Left, 5), (Qt.Key.Key_Home, 3), (Qt.Key.Key_Left, 3), (Qt.Key.Key_End, 8))
    for key, agreed in expected:
        qtbot.keyClick(chart, key)
        assert f"{agreed} of 10" in page.all.spoken_of.text()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    assert page.detail.review is not None
    assert page.detail.review.summary.agreed == 3


def test_a_click_on_a_mark_opens_its_session(
    qtbot: QtBot, look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    def fill(services: Services) -> None:
        for day, agreed in enumerate((3, 5, 8)):
            practised(services, agreed=agreed, answered=10, day=day)

    _shell, page = look_back(fill, 3)
    chart = page.all.chart
    chart.grab()  # a chart knows where its marks are once it was drawn
    mark = chart.getViewBox().mapViewToScene(QPointF(1, 0.5))
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.mapFromScene(mark))
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    assert page.detail.review is not None
    assert page.detail.review.summary.agreed == 5


def test_a_session_opens_from_the_list_and_escape_leads_back(
    qtbot: QtBot, look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    def fill(services: Services) -> None:
        practised(services, agreed=2, answered=4, day=0)
        practised(services, agreed=7, answered=10, day=1)

    _shell, page = look_back(fill, 2)
    table = page.all.table
    assert [row[2] for row in table.words()] == ["7 of 10", "2 of 4"]
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    assert "ended early, 4 of 10 clips" in page.detail.subtitle.text()
    answers = page.detail.answers.words()
    assert [row[1:4] for row in answers] == [
        ("Fear", "Fear", "● same"),
        ("Fear", "Fear", "● same"),
        ("Surprise", "Fear", "◇ differs"),
        ("Surprise", "Fear", "◇ differs"),
    ]
    assert answers[0][4:] == ("80%", "50%", "1.5 s")
    emotions = {row[0]: row[1:] for row in page.detail.emotions.words()}
    assert emotions == {
        "Fear": ("4", "2", "2 · 50%", "50%"),
        "Surprise": ("0", "2", "not shown", ""),
    }
    qtbot.keyClick(page.detail, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.currentWidget() is page.all)


def test_different_references_are_different_lines(
    look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    def fill(services: Services) -> None:
        for day, source in enumerate((Source.INTENDED, Source.CROWD, Source.INTENDED)):
            practised(services, agreed=day, answered=3, day=day, source=source)

    _shell, page = look_back(fill, 3)
    assert page.all.legend.text() == "● against what was intended   ▲ against what most people said"


def test_a_session_without_answers_is_listed_but_not_drawn(
    look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    _shell, page = look_back(lambda services: practised(services, agreed=0, answered=0), 1)
    (row,) = page.all.table.words()
    assert row[2:] == ("no answers", "", "")
    assert not page.all.chart.isVisible()


def test_deleting_asks_first(
    qtbot: QtBot, look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    _shell, page = look_back(lambda services: practised(services, agreed=7, answered=10), 1)
    page.all.chart.setFocus()
    qtbot.keyClick(page.all.chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.currentWidget() is page.detail)
    qtbot.keyClick(page.detail.delete, Qt.Key.Key_Space)
    question = page.findChild(Question)
    assert question.focusWidget() is question.no
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert page.currentWidget() is page.detail
    qtbot.keyClick(page.detail.delete, Qt.Key.Key_Space)
    question = next(found for found in page.findChildren(Question) if found.isVisible())
    qtbot.keyClick(question.yes, Qt.Key.Key_Space)
    qtbot.waitUntil(page.all.start.isVisible)
    assert page.currentWidget() is page.all


def test_the_chart_follows_the_look(
    look_back: Callable[..., tuple[Shell, SessionsTopic]], practised: Practised
) -> None:
    shell, page = look_back(lambda services: practised(services, agreed=7, answered=10), 1)
    shown = []
    for look in (Appearance.DARK, Appearance.LIGHT):
        shell.theme.choose(appearance=look)
        axis = page.all.chart.getAxis("left")
        assert axis.textPen().color() == shell.theme.colour("text_quiet")
        shown.append(page.all.chart.grab().toImage())
    assert shown[0] != shown[1]


def test_tiles_say_how_sureness_fits(services: Services, practised: Practised) -> None:
    expected = ((10, "20 points below"), (8, "close to"), (2, "60 points above"))
    for day, (agreed, note) in enumerate(expected):
        session_id = practised(services, agreed=agreed, answered=10, day=day)
        review = services.history.session(session_id).result()
        _agreed, sure, time = tiles(review, services.words)
        assert sure[1] == "80%"
        assert note in sure[2]
        assert time[1] == "1.5 s"
    empty = services.history.session(practised(services, agreed=0, answered=0, day=9)).result()
    assert len(tiles(empty, services.words)) == 1
