from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest

from attune.app.analysing import Analysed, Analysis
from attune.app.library import ClipSet
from attune.app.measuring import Measurer
from attune.clips.clip_set import load_clip_set
from attune.errors import MediaError
from attune.resources import asset


class FakeMeasurer:
    """Promises, and keeps it when a test says so."""

    processes = 2

    def __init__(self) -> None:
        self.asked: list[tuple[str, Future[Any]]] = []

    def measure(self, path: Path, *, content_hash: str, bulk: bool) -> Future[Any]:
        assert len(content_hash) == 64
        assert bulk
        future: Future[Any] = Future()
        self.asked.append((path.name, future))
        return future


@pytest.fixture(scope="module")
def clip_set() -> ClipSet:
    return load_clip_set(asset("clips", "starter"))


def test_each_clip_is_measured_once_as_many_at_a_time_as_there_are_processes(clip_set: ClipSet) -> None:
    fake, heard = FakeMeasurer(), list[Analysed]()
    analysis = Analysis(cast("Measurer", fake), clip_set, heard.append)
    assert not analysis.going
    analysis.go_on()
    analysis.go_on()
    for done in range(len(clip_set.clips)):
        assert len(fake.asked) == min(done + 2, len(clip_set.clips))
        _, future = fake.asked[done]
        if done == 3:
            future.set_exception(MediaError("media.empty", path="x"))
        else:
            future.set_result(None)
    assert [name for name, _ in fake.asked] == [clip.file.name for clip in clip_set.clips]
    assert heard[-1] == Analysed(done=len(clip_set.clips), failed=1, total=len(clip_set.clips))
    assert not analysis.going


def test_a_pause_lets_what_is_under_way_finish_and_begins_nothing(clip_set: ClipSet) -> None:
    fake, heard = FakeMeasurer(), list[Analysed]()
    analysis = Analysis(cast("Measurer", fake), clip_set, heard.append)
    analysis.go_on()
    analysis.pause()
    for _, future in tuple(fake.asked):
        future.set_result(None)
    assert (len(fake.asked), heard[-1].done, analysis.going) == (2, 2, False)
    analysis.go_on()
    assert (len(fake.asked), analysis.going) == (4, True)


def test_what_was_stopped_is_not_heard_of_again(clip_set: ClipSet) -> None:
    fake, heard = FakeMeasurer(), list[Analysed]()
    analysis = Analysis(cast("Measurer", fake), clip_set, heard.append)
    analysis.go_on()
    analysis.stop()
    assert all(future.cancelled() for _, future in fake.asked)
    analysis.go_on()
    assert (len(fake.asked), heard) == (2, [])
