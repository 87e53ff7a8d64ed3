"""Profiles through the real window, by keys: made, switched, locked, restored, deleted, looked at only."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from attune.app.folders import find_folders
from attune.app.profiles import Profiles
from attune.app.services import Services, make_services
from attune.app.settings import glance
from attune.ui.history import HistoryPage
from attune.ui.history.detail import Detail
from attune.ui.history.sessions import SessionsTopic
from attune.ui.profiles import ProfilesPage
from attune.ui.profiles.closed import ClosedPage
from attune.ui.profiles.form import Form
from attune.ui.profiles.notes import NoteForm
from attune.ui.profiles.reading import ReadingBar
from attune.ui.shell import Shell
from attune.ui.widgets.dialogs import Question

CONTROL = Qt.KeyboardModifier.ControlModifier
SECRET = "a quiet blue lamp"
PATIENCE_MS = 30_000  # a key is made slowly on purpose
Opener = Callable[..., Shell]
Practised = Callable[..., int]


def names() -> list[str]:
    return [profile.name for profile in Profiles(find_folders().profiles).all()]


def services_of(shell: Shell) -> Services:
    assert shell._services is not None
    return shell._services


def sessions_in(shell: Shell) -> int:
    return len(services_of(shell).history.sessions().result())


def profiles_page(qtbot: QtBot, shell: Shell) -> ProfilesPage:
    """Go there by keys and wait until everything is shown."""
    qtbot.waitUntil(lambda: shell.window.is_open, timeout=PATIENCE_MS)
    shell.window.activateWindow()  # a dialog that closes does not always do so
    qtbot.waitUntil(shell.window.isActiveWindow)
    qtbot.keyClick(shell.window, Qt.Key.Key_6, CONTROL)
    page = shell.window.page
    assert isinstance(page, ProfilesPage)
    open_name = services_of(shell).profile.name
    qtbot.waitUntil(lambda: open_name in page.people.rows and bool(page.passphrase.state.text()))
    return page


def press(qtbot: QtBot, button: QPushButton) -> None:
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def asked(qtbot: QtBot, kind: type[QDialog], parent: QWidget) -> QDialog:
    """The dialog of this kind that has come up."""
    qtbot.waitUntil(lambda: any(found.isVisible() for found in parent.findChildren(kind)))
    return next(found for found in parent.findChildren(kind) if found.isVisible())


def fill(qtbot: QtBot, form: QDialog, **values: str) -> None:
    """Type into the fields and press Enter in the last."""
    assert isinstance(form, Form)
    for name, value in values.items():
        form.fields[name].clear()
        qtbot.keyClicks(form.fields[name], value)
    qtbot.keyClick(form.fields[name], Qt.Key.Key_Return)


def agree(qtbot: QtBot, question: QDialog) -> None:
    assert isinstance(question, Question)
    press(qtbot, question.yes)


def closed_page(qtbot: QtBot, shell: Shell) -> ClosedPage:
    qtbot.waitUntil(lambda: isinstance(shell.window.page, ClosedPage), timeout=PATIENCE_MS)
    page = shell.window.page
    assert isinstance(page, ClosedPage)
    return page


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def reopened(qtbot: QtBot, shell: Shell, act: Callable[[], None]) -> None:
    """Do what closes the profile, and wait until one is open again."""
    before = services_of(shell)
    act()
    qtbot.waitUntil(
        lambda: shell._services is not None and shell._services is not before, timeout=PATIENCE_MS
    )


def make_profile(qtbot: QtBot, shell: Shell, name: str, passphrase: str = "") -> None:
    page = profiles_page(qtbot, shell)
    press(qtbot, page.people.new)
    form = asked(qtbot, Form, page)
    reopened(qtbot, shell, lambda: fill(qtbot, form, name=name, new=passphrase, again=passphrase))


def switch(qtbot: QtBot, shell: Shell, name: str) -> None:
    press(qtbot, profiles_page(qtbot, shell).people.rows[name].open)


# Names


def test_a_profile_is_made_and_opened_and_the_first_one_is_as_it_was(
    qtbot: QtBot, open_window: Opener, practised: Practised
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=2, answered=3)
    make_profile(qtbot, shell, "Ben")
    assert names() == ["Ben", "Me"]
    assert services_of(shell).profile.name == "Ben"
    assert "new profile is open" in shell.window.notice.message
    assert shell.window.windowTitle() == "Ben \N{EN DASH} Attune"
    assert sessions_in(shell) == 0
    reopened(qtbot, shell, lambda: switch(qtbot, shell, "Me"))
    assert sessions_in(shell) == 1
    shell = open_window()
    assert services_of(shell).profile.name == "Me"


def test_a_name_that_is_taken_is_told_before_anything_is_closed(qtbot: QtBot, open_window: Opener) -> None:
    shell = open_window()
    before = services_of(shell)
    page = profiles_page(qtbot, shell)
    press(qtbot, page.people.new)
    form = asked(qtbot, Form, page)
    fill(qtbot, form, name=" me ", new="", again="")
    assert form.isVisible()
    assert "called Me already" in said(form)
    fill(qtbot, form, name="Ben", new="a", again="b")
    assert "not the same" in said(form)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert services_of(shell) is before
    assert names() == ["Me"]


def test_the_open_profile_and_another_get_other_names(
    qtbot: QtBot, open_window: Opener, practised: Practised
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=1, answered=1)
    page = profiles_page(qtbot, shell)
    press(qtbot, page.people.rows["Me"].rename)
    form = asked(qtbot, Form, page)
    reopened(qtbot, shell, lambda: fill(qtbot, form, name="Ana"))
    assert (names(), sessions_in(shell)) == (["Ana"], 1)
    assert glance(find_folders().settings).profile == "Ana"
    make_profile(qtbot, shell, "Ben")
    page = profiles_page(qtbot, shell)
    press(qtbot, page.people.rows["Ana"].rename)
    fill(qtbot, asked(qtbot, Form, page), name="Client 7")
    qtbot.waitUntil(lambda: "Client 7" in page.people.rows)
    assert names() == ["Ben", "Client 7"]


# Passphrases


@pytest.mark.slow
def test_a_passphrase_is_asked_for_refused_and_accepted(
    qtbot: QtBot, open_window: Opener, practised: Practised
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=1, answered=2)
    page = profiles_page(qtbot, shell)
    press(qtbot, page.passphrase.set)
    form = asked(qtbot, Form, page)
    assert "nobody can open" in said(form)
    reopened(qtbot, shell, lambda: fill(qtbot, form, new=SECRET, again=SECRET))
    assert sessions_in(shell) == 1  # what was just set is not asked for

    shell = open_window(wait=False)
    page = closed_page(qtbot, shell)
    assert page.passphrase.hasFocus()
    assert "opens with its passphrase" in said(page)
    qtbot.keyClicks(page.passphrase, "a quiet blue lamb")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window.page is not page)
    page = closed_page(qtbot, shell)
    assert "does not open it" in said(page)
    assert page.passphrase.text() == ""
    qtbot.keyClicks(page.passphrase, SECRET)
    press(qtbot, page.open)
    qtbot.waitUntil(lambda: shell.window.is_open, timeout=PATIENCE_MS)
    assert sessions_in(shell) == 1


@pytest.mark.slow
def test_a_passphrase_is_changed_and_removed_and_a_wrong_one_changes_nothing(
    qtbot: QtBot, open_window: Opener
) -> None:
    shell = open_window()
    make_profile(qtbot, shell, "Ben", SECRET)
    page = profiles_page(qtbot, shell)
    press(qtbot, page.passphrase.change)
    form = asked(qtbot, Form, page)
    reopened(qtbot, shell, lambda: fill(qtbot, form, old="something else", new="b", again="b"))
    assert "does not open" in shell.window.notice.message
    page = profiles_page(qtbot, shell)
    press(qtbot, page.passphrase.change)
    form = asked(qtbot, Form, page)
    reopened(qtbot, shell, lambda: fill(qtbot, form, old=SECRET, new="b", again="b"))
    assert "is changed" in shell.window.notice.message
    page = profiles_page(qtbot, shell)
    press(qtbot, page.passphrase.remove)
    form = asked(qtbot, Form, page)
    reopened(qtbot, shell, lambda: fill(qtbot, form, old="b"))
    page = profiles_page(qtbot, shell)
    assert "without a passphrase" in page.passphrase.state.text()


def test_switching_to_a_locked_profile_asks_and_leaves_the_way_back(
    qtbot: QtBot, open_window: Opener
) -> None:
    shell = open_window()
    make_profile(qtbot, shell, "Ben", SECRET)
    reopened(qtbot, shell, lambda: switch(qtbot, shell, "Me"))
    switch(qtbot, shell, "Ben")
    page = closed_page(qtbot, shell)
    assert not shell.window.navigation.button("history").isEnabled()
    press(qtbot, page.others["Me"])
    qtbot.waitUntil(lambda: shell.window.is_open, timeout=PATIENCE_MS)
    assert services_of(shell).profile.name == "Me"


# Backups


@pytest.mark.parametrize(
    ("kept", "sentence"), [(100, "is damaged"), (16, "cannot be read"), (0, "gone or empty")]
)
def test_a_damaged_history_offers_its_backups_and_one_is_restored(
    qtbot: QtBot, open_window: Opener, practised: Practised, kept: int, sentence: str
) -> None:
    services = make_services()
    practised(services, agreed=1, answered=2)
    services.history.back_up().result()
    file = services.profile.file
    services.close()
    file.write_bytes(file.read_bytes()[:kept] + b"\xff" * (5000 if kept else 0))

    shell = open_window(wait=False)
    page = closed_page(qtbot, shell)
    assert len(page.backups.buttons) == 1
    assert page.backups.buttons[0].hasFocus()
    assert sentence in said(page)
    press(qtbot, page.backups.buttons[0])
    qtbot.waitUntil(lambda: shell.window.is_open, timeout=PATIENCE_MS)
    assert sessions_in(shell) == 1
    assert "backup is restored" in shell.window.notice.message


def test_a_backup_to_a_file_and_back(
    qtbot: QtBot, open_window: Opener, practised: Practised, tmp_path: Path
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=1, answered=2)
    page = profiles_page(qtbot, shell)
    press(qtbot, page.backups.save)
    choose(qtbot, page, tmp_path / "mine.sqlite3")
    qtbot.waitUntil(lambda: "mine.sqlite3" in page.backups.said.text())
    practised(services_of(shell), agreed=1, answered=2, day=1)
    press(qtbot, page.backups.open)
    choose(qtbot, page, tmp_path / "mine.sqlite3")
    question = asked(qtbot, Question, page)
    assert "mine.sqlite3" in said(question)
    reopened(qtbot, shell, lambda: agree(qtbot, question))
    assert sessions_in(shell) == 1


def choose(qtbot: QtBot, page: QWidget, file: Path) -> None:
    """As if the file had been chosen; the system's own dialog is not ours to test."""
    dialog = asked(qtbot, QFileDialog, page)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()


# Taking along


@pytest.mark.parametrize("way", ["csv", "json"])
def test_everything_is_taken_along_and_taken_in_with_a_report(
    qtbot: QtBot, open_window: Opener, practised: Practised, tmp_path: Path, way: str
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=2, answered=3)
    page = profiles_page(qtbot, shell)
    press(qtbot, getattr(page.exchange, way))
    choose(qtbot, page, tmp_path / "mine")
    qtbot.waitUntil(lambda: "mine" in page.exchange.said.text())
    make_profile(qtbot, shell, "Ben")
    page = profiles_page(qtbot, shell)
    for known in ("", "already: 1"):
        page.exchange.said.clear()
        press(qtbot, page.exchange.take_folder if way == "csv" else page.exchange.take_file)
        choose(qtbot, page, tmp_path / "mine")
        qtbot.waitUntil(lambda: "Taken in" in page.exchange.said.text())
        assert known in page.exchange.said.text()
    assert sessions_in(shell) == 1


# Notes


def test_notes_are_written_found_changed_and_deleted(qtbot: QtBot, open_window: Opener) -> None:
    shell = open_window()
    page = profiles_page(qtbot, shell)
    for count, words in enumerate(("Slept badly, tired", "Fear and surprise are apart now"), start=1):
        press(qtbot, page.notes.add)
        write(qtbot, page, words)
        qtbot.waitUntil(lambda count=count: len(page.notes.lines) == count)
    qtbot.keyClicks(page.notes.search, "BADLY")
    assert [line.note.text for line in page.notes.lines] == ["Slept badly, tired"]
    press(qtbot, page.notes.lines[0].edit)
    write(qtbot, page, "Slept badly, rested now")
    qtbot.waitUntil(lambda: [n.note.text for n in page.notes.lines] == ["Slept badly, rested now"])
    press(qtbot, page.notes.lines[0].delete)
    agree(qtbot, asked(qtbot, Question, page))
    qtbot.waitUntil(lambda: "No note" in page.notes.state.text())
    page.notes.search.clear()
    assert [line.note.text for line in page.notes.lines] == ["Fear and surprise are apart now"]


def write(qtbot: QtBot, page: QWidget, words: str) -> None:
    form = asked(qtbot, NoteForm, page)
    assert isinstance(form, NoteForm)
    form.field.selectAll()
    qtbot.keyClicks(form.field, words)
    press(qtbot, form.yes)


# Deleting


def test_a_day_is_deleted_after_saying_what_will_be_gone(
    qtbot: QtBot, open_window: Opener, practised: Practised
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=1, answered=4)
    page = profiles_page(qtbot, shell)
    qtbot.waitUntil(page.deleting.delete_day.isEnabled)
    press(qtbot, page.deleting.delete_day)
    question = asked(qtbot, Question, page)
    assert "Sessions: 1, answers: 4" in said(question)
    agree(qtbot, question)
    qtbot.waitUntil(lambda: not page.deleting.delete_day.isEnabled())
    assert sessions_in(shell) == 0


def test_a_profile_is_deleted_whether_it_is_open_or_not(
    qtbot: QtBot, open_window: Opener, practised: Practised
) -> None:
    shell = open_window()
    practised(services_of(shell), agreed=1, answered=4)
    make_profile(qtbot, shell, "Ana", SECRET)
    make_profile(qtbot, shell, "Ben")
    page = profiles_page(qtbot, shell)
    press(qtbot, page.people.rows["Ana"].delete)
    agree(qtbot, asked(qtbot, Question, page))
    qtbot.waitUntil(lambda: "Ana" not in page.people.rows)
    assert names() == ["Ben", "Me"]
    press(qtbot, page.people.rows["Ben"].delete)
    question = asked(qtbot, Question, page)
    qtbot.keyClick(question, Qt.Key.Key_Return)  # keeping it is what Enter means
    assert names() == ["Ben", "Me"]
    press(qtbot, page.people.rows["Ben"].delete)
    question = asked(qtbot, Question, page)
    reopened(qtbot, shell, lambda: agree(qtbot, question))
    assert (names(), sessions_in(shell)) == (["Me"], 1)


def test_deleting_everything_leaves_nothing(
    qtbot: QtBot, open_window: Opener, practised: Practised, home: Path
) -> None:
    shell = open_window()
    services = services_of(shell)
    session = practised(services, agreed=1, answered=4)
    assert session
    services.history.back_up().result()
    services.settings.change(trials=20).result()
    make_profile(qtbot, shell, "Ben")
    page = profiles_page(qtbot, shell)
    press(qtbot, page.deleting.delete_all)
    question = asked(qtbot, Question, page)
    assert "Ben, Me" in said(question)
    reopened(qtbot, shell, lambda: agree(qtbot, question))
    assert (names(), sessions_in(shell)) == (["Me"], 0)
    assert services_of(shell).settings.current.trials == 10
    held = [file for file in home.rglob("*") if file.is_file() and b"fear.webm" in file.read_bytes()]
    assert not held


# A second window


def session_opened(qtbot: QtBot, shell: Shell) -> Detail:
    """The first session in History, opened by keys."""
    shell.window.show_page("history")
    page = shell.window.page
    assert isinstance(page, HistoryPage)
    page.go("sessions")
    qtbot.waitUntil(lambda: page.topic is not None)
    topic = page.topic
    assert isinstance(topic, SessionsTopic)
    qtbot.waitUntil(topic.all.table.isVisible)
    topic.all.table.setFocus()
    qtbot.keyClick(topic.all.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: topic.currentWidget() is topic.detail)
    return topic.detail


def test_a_second_window_says_that_it_only_reads(
    qtbot: QtBot, open_window: Opener, practised: Practised
) -> None:
    first = make_services()
    try:
        practised(first, agreed=1, answered=1)
        shell = open_window()
        bar = shell.window.findChild(ReadingBar)
        assert isinstance(bar, ReadingBar)
        qtbot.waitUntil(bar.isVisible)
        assert "nothing changed" in bar.sentence.text()
        page = profiles_page(qtbot, shell)
        assert sessions_in(shell) == 1
        mine = page.people.rows["Me"]
        qtbot.waitUntil(lambda: page.passphrase.set.isVisible() and not page.deleting.delete_day.isEnabled())
        greyed = (
            *(page.notes.add, page.exchange.take_file, page.exchange.take_folder, page.passphrase.set),
            *(
                page.deleting.delete_day,
                page.deleting.delete_all,
                page.backups.open,
                mine.rename,
                mine.delete,
            ),
        )
        for button in greyed:
            assert not button.isEnabled(), button.text()
            assert "Another window" in button.toolTip() == button.accessibleDescription()
        assert page.backups.save.isEnabled()
        assert page.people.new.isEnabled()
        delete = session_opened(qtbot, shell).delete
        assert not delete.isEnabled()
        assert "Another window" in delete.toolTip()
    finally:
        first.close()
    reopened(qtbot, shell, lambda: press(qtbot, bar.again))
    qtbot.waitUntil(lambda: shell.window.findChild(ReadingBar) is None)
    assert profiles_page(qtbot, shell).notes.add.isEnabled()


def test_everything_on_the_page_has_a_name_and_takes_the_keyboard(qtbot: QtBot, open_window: Opener) -> None:
    page = profiles_page(qtbot, open_window())
    shown = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert all(button.accessibleName() or button.text() for button in shown)
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in shown)
    assert QApplication.focusWidget() is not None
