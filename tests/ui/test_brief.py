"""Brief moments: how long each picture stands, told from when it reached the screen; the question."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from attune.app.library import Channel
from attune.app.practice import Answer, Trial, When
from attune.app.protocols.trial import Brief, Name
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.brief import CALM_MS, BriefView
from attune.ui.theme import Theme
from attune.ui.video.moment import Moment, Stage
from tests.futures import settled
from tests.made_up import a_clip

MS = 1_000_000
HZ = 60.0
LOOK_NS = 2_000_000
NEAR_MS = 4.0  # two looks


class Clock:
    """Time that moves a little whenever somebody looks, as a turn of the event loop would."""

    def __init__(self) -> None:
        self.ns = 0

    def __call__(self) -> int:
        self.ns += LOOK_NS
        return self.ns


class Screen:
    """Stands in for a stage: notes what was put when; handing over takes as long as it is told."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.put_at: list[tuple[int, int]] = []
        self.takes_ns = {0: 0, 1: 0}
        self.seen = True

    def put(self, place: int) -> int | None:
        self.clock.ns += self.takes_ns[place]
        self.put_at.append((place, self.clock.ns))
        return self.clock.ns if self.seen else None


@pytest.fixture
def screen() -> Screen:
    return Screen(Clock())


def shown(qtbot: QtBot, screen: Screen, frames: int) -> float | None:
    moment = Moment(screen, clock=screen.clock)
    with qtbot.waitSignal(moment.over) as over:
        moment.run(frames=frames, hz=HZ, calm_ms=3)
    assert [place for place, _ in screen.put_at] == [0, 1, 0]
    moment.deleteLater()
    found: float | None = over.args[0]
    return found


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_the_expression_stands_for_its_frames(qtbot: QtBot, screen: Screen, frames: int) -> None:
    found = shown(qtbot, screen, frames)
    (_, stirred), (_, calmed) = screen.put_at[1:]
    assert found == pytest.approx((calmed - stirred) / MS)
    assert found == pytest.approx(1000 * frames / HZ, abs=NEAR_MS)


def test_a_screen_that_is_late_is_told_of(qtbot: QtBot, screen: Screen) -> None:
    screen.takes_ns[0] = 40 * MS
    found = shown(qtbot, screen, 3)
    assert found == pytest.approx(3000 / HZ + 40, abs=NEAR_MS)


def test_a_late_expression_stands_no_shorter(qtbot: QtBot, screen: Screen) -> None:
    screen.takes_ns[1] = 30 * MS
    assert shown(qtbot, screen, 3) == pytest.approx(3000 / HZ, abs=NEAR_MS)


def test_what_nobody_can_see_has_no_time(qtbot: QtBot, screen: Screen) -> None:
    screen.seen = False
    assert shown(qtbot, screen, 2) is None


def test_a_moment_given_up_shows_nothing_more(qtbot: QtBot, screen: Screen) -> None:
    moment = Moment(screen, clock=screen.clock)
    with qtbot.assertNotEmitted(moment.stirred, wait=20):
        moment.run(frames=1, hz=HZ, calm_ms=3)
        moment.stop()
    assert [place for place, _ in screen.put_at] == [0]
    moment.deleteLater()


def picture(grey: int) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(grey * 0x010101)
    return image


def test_a_stage_paints_before_it_says_so(qtbot: QtBot, theme: Theme) -> None:
    stage = Stage(theme)
    qtbot.addWidget(stage)
    stage.set_pictures(picture(10), picture(200))
    assert stage.put(1) is None  # not on the screen yet
    with qtbot.waitExposed(stage):
        stage.show()
    assert stage.put(1) is not None
    centre = stage.rect().center()
    assert stage.grab().toImage().pixelColor(centre).red() == 200
    stage.put(0)
    assert stage.grab().toImage().pixelColor(centre).red() == 10
    stage.hide()
    assert stage.put(1) is None


def a_trial(*, rated: bool = True) -> Trial:
    neutral = a_clip("neutral", "neutral")
    return Trial(
        position=0,
        clip=a_clip("fear", "fear"),
        channel=Channel.PICTURE,
        show=Brief(neutral=neutral, neutral_s=0.0, apex_s=0.4, frames=3, hz=HZ),
        ask=Name(choices=("happiness", "fear", "anger"), rated=rated),
    )


@pytest.fixture
def brief(
    qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., BriefView]:
    """The view with pictures that are there at once, or fail."""

    def make(pictures: Any = None, *, rated: bool = True) -> BriefView:
        grey = [np.full((32, 32, 3), 128, dtype=np.uint8)] if pictures is None else pictures
        monkeypatch.setattr(services.measurer, "stills", lambda *_: settled(grey))
        view = BriefView(services, bridge, theme)
        qtbot.addWidget(view, before_close_func=lambda widget: widget.clear())
        view.resize(900, 600)
        with qtbot.waitExposed(view):
            view.show()
        session: Any = SimpleNamespace(setup=SimpleNamespace(feedback=When.EACH))
        view.begin(session, a_trial(rated=rated))
        return view

    return make


def test_the_question_comes_after_the_moment_and_its_answer_carries_the_time(
    qtbot: QtBot, brief: Callable[..., BriefView]
) -> None:
    view = brief()
    assert view.side.isHidden()
    qtbot.keyClick(view, Qt.Key.Key_2)  # too early to be an answer
    with qtbot.waitSignal(view.moment.over) as over:
        pass
    assert view.side.isVisible()
    assert view.side.labels == ()
    qtbot.keyClick(view, Qt.Key.Key_2)
    with qtbot.waitSignal(view.answered) as answered:
        qtbot.keyClick(view.focusWidget() or view, Qt.Key.Key_Return)
    (one,) = answered.args
    assert isinstance(one, Answer)
    assert one.label == "fear"
    assert one.shown_ms == over.args[0]
    assert one.shown_ms is not None
    assert one.shown_ms >= 3000 / HZ
    assert one.response_ms is not None
    assert one.response_ms >= one.shown_ms


def test_unrated_a_choice_is_the_answer(qtbot: QtBot, brief: Callable[..., BriefView]) -> None:
    view = brief(rated=False)
    qtbot.waitUntil(view.side.isVisible)
    with qtbot.waitSignal(view.answered) as answered:
        qtbot.keyClick(view, Qt.Key.Key_1)
    assert (answered.args[0].label, answered.args[0].confidence) == ("happiness", None)


def test_a_moment_out_of_sight_begins_anew(qtbot: QtBot, brief: Callable[..., BriefView]) -> None:
    view = brief()
    qtbot.waitUntil(lambda: view.moment.running)
    view.hide()
    assert not view.moment.running
    view.show()
    with qtbot.waitSignal(view.moment.over, timeout=round(CALM_MS) + 5000) as over:
        pass
    assert over.args[0] is not None


def test_pictures_that_cannot_be_had_are_told_of(
    qtbot: QtBot, brief: Callable[..., BriefView], services: Services
) -> None:
    view = brief()
    view.clear()
    services.measurer.stills = lambda *_: settled(OSError("gone"))  # type: ignore[method-assign]
    with qtbot.waitSignal(view.unplayable):
        session: Any = SimpleNamespace(setup=SimpleNamespace(feedback=When.EACH))
        view.begin(session, a_trial())
    assert view.side.isHidden()
