"""Looking back through the real window, by keys: every topic says the figures that were computed."""

import csv
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from attune.app.progress.columns import Lens
from attune.app.services import Services, make_services
from attune.errors import SavingError
from attune.ui.history import HistoryPage
from attune.ui.history.card import ChartCard
from attune.ui.history.confusions import ConfusionsTopic
from attune.ui.history.course_chart import CourseChart, day_ticks
from attune.ui.history.followed import FollowedTopic
from attune.ui.history.heat_map import HeatMap
from attune.ui.history.intervals_chart import IntervalsChart
from attune.ui.history.overview import OverviewTopic
from attune.ui.history.pace import PaceTopic
from attune.ui.history.skill import SkillTopic
from attune.ui.history.sureness import SurenessTopic
from attune.ui.history.thresholds import ThresholdsTopic
from attune.ui.history.topics import TOPICS
from attune.ui.history.transfer import TransferTopic
from attune.ui.shell import Shell
from attune.ui.theme import Appearance
from attune.ui.widgets.chart import Chart
from tests.ui.conftest import HistoryOf, make_up

CONTROL = Qt.KeyboardModifier.ControlModifier
PICTURE = Lens(against="intended", channel="picture")
Opener = Callable[..., Shell]
Looker = Callable[[int], tuple[Shell, HistoryPage]]


@pytest.fixture
def look_back(history_of: HistoryOf) -> Looker:
    """The window's History, over a made-up history of so many answers."""
    return lambda answers: history_of(lambda services: make_up(services, answers))


def to_topic(qtbot: QtBot, page: HistoryPage, name: str, done: Callable[[QWidget], bool]) -> QWidget:
    """Down the list of topics by the arrow key, until the topic shows its figures."""
    names = [topic.name for topic in TOPICS]
    for _step in range(names.index(name) - page.list.currentRow()):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    topic = page.topic
    assert topic is not None
    qtbot.waitUntil(lambda: done(topic))
    return topic


def filled(card: ChartCard) -> bool:
    return card.table is not None and bool(card.table.words()) and bool(card.said.text())


def hover(chart: Chart, at: QPoint) -> None:
    """The pointer over a place of the chart; without a screen, Qt does not always pass on a moved one."""
    none = Qt.MouseButton.NoButton
    where = QPointF(at)
    over = chart.viewport().mapToGlobal(where)
    event = QMouseEvent(QEvent.Type.MouseMove, where, over, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(chart.viewport(), event)


def test_overview_says_this_week_and_what_to_do_next(qtbot: QtBot, look_back: Looker) -> None:
    shell, page = look_back(400)
    topic = to_topic(qtbot, page, "overview", lambda t: filled(t.skills))  # type: ignore[attr-defined]
    assert isinstance(topic, OverviewTopic)
    assert "answers on" in topic.week_said.text()
    assert topic.step_why.text()
    assert topic.skills.table is not None
    found = shell.window._services.progress.standing(PICTURE).result()  # type: ignore[union-attr]
    words = topic.skills.table.words()
    assert [row[1] for row in words] == [str(skill.shown) for skill in found.skills]
    assert [row[3] for row in words] == [
        f"{s.rate.value:.0%}" if s.rate else "too early to say" for s in found.skills
    ]
    topic.start.setFocus()
    qtbot.keyClick(topic.start, Qt.Key.Key_Return)
    assert shell.window.navigation.button("practise").isChecked()


def test_history_answers_while_charts_are_loaded(qtbot: QtBot, open_window: Opener) -> None:
    go_on, opened = Event(), []

    def make() -> Services:
        opened.append(make_services())
        return opened[0]

    shell = open_window(make)
    opened[0].background.submit(go_on.wait, 30)
    qtbot.keyClick(shell.window, Qt.Key.Key_5, CONTROL)
    page = shell.window.page
    assert isinstance(page, HistoryPage)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentRow() == 1
    assert page.topic is None
    go_on.set()
    qtbot.waitUntil(lambda: isinstance(page.topic, SkillTopic))


def test_counting_days_can_be_switched_off_and_stays_off(qtbot: QtBot, look_back: Looker) -> None:
    shell, page = look_back(60)
    topic = to_topic(qtbot, page, "overview", lambda t: filled(t.skills))  # type: ignore[attr-defined]
    assert isinstance(topic, OverviewTopic)
    assert topic.streak_said.isVisible()
    topic.streak.setFocus()
    qtbot.keyClick(topic.streak, Qt.Key.Key_Space)
    assert not topic.streak_said.isVisible()
    assert shell.window._services.settings.current.streak is False  # type: ignore[union-attr]
    page.entered()
    qtbot.waitUntil(lambda: not topic.streak.isChecked() and not topic.streak_said.isVisible())


@pytest.mark.slow
@pytest.mark.parametrize("answers", [0, 1])
def test_every_topic_says_something_useful_with_nothing_or_one_answer(
    qtbot: QtBot, look_back: Looker, answers: int
) -> None:
    _shell, page = look_back(answers)
    for topic in TOPICS:
        view = to_topic(qtbot, page, topic.name, lambda _t: True)
        for card in view.findChildren(ChartCard):
            qtbot.waitUntil(
                lambda card=card: not card.isVisible() or card.empty.isVisible() or card.chart.isVisible()
            )
            if card.isVisible() and not answers and topic.name not in ("thresholds", "followed"):
                assert not card.chart.isVisible()
                assert len(card.empty.text()) > 40


def test_a_single_stretch_explains_itself(qtbot: QtBot, look_back: Looker) -> None:
    _shell, page = look_back(1)
    topic = to_topic(qtbot, page, "skill", lambda t: filled(t.ability))  # type: ignore[attr-defined]
    assert isinstance(topic, SkillTopic)
    assert "One stretch of practice so far" in topic.ability.how.text()
    assert "too early" in topic.ability.said.text()
    assert "one mark so far" in topic.change_said.text()


def test_skill_of_one_emotion_chosen_by_keys(qtbot: QtBot, look_back: Looker) -> None:
    shell, page = look_back(500)
    topic = to_topic(qtbot, page, "skill", lambda t: filled(t.ability))  # type: ignore[attr-defined]
    assert isinstance(topic, SkillTopic)
    services = shell.window._services
    assert services is not None
    everything = services.progress.skill(PICTURE, None).result()
    assert topic.ability.table is not None
    assert len(topic.ability.table.words()) == len(everything.marks) + len(everything.checkups)
    assert "◆ check-ups" in topic.ability.legend.text()
    assert "smoothed: each of its points takes in" in topic.ability.legend.text()
    for _step in range(5):
        qtbot.keyClick(topic.emotions, Qt.Key.Key_Down)
    fear = services.progress.skill(PICTURE, "fear").result()
    qtbot.waitUntil(lambda: topic.change_said.text().startswith("Your skill at noticing fear"))
    assert topic.rates.table is not None
    assert [row[1] for row in topic.rates.table.words()] == [str(mark.raw.n) for mark in fear.marks]


def test_confusions_are_read_cell_by_cell(qtbot: QtBot, look_back: Looker) -> None:
    _shell, page = look_back(500)
    topic = to_topic(qtbot, page, "confusions", lambda t: filled(t.whole))  # type: ignore[attr-defined]
    assert isinstance(topic, ConfusionsTopic)
    assert "not the other way round" in topic.said.text()
    chart = topic.whole.chart
    assert isinstance(chart, HeatMap)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(chart, key)
    shown, said, times, of = chart.cell(9)
    assert (shown, said) == ("happiness", "happiness")
    assert f"{times} of {of} times" in topic.whole.said.text()
    assert "That agrees" in topic.whole.said.text()
    assert topic.earlier.isVisible()
    totals = [
        sum(map(sum, half.chart._confusion.counts)) for half in (topic.earlier, topic.later, topic.whole)
    ]  # type: ignore[attr-defined]
    assert totals[0] + totals[1] == totals[2]


@pytest.mark.slow
def test_the_other_topics_say_their_figures(qtbot: QtBot, look_back: Looker) -> None:
    shell, page = look_back(500)
    services = shell.window._services
    assert services is not None
    sure = to_topic(qtbot, page, "sureness", lambda t: filled(t.curve))  # type: ignore[attr-defined]
    assert isinstance(sure, SurenessTopic)
    gap = services.progress.sureness(PICTURE).result().gaps[0]
    assert f"{gap.sure:.0%}" in sure.said.text()
    pace = to_topic(qtbot, page, "pace", lambda t: filled(t.course))  # type: ignore[attr-defined]
    assert isinstance(pace, PaceTopic)
    whole = services.progress.pace(PICTURE).result().whole
    assert whole is not None
    assert f"came within {whole.median:.1f} s" in pace.said.text()
    caught = to_topic(qtbot, page, "thresholds", lambda t: len(t.curves) == 7)  # type: ignore[attr-defined]
    assert isinstance(caught, ThresholdsTopic)
    assert "recognised" in caught.curves[0].said.text()
    followed = to_topic(qtbot, page, "followed", lambda t: len(t.cards) == 2)  # type: ignore[attr-defined]
    assert isinstance(followed, FollowedTopic)
    assert followed.sentences["valence"].startswith("Between pleasant and unpleasant you go with people")
    transfer = to_topic(qtbot, page, "transfer", lambda t: filled(t.cards["people"]))  # type: ignore[attr-defined]
    assert isinstance(transfer, TransferTopic)
    assert "new" in transfer.sentences["people"].text()


def test_pointer_and_table_choose_the_same_mark(qtbot: QtBot, look_back: Looker) -> None:
    _shell, page = look_back(300)
    topic = to_topic(qtbot, page, "overview", lambda t: filled(t.skills))  # type: ignore[attr-defined]
    assert isinstance(topic, OverviewTopic)
    chart, table = topic.skills.chart, topic.skills.table
    assert table is not None
    chart.grab()  # a chart knows where its marks are once it was drawn
    spot = chart.spot(2)
    assert spot is not None
    where = chart.mapFromScene(chart.plotItem.vb.mapViewToScene(QPointF(*spot)))
    hover(chart, where + QPoint(3, 2))
    assert topic.skills.said.text() == chart.said(2)
    hover(chart, where + QPoint(3, 500))  # near nothing: what was said stays
    assert topic.skills.said.text() == chart.said(2)
    table.setFocus()
    table.selectRow(4)
    assert topic.skills.said.text() == chart.said(4)
    assert "likely between" in topic.skills.said.text()
    topic.skills.numbers.setFocus()
    qtbot.keyClick(topic.skills.numbers, Qt.Key.Key_Space)
    assert not topic.skills.unfolded


def test_a_chart_zooms_by_keys_and_stays_within_its_time(qtbot: QtBot, look_back: Looker) -> None:
    _shell, page = look_back(500)
    topic = to_topic(qtbot, page, "pace", lambda t: filled(t.course))  # type: ignore[attr-defined]
    assert isinstance(topic, PaceTopic)
    chart = topic.course.chart
    assert isinstance(chart, CourseChart)
    whole = chart.viewRange()[0]
    chart.setFocus()
    for _press in range(4):
        qtbot.keyClick(chart, Qt.Key.Key_Plus)
    low, high = chart.viewRange()[0]
    assert high - low < (whole[1] - whole[0]) / 4
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    spot = chart.spot(0)
    assert chart.viewRange()[0][0] <= spot[0] <= chart.viewRange()[0][1]
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.viewRange()[0] == pytest.approx(whole)


def test_a_chart_is_saved_as_picture_drawing_and_numbers(
    qtbot: QtBot, look_back: Looker, tmp_path: Path
) -> None:
    _shell, page = look_back(300)
    topic = to_topic(qtbot, page, "overview", lambda t: filled(t.skills))  # type: ignore[attr-defined]
    assert isinstance(topic, OverviewTopic)
    for name in ("skill.png", "skill.svg", "skill.csv"):
        topic.skills.save.setFocus()
        width = topic.skills.chart.width()
        qtbot.keyClick(topic.skills.save, Qt.Key.Key_Space)
        dialog = next(found for found in page.findChildren(QFileDialog) if found.isVisible())
        dialog.selectFile(str(tmp_path / name))
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
        qtbot.waitUntil((tmp_path / name).is_file)
        if name == "skill.png":
            assert QImage(str(tmp_path / name)).width() == 2 * width
    assert QSvgRenderer(str(tmp_path / "skill.svg")).isValid()
    rows = list(csv.reader((tmp_path / "skill.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "Emotion"
    assert len(rows) == 1 + topic.skills.chart.count()
    assert rows[0][4:6] == ["Likely range: from", "Likely range: to"]
    assert all(float(row[4]) <= float(row[3]) <= float(row[5]) for row in rows[1:] if row[3])
    with qtbot.waitSignal(topic._parts.bridge.failed) as failed:
        topic.skills._keep(tmp_path / "no" / "such.png")
    assert failed.args is not None
    assert isinstance(failed.args[0], SavingError)


def test_topics_are_a_menu_where_room_is_short(qtbot: QtBot, look_back: Looker) -> None:
    shell, page = look_back(60)
    shell.window.resize(1500, 800)
    assert page.list.isVisible()
    assert not page.menu.isVisible()
    shell.window.resize(760, 600)
    qtbot.waitUntil(page.menu.isVisible)
    assert not page.list.isVisible()
    page.menu.setFocus()
    qtbot.keyClick(page.menu, Qt.Key.Key_Down)
    assert page.list.currentRow() == 1
    assert isinstance(page.topic, SkillTopic)


def test_charts_follow_the_look(qtbot: QtBot, look_back: Looker) -> None:
    shell, page = look_back(200)
    topic = to_topic(qtbot, page, "overview", lambda t: filled(t.skills))  # type: ignore[attr-defined]
    assert isinstance(topic, OverviewTopic)
    shown = []
    for look in (Appearance.DARK, Appearance.LIGHT):
        shell.theme.choose(appearance=look)
        chart: Chart = topic.skills.chart
        assert isinstance(chart, IntervalsChart)
        assert chart.getAxis("left").textPen().color() == shell.theme.colour("text_quiet")
        shown.append(chart.grab().toImage())
    assert shown[0] != shown[1]


def test_days_below_a_chart_are_as_many_as_fit(services: Services) -> None:
    for span in (2, 9, 40, 200, 900, 4000):
        for most in (3, 6, 12):
            found = day_ticks(1.7e9, 1.7e9 + span * 86_400, most, services.words)
            assert len(found) <= most + 1
            assert all(1.7e9 <= at <= 1.7e9 + span * 86_400 for at, _words in found)
