"""The guide inside the window."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.resources import Words, asset
from attune.ui.help import HelpPage
from attune.ui.shell import Shell
from attune.ui.theme import Appearance


def test_f1_opens_the_guide_and_arrows_turn_its_pages(
    qtbot: QtBot, open_window: Callable[..., Shell]
) -> None:
    shell = open_window()
    qtbot.keyClick(shell.window, Qt.Key.Key_F1)
    page = shell.window.page
    assert isinstance(page, HelpPage)
    assert "First steps" in page.reader.toPlainText()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.reader.toPlainText().startswith("Ways to practise")
    assert page.reader.accessibleName() == "Ways to practise"
    shell.theme.choose(text_scale=1.3)
    assert page.reader.toPlainText().startswith("Ways to practise")
    shell.theme.choose(text_scale=1.0)


@pytest.mark.parametrize("name", list(Words().table("help.topics")))
def test_every_page_of_the_list_is_there_and_begins_with_a_heading(name: str) -> None:
    assert asset("guide", f"{name}.md").read_text(encoding="utf-8").startswith("# ")


def test_no_picture_is_cut_off_or_stands_in_a_gap(qtbot: QtBot, open_window: Callable[..., Shell]) -> None:
    shell = open_window()
    shell.window.resize(900, 600)
    qtbot.keyClick(shell.window, Qt.Key.Key_F1)
    page = shell.window.page
    assert isinstance(page, HelpPage)
    pictures = 0
    for place in range(page.list.count()):
        page.list.setCurrentRow(place)
        block = page.reader.document().begin()
        while block.isValid():
            if "\N{OBJECT REPLACEMENT CHARACTER}" in block.text():
                pictures += 1
                assert block.layout().lineAt(0).width() <= page.reader.viewport().width()
                assert block.blockFormat().lineHeight() in (0.0, 100.0)
            block = block.next()
    assert pictures > 10


def pictures(page: HelpPage) -> list[str]:
    """The files of the pictures shown, in order."""
    found = []
    block = page.reader.document().begin()
    while block.isValid():
        names = [
            part.format.toImageFormat().name() for part in block.textFormats() if part.format.isImageFormat()
        ]
        found += names
        block = block.next()
    return found


def test_pictures_have_the_look_of_the_window(qtbot: QtBot, open_window: Callable[..., Shell]) -> None:
    shell = open_window()
    qtbot.keyClick(shell.window, Qt.Key.Key_F1)
    page = shell.window.page
    assert isinstance(page, HelpPage)
    page.list.setCurrentRow(list(Words().table("help.topics")).index("looking-back"))
    for look, ending in ((Appearance.LIGHT, ".png"), (Appearance.DARK, "-dark.png")):
        shell.theme.choose(appearance=look)
        shown = pictures(page)
        assert f"pictures/history-skill{ending}" in shown
        assert all(asset("guide", name).is_file() for name in shown)


@pytest.mark.parametrize("name", list(Words().table("help.topics")))
def test_every_picture_of_the_guide_is_there(name: str) -> None:
    page = asset("guide", f"{name}.md").read_text(encoding="utf-8")
    assert all(asset("guide", found).is_file() for found in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page))
