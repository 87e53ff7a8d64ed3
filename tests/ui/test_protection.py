"""Consent and withdrawal through the real window, by keys: asked, written down, taken back, all gone."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from attune.app.consent import Purpose
from attune.app.folders import find_folders
from attune.clips.clip_set import load_clip_set
from attune.resources import asset
from attune.ui.library import LibraryPage
from attune.ui.library.consent import ConsentForm
from attune.ui.library.protection import PersonLine, ProtectionPage
from attune.ui.library.withdrawal import ListPage, WithdrawalPage
from attune.ui.shell import Shell
from tests.app.filmed import agreed, film_hash, filmed_set
from tests.app.withdrawing import traces_of

CONTROL = Qt.KeyboardModifier.ControlModifier
RAFD = "Scientific research only; use in treatment and commercial use are refused"
PATIENCE_MS = 30_000  # however busy the computer is
Opener = Callable[..., Shell]


@pytest.fixture
def folder(home: Path) -> Path:
    """Annabella agreed until yesterday, Benedict to all; nobody asked Cem."""
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - as the window counts it
    return filmed_set(
        find_folders().library / "sets" / "evenings",
        {"Annabella": 2, "Benedict": 1, "Cem": 1},
        consent=(agreed("Annabella", delete_by=yesterday), agreed("Benedict")),
        licence=RAFD,
    )


def press(qtbot: QtBot, button: QPushButton) -> None:
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


P = TypeVar("P", bound=QWidget)


def shows(qtbot: QtBot, page: LibraryPage, kind: type[P]) -> P:
    """What is shown in the Library, once it is this."""
    qtbot.waitUntil(lambda: isinstance(page.showing, kind), timeout=PATIENCE_MS)
    assert isinstance(page.showing, kind)
    return page.showing


def library_page(qtbot: QtBot, shell: Shell, folder: Path) -> LibraryPage:
    """The Library, by its key, with the set chosen."""
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(shell.window, Qt.Key.Key_4, CONTROL)
    page = shell.window.page
    assert isinstance(page, LibraryPage)
    page.browser.choose(folder)
    qtbot.waitUntil(
        lambda: page.browser.chosen_set is not None and page.browser.chosen_set.folder == folder,
        timeout=PATIENCE_MS,
    )
    return page


def people_page(qtbot: QtBot, shell: Shell, folder: Path) -> tuple[LibraryPage, ProtectionPage]:
    page = library_page(qtbot, shell, folder)
    page.browser.doing.action("protection").trigger()
    return page, shows(qtbot, page, ProtectionPage)


def line_of(page: ProtectionPage, person: str) -> PersonLine:
    return next(line for line in page.people.lines if line.standing.person == person)


def test_whoever_opens_a_set_sees_how_it_stands(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    page, people = people_page(qtbot, open_window(), folder)
    assert "ended" in line_of(people, "Annabella").said.text()
    assert "Agreed on" in line_of(people, "Benedict").said.text()
    assert "No consent" in line_of(people, "Cem").said.text()
    refused = [label.text() for label in people.licence.findChildren(QWidget) if hasattr(label, "text")]
    assert any("treatment" in said for said in refused)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.showing is page.browser


def test_what_ends_is_said_above_the_pictures(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    page = library_page(qtbot, open_window(), folder)
    qtbot.waitUntil(page.browser.endings.isVisible, timeout=PATIENCE_MS)
    assert "Annabella" in page.browser.endings.said.text()
    press(qtbot, page.browser.endings.button)
    shows(qtbot, page, ProtectionPage)


def test_consent_is_asked_use_by_use_and_written_into_the_set(
    qtbot: QtBot, open_window: Opener, folder: Path
) -> None:
    page, people = people_page(qtbot, open_window(), folder)
    press(qtbot, line_of(people, "Cem").consent)
    form = shows(qtbot, page, ConsentForm)
    press(qtbot, form.yes)
    assert form.problem.isVisible()  # nothing was ticked
    for purpose in (Purpose.PLAYBACK, Purpose.TRAINING):
        form.uses[purpose].setFocus()
        qtbot.keyClick(form.uses[purpose], Qt.Key.Key_Space)
    form.delete_by.clear()
    qtbot.keyClicks(form.delete_by, "soon")
    press(qtbot, form.yes)
    assert "soon" in form.problem.text()
    form.delete_by.clear()
    qtbot.keyClicks(form.delete_by, "2999-12-31")
    press(qtbot, form.yes)
    shows(qtbot, page, ProtectionPage)
    qtbot.waitUntil(lambda: "Agreed on" in line_of(people, "Cem").said.text(), timeout=PATIENCE_MS)
    kept = load_clip_set(folder).consent[-1]
    assert (kept.person, kept.purposes, kept.delete_by) == (
        "Cem",
        (Purpose.PLAYBACK, Purpose.TRAINING),
        date(2999, 12, 31),
    )


def test_whoever_says_no_is_asked_nothing_more(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    before = load_clip_set(folder).consent
    page, people = people_page(qtbot, open_window(), folder)
    press(qtbot, line_of(people, "Cem").consent)
    press(qtbot, shows(qtbot, page, ConsentForm).no)
    shows(qtbot, page, ProtectionPage)
    assert load_clip_set(folder).consent == before


def test_a_withdrawal_shows_what_goes_then_what_is_gone(
    qtbot: QtBot, open_window: Opener, folder: Path, home: Path, tmp_path: Path
) -> None:
    page, people = people_page(qtbot, open_window(), folder)
    press(qtbot, line_of(people, "Annabella").withdraw)
    asking = shows(qtbot, page, WithdrawalPage)
    qtbot.waitUntil(asking.yes.isEnabled, timeout=PATIENCE_MS)
    assert traces_of(home, "Annabella")
    assert sum("Clip" in line for line in asking.list.lines) == 2
    press(qtbot, asking.yes)
    gone = shows(qtbot, page, ListPage)
    assert traces_of(home, "Annabella", film_hash("Annabella", 0)) == []
    target = tmp_path / "list.txt"
    press(qtbot, gone.save)
    dialog = gone.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(target.is_file, timeout=PATIENCE_MS)
    assert "media/Annabella-1.mp4" in target.read_text("utf-8")
    press(qtbot, gone.put_away)
    shows(qtbot, page, ProtectionPage)
    qtbot.waitUntil(
        lambda: [line.standing.person for line in people.people.lines] == ["Benedict", "Cem"],
        timeout=PATIENCE_MS,
    )


def test_a_withdrawal_may_be_thought_better_of(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    page, people = people_page(qtbot, open_window(), folder)
    press(qtbot, line_of(people, "Annabella").withdraw)
    press(qtbot, shows(qtbot, page, WithdrawalPage).no)
    shows(qtbot, page, ProtectionPage)
    assert len(load_clip_set(folder).clips) == 4


def test_the_same_name_elsewhere_is_offered_not_assumed(
    qtbot: QtBot, open_window: Opener, folder: Path
) -> None:
    other = filmed_set(folder.parent / "mornings", {"Dia": 1})
    table = (other / "clips.csv").read_text("utf-8")
    (other / "clips.csv").write_text(table.replace(",Dia,", ",Annabella,"), "utf-8")
    page, people = people_page(qtbot, open_window(), folder)
    press(qtbot, line_of(people, "Annabella").withdraw)
    asking = shows(qtbot, page, WithdrawalPage)
    qtbot.waitUntil(lambda: list(asking.others) == [other], timeout=PATIENCE_MS)
    qtbot.waitUntil(asking.yes.isEnabled, timeout=PATIENCE_MS)
    assert not any("mornings" in line for line in asking.list.lines)
    asking.others[other].setFocus()
    qtbot.keyClick(asking.others[other], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any("mornings" in line for line in asking.list.lines), timeout=PATIENCE_MS)
    press(qtbot, asking.yes)
    shows(qtbot, page, ListPage)
    assert not other.exists()


def test_a_list_nobody_put_away_is_there_after_the_next_start(
    qtbot: QtBot, open_window: Opener, folder: Path
) -> None:
    page, people = people_page(qtbot, open_window(), folder)
    press(qtbot, line_of(people, "Annabella").withdraw)
    asking = shows(qtbot, page, WithdrawalPage)
    qtbot.waitUntil(asking.yes.isEnabled, timeout=PATIENCE_MS)
    press(qtbot, asking.yes)
    shows(qtbot, page, ListPage)
    page = library_page(qtbot, open_window(), folder)
    qtbot.waitUntil(page.browser.endings.isVisible, timeout=PATIENCE_MS)
    assert "withdrew" in page.browser.endings.said.text()
    press(qtbot, page.browser.endings.button)
    press(qtbot, shows(qtbot, page, ListPage).put_away)
    qtbot.waitUntil(lambda: page.showing is page.browser, timeout=PATIENCE_MS)


def test_the_labels_of_all_sets_are_saved_as_one_table(
    qtbot: QtBot, open_window: Opener, folder: Path, tmp_path: Path
) -> None:
    page = library_page(qtbot, open_window(), folder)
    carried = sum(max(1, len(clip.references)) for clip in load_clip_set(asset("clips", "starter")).clips)
    for action, target, rows in (("table", "one.csv", 4), ("tables", "all.csv", 4 + carried)):
        page.browser.doing.action(action).trigger()
        dialog = next(each for each in page.findChildren(QFileDialog) if each.isVisible())
        dialog.fileSelected.emit(str(tmp_path / target))
        dialog.close()
        qtbot.waitUntil(lambda rows=rows: page.notice.message.startswith(f"{rows} rows"), timeout=PATIENCE_MS)
        assert (tmp_path / target).read_bytes().count(b"\n") == rows + 1
