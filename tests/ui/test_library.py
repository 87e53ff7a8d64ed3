"""The Library: sets as pictures, looked through, searched, played, removed; through the real window."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from attune.app.folders import find_folders
from attune.app.gallery import Facet
from attune.app.services import Services, make_services
from attune.ui.library import LibraryPage
from attune.ui.library.bring import BringPage
from attune.ui.practice import PracticePage
from attune.ui.shell import Shell
from attune.ui.widgets.dialogs import Question
from tests.films import EIGHT, carried

CONTROL = Qt.KeyboardModifier.ControlModifier
Opener = Callable[..., Shell]
Shelf = Callable[..., Path]
CARRIED = len(carried().clips)


@pytest.fixture
def shelf(home: object) -> Shelf:
    """Put a set on the person's shelf: clips of Attune's own, under another name."""

    def put(name: str, clips: int = 8, *, people: str = "rendered") -> Path:
        folder = find_folders().library / "sets" / name.lower()
        rows = (EIGHT / "clips.csv").read_text("utf-8").splitlines()[: clips + 1]
        (folder / "media").mkdir(parents=True)
        (folder / "truth").mkdir()
        for row in rows[1:]:
            cells = row.split(",")
            for file in (cells[0], cells[9]):
                shutil.copy(EIGHT / file, folder / file)
        (folder / "clips.csv").write_text("\n".join(rows) + "\n", "utf-8")
        (folder / "set.toml").write_text(
            f'name = "{name}"\npeople = "{people}"\nlicence = "CC BY 4.0"\n', "utf-8"
        )
        return folder

    return put


def open_library(qtbot: QtBot, shell: Shell, own: int = 0) -> LibraryPage:
    qtbot.waitExposed(shell.window)
    qtbot.keyClick(shell.window, Qt.Key.Key_4, CONTROL)
    page = shell.window.page
    assert isinstance(page, LibraryPage)
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == CARRIED + own)
    return page


def type_keys(qtbot: QtBot, letters: str) -> None:
    for letter in letters:
        qtbot.keyClick(QApplication.focusWidget(), letter)


def emotions(page: LibraryPage) -> set[str]:
    return {entry[Facet.EMOTION] for entry in page.browser.grid.entries}


def test_the_set_attune_carries_is_there_at_once(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    people = {clip.person for clip in carried().clips}
    assert page.browser.grid.hasFocus()
    assert page.browser.heading.said.startswith(f"{CARRIED} clips · {len(people)} people")
    assert page.browser.invitation.isVisible()
    assert not page.browser.doing.action("remove_set").isEnabled()


def test_letters_search_and_escape_leads_back(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    type_keys(qtbot, "fea")
    search = page.browser.filters.search
    assert search.hasFocus()
    assert search.text() == "fea"
    found = [entry.clip for entry in page.browser.grid.entries]
    assert all("fear" in clip.references[0].labels for clip in found)
    assert page.browser.heading.said.startswith(f"{len(found)} of {CARRIED} clips")
    type_keys(qtbot, "r esi")
    assert {entry.clip.person for entry in page.browser.grid.entries} == {"Esi"}
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert len(page.browser.grid.entries) == CARRIED
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert page.browser.grid.hasFocus()


def test_nothing_that_fits_is_said_and_everything_comes_back(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    type_keys(qtbot, "zebra")
    assert page.browser.nothing.isVisible()
    qtbot.mouseClick(page.browser.nothing.all_button, Qt.MouseButton.LeftButton)
    assert page.browser.grid.isVisible()
    assert len(page.browser.grid.entries) == CARRIED


def test_ticks_choose_emotions_and_stay_while_people_are_ticked(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    chip = page.browser.filters.chips[Facet.EMOTION]
    ticks = {action.text().split("  ")[0]: action for action in chip.choices.actions()}
    for name in ("Fear", "Anger"):
        ticks[name].trigger()
    assert emotions(page) == {"fear", "anger"}
    assert chip.text() == "Anger +1"
    people = page.browser.filters.chips[Facet.PERSON]
    people.choices.actions()[0].trigger()
    assert len({entry.clip.person for entry in page.browser.grid.entries}) == 1
    assert emotions(page) == {"fear", "anger"}
    qtbot.mouseClick(page.browser.filters.all_button, Qt.MouseButton.LeftButton)
    assert len(page.browser.grid.entries) == CARRIED
    assert not chip.isChecked()


def test_arrows_move_and_enter_plays_in_the_page(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    grid = page.browser.grid
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    preview = page.browser.preview
    assert preview is not None
    assert preview.isVisible()
    assert preview.entry is grid.entries[1]
    qtbot.waitUntil(lambda: preview.stage.player.playing and preview.stage.player.frame is not None)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert not preview.stage.player.playing
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert preview.entry is grid.entries[2]
    qtbot.waitUntil(lambda: preview.stage.player.playing)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert not preview.stage.player.playing
    assert grid.hasFocus()


def test_pictures_come_and_are_kept_on_the_disk(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    clip = next(entry.clip for entry in page.browser.grid.entries if entry.clip.apex_s is not None)
    qtbot.waitUntil(lambda: page.browser.pictures.of(clip) is not None)
    (kept,) = find_folders().thumbnails.glob(f"{clip.content_hash}*")
    assert clip.apex_s is not None
    assert kept.name.endswith(f"-{clip.apex_s * 1000:.0f}.jpg")  # the moment at which it is strongest


def test_a_film_that_is_gone_has_a_sign_instead(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    folder = shelf("Mine")
    page = open_library(qtbot, open_window(), own=8)
    page.browser.sets.choose(folder)
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == 8)
    clip = page.browser.grid.entries[7].clip
    shutil.rmtree(find_folders().thumbnails, ignore_errors=True)
    page.browser.pictures.forget()
    clip.file.write_bytes(b"not a film")
    page.browser.grid.viewport().update()
    qtbot.waitUntil(lambda: page.browser.pictures.unseen(clip))


def test_sets_are_listed_and_chosen_by_key(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    shelf("Mine")
    page = open_library(qtbot, open_window(), own=8)
    assert not page.browser.invitation.isVisible()
    sets = page.browser.sets.list
    assert [sets.item(place).text() for place in range(sets.count())] == ["All clips", "Starter set", "Mine"]
    assert page.browser.chosen_set is None
    sets.setFocus()
    qtbot.keyClick(sets, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == 8)
    assert page.browser.chosen_set is not None
    assert page.browser.chosen_set.name == "Mine"
    assert "CC BY 4.0" in page.browser.heading.said


def test_a_damaged_set_says_what_to_do_and_opens_once_mended(
    qtbot: QtBot, open_window: Opener, shelf: Shelf
) -> None:
    folder = shelf("Mine")
    table = (folder / "clips.csv").read_text("utf-8")
    (folder / "clips.csv").write_text(table.replace("happiness,1", "hapiness,1"), "utf-8")
    page = open_library(qtbot, open_window())
    page.browser.sets.choose(folder)
    trouble = page.browser.trouble
    qtbot.waitUntil(trouble.isVisible)
    assert not page.browser.heading.practise_button.isVisible()
    (folder / "clips.csv").write_text(table, "utf-8")
    qtbot.mouseClick(trouble.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == 8)
    assert not trouble.isVisible()


def test_a_set_is_removed_once_that_is_agreed_to(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    folder = shelf("Mine")
    page = open_library(qtbot, open_window(), own=8)
    page.browser.sets.choose(folder)
    qtbot.waitUntil(lambda: page.browser.chosen_set is not None)
    page.browser.doing.action("remove_set").trigger()
    (question,) = page.findChildren(Question)
    assert question.no.hasFocus() or question.no.isDefault()
    qtbot.keyClick(question.yes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.browser.sets.list.count() == 1)
    assert not folder.exists()
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == CARRIED)


def test_a_click_chooses_and_a_second_opens(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    grid = page.browser.grid
    cell = grid.gridSize()
    place = QPoint(cell.width() + cell.width() // 2, cell.height() // 2)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.chosen == (grid.entries[1],)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.browser.preview is not None
    assert page.browser.preview.isVisible()


def test_a_narrow_window_has_a_menu_of_the_sets(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    shelf("Mine")
    shell = open_window()
    shell.window.resize(900, 600)
    page = open_library(qtbot, shell, own=8)
    assert not page.browser.sets.list.isVisible()
    menu = page.browser.sets.menu
    assert menu.isVisible()
    menu.setFocus()
    qtbot.keyClick(menu, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: len(page.browser.grid.entries) == 8)


def test_practising_with_a_set_of_ones_own(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    folder = shelf("Mine")
    services: list[Services] = []

    def make() -> Services:
        services.append(make_services())
        return services[0]

    shell = open_window(make)
    page = open_library(qtbot, shell, own=8)
    page.browser.sets.choose(folder)
    qtbot.waitUntil(page.browser.heading.practise_button.isVisible)
    qtbot.mouseClick(page.browser.heading.practise_button, Qt.MouseButton.LeftButton)
    practice = shell.window.page
    assert isinstance(practice, PracticePage)
    sets = practice.start.sets
    qtbot.waitUntil(sets.isVisible)
    qtbot.waitUntil(lambda: sets.menu.currentText() == "Mine")
    qtbot.waitUntil(practice.start.begin_button.isEnabled)
    qtbot.mouseClick(practice.start.begin_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: practice.showing is practice.trial)
    (kept,) = services[0].history.sessions().result()
    assert kept.session.clip_set == "Mine"


def test_a_set_that_went_away_leaves_attunes_own(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    folder = shelf("Mine")
    shell = open_window()
    page = open_library(qtbot, shell, own=8)
    page.browser.sets.choose(folder)
    qtbot.waitUntil(page.browser.heading.practise_button.isVisible)
    qtbot.mouseClick(page.browser.heading.practise_button, Qt.MouseButton.LeftButton)
    shutil.rmtree(folder)
    again = open_window()
    practice = again.window.page
    assert isinstance(practice, PracticePage)
    qtbot.waitUntil(practice.start.begin_button.isEnabled)
    assert not practice.start.sets.isVisible()


def test_a_set_is_saved_as_one_file_and_brought_in_again(
    qtbot: QtBot, open_window: Opener, shelf: Shelf, tmp_path: Path
) -> None:
    folder = shelf("Mine")
    page = open_library(qtbot, open_window(), own=8)
    page.browser.sets.choose(folder)
    qtbot.waitUntil(lambda: page.browser.chosen_set is not None)
    page.browser.doing.action("pack").trigger()
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "attune"
    dialog.fileSelected.emit(str(tmp_path / "mine.attune"))
    dialog.reject()
    packing, focus = page.showing, page.window().focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)  # once more than the dialog needed
    assert page.showing is packing is not page.browser
    qtbot.waitUntil(lambda: str(tmp_path / "mine.attune") in page.notice.message)
    assert page.showing is page.browser
    page.bring(tmp_path / "mine.attune")
    bringing = page.showing
    assert isinstance(bringing, BringPage)
    qtbot.waitUntil(bringing.report.isVisible)
    qtbot.keyClick(bringing.report.agree_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.browser.sets.list.count() == 4)
    copies = [each for each in folder.parent.iterdir() if each != folder]
    assert [(copy / "clips.csv").read_bytes() for copy in copies] == [(folder / "clips.csv").read_bytes()]


def test_clips_are_taken_out_once_that_is_agreed_to(qtbot: QtBot, open_window: Opener, shelf: Shelf) -> None:
    folder = shelf("Mine")
    page = open_library(qtbot, open_window(), own=8)
    page.browser.sets.choose(folder)
    grid = page.browser.grid
    qtbot.waitUntil(lambda: len(grid.entries) == 8)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert not page.findChildren(Question)  # none is chosen
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    gone = [entry.clip.file for entry in grid.chosen]
    assert len(gone) == 2
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    (question,) = page.findChildren(Question)
    qtbot.keyClick(question.yes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(grid.entries) == 6)
    assert not any(file.exists() for file in gone)
    assert len(list((folder / "media").iterdir())) == 6


def test_a_resting_pointer_has_the_clip_play_in_its_place(qtbot: QtBot, open_window: Opener) -> None:
    shell = open_window()
    shell.theme.choose(motion=True)
    page = open_library(qtbot, shell)
    grid, hover = page.browser.grid, page.browser.hover
    place = QPoint(grid.gridSize().width() // 2, grid.gridSize().height() // 2)
    qtbot.mouseMove(grid.viewport(), place)
    assert hover.waiting
    qtbot.waitUntil(lambda: "player" in vars(hover) and hover.player.frame is not None)
    qtbot.mouseMove(grid.viewport(), place + QPoint(grid.gridSize().width(), 0))
    assert not hover.player.playing
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert not hover.allowed  # the film beside the pictures plays by itself
    shell.theme.choose(motion=False)


def test_nothing_plays_under_the_pointer_where_things_are_to_keep_still(
    qtbot: QtBot, open_window: Opener
) -> None:
    shell = open_window()
    shell.theme.choose(motion=False)
    page = open_library(qtbot, shell)
    grid = page.browser.grid
    qtbot.mouseMove(grid.viewport(), QPoint(grid.gridSize().width() // 2, grid.gridSize().height() // 2))
    assert not page.browser.hover.waiting


def test_searching_goes_on_while_a_film_plays(qtbot: QtBot, open_window: Opener) -> None:
    page = open_library(qtbot, open_window())
    qtbot.keyClick(page.browser.grid, Qt.Key.Key_Return)
    preview = page.browser.preview
    assert preview is not None
    type_keys(qtbot, "fe")
    assert page.browser.filters.search.hasFocus()
    assert preview.entry is page.browser.grid.entries[0]
    assert preview.entry[Facet.EMOTION] == "fear"
    type_keys(qtbot, "x")
    assert not preview.isVisible()
    assert page.browser.filters.search.hasFocus()
