"""Clips on screen: frames and their times, steps and loops, the lines of the face, what cannot be shown."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.video.curves import Curve, CurveStrip
from attune.ui.video.face_lines import CONTOURS, Part, lines, part_of
from attune.ui.video.player import ClipPlayer, ShownFrame
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.video.replay import RATES, SlowReplay
from attune.ui.video.view import ClipView

CLIPS = Path(__file__).parent.parent / "media" / "clips"
CLIP = CLIPS / "h264_bframes.mp4"  # 20 frames, 25 a second
FRAME_NS = 40_000_000
PATIENCE_MS = 20_000


@pytest.fixture(autouse=True)
def _quiet() -> None:
    quiet_multimedia()


class OneFace:
    """A track as long as the clip: a face whose landmarks all lie on one small circle."""

    def __init__(self, *, there: bool = True) -> None:
        turn = np.linspace(0, 2 * np.pi, 478)
        xy = np.stack([0.5 + 0.3 * np.cos(turn), 0.5 + 0.3 * np.sin(turn), 0 * turn], axis=1)
        self.landmarks: NDArray[np.float32] = np.repeat(xy[None].astype(np.float32), 20, axis=0)
        self.face = np.full(20, there)
        self.time_ns = np.arange(20, dtype=np.int64) * FRAME_NS

    def index_at(self, time_ns: int) -> int:
        return int(np.searchsorted(self.time_ns, time_ns, side="right")) - 1


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, motion=False)


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[ClipPlayer]:
    made = ClipPlayer()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def replay(qtbot: QtBot, theme: Theme) -> SlowReplay:
    made = SlowReplay(Words(), theme)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.close_clip())
    made.resize(700, 700)
    made.show()
    return made


def played(qtbot: QtBot, player: ClipPlayer, path: Path) -> list[int]:
    """Play a clip to its end; times of its frames in ms."""
    seen: list[ShownFrame] = []
    player.frame_came.connect(seen.append)
    with qtbot.waitSignal(player.ended, timeout=PATIENCE_MS):
        player.open(path)
        player.play()
    return [frame.time_ns // 1_000_000 for frame in seen]


def frame_at(qtbot: QtBot, player: ClipPlayer, time_ns: int) -> None:
    qtbot.waitUntil(lambda: player.frame is not None and player.frame.time_ns == time_ns, timeout=PATIENCE_MS)


def test_frames_carry_the_times_of_the_stream(qtbot: QtBot, player: ClipPlayer) -> None:
    times = played(qtbot, player, CLIP)
    assert times == sorted(set(times))
    assert set(times) <= set(range(0, 800, 40))
    assert len(times) > 10  # a busy computer skips some
    assert player.duration_ns == 800_000_000


def test_steps_hold_the_neighbouring_frame_and_stay_at_the_ends(qtbot: QtBot, player: ClipPlayer) -> None:
    played(qtbot, player, CLIP)
    player.know_times([n * FRAME_NS for n in range(20)])
    player.seek(5 * FRAME_NS)
    frame_at(qtbot, player, 5 * FRAME_NS)
    player.step(-1)
    frame_at(qtbot, player, 4 * FRAME_NS)
    player.step(1)
    frame_at(qtbot, player, 5 * FRAME_NS)
    player.seek(99 * FRAME_NS)
    frame_at(qtbot, player, 19 * FRAME_NS)
    player.step(1)
    player.seek(0)
    frame_at(qtbot, player, 0)
    player.step(-1)
    assert not player.playing


def test_a_step_before_anything_is_shown_does_nothing(player: ClipPlayer) -> None:
    player.step(1)
    assert player.frame is None


def test_it_loops_when_asked_and_ends_when_not(qtbot: QtBot, player: ClipPlayer) -> None:
    turns: list[int] = []
    player.frame_came.connect(lambda frame: turns.append(frame.time_ns))
    player.open(CLIP)
    player.set_looping(True)
    player.play()
    qtbot.waitUntil(lambda: any(b < a for a, b in pairwise(turns)), timeout=PATIENCE_MS)
    player.set_looping(False)
    with qtbot.waitSignal(player.ended, timeout=PATIENCE_MS):
        pass
    assert player.frame is not None  # the last picture stays


@pytest.mark.parametrize("name", ["not there.mp4", "no_frames.mp4", "av1.mp4"])
def test_a_clip_that_shows_nothing_fails_once(
    name: str, qtbot: QtBot, player: ClipPlayer, capfd: pytest.CaptureFixture[str]
) -> None:
    failures: list[str] = []
    player.failed.connect(failures.append)
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS):
        player.open(CLIPS / name)
        player.play()
    QApplication.processEvents()
    assert len(failures) == 1
    assert player.frame is None
    capfd.readouterr()  # what FFmpeg itself tells the terminal about such files


def test_a_late_frame_of_the_clip_before_does_not_stand_for_one_that_is_missing(
    qtbot: QtBot, player: ClipPlayer, tmp_path: Path
) -> None:
    with qtbot.waitSignal(player.frame_came, timeout=PATIENCE_MS):
        player.open(CLIP)
        player.play()
    late = player._sink.videoFrame()
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS):
        player.open(tmp_path / "gone.mp4")
        player._took(late)
    assert player.frame is None


@pytest.mark.qt_log_ignore("PulseAudioService")  # there may be no sound here
def test_sound_alone_ends_or_fails_where_nothing_can_be_heard(qtbot: QtBot, player: ClipPlayer) -> None:
    heard = bool(QMediaDevices.audioOutputs())
    with qtbot.waitSignal(player.ended if heard else player.failed, timeout=PATIENCE_MS):
        player.open(CLIPS / "sound_only.webm")
        player.play()
    assert player.frame is None


def test_a_rotated_clip_stands_upright(qtbot: QtBot, player: ClipPlayer) -> None:
    played(qtbot, player, CLIPS / "rotated_90.mp4")
    assert player.frame is not None
    image = player.frame.image
    assert (image.width(), image.height()) == (96, 64)
    left, right = image.pixelColor(12, 40), image.pixelColor(84, 40)
    assert left.red() - left.blue() > 100
    assert right.blue() - right.red() > 100


def still(time_ns: int = 0, size: tuple[int, int] = (64, 64), colour: str = "white") -> ShownFrame:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return ShownFrame(image, time_ns, time_ns + FRAME_NS)


def test_the_view_tells_once_when_a_frame_was_painted(qtbot: QtBot, theme: Theme) -> None:
    clock = iter(range(100, 200))
    view = ClipView(theme, clock=lambda: next(clock))
    qtbot.addWidget(view)
    told: list[tuple[int, int]] = []
    view.painted.connect(lambda time_ns, clock_ns: told.append((time_ns, clock_ns)))
    view.show_frame(still(1))
    view.show_frame(still(5_000_000_000))  # more than 32 bits of nanoseconds
    view.grab()
    view.grab()
    assert told == [(5_000_000_000, 100)]
    assert view.missed == 1


@given(
    width=st.integers(240, 3000),
    height=st.integers(240, 2000),
    w=st.integers(2, 1920),
    h=st.integers(2, 1080),
)
def test_the_picture_keeps_its_proportions_and_its_place(width: int, height: int, w: int, h: int) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    view = ClipView(Theme(app))
    view.resize(width, height)
    view.show_frame(still(size=(w, h)))
    place = view.picture_rect()
    view.deleteLater()
    assert place.width() <= width + 1
    assert place.height() <= height + 1
    assert place.width() * h == pytest.approx(place.height() * w, abs=2 * max(w, h))


def test_the_lines_are_drawn_only_where_there_is_a_face(qtbot: QtBot, theme: Theme) -> None:
    view = ClipView(theme)
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show_frame(still())
    bare = view.grab().toImage()
    view.set_track(OneFace(there=False))
    assert view.grab().toImage() == bare
    view.set_track(OneFace(), {Part.MOUTH})
    drawn = view.grab().toImage()
    assert drawn != bare
    view.set_lines_on(False)
    assert view.grab().toImage() == bare


def test_lines_lie_where_the_landmarks_are() -> None:
    landmarks = OneFace().landmarks[0]
    place = QRectF(10, 20, 200, 100)
    drawn = lines(landmarks, place)
    assert [part for part, _ in drawn] == [contour.part for contour in CONTOURS]
    for contour, (_, line) in zip(CONTOURS, drawn, strict=True):
        first = landmarks[contour.points[0]]
        assert line[0].x() == pytest.approx(10 + 200 * first[0], abs=1e-3)
        assert line[0].y() == pytest.approx(20 + 100 * first[1], abs=1e-3)


def test_contours_name_landmarks_of_the_mesh_and_no_line_twice() -> None:
    points = np.concatenate([contour.points for contour in CONTOURS])
    assert points.min() >= 0
    assert points.max() < 478
    assert {contour.part for contour in CONTOURS} == set(Part)


@pytest.mark.parametrize(
    ("unit", "part"), [("AU1", Part.BROWS), ("AU7", Part.EYES), ("AU9", Part.NOSE), ("AU12", Part.MOUTH)]
)
def test_a_unit_is_seen_in_its_part_of_the_face(unit: str, part: Part) -> None:
    assert part_of(unit) is part


def test_the_replay_runs_slowly_round_and_round(qtbot: QtBot, replay: SlowReplay) -> None:
    replay.open(CLIP)
    qtbot.waitUntil(lambda: replay.player.frame is not None, timeout=PATIENCE_MS)
    assert replay.player.rate == 0.5
    assert replay.player.looping
    assert not replay.lines_button.isEnabled()  # nothing measured yet
    replay.set_track(OneFace(), {Part.BROWS})
    assert replay.lines_button.isEnabled()


def test_the_replay_follows_its_keys(qtbot: QtBot, replay: SlowReplay) -> None:
    replay.open(CLIP)
    replay.set_track(OneFace(), ())
    qtbot.waitUntil(lambda: replay.player.playing and replay.player.frame is not None, timeout=PATIENCE_MS)

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(replay, key)

    replay.keyPressEvent = replay.take_key  # type: ignore[method-assign,assignment] # as its page hands them on
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not replay.player.playing)
    replay.player.seek(5 * FRAME_NS)
    frame_at(qtbot, replay.player, 5 * FRAME_NS)
    press(Qt.Key.Key_Period)
    frame_at(qtbot, replay.player, 6 * FRAME_NS)
    press(Qt.Key.Key_Comma)
    frame_at(qtbot, replay.player, 5 * FRAME_NS)
    qtbot.keyClick(replay.scrubber, Qt.Key.Key_Right)
    frame_at(qtbot, replay.player, 6 * FRAME_NS)
    press(Qt.Key.Key_L)
    assert not replay.player.looping
    press(Qt.Key.Key_O)
    assert not replay.view.lines_on
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: replay.player.playing)


def test_speeds_are_chosen_by_name_and_the_scrubber_holds_a_frame(qtbot: QtBot, replay: SlowReplay) -> None:
    replay.open(CLIP)
    qtbot.waitUntil(lambda: replay.player.frame is not None, timeout=PATIENCE_MS)
    for name, rate in RATES.items():
        replay.rate_buttons[name].click()
        assert replay.player.rate == pytest.approx(rate)  # Qt keeps it in single precision
    replay.scrubber.setValue(402)
    frame_at(qtbot, replay.player, 10 * FRAME_NS)
    assert not replay.player.playing


def test_nothing_plays_unseen(qtbot: QtBot, replay: SlowReplay) -> None:
    replay.open(CLIP)
    qtbot.waitUntil(lambda: replay.player.playing, timeout=PATIENCE_MS)
    replay.hide()
    assert not replay.player.playing


def test_minus_and_plus_change_the_speed(qtbot: QtBot, replay: SlowReplay) -> None:
    replay.open(CLIP)
    for key, name in (
        (Qt.Key.Key_Minus, "quarter"),
        (Qt.Key.Key_Minus, "tenth"),
        (Qt.Key.Key_Minus, "tenth"),
        (Qt.Key.Key_Plus, "quarter"),
        (Qt.Key.Key_Equal, "half"),
    ):
        assert replay.take_key(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        assert replay.rate_buttons[name].isChecked()


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme) -> CurveStrip:
    """Two curves over four frames, the second without a face in its last."""
    made = CurveStrip(Words(), theme)
    qtbot.addWidget(made)
    made.resize(322, 200)
    curves = (
        Curve("brows raised", (0.0, 0.25, 0.5, 1.0)),
        Curve("jaw dropped", (0.5, 0.5, 0.5, float("nan"))),
    )
    made.show_curves(curves, [n * FRAME_NS for n in range(4)], 4 * FRAME_NS)
    return made


def test_curves_say_their_amounts_at_the_time_shown(qtbot: QtBot, strip: CurveStrip) -> None:
    strip.set_time(FRAME_NS, 4 * FRAME_NS)
    assert strip.said(0) == "brows raised: 25% at 0.04 s"
    strip.set_time(3 * FRAME_NS, 4 * FRAME_NS)
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.accessibleDescription() == "brows raised: 100% at 0.12 s"
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.accessibleDescription() == "jaw dropped: no face here"


def test_curves_lead_to_their_times(qtbot: QtBot, strip: CurveStrip) -> None:
    with qtbot.waitSignal(strip.sought) as sought:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(161, 10))
    assert sought.args == [2 * FRAME_NS]
    with qtbot.waitSignal(strip.stepped) as stepped:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert stepped.args == [1]


def test_curves_are_painted_as_high_as_they_are(strip: CurveStrip, theme: Theme) -> None:
    def filled(x: int) -> int:
        image = strip.grab().toImage()
        ground = image.pixelColor(x, 1)
        return sum(image.pixelColor(x, y) != ground for y in range(22, 38))

    strip.set_time(0, 4 * FRAME_NS)
    low, high = filled(90), filled(220)
    assert high > low + 4


def test_curves_give_way_to_the_picture_and_go_with_the_clip(qtbot: QtBot, replay: SlowReplay) -> None:
    replay.open(CLIP)
    frame = tuple(0.5 for _ in range(20))
    replay.set_curves([Curve(str(n), frame) for n in range(6)], [n * FRAME_NS for n in range(20)])
    assert len(replay.curves.shown) == 4
    replay.resize(500, 500)
    assert len(replay.curves.shown) == 2
    replay.open(CLIP)
    assert replay.curves.isHidden()
