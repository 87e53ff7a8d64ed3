"""A round before films of people and of none, with the real model: the clips that lie beside the project."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.app.partner.couple import Agreed
from attune.app.partner.hints import Hint
from attune.app.partner.show_and_tell import Watching
from attune.ui.partner.show_and_tell.watch import CameraStep
from attune.ui.partner.stage import recorder
from attune.ui.video.quiet import quiet_multimedia
from tests.ui.rounds import Opener
from tests.ui.test_show_and_tell import LOADS_MS, Sitting

CLIPS = Path(__file__).parents[2].parent / "shared" / "data" / "clips"
ALL = Agreed(camera=True, recording=True, reading=True)
SHOWN_NS = 3_000_000_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CLIPS.is_dir(), reason="the shared clips do not lie beside this checkout"),
]


@pytest.fixture
def before(qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Sitting]:
    """Ana shows, before this film; both agreed to everything."""
    quiet_multimedia()
    monkeypatch.setattr(recorder, "usual_microphone", lambda: None)

    def begin(name: str) -> Sitting:
        sitting = Sitting(qtbot, open_window, "show_and_tell", ana=ALL, ben=ALL, film=CLIPS / name)
        sitting.until_card(Watching.LIVE)
        sitting.take_card("Ana")
        return sitting

    return begin


def show(sitting: Sitting, step: Any) -> None:
    """For some seconds of the film, and then that was it."""
    seen: list[int] = []
    sitting.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)
    sitting.go()
    step.stage.shot.connect(lambda shot: seen.append(shot.time_ns))
    sitting.qtbot.waitUntil(lambda: bool(seen) and seen[-1] - seen[0] > SHOWN_NS, timeout=LOADS_MS)
    sitting.go()


@pytest.mark.parametrize("name", ["single_face.mp4", "face_noface.mov"])
def test_a_filmed_face_is_read_even_if_it_leaves(before: Callable[[str], Sitting], name: str) -> None:
    sitting = before(name)
    step = sitting.at(CameraStep)
    sitting.qtbot.waitUntil(lambda: step.stage.chosen is not None, timeout=LOADS_MS)
    show(sitting, step)
    sitting.until_covered(noticed=Qt.Key.Key_3, own=Qt.Key.Key_1, felt=Qt.Key.Key_3, seen=Qt.Key.Key_5)
    (moment,) = sitting.moments()
    assert moment.expressed is not None


def test_where_nobody_is_filmed_it_is_said_and_nothing_is_read(before: Callable[[str], Sitting]) -> None:
    sitting = before("no_face.mp4")
    step = sitting.at(CameraStep)
    nobody = sitting.services.words(f"partner_camera.hints.{Hint.NO_FACE.value}")
    sitting.qtbot.waitUntil(lambda: step.stage.hint.text() == nobody, timeout=LOADS_MS)
    show(sitting, step)
    sitting.until_covered(noticed=Qt.Key.Key_3, own=Qt.Key.Key_1, felt=Qt.Key.Key_3, seen=Qt.Key.Key_5)
    (moment,) = sitting.moments()
    assert moment.expressed is None
    assert moment.units == ()
