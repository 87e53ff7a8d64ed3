"""The small parts: by keys, with names, and never in the way."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from attune.resources import Words, asset
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, ScrollPage, text
from attune.ui.widgets.asking import ask_where_to
from attune.ui.widgets.choices import Scale, Segments, Switch
from attune.ui.widgets.fade import Fade
from attune.ui.widgets.focus import RING, FocusRing
from attune.ui.widgets.icons import app_icon, icon, picture
from attune.ui.widgets.notice import NoticeBar
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Column, Table


@pytest.fixture
def board(qtbot: QtBot) -> QWidget:
    """A shown window to put things on."""
    made = QWidget()
    made.setLayout(QVBoxLayout())
    made.resize(600, 400)
    qtbot.addWidget(made)
    made.show()
    return made


def put(board: QWidget, *widgets: QWidget) -> None:
    layout = board.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)


def test_segments_are_one_stop_for_tab_and_arrows_move_inside(qtbot: QtBot, board: QWidget) -> None:
    segments = Segments({"a": "First", "b": "Second"}, "Which")
    put(board, segments)
    segments.choose("a")
    first, second = segments.button("a"), segments.button("b")
    board.activateWindow()
    first.setFocus()
    qtbot.waitUntil(lambda: first.hasFocus() and second.x() > first.x())
    with qtbot.waitSignal(segments.chosen) as signal:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert signal.args == ["b"]
    assert second.isChecked()
    assert not first.isChecked()
    assert second.accessibleName() == "Which: Second"


def test_switch_by_key_and_by_a_click_on_its_words(qtbot: QtBot, board: QWidget, theme: Theme) -> None:
    switch = Switch("Something", theme)
    put(board, switch)
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    off = switch.grab().toImage()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(switch.sizeHint().width() - 4, 10))
    assert not switch.isChecked()
    assert switch.grab().toImage() != off


def test_scale_says_its_number_and_tells_it_once_settled(qtbot: QtBot, board: QWidget) -> None:
    scale = Scale("Size", (100, 160), 5, "{} %".format)
    put(board, scale)
    told: list[int] = []
    scale.settled.connect(told.append)
    scale.set_value(120)
    assert (scale.said.text(), told) == ("120 %", [])
    qtbot.keyClick(scale.slider, Qt.Key.Key_Right)
    assert (scale.said.text(), told) == ("125 %", [125])
    assert scale.slider.accessibleName() == "Size"
    assert scale.slider.accessibleDescription() == "125 %"


def test_table_opens_a_row_by_enter_and_by_click(qtbot: QtBot, board: QWidget, theme: Theme) -> None:
    table = Table([Column("Name", stretch=True), Column("Count", number=True)], "Things", theme)
    put(board, table)
    table.fill([("one", "1"), ("two", "2")])
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as signal:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert signal.args == [1]
    where = table.visualRect(table.model().index(0, 0)).center()
    with qtbot.waitSignal(table.opened) as signal:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert signal.args == [0]
    assert table.height() >= 2 * theme.sizes.control


def test_every_word_of_a_table_has_room(board: QWidget, theme: Theme) -> None:
    table = Table([Column("N"), Column("A long heading")], "Things", theme)
    put(board, table)
    table.fill([("a rather long cell", "1")])
    for column in (0, 1):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
        assert table.columnWidth(column) >= table.horizontalHeader().sectionSizeHint(column)


def test_the_ring_follows_the_focus(qtbot: QtBot, board: QWidget, theme: Theme) -> None:
    button, plain, asking = Button("Press"), QLabel("words"), QLabel("ringed")
    for label in (plain, asking):
        label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    asking.setProperty(RING, "yes")
    put(board, button, plain, asking)
    ring = FocusRing(theme, board)
    board.activateWindow()
    qtbot.waitUntil(board.isActiveWindow)
    for widget, ringed in ((button, True), (plain, False), (asking, True)):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        assert ring.isVisible() == ringed
        if ringed:
            assert ring.geometry().contains(widget.geometry().adjusted(-3, -3, 3, 3))


def test_icons_take_their_colours_and_stay_sharp() -> None:
    drawn = icon("history", "#FF0000", checked="#0000FF")
    for size in (16, 24, 48):
        off = drawn.pixmap(QSize(size, size)).toImage()
        on = drawn.pixmap(QSize(size, size), QIcon.Mode.Normal, QIcon.State.On).toImage()
        assert _only_hue(off, QColor("#FF0000"))
        assert _only_hue(on, QColor("#0000FF"))
    assert picture("lock", "#000000", 20, scale=2).deviceIndependentSize().width() == 20
    assert not app_icon().isNull()


def _only_hue(image: QImage, colour: QColor) -> bool:
    shades = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    seen = [shade for shade in shades if shade.alpha() > 200]
    return bool(seen) and all(shade.hue() == colour.hue() for shade in seen)


@pytest.mark.parametrize("path", sorted(asset("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_draws_something(path: object, qapp: object) -> None:
    image = picture(getattr(path, "stem"), "#000000", 32).toImage()  # noqa: B009 - a path given as an object
    assert any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32))


def test_notice_is_said_and_dismissed(qtbot: QtBot, board: QWidget) -> None:
    notice = NoticeBar(Words())
    put(board, notice)
    assert not notice.isVisible()
    notice.say("The disk is full.")
    assert notice.isVisible()
    assert notice.accessibleName() == notice.message == "The disk is full."
    (dismiss,) = notice.findChildren(Button)
    qtbot.keyClick(dismiss, Qt.Key.Key_Return)
    assert not notice.isVisible()


def test_a_fade_takes_itself_away(qtbot: QtBot, board: QWidget) -> None:
    stack = QStackedWidget()
    put(board, stack)
    gone: list[bool] = []
    fade = Fade(stack)
    fade.destroyed.connect(lambda: gone.append(True))
    assert fade.size() == stack.size()
    qtbot.waitUntil(lambda: gone == [True])


def test_a_page_keeps_its_lines_short_and_scrolls_when_small(
    qtbot: QtBot, board: QWidget, theme: Theme
) -> None:
    page = ScrollPage(theme)
    put(board, page)
    for _ in range(20):
        card = Card()
        card.body.addWidget(text("words " * 40))
        page.body.addWidget(card)
    board.resize(2400, 600)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert 0 < page.findChildren(Card)[0].width() <= theme.sizes.column
    board.resize(500, 600)
    qtbot.waitUntil(lambda: page.viewport().width() < 500)
    assert page.sheet.width() <= page.viewport().width()


def test_emptied_takes_out_what_is_nested(board: QWidget, qtbot: QtBot) -> None:
    card = Card()
    put(board, card)
    inner = QVBoxLayout()
    inner.addWidget(text("inner"))
    card.body.addWidget(text("outer"))
    card.body.addLayout(inner)
    emptied(card.body)
    assert card.body.count() == 0
    assert not card.findChildren(QLabel)


@pytest.mark.parametrize(
    ("kinds", "ending"),
    [
        ("Attune programme (*.attune-programme)", "attune-programme"),
        ("Picture (*.png);;Drawing (*.svg)", "png"),
        ("All files (*)", ""),
    ],
)
def test_a_name_without_an_ending_gets_the_one_of_its_kind(board: QWidget, kinds: str, ending: str) -> None:
    ask_where_to(board, "Where to?", kinds, "named", lambda _path: None)
    dialog = board.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.defaultSuffix() == ending
    dialog.close()


def test_enter_that_is_held_presses_once(board: QWidget) -> None:
    button = Button("On")
    pressed: list[int] = []
    put(board, button)
    button.clicked.connect(lambda: pressed.append(1))
    for held in (False, True, True):
        plain = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, plain, "", held)
        QApplication.sendEvent(button, event)
    assert len(pressed) == 1
