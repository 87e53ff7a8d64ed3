from collections.abc import Iterator
from pathlib import Path
from threading import Event, current_thread, main_thread
from threading import enumerate as threads

import numpy as np
import pytest

from attune.errors import MediaError
from attune.media.frames import Frame
from attune.media.open import ahead, open_media


def frame(index: int) -> Frame:
    return Frame(np.zeros((1, 1, 3), np.uint8), index, index)


def decoding() -> bool:
    return any(thread.name == "ahead" for thread in threads())


def test_the_same_frames_come_in_the_same_order(clips: Path) -> None:
    with open_media(clips / "vfr_vp9.webm") as source:
        plain = list(source.frames())
        for one, other in zip(plain, ahead(source.frames()), strict=True):
            assert (one.time_ns, one.index) == (other.time_ns, other.index)
            assert np.array_equal(one.rgb, other.rgb)
    assert not decoding()


def test_decoding_happens_on_another_thread_and_only_so_far_ahead() -> None:
    produced: list[int] = []
    enough = Event()

    def film() -> Iterator[Frame]:
        assert current_thread() is not main_thread()
        for index in range(20):
            produced.append(index)
            if len(produced) == 5:
                enough.set()
            yield frame(index)

    frames = ahead(film(), depth=3)
    assert produced == []
    assert next(frames).index == 0
    assert enough.wait(5)  # 1 given, 3 ahead, 1 in the decoder's hand
    assert len(produced) == 5
    frames.close()
    assert not decoding()
    assert len(produced) <= 6


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_leaving_early_ends_the_thread(taken: int) -> None:
    frames = ahead((frame(index) for index in range(1000)), depth=2)
    for _ in range(taken):
        next(frames)
    frames.close()
    assert not decoding()


def test_an_error_where_the_frames_are_used_ends_the_thread() -> None:
    def use() -> None:
        for one in ahead(frame(index) for index in range(1000)):
            raise LookupError(one.index)

    with pytest.raises(LookupError):
        use()
    assert not decoding()


def test_an_error_in_decoding_comes_after_the_frames_before_it() -> None:
    def film() -> Iterator[Frame]:
        yield frame(0)
        yield frame(1)
        raise MediaError("media.truncated", path="x", frames=2)

    frames = ahead(film())
    assert [next(frames).index, next(frames).index] == [0, 1]
    with pytest.raises(MediaError):
        next(frames)
    assert not decoding()
    assert next(frames, None) is None
