"""A camera out of a file, on a clock that a test moves: no test waits."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from attune.errors import MediaError
from attune.media.frames import Frame, FrameSource, MediaInfo, MediaKind
from attune.media.open import open_media
from attune.media.virtual_camera import HICCUP_NS, MonotonicClock, VirtualCamera

MS = 1_000_000
START = 1_000_000 * MS


class FakeClock:
    """Waiting moves it on at once; nothing else does but a test."""

    def __init__(self) -> None:
        self.now = START

    def now_ns(self) -> int:
        return self.now

    def wait(self, event: Event, seconds: float) -> bool:
        self.now += round(seconds * 1e9)
        return event.is_set()


class Film(FrameSource):
    """One grey picture at each of the times; an error at the end if there is one."""

    def __init__(self, times_ms: Sequence[int], error: Exception | None = None) -> None:
        self.times_ms = times_ms
        self.error = error
        self.info = MediaInfo(
            path=Path("film"),
            kind=MediaKind.VIDEO,
            width=1,
            height=1,
            frame_rate=None,
            frames=None,
            duration_s=None,
            codec="test",
        )

    def frames(self) -> Iterator[Frame]:
        for index, time_ms in enumerate(self.times_ms):
            yield Frame(np.full((1, 1, 3), index, np.uint8), time_ms * MS, index)
        if self.error:
            raise self.error

    def close(self) -> None:
        pass


class Watcher:
    """What came out of a camera: (picture, milliseconds since the start); each frame may take its time."""

    def __init__(self, clock: FakeClock, takes_ms: Sequence[int] = ()) -> None:
        self.clock = clock
        self.takes_ms = dict(enumerate(takes_ms))
        self.seen: list[tuple[int, int]] = []
        self.indexes: list[int] = []
        self.ended = Event()
        self.problem: Exception | None = None

    def on_frame(self, frame: Frame) -> None:
        self.seen.append((int(frame.rgb[0, 0, 0]), (frame.time_ns - START) // MS))
        self.indexes.append(frame.index)
        self.clock.now += self.takes_ms.get(frame.index, 0) * MS

    def on_end(self, problem: Exception | None) -> None:
        self.problem = problem
        self.ended.set()


def play(
    film: FrameSource, takes_ms: Sequence[int] = (), *, frames: int | None = None
) -> tuple[Watcher, VirtualCamera]:
    """Run a camera to its end or, looping, until so many frames were seen."""
    clock = FakeClock()
    watcher = Watcher(clock, takes_ms)

    def on_frame(frame: Frame) -> None:
        watcher.on_frame(frame)
        if frames is not None and len(watcher.seen) == frames:
            camera._stopped.set()
            watcher.ended.set()

    camera = VirtualCamera(film, on_frame, clock=clock, loop=frames is not None, on_end=watcher.on_end)
    with camera:
        assert watcher.ended.wait(10)
    return watcher, camera


def test_frames_come_when_they_are_due_on_the_camera_s_clock() -> None:
    watcher, camera = play(Film([0, 40, 86, 500]))
    assert watcher.seen == [(0, 0), (1, 40), (2, 86), (3, 500)]
    assert watcher.indexes == [0, 1, 2, 3]
    assert camera.dropped == 0
    assert watcher.problem is None


def test_a_film_that_starts_late_starts_at_once() -> None:
    watcher, _ = play(Film([5000, 5040]))
    assert watcher.seen == [(0, 0), (1, 40)]


def test_frames_that_are_too_late_are_lost_and_counted() -> None:
    watcher, camera = play(Film(range(0, 400, 40)), takes_ms=[130])
    assert watcher.seen == [(0, 0), (3, 130), (4, 160), (5, 200), (6, 240), (7, 280), (8, 320), (9, 360)]
    assert watcher.indexes == list(range(8))
    assert camera.dropped == 2


def test_after_a_long_hiccup_it_carries_on_from_then() -> None:
    stall = HICCUP_NS // MS + 100
    watcher, camera = play(Film(range(0, 200, 40)), takes_ms=[stall])
    assert watcher.seen == [(0, 0), (1, stall), (2, stall + 40), (3, stall + 80), (4, stall + 120)]
    assert camera.dropped == 0


def test_in_a_loop_time_goes_on() -> None:
    watcher, _ = play(Film([0, 40, 80]), frames=7)
    assert watcher.seen == [(0, 0), (1, 40), (2, 80), (0, 120), (1, 160), (2, 200), (0, 240)]
    assert watcher.indexes == list(range(7))


def test_an_empty_film_in_a_loop_ends() -> None:
    watcher, _ = play(Film([]), frames=1)
    assert watcher.seen == []


def test_a_film_that_breaks_off_says_so_at_its_end() -> None:
    error = MediaError("media.truncated", path="film", frames=2)
    watcher, _ = play(Film([0, 40], error))
    assert len(watcher.seen) == 2
    assert watcher.problem is error


def test_stop_ends_a_wait_and_tells_nobody(clips: Path) -> None:
    seen, ended = Event(), Event()
    with open_media(clips / "one_frame.mp4") as source:
        camera = VirtualCamera(
            source, lambda _: seen.set(), clock=StuckClock(), on_end=lambda _: ended.set(), loop=True
        )
        camera.stop()  # before the start: nothing to end
        camera = VirtualCamera(
            source, lambda _: seen.set(), clock=StuckClock(), on_end=lambda _: ended.set(), loop=True
        )
        camera.start()
        assert seen.wait(10)
        camera.stop()
        camera.stop()
    assert not ended.is_set()


class StuckClock(FakeClock):
    """A clock whose waits end only with the event."""

    def wait(self, event: Event, seconds: float) -> bool:
        return event.wait(60) if seconds else event.is_set()


def test_the_computer_s_clock_goes_forward_and_waits_for_events() -> None:
    clock = MonotonicClock()
    event = Event()
    assert clock.now_ns() <= clock.now_ns()
    assert not clock.wait(event, 0)
    event.set()
    assert clock.wait(event, 60)


@pytest.mark.parametrize("name", ["vfr_h264.mp4", "rotated_90.mp4"])
def test_a_real_file_keeps_its_pace(name: str, clips: Path) -> None:
    with open_media(clips / name) as source:
        times = [frame.time_ns // MS for frame in source.frames()]
        clock = FakeClock()
        watcher = Watcher(clock)
        with VirtualCamera(source, watcher.on_frame, clock=clock, on_end=watcher.on_end):
            assert watcher.ended.wait(10)
    assert [time for _, time in watcher.seen] == times
