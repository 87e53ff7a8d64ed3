"""A set is locked, opened, played and unlocked through the real window, by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from attune import sealing
from attune.app.folders import find_folders
from attune.app.library import is_locked
from attune.sealing import SealedPath
from attune.ui.library import LibraryPage
from attune.ui.profiles.form import Form
from attune.ui.shell import Shell
from attune.ui.video.player import ClipPlayer
from tests.app.filmed import filmed_set
from tests.app.locking import CHEAP, SECRET
from tests.app.withdrawing import traces_of
from tests.films import film
from tests.ui.test_profiles import asked, fill
from tests.ui.test_protection import PATIENCE_MS, library_page, press

Opener = Callable[..., Shell]
FILM = film("happiness")


@pytest.fixture
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sealing, "COST", CHEAP)
    made = filmed_set(find_folders().library / "sets" / "evenings", {"Annabella": 2})
    (made / "media" / "Annabella-0.mp4").write_bytes(FILM.read_bytes())
    table = (made / "clips.csv").read_text("utf-8").splitlines()
    rows = [",".join(cells for cells in line.split(",") if len(cells) < 64) for line in table]
    (made / "clips.csv").write_text("\n".join(rows).replace(",sha256", "") + "\n", "utf-8")
    return made


def lock(qtbot: QtBot, page: LibraryPage) -> None:
    page.browser.doing.action("lock").trigger()
    form = asked(qtbot, Form, page)
    fill(qtbot, form, new=SECRET, again="another")
    assert isinstance(form, Form)
    assert form.problem.isVisible()
    fill(qtbot, form, new=SECRET, again=SECRET)
    qtbot.waitUntil(lambda: "is locked" in page.notice.message, timeout=PATIENCE_MS)
    wait_for_one(qtbot, page)


def wait_for_one(qtbot: QtBot, page: LibraryPage) -> None:
    qtbot.waitUntil(
        lambda: page.browser.chosen_set is not None or page.browser.trouble.isVisible(), timeout=PATIENCE_MS
    )


def open_dialog(qtbot: QtBot, parent: QWidget) -> QDialog:
    return asked(qtbot, Form, parent)


@pytest.mark.slow
def test_a_set_is_locked_and_opens_after_a_restart(
    qtbot: QtBot, open_window: Opener, folder: Path, home: Path
) -> None:
    shell = open_window()
    page = library_page(qtbot, shell, folder)
    assert traces_of(home, "Annabella")
    lock(qtbot, page)
    assert traces_of(home, "Annabella") == []

    shell = open_window()
    made = find_folders().library / "sets" / "evenings-2"
    shell.window.show_page("library")
    page = shell.window.page
    assert isinstance(page, LibraryPage)
    page.browser.choose(made)
    qtbot.waitUntil(page.browser.trouble.open_button.isVisible, timeout=PATIENCE_MS)
    press(qtbot, page.browser.trouble.open_button)
    fill(qtbot, open_dialog(qtbot, page), passphrase="another")
    qtbot.waitUntil(lambda: "not the passphrase" in shell.window.notice.message, timeout=PATIENCE_MS)
    press(qtbot, page.browser.trouble.open_button)
    fill(qtbot, open_dialog(qtbot, page), passphrase=SECRET)
    qtbot.waitUntil(lambda: page.browser.chosen_set is not None, timeout=PATIENCE_MS)
    assert page.browser.chosen_set is not None
    assert is_locked(page.browser.chosen_set)
    doing = page.browser.doing
    assert not doing.action("protection").isEnabled()  # what would write into it

    doing.action("lock_close").trigger()
    qtbot.waitUntil(page.browser.trouble.open_button.isVisible, timeout=PATIENCE_MS)
    press(qtbot, page.browser.trouble.open_button)
    fill(qtbot, open_dialog(qtbot, page), passphrase=SECRET)
    qtbot.waitUntil(lambda: page.browser.chosen_set is not None, timeout=PATIENCE_MS)
    doing.action("lock_remove").trigger()
    fill(qtbot, open_dialog(qtbot, page), passphrase=SECRET)
    qtbot.waitUntil(lambda: "no lock any more" in page.notice.message, timeout=PATIENCE_MS)
    assert traces_of(home, "Annabella")


@pytest.mark.slow
def test_a_locked_film_plays_from_any_place(qtbot: QtBot, folder: Path, home: Path) -> None:
    writer = sealing.SealedWriter(folder / "film.sealed", bytes(32))
    writer.write(FILM.read_bytes())
    writer.close()
    path = sealing.sealed_path(folder / "film.sealed", bytes(32))
    assert isinstance(path, SealedPath)
    player, times = ClipPlayer(), list[int]()
    player.frame_came.connect(lambda frame: times.append(frame.time_ns))
    player.open(path)
    with qtbot.waitSignal(player.ended, timeout=20_000):
        player.play()
    assert len(times) == len(set(times)) == 65
    times.clear()
    player.seek(1_000_000_000)
    qtbot.waitUntil(lambda: 1_000_000_000 in times, timeout=PATIENCE_MS)
    player.close()
    player.deleteLater()


def test_a_locked_film_with_another_key_is_told(qtbot: QtBot, folder: Path) -> None:
    writer = sealing.SealedWriter(folder / "film.sealed", bytes(32))
    writer.write(FILM.read_bytes())
    writer.close()
    player = ClipPlayer()
    with qtbot.waitSignal(player.failed):
        player.open(sealing.sealed_path(folder / "film.sealed", bytes(31) + b"x"))
    player.close()
    player.deleteLater()
