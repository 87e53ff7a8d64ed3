"""Every setting takes effect at once, by keys, and is there after a restart."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from attune.app import face_model
from attune.app.folders import find_folders
from attune.app.services import Services
from attune.app.settings import Settings, SettingsStore
from attune.errors import ModelError
from attune.ui.bridge import Bridge
from attune.ui.settings import SettingsPage
from attune.ui.settings import page as page_module
from attune.ui.shell import Shell
from attune.ui.theme import Appearance, Theme
from attune.ui.widgets.dialogs import Question


def kept() -> Settings:
    """The settings as they are on the disk."""
    store = SettingsStore(find_folders().settings)
    store.close()
    return store.current


@pytest.fixture
def page(qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme) -> Iterator[SettingsPage]:
    made = SettingsPage(services, bridge, theme)
    qtbot.addWidget(made)
    made.show()
    made.entered()
    yield made
    theme.choose(appearance=Appearance.LIGHT, text_scale=1.0)


def test_everything_by_keys_through_the_real_window(qtbot: QtBot, open_window: Callable[..., Shell]) -> None:
    shell = open_window()
    qtbot.keyClick(shell.window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    page = shell.window.page
    assert isinstance(page, SettingsPage)
    dark = page.appearance.button("dark")
    dark.setFocus()
    qtbot.keyClick(dark, Qt.Key.Key_Space)
    assert shell.theme.dark
    page.text_scale.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.text_scale.slider, Qt.Key.Key_Right)
    assert shell.theme.sizes.body == round(15 * 1.15)
    assert page.text_scale.said.text() == "115 %"
    qtbot.keyClick(page.trials.slider, Qt.Key.Key_Home)
    qtbot.keyClick(page.measure, Qt.Key.Key_Space)
    qtbot.keyClick(page.motion, Qt.Key.Key_Space)
    shell.theme.choose(appearance=Appearance.LIGHT, text_scale=1.0)
    expected = Settings(appearance="dark", text_scale=1.15, trials=5, measure_faces=False, motion=False)
    qtbot.waitUntil(lambda: kept() == expected)


def test_shows_the_settings_as_they_are(page: SettingsPage, services: Services) -> None:
    services.settings.change(trials=20, text_scale=1.4, measure_faces=False, appearance="dark")
    page.entered()
    assert page.trials.said.text() == "20"
    assert page.text_scale.said.text() == "140 %"
    assert not page.measure.isChecked()
    assert page.appearance.button("dark").isChecked()


def test_folders_open_in_the_file_manager(
    qtbot: QtBot, page: SettingsPage, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(page_module, "QDesktopServices", type("_", (), {"openUrl": opened.append}))
    (button,) = (b for b in page.findChildren(QPushButton) if b.accessibleName().endswith("History"))
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert opened == [QUrl.fromLocalFile(str(services.folders.data))]


def test_a_model_that_is_there_is_named_and_no_download_offered(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_model, "find_model", lambda *_: Path("/models/face.task"))
    page.model.look()
    qtbot.waitUntil(lambda: page.model.state.text() == "Ready: /models/face.task")
    assert not page.model.fetch.isVisible()
    assert not page.model.usual.isVisible()


def test_a_file_named_by_the_person_is_kept_and_can_be_taken_back(
    qtbot: QtBot, page: SettingsPage, services: Services, tmp_path: Path
) -> None:
    other = tmp_path / "other.task"
    other.write_bytes(b"something else")
    page.model._name(other)
    qtbot.waitUntil(lambda: str(other) in page.model.state.text())
    assert services.settings.current.face_model == other
    qtbot.waitUntil(page.model.usual.isVisible)
    qtbot.keyClick(page.model.usual, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: services.settings.current.face_model is None)


@pytest.fixture
def no_model(qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    def nowhere(*_: object) -> Path:
        raise ModelError("model.missing", name="face_landmarker.task", address="https://example.org")

    monkeypatch.setattr(face_model, "find_model", nowhere)
    page.model.look()
    qtbot.waitUntil(page.model.fetch.isVisible)
    return page


def ask(qtbot: QtBot, page: SettingsPage) -> Question:
    qtbot.keyClick(page.model.fetch, Qt.Key.Key_Space)
    return next(question for question in page.model.findChildren(Question) if question.isVisible())


def test_a_download_happens_only_after_a_yes(
    qtbot: QtBot, no_model: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[Path] = []

    def download(folder: Path, progress: Callable[[int, int | None], None]) -> Path:
        progress(1, 2)
        fetched.append(folder)
        return folder / "models" / "face_landmarker.task"

    monkeypatch.setattr(face_model, "download_model", download)
    question = ask(qtbot, no_model)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert not fetched
    qtbot.keyClick(ask(qtbot, no_model).yes, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: no_model.model.state.text().startswith("Ready: "))
    assert len(fetched) == 1
    assert not no_model.model.progress.isVisible()


def test_a_download_can_be_stopped_and_failures_are_told(
    qtbot: QtBot, no_model: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stopped = Event(), Event()

    def download(_folder: Path, progress: Callable[[int, int | None], None]) -> Path:
        begun.set()
        stopped.wait(10)
        progress(1, 2)
        raise AssertionError("goes on though it was stopped")

    monkeypatch.setattr(face_model, "download_model", download)
    qtbot.keyClick(ask(qtbot, no_model).yes, Qt.Key.Key_Space)
    qtbot.waitUntil(begun.is_set)
    assert no_model.model.progress.isVisible()
    qtbot.keyClick(no_model.model.stop, Qt.Key.Key_Space)
    stopped.set()
    assert not no_model.model.progress.isVisible()

    def fail(*_: object) -> Path:
        raise ModelError("model.download_failed", address="https://example.org", reason="no route")

    monkeypatch.setattr(face_model, "download_model", fail)
    no_model.model._begin_download()
    qtbot.waitUntil(lambda: "no route" in no_model.model.state.text())
    assert no_model.model.fetch.isVisible()


def test_leaving_stops_a_download(
    qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, left, ended = Event(), Event(), Event()

    def download(_folder: Path, progress: Callable[[int, int | None], None]) -> Path:
        begun.set()
        left.wait(10)
        try:
            progress(1, 2)
        finally:
            ended.set()
        raise AssertionError("goes on though the window is gone")

    monkeypatch.setattr(face_model, "download_model", download)
    page = SettingsPage(services, bridge, theme)
    page.model._begin_download()
    qtbot.waitUntil(begun.is_set)
    download_under_way = page.model._download
    assert download_under_way is not None
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    left.set()
    qtbot.waitUntil(ended.is_set)
    with pytest.raises(CancelledError):
        download_under_way.future.result(5)
