"""Measuring a whole set below its pictures: how far it is, paused, gone on with, given up."""

from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.app.library import ClipSet
from attune.app.measuring import Measurer
from attune.errors import MediaError
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.library.measuring import MeasuringLine
from tests.films import eight_clips


class OneAtATime:
    """A measurer whose clips are done when the test says so."""

    processes = 1

    def __init__(self) -> None:
        self.begun: list[Future[Any]] = []

    def measure(self, _file: Path, **_options: object) -> Future[Any]:
        self.begun.append(Future())
        return self.begun[-1]


@pytest.fixture
def clip_set() -> ClipSet:
    return eight_clips()


@pytest.fixture
def measurer() -> OneAtATime:
    return OneAtATime()


@pytest.fixture
def line(qtbot: QtBot, bridge: Bridge, measurer: OneAtATime) -> MeasuringLine:
    made = MeasuringLine(Words(), bridge, cast("Measurer", measurer))
    qtbot.addWidget(made)
    return made


def test_it_tells_how_far_it_is_and_what_could_not_be_measured(
    qtbot: QtBot, line: MeasuringLine, measurer: OneAtATime, clip_set: ClipSet
) -> None:
    assert not line.isVisible()
    line.begin(clip_set)
    assert line.isVisible()
    measurer.begun[0].set_result(SimpleNamespace())
    qtbot.waitUntil(lambda: f"1 of {len(clip_set.clips)}" in line.said.text())
    measurer.begun[1].set_exception(MediaError("media.empty", path="one"))
    qtbot.waitUntil(lambda: f"2 of {len(clip_set.clips)}" in line.said.text())
    assert line.said.text().endswith("1 could not be.")


def test_a_pause_begins_nothing_more_until_it_goes_on(
    qtbot: QtBot, line: MeasuringLine, measurer: OneAtATime, clip_set: ClipSet
) -> None:
    line.begin(clip_set)
    qtbot.mouseClick(line.pause_button, Qt.MouseButton.LeftButton)
    assert line.pause_button.text() == "Go on"
    measurer.begun[0].set_result(SimpleNamespace())
    qtbot.waitUntil(lambda: f"1 of {len(clip_set.clips)}" in line.said.text())
    assert len(measurer.begun) == 1
    qtbot.mouseClick(line.pause_button, Qt.MouseButton.LeftButton)
    assert len(measurer.begun) == 2


def test_at_the_end_it_says_so(
    qtbot: QtBot, line: MeasuringLine, measurer: OneAtATime, clip_set: ClipSet
) -> None:
    line.begin(clip_set)
    for place in range(len(clip_set.clips)):
        measurer.begun[place].set_result(SimpleNamespace())
    qtbot.waitUntil(lambda: line.said.text() == f"All clips of “{clip_set.name}” are measured.")
    assert not line.pause_button.isVisible()


def test_giving_it_up_gives_up_what_is_under_way(
    qtbot: QtBot, line: MeasuringLine, measurer: OneAtATime, clip_set: ClipSet
) -> None:
    line.begin(clip_set)
    qtbot.mouseClick(line.stop_button, Qt.MouseButton.LeftButton)
    assert measurer.begun[0].cancelled()
    assert not line.isVisible()
