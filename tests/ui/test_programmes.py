"""A programme from the therapist's window to the client's, by keys."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from attune.app.programmes import read_programme
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.resources import asset
from attune.ui.library.programme import ProgrammePage
from attune.ui.practice import PracticePage
from attune.ui.shell import Shell
from tests.app.filmed import filmed_set
from tests.ui.test_protection import PATIENCE_MS, library_page, press, shows

CONTROL = Qt.KeyboardModifier.ControlModifier
Opener = Callable[..., Shell]


def made(qtbot: QtBot, shell: Shell, folder: Path, target: Path) -> None:
    """Make a programme of five clips on three days, read the moment."""
    page = library_page(qtbot, shell, folder)
    page.browser.doing.action("programme").trigger()
    making = shows(qtbot, page, ProgrammePage)
    making.way.setFocus()
    qtbot.keyClick(making.way, Qt.Key.Key_Down)
    press(qtbot, making.trials.choices.button("5"))
    press(qtbot, making.days.choices.button("3"))
    making.name.clear()
    press(qtbot, making.save)
    assert making.problem.isVisible()
    qtbot.keyClicks(making.name, "Three evenings")
    press(qtbot, making.save)
    choose(making, target)
    qtbot.waitUntil(lambda: page.showing is page.browser, timeout=PATIENCE_MS)


def choose(parent: QWidget, target: Path) -> None:
    dialog = parent.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(target))
    dialog.close()


def start_page(qtbot: QtBot, shell: Shell) -> PracticePage:
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(shell.window, Qt.Key.Key_1, CONTROL)
    page = shell.window.page
    assert isinstance(page, PracticePage)
    qtbot.waitUntil(page.start.begin_button.isEnabled, timeout=PATIENCE_MS)
    return page


def test_a_programme_waits_in_practise_and_begins(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    shell, file = open_window(), tmp_path / "three.attune-programme"
    made(qtbot, shell, asset("clips", "starter"), file)
    setup = read_programme(file).setup
    assert isinstance(setup, ReadTheMoment)
    assert (setup.trials, read_programme(file).days) == (5, 3)
    page = start_page(qtbot, shell)
    assert page.start.assigned.isHidden()
    press(qtbot, page.start.assigned.take_in)
    choose(page.start.assigned.take_in, file)
    qtbot.waitUntil(lambda: bool(page.start.assigned.cards), timeout=PATIENCE_MS)
    (card,) = page.start.assigned.cards
    assert "0 of 3 days" in card.progress.text()
    begin: QPushButton = card.begin
    press(qtbot, begin)
    qtbot.waitUntil(lambda: page.showing is page.trial, timeout=PATIENCE_MS)
    assert "5" in page.header.progress


def test_clips_that_are_not_here_are_asked_for(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    shell, file = open_window(), tmp_path / "file"
    sets = tmp_path / "home" / "data" / "library" / "sets"
    folder = filmed_set(sets / "evenings", {"Ana": 2})
    made(qtbot, shell, folder, file)
    folder.rename(tmp_path / "elsewhere")
    page = start_page(qtbot, shell)
    page.start.assigned.open(file)
    qtbot.waitUntil(lambda: bool(page.start.assigned.cards), timeout=PATIENCE_MS)
    (card,) = page.start.assigned.cards
    assert not card.begin.isEnabled()
    press(qtbot, card.put_away)
    qtbot.waitUntil(page.start.assigned.isHidden, timeout=PATIENCE_MS)


def test_what_is_no_programme_is_told_in_a_sentence(
    qtbot: QtBot, open_window: Opener, tmp_path: Path
) -> None:
    shell, file = open_window(), tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8")
    page = start_page(qtbot, shell)
    page.start.assigned.open(file)
    qtbot.waitUntil(lambda: "not a programme" in shell.window.notice.message, timeout=PATIENCE_MS)
