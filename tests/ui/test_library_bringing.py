"""Bringing clips in: looked at first, copied once agreed to; by buttons, keys and by dropping."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from attune.app.folders import find_folders
from attune.ui.library import LibraryPage
from attune.ui.library.bring import BringPage
from attune.ui.shell import Shell
from attune.ui.widgets.dialogs import Question
from tests.films import EIGHT, carried, film

CONTROL = Qt.KeyboardModifier.ControlModifier
Opener = Callable[..., Shell]
FILMS = {"ana_fear_1": "fear", "ana_joyful_1": "happiness", "ben_anger_1": "anger"}


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """A person's own folder: three films with who and what in their names, and one that is no film."""
    folder = tmp_path / "My films"
    folder.mkdir()
    for name, emotion in FILMS.items():
        content = film(emotion).read_bytes()
        (folder / f"{name}.webm").write_bytes(content + b"\xec\x80")  # nothing more, but other content
    (folder / "ana_sadness_1.mp4").write_bytes(b"")
    return folder


@pytest.fixture
def library(qtbot: QtBot, open_window: Opener) -> LibraryPage:
    shell = open_window()
    qtbot.waitExposed(shell.window)
    qtbot.keyClick(shell.window, Qt.Key.Key_4, CONTROL)
    page = shell.window.page
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == len(carried().clips))
    return page


def drop(page: LibraryPage, *paths: Path) -> bool:
    """What the window system does when files are dropped; whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys, action = (
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.DropAction.CopyAction,
    )
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), action, mime, buttons, keys))
    return True


def surveyed(qtbot: QtBot, page: LibraryPage) -> BringPage:
    bringing = page.showing
    assert isinstance(bringing, BringPage)
    qtbot.waitUntil(bringing.report.isVisible)
    return bringing


def own_sets() -> list[str]:
    return [folder.name for folder in (find_folders().library / "sets").glob("*")]


def test_a_dropped_folder_is_looked_at_and_copied_once_agreed_to(
    qtbot: QtBot, library: LibraryPage, films: Path
) -> None:
    assert drop(library, films)
    bringing = surveyed(qtbot, library)
    assert own_sets() == []
    assert bringing.report.agree_button.text() == "Bring in 3 clips"
    assert bringing.report.left_out.isVisible()  # the film of no bytes
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.showing is library.browser)
    qtbot.waitUntil(lambda: len(library.browser.grid.entries) == 3)
    assert own_sets() == ["my-films"]
    assert library.browser.heading.said.startswith("3 clips")
    assert library.notice.message == "3 clips are in the library now."


def test_a_pattern_is_tried_while_it_is_typed(qtbot: QtBot, library: LibraryPage, films: Path) -> None:
    drop(library, films)
    bringing = surveyed(qtbot, library)
    way = bringing.report.way
    qtbot.waitUntil(lambda: way.menu.count() > 3)
    way.menu.setFocus()
    qtbot.keyClick(way.menu, Qt.Key.Key_Up)
    qtbot.keyClick(way.menu, Qt.Key.Key_Tab)
    way.pattern.setFocus()
    for letter in "{person}_{emotion}_*":
        qtbot.keyClick(way.pattern, letter)
    assert way.said.text() == "4 of the first 4 names follow it."
    qtbot.keyClick(way.pattern, Qt.Key.Key_Return)
    qtbot.waitUntil(bringing.report.labels.isVisible)
    assert list(bringing.report.labels.chosen) == ["joyful"]
    assert bringing.report.labels.chosen["joyful"] == "happiness"
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.browser.grid.entries) == 3)
    shown = {(entry.clip.person, entry.values[0]) for entry in library.browser.grid.entries}
    assert shown == {("ana", "fear"), ("ana", "happiness"), ("ben", "anger")}


def test_name_licence_and_consent_are_kept(qtbot: QtBot, library: LibraryPage, films: Path) -> None:
    drop(library, films)
    bringing = surveyed(qtbot, library)
    details = bringing.report.details
    details.name.selectAll()
    details.name.setFocus()
    for letter in "Session":
        qtbot.keyClick(details.name, letter)
    details.licence.setFocus()
    for letter in "own":
        qtbot.keyClick(details.licence, letter)
    bringing.report.agree_button.click()
    qtbot.waitUntil(lambda: own_sets() == ["session"])
    text = (find_folders().library / "sets" / "session" / "set.toml").read_text("utf-8")
    assert 'name = "Session"' in text
    assert 'licence = "own"' in text


def test_what_is_no_clip_is_said_and_something_else_can_be_chosen(
    qtbot: QtBot, library: LibraryPage, tmp_path: Path, films: Path
) -> None:
    (tmp_path / "letter.doc").write_text("Dear Ana")
    drop(library, tmp_path / "letter.doc")
    bringing = library.showing
    assert isinstance(bringing, BringPage)
    qtbot.waitUntil(bringing.choose.problem.isVisible)
    assert "letter.doc" in bringing.choose.problem.text()
    assert drop(library, films)
    assert surveyed(qtbot, library) is bringing


def test_films_dropped_together_make_one_set_of_all_of_them(
    qtbot: QtBot, library: LibraryPage, films: Path
) -> None:
    assert drop(library, *films.iterdir())
    bringing = surveyed(qtbot, library)
    assert bringing.queue.isHidden()
    assert bringing.report.details.name.text() == "My films"
    assert bringing.report.way.isVisible()
    qtbot.waitUntil(lambda: bringing.report.way.menu.count() > 3)
    assert bringing.report.agree_button.text() == "Bring in 3 clips"
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.browser.grid.entries) == 3)
    assert own_sets() == ["my-films"]
    assert library.notice.message == "3 clips are in the library now."


@pytest.fixture
def three(tmp_path: Path, films: Path) -> tuple[Path, Path, Path]:
    """A folder of films, a clip set and a letter."""
    shutil.copytree(EIGHT, tmp_path / "theirs")
    (tmp_path / "letter.doc").write_text("Dear Ana")
    return films, tmp_path / "letter.doc", tmp_path / "theirs"


def turn(qtbot: QtBot, bringing: BringPage, said: str) -> None:
    """Wait for the report on what the bar says."""
    qtbot.waitUntil(lambda: bringing.report.isVisible() and bringing.queue.said.startswith(said))


def test_unlike_things_come_one_after_the_other(
    qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]
) -> None:
    assert drop(library, *three)
    bringing = surveyed(qtbot, library)
    assert bringing.queue.said == "1 of 3: My films. Then: letter.doc, theirs"
    assert own_sets() == []
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    turn(qtbot, bringing, "2 of 3: letter.doc")
    assert "letter.doc" in bringing.report.problem.text()
    assert not bringing.report.details.isVisible()
    assert own_sets() == ["my-films"]
    assert library.notice.message == "3 clips are in the library now."
    assert bringing.report.other_button.text() == "Not this one"
    qtbot.keyClick(bringing.report.other_button, Qt.Key.Key_Return)
    turn(qtbot, bringing, "3 of 3: theirs")
    assert not bringing.queue.leave_button.isVisible()
    assert bringing.report.details.name.text() == "Eight clips"
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.showing is library.browser)
    assert sorted(own_sets()) == ["eight-clips", "my-films"]
    assert library.notice.message == "11 clips in 2 sets are in the library now."
    qtbot.waitUntil(lambda: len(library.browser.grid.entries) == 8)


def in_focus() -> QWidget:
    """Where the keys go."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_second_enter_agrees_to_nothing_that_was_not_seen(
    qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]
) -> None:
    films, letter, theirs = three
    drop(library, films, theirs, letter)
    bringing = surveyed(qtbot, library)
    for _ in range(2):
        qtbot.keyClick(in_focus(), Qt.Key.Key_Return)
    assert bringing.report.isVisible()
    qtbot.keyClick(in_focus(), Qt.Key.Key_Tab)
    assert bringing.report.agree_button.hasFocus()  # at once, whatever there is to fill in
    for _ in range(2):
        qtbot.keyClick(in_focus(), Qt.Key.Key_Return)
    turn(qtbot, bringing, "2 of 3: theirs")
    qtbot.keyClick(in_focus(), Qt.Key.Key_Return)
    assert bringing.report.isVisible()
    qtbot.keyClick(bringing.report.other_button, Qt.Key.Key_Return)
    turn(qtbot, bringing, "3 of 3: letter.doc")
    qtbot.keyClick(in_focus(), Qt.Key.Key_Return)
    assert library.showing is bringing
    assert own_sets() == ["my-films"]


def second_click(button: QPushButton) -> None:
    """What the window system makes of a press that follows quickly upon another."""
    place, left, nothing = QPointF(button.rect().center()), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in ((QEvent.Type.MouseButtonDblClick, left), (QEvent.Type.MouseButtonRelease, nothing)):
        there = button.mapToGlobal(place)
        QApplication.sendEvent(
            button, QMouseEvent(kind, place, there, left, held, Qt.KeyboardModifier.NoModifier)
        )


def test_a_double_click_agrees_once_and_refuses_once(
    qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]
) -> None:
    films, letter, theirs = three
    drop(library, films, theirs, letter)
    bringing = surveyed(qtbot, library)
    qtbot.mouseClick(bringing.report.agree_button, Qt.MouseButton.LeftButton)
    turn(qtbot, bringing, "2 of 3: theirs")
    second_click(bringing.report.agree_button)
    assert bringing.report.isVisible()
    qtbot.mouseClick(bringing.report.other_button, Qt.MouseButton.LeftButton)
    turn(qtbot, bringing, "3 of 3: letter.doc")
    second_click(bringing.report.other_button)
    assert library.showing is bringing
    assert own_sets() == ["my-films"]


def test_the_rest_can_be_left(qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]) -> None:
    drop(library, *three)
    bringing = surveyed(qtbot, library)
    bringing.queue.leave_button.setFocus()
    qtbot.keyClick(bringing.queue.leave_button, Qt.Key.Key_Return)
    assert bringing.queue.isHidden()
    assert bringing.report.isVisible()
    assert bringing.report.other_button.text() == "Something else…"
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.showing is library.browser)
    assert own_sets() == ["my-films"]


def test_what_nobody_wants_leaves_the_library_as_it_was(
    qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]
) -> None:
    drop(library, *three)
    bringing = surveyed(qtbot, library)
    for said in ("1 of 3", "2 of 3", "3 of 3"):
        turn(qtbot, bringing, said)
        qtbot.keyClick(bringing.report.other_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.showing is library.browser)
    assert own_sets() == []
    assert not library.notice.isVisible()


def test_what_was_brought_stays_where_somebody_leaves_before_the_last(
    qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]
) -> None:
    drop(library, *three)
    bringing = surveyed(qtbot, library)
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    turn(qtbot, bringing, "2 of 3")
    qtbot.keyClick(bringing.report.other_button, Qt.Key.Key_Escape)
    assert library.showing is library.browser
    qtbot.waitUntil(lambda: len(library.browser.grid.entries) == 3)
    assert own_sets() == ["my-films"]


@pytest.fixture
def looking_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_args: object, stopped: Callable[[], bool], **_more: object) -> None:
        while not stopped():
            threading.Event().wait(0.01)

    monkeypatch.setattr("attune.ui.library.bring.survey", look)


@pytest.mark.usefixtures("looking_for_ever")
def test_one_that_takes_long_to_look_at_can_be_passed_over(
    qtbot: QtBot, library: LibraryPage, three: tuple[Path, Path, Path]
) -> None:
    drop(library, *three)
    bringing = library.showing
    assert isinstance(bringing, BringPage)
    for said in ("1 of 3", "2 of 3"):
        qtbot.waitUntil(lambda said=said: bringing.queue.said.startswith(said))  # type: ignore[misc]
        assert bringing.working.stop_button.text() == "Not this one"
        qtbot.keyClick(in_focus(), Qt.Key.Key_Return)  # once too often for what stood there before
        assert bringing.queue.said.startswith(said)
        qtbot.keyClick(bringing.working.stop_button, Qt.Key.Key_Return)
    assert bringing.queue.said == "3 of 3: theirs"
    qtbot.keyClick(bringing.working.stop_button, Qt.Key.Key_Escape)
    assert library.showing is library.browser


def test_several_files_can_be_chosen_too(qtbot: QtBot, library: LibraryPage, films: Path) -> None:
    qtbot.mouseClick(library.browser.bring_button, Qt.MouseButton.LeftButton)
    bringing = library.showing
    assert isinstance(bringing, BringPage)
    qtbot.keyClick(bringing.choose.file_button, Qt.Key.Key_Return)
    (dialog,) = bringing.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(path) for path in films.glob("ana_*.webm")])
    dialog.reject()
    surveyed(qtbot, library)
    assert bringing.report.agree_button.text() == "Bring in 2 clips"


def test_the_button_asks_for_a_folder_and_escape_leads_back(
    qtbot: QtBot, library: LibraryPage, films: Path
) -> None:
    qtbot.mouseClick(library.browser.bring_button, Qt.MouseButton.LeftButton)
    bringing = library.showing
    assert isinstance(bringing, BringPage)
    assert bringing.choose.folder_button.hasFocus()
    qtbot.keyClick(bringing.choose.folder_button, Qt.Key.Key_Return)
    (dialog,) = bringing.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(films))
    dialog.reject()
    surveyed(qtbot, library)
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Escape)
    assert library.showing is library.browser
    assert own_sets() == []


@pytest.fixture
def copying_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def copy(*_args: object, stopped: Callable[[], bool], **_more: object) -> None:
        while not stopped():
            threading.Event().wait(0.01)

    monkeypatch.setattr("attune.ui.library.bring.bring_in", copy)


@pytest.mark.usefixtures("copying_for_ever")
def test_leaving_while_copying_is_asked_about(qtbot: QtBot, library: LibraryPage, films: Path) -> None:
    drop(library, films)
    bringing = surveyed(qtbot, library)
    bringing.report.agree_button.click()
    assert bringing.working.isVisible()
    assert not drop(library, films)
    qtbot.keyClick(bringing.working.stop_button, Qt.Key.Key_Escape)
    (question,) = bringing.findChildren(Question)
    assert library.showing is bringing
    qtbot.keyClick(question.yes, Qt.Key.Key_Return)
    assert library.showing is library.browser


@pytest.mark.usefixtures("copying_for_ever")
def test_stopping_keeps_nothing_and_shows_the_report_again(
    qtbot: QtBot, library: LibraryPage, films: Path
) -> None:
    drop(library, films)
    bringing = surveyed(qtbot, library)
    bringing.report.agree_button.click()
    qtbot.keyClick(bringing.working.stop_button, Qt.Key.Key_Return)
    assert bringing.report.isVisible()
    assert own_sets() == []


def test_a_clip_set_comes_as_it_is(qtbot: QtBot, library: LibraryPage, tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    shutil.copytree(EIGHT, folder)
    drop(library, folder)
    bringing = surveyed(qtbot, library)
    assert not bringing.report.way.isVisible()
    assert bringing.report.details.name.text() == "Eight clips"
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: own_sets() == ["eight-clips"])


@pytest.mark.slow  # loads the face model
def test_a_closer_look_leaves_out_what_cannot_be_played_and_keeps_what_was_written(
    qtbot: QtBot, library: LibraryPage, films: Path
) -> None:
    (films / "ben_fear_2.mp4").write_bytes(b"no film at all")
    drop(library, films)
    bringing = surveyed(qtbot, library)
    bringing.report.details.licence.setText("own")
    assert bringing.report.agree_button.text() == "Bring in 4 clips"
    qtbot.mouseClick(bringing.report.found.look_button, Qt.MouseButton.LeftButton)
    assert bringing.working.isVisible()
    qtbot.waitUntil(lambda: bringing.report.agree_button.text() == "Bring in 3 clips", timeout=60_000)
    assert bringing.report.isVisible()
    assert bringing.report.details.licence.text() == "own"
    assert not bringing.report.found.look_button.isVisible()


def test_a_spreadsheet_with_headings_of_its_own_is_asked_about(
    qtbot: QtBot, library: LibraryPage, films: Path
) -> None:
    table = films / "list.csv"
    table.write_text("Aufnahme;Was\nana_fear_1.webm;fear\nben_anger_1.webm;anger\n", "utf-8")
    drop(library, table)
    bringing = library.showing
    assert isinstance(bringing, BringPage)
    report = bringing.report
    qtbot.waitUntil(lambda: report.isVisible() and "file" in report.table.menus)
    assert report.problem.isVisible()
    assert not report.agree_button.isVisible()
    assert not report.table.read_button.isEnabled()
    for column in ("file", "emotion"):
        report.table.menus[column].setFocus()
        for _ in range(1 if column == "file" else 2):
            qtbot.keyClick(report.table.menus[column], Qt.Key.Key_Down)
    qtbot.keyClick(report.table.read_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: report.agree_button.text() == "Bring in 2 clips")
    qtbot.waitUntil(report.found.isVisible)
    qtbot.keyClick(report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.browser.grid.entries) == 2)
    assert {entry.values[0] for entry in library.browser.grid.entries} == {"fear", "anger"}
