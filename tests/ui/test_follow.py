"""Following a clip: the dial and the pad, what is sampled when, and what is said back."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.app.library import Channel
from attune.app.practice import TraceFeedback, Trial
from attune.app.protocols.trial import Follow, Part, Reel
from attune.app.services import Services
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.practice.dial import TAP, Tracer
from attune.ui.practice.follow import FollowView
from attune.ui.practice.follow_answer import TraceAnswerPage
from attune.ui.practice.follow_chart import FollowChart
from attune.ui.theme import Theme
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.widgets.table import Table
from attune.ui.widgets.text import with_minus
from tests.futures import settled
from tests.made_up import a_clip

CLIPS = Path(__file__).parent.parent / "media" / "clips"
CLIP_S = 0.8
PATIENCE_MS = 20_000
NO_VALUE = Words()("practice.follow_answer.none")


@pytest.fixture(autouse=True)
def _quiet() -> None:
    quiet_multimedia()


@pytest.fixture
def tracer(qtbot: QtBot, theme: Theme) -> Tracer:
    made = Tracer(Words(), theme)
    qtbot.addWidget(made)
    made.resize(400, 80)
    made.show()
    return made


def test_a_key_moves_the_dial_by_a_tap_and_on_while_it_is_held(qtbot: QtBot, tracer: Tracer) -> None:
    qtbot.keyPress(tracer, Qt.Key.Key_Right)
    assert tracer.values == (pytest.approx(TAP),)
    tracer.tick(0.5)
    held = tracer.values[0]
    assert held > 0.5
    qtbot.keyRelease(tracer, Qt.Key.Key_Right)
    tracer.tick(0.5)
    assert tracer.values == (held,)
    qtbot.keyPress(tracer, Qt.Key.Key_Down)  # down is less, as left is
    tracer.tick(10)
    assert tracer.values == (-1.0,)


def test_a_key_let_go_elsewhere_is_not_held_for_ever(qtbot: QtBot, tracer: Tracer) -> None:
    qtbot.keyPress(tracer, Qt.Key.Key_Right)
    tracer.clearFocus()
    tracer.let_go()
    tracer.tick(1)
    assert tracer.values == (pytest.approx(TAP),)


def test_the_mouse_leads_the_dial_without_a_button(qtbot: QtBot, tracer: Tracer) -> None:
    qtbot.mouseMove(tracer, QPoint(200, 20))
    qtbot.mousePress(tracer, Qt.MouseButton.LeftButton, pos=QPoint(399, 20))
    assert tracer.values == (1.0,)
    qtbot.mousePress(tracer, Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    assert tracer.values == (pytest.approx(0.0, abs=0.01),)


def turn(widget: QWidget, notches: int) -> None:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_turns_it_up_and_down(tracer: Tracer) -> None:
    turn(tracer, 2)
    assert tracer.values[0] > 0.1
    turn(tracer, -4)
    assert tracer.values[0] < -0.1


def test_the_pad_has_two_axes_pleasant_to_the_right_and_stirred_upwards(qtbot: QtBot, tracer: Tracer) -> None:
    tracer.begin(("valence", "arousal"))
    tracer.resize(400, 400)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(tracer, key)
    assert tracer.values == (pytest.approx(TAP), pytest.approx(2 * TAP))
    qtbot.mousePress(tracer, Qt.MouseButton.LeftButton, pos=QPoint(399, 1))
    assert tracer.values == (1.0, 1.0)
    assert "pleasant +1.0, stirred +1.0" in tracer.accessibleDescription()


def a_trial(parts: int, axes: tuple[str, ...] = ("valence",), file: str = "h264_bframes.mp4") -> Trial:
    clip = a_clip(file, "fear", folder=CLIPS)
    return Trial(
        position=0,
        clip=clip,
        channel=Channel.PICTURE,
        show=Reel(parts=tuple(Part(clip=clip, starts_s=n * CLIP_S) for n in range(parts))),
        ask=Follow(axes=axes),
    )


class Kept:
    """A session that notes what it is given."""

    def __init__(self) -> None:
        self.begun = 0
        self.batches: list[list[tuple[float, ...]]] = []

    def begin_trace(self) -> Future[int]:
        self.begun += 1
        self.batches = []
        return settled(self.begun)

    def add_samples(self, samples: Sequence[tuple[float, ...]]) -> Future[None]:
        self.batches.append(list(samples))
        return settled(None)

    def end_trace(self) -> Future[str]:
        return settled("the end")


@pytest.fixture
def follow(
    qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme
) -> Callable[..., tuple[FollowView, Any]]:
    def make(trial: Trial) -> tuple[FollowView, Any]:
        view = FollowView(services, bridge, theme)
        qtbot.addWidget(view, before_close_func=lambda widget: widget.clear())
        view.resize(900, 600)
        view.show()
        session: Any = Kept()
        view.begin(session, trial)
        return view, session

    return make


def test_a_reel_is_sampled_on_one_clock_and_handed_over_every_second(
    qtbot: QtBot, follow: Callable[..., tuple[FollowView, Any]]
) -> None:
    view, session = follow(a_trial(3))
    assert session.begun == 0
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyPress(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.traced, timeout=PATIENCE_MS) as traced:
        pass
    assert traced.args == ["the end"]
    assert session.begun == 1
    assert [len(batch) for batch in session.batches[:-1]] == [30] * (len(session.batches) - 1)
    samples = [sample for batch in session.batches for sample in batch]
    times = [time for time, _ in samples]
    assert times == sorted(set(times))
    assert 0 <= times[0] < 0.3
    assert 2 * CLIP_S < times[-1] <= 3 * CLIP_S + 0.1
    assert len(samples) > 40  # of 72, however busy the computer is
    assert samples[0][1] < samples[-1][1] == 1.0


def test_pausing_stops_the_clock_and_starting_over_begins_a_new_trace(
    qtbot: QtBot, follow: Callable[..., tuple[FollowView, Any]]
) -> None:
    view, session = follow(a_trial(2))
    view.play_button.click()
    qtbot.waitUntil(lambda: view.reel.time_s > 0.1, timeout=PATIENCE_MS)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert not view.reel.playing
    assert not view._sampler.isActive()
    stood = view.reel.time_s
    assert view.reel.time_s == stood
    view.again_button.click()
    assert session.begun == 2
    with qtbot.waitSignal(view.traced, timeout=PATIENCE_MS):
        pass
    assert session.batches[0][0][0] < stood + 0.5


def test_out_of_sight_it_pauses(qtbot: QtBot, follow: Callable[..., tuple[FollowView, Any]]) -> None:
    view, _session = follow(a_trial(2))
    view.play_button.click()
    qtbot.waitUntil(lambda: view.reel.playing, timeout=PATIENCE_MS)
    view.hide()
    qtbot.waitUntil(lambda: not view.reel.playing)


def test_a_clip_that_cannot_be_shown_is_told_of(
    qtbot: QtBot, follow: Callable[..., tuple[FollowView, Any]]
) -> None:
    view, _session = follow(a_trial(1))
    with qtbot.waitSignal(view.unplayable, timeout=PATIENCE_MS):
        session: Any = Kept()
        view.begin(session, a_trial(1, file="gone.mp4"))


def told(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel))


def a_record(result: Any, reference: Any = None) -> TraceFeedback:
    samples = tuple((n / 30, 0.5 if n > 300 else -0.5) for n in range(600))
    record: Any = SimpleNamespace(
        axes=("valence",), samples=samples, reference=reference, result=result, person="Ana"
    )
    return TraceFeedback(trial=a_trial(1), record=record)


@pytest.fixture
def answer(qtbot: QtBot, services: Services, theme: Theme) -> TraceAnswerPage:
    page = TraceAnswerPage(services, theme)
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.show()
    return page


SCORED = {
    "r": 0.72,
    "low": 0.4,
    "high": 0.9,
    "p": 0.02,
    "level": 0.3,
    "lag_s": 2.0,
    "parted": [[4.0, 7.0]],
}
REFERENCE = {"source": "self_report", "time_s": [0.0, 10.0, 20.0], "valence": [-0.8, 0.0, 0.8]}


def test_both_curves_are_told_in_words_as_a_chart_and_in_a_table(
    qtbot: QtBot, answer: TraceAnswerPage
) -> None:
    session: Any = None
    answer.show_trace(session, a_record({"valence": SCORED}, REFERENCE), last=True)
    for part in ("closely", "0.72", "You parted at 4", "more pleasant than", "said they felt"):
        assert part in told(answer)
    assert answer.next_button.text().startswith("See how it went")
    (chart,) = answer.findChildren(FollowChart)
    (table,) = answer.findChildren(Table)
    rows = table.words()
    assert len(rows) == chart.count() == 21
    assert rows[5][:3] == ("5 s", with_minus("-0.5"), with_minus("-0.4"))
    assert "parted" in rows[5][3]
    assert rows[9][1] == "+0.5"  # ten seconds into the trace, two of which are lag
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert f"20 s: you {NO_VALUE}, the reference +0.8" in told(answer)
    with qtbot.waitSignal(answer.going_on):
        qtbot.keyClick(answer, Qt.Key.Key_Return)
    with qtbot.waitSignal(answer.leaving):
        qtbot.keyClick(answer, Qt.Key.Key_Escape)


@pytest.mark.parametrize("why", ["too_short", "flat_reference", "flat_user", "alike", "no_answers"])
def test_what_has_no_score_says_why(answer: TraceAnswerPage, why: str) -> None:
    session: Any = None
    answer.show_trace(session, a_record({"valence": {"unscorable": why}}, REFERENCE), last=False)
    assert Words()(f"practice.follow_answer.why.{why}") in told(answer)
    assert "no score" in told(answer)


def test_without_a_reference_the_line_stands_alone(answer: TraceAnswerPage) -> None:
    session: Any = None
    answer.show_trace(session, a_record(None), last=False)
    assert "no reference" in told(answer)
    (table,) = answer.findChildren(Table)
    assert {row[2] for row in table.words()} == {NO_VALUE}
