import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from attune.perception.faces import FacesTracker
from attune.perception.landmarker import Seen
from attune.perception.live import LiveTracker
from attune.perception.track import HOLD, FaceMeasurement
from attune.perception.tracker import FaceTracker
from tests.perception.faces import some_face
from tests.perception.scenes import FRAME_NS, astronaut_head, drawn_head, put, room

PATIENCE_S = 10
LOADING_S = 50  # MediaPipe, on a machine that is busy with something else
FACE = some_face()


class SlowTracker:
    """Measures one frame each time it is let, and remembers which ones."""

    def __init__(self) -> None:
        self.busy, self.go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.seen: list[int] = []
        self.closed = False

    def look(self, _: np.ndarray, time_ns: int) -> FaceMeasurement:
        self.busy.release()
        assert self.go_on.acquire(timeout=PATIENCE_S)
        self.seen.append(time_ns)
        return FACE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closed = True


def frame() -> np.ndarray:
    return np.zeros((4, 4, 3), dtype=np.uint8)


def unexpected(error: Exception) -> None:
    raise AssertionError from error


def test_the_newest_frame_wins_and_the_rest_are_counted() -> None:
    tracker, heard = SlowTracker(), []
    with LiveTracker(lambda: tracker, lambda *found: heard.append(found), unexpected) as live:
        live.submit(frame(), 1)
        assert tracker.busy.acquire(timeout=PATIENCE_S)  # it is at the first now
        for time_ns in (2, 3, 4):
            live.submit(frame(), time_ns)
        tracker.go_on.release()
        assert tracker.busy.acquire(timeout=PATIENCE_S)
        tracker.go_on.release()
    assert tracker.seen == [1, 4]
    assert live.dropped == 2
    assert heard == [(1, FACE), (4, FACE)]
    assert tracker.closed


def test_what_may_come_later_comes_after_the_result() -> None:
    tracker, done, order = SlowTracker(), threading.Semaphore(0), list[str]()

    def afterwards(rgb: np.ndarray, time_ns: int, found: FaceMeasurement) -> None:
        assert (rgb.shape, time_ns, found) == ((4, 4, 3), 7, FACE)
        order.append("afterwards")
        done.release()

    def told(_time_ns: int, _found: FaceMeasurement) -> None:
        order.append("result")

    with LiveTracker(lambda: tracker, told, unexpected, afterwards=afterwards) as live:
        live.submit(frame(), 7)
        assert tracker.busy.acquire(timeout=PATIENCE_S)
        tracker.go_on.release()
        assert done.acquire(timeout=PATIENCE_S)
    assert order == ["result", "afterwards"]


def test_stopping_without_a_frame_stops() -> None:
    tracker = SlowTracker()
    with LiveTracker(lambda: tracker, lambda *_: None, unexpected):
        pass
    assert tracker.closed


def test_what_ends_the_thread_is_told() -> None:
    def broken() -> FaceTracker:
        raise OSError("no model")

    errors: list[Exception] = []
    told = threading.Event()

    def hear(error: Exception) -> None:
        errors.append(error)
        told.set()

    with LiveTracker(broken, lambda *_: None, hear) as live:
        assert told.wait(PATIENCE_S)
        live.submit(frame(), 0)
    assert [str(error) for error in errors] == ["no model"]


def test_a_real_face_is_followed_live(model: Path, astronaut: np.ndarray) -> None:
    found: list[Seen | None] = []
    arrived = threading.Event()

    def result(_: int, face: Seen | None) -> None:
        found.append(face)
        arrived.set()

    with LiveTracker(lambda: FaceTracker(model), result, unexpected) as live:
        live.submit(astronaut, 0)
        assert arrived.wait(LOADING_S)
    assert found[0] is not None


def test_two_people_are_followed_live(model: Path) -> None:
    frame = put(put(room(), astronaut_head(150), (330, 360)), drawn_head("dayo", 200), (930, 360))
    named, arrived = set[int](), threading.Semaphore(0)

    def result(_: int, faces: dict[int, Seen]) -> None:
        named.update(faces)
        arrived.release()

    with LiveTracker(lambda: FacesTracker(model), result, unexpected) as live:
        for index in range(HOLD):
            live.submit(frame, index * FRAME_NS)
            assert arrived.acquire(timeout=LOADING_S)
    assert named == {1, 2}
