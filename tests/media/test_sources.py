"""What every source of frames promises, and what the videos among them show when."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from attune.media.frames import FrameSource, MediaKind
from attune.media.open import open_media, open_sequence
from attune.media.opencv import cv2

MS = 1_000_000
STEADY = tuple(40 * MS * index for index in range(20))
VARIABLE = tuple((37 * index + 3 * index**2) * MS for index in range(20))

FILM_RATE = tuple(round(index * 1001 / 30_000 * 1e9) for index in range(20))

VIDEOS = {
    "h264_film_rate.mp4": ("h264", FILM_RATE),
    "h264_bframes.mp4": ("h264", STEADY),
    "h264_late_start.mp4": ("h264", STEADY),  # times count from the stream's start
    "h264_late_start.mkv": ("h264", STEADY),
    "h264_no_edit_list.mp4": ("h264", STEADY),
    "h264_index_first.mp4": ("h264", STEADY),
    "h264.ts": ("h264", STEADY),
    "hevc.mp4": ("hevc", STEADY),
    "vp8_odd.webm": ("vp8", STEADY),
    "vp9_odd.webm": ("vp9", STEADY),
    "mpeg4.mp4": ("mpeg4", STEADY),
    "mjpeg.avi": ("mjpeg", STEADY),
    "mjpeg_odd.mov": ("mjpeg", STEADY),
    "mpeg1.mpg": ("mpg1", STEADY),
    "flash.flv": ("flv1", STEADY),
    "windows.wmv": ("wmv2", STEADY),
    "animated.gif": ("gif", STEADY[:8]),
    "vfr_h264.mp4": ("h264", VARIABLE),
    "vfr_vp9.webm": ("vp9", VARIABLE),
    "rotated_90.mp4": ("h264", STEADY),
    "rotated_180.mp4": ("h264", STEADY),
    "rotated_270.mp4": ("h264", STEADY),
    "one_frame.mp4": ("h264", STEADY[:1]),
    # AVI knows only the order of decoding: with B-frames the first picture comes late, in Qt as here.
    "mpeg4_bframes.avi": ("mpeg4", tuple(time + 40 * MS for time in STEADY)),
    "h264_bframes.avi": ("h264", tuple(time + 80 * MS for time in STEADY)),
}
WITHOUT_TIMES = {"mpeg1.mpg": 1, "mpeg4_bframes.avi": 1, "h264_bframes.avi": 2}


@pytest.fixture(params=["mp4", "webm", "avi", "picture", "sequence"])
def opened(request: pytest.FixtureRequest, clips: Path, tmp_path: Path) -> Callable[[], FrameSource]:
    videos = {"mp4": "rotated_90.mp4", "webm": "vfr_vp9.webm", "avi": "mpeg4_bframes.avi"}
    if request.param in videos:
        return lambda: open_media(clips / videos[request.param])
    paths = [tmp_path / f"{index}.png" for index in range(4)]
    for index, path in enumerate(paths):
        cv2.imwrite(str(path), np.full((9, 7, 3), 10 * index, np.uint8))
    if request.param == "picture":
        return lambda: open_media(paths[0])
    return lambda: open_sequence(paths, 30.0)


class TestEverySource:
    def test_frames_are_upright_rgb_of_the_size_it_told(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            for index, frame in enumerate(source.frames()):
                assert frame.rgb.shape == (source.info.height, source.info.width, 3)
                assert frame.rgb.dtype == np.uint8
                assert frame.rgb.flags.c_contiguous
                assert frame.index == index

    def test_times_are_whole_nanoseconds_that_only_grow(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            times = [frame.time_ns for frame in source.frames()]
        assert all(type(time) is int for time in times)
        assert times[0] >= 0
        assert all(earlier < later for earlier, later in pairwise(times))

    def test_every_pass_gives_the_same(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            first, second = list(source.frames()), list(source.frames())
        assert [frame.time_ns for frame in first] == [frame.time_ns for frame in second]
        assert all(np.array_equal(one.rgb, other.rgb) for one, other in zip(first, second, strict=True))

    def test_passes_do_not_disturb_one_another(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            whole = [frame.time_ns for frame in source.frames()]
            assert [
                (one.time_ns, other.time_ns)
                for one, other in zip(source.frames(), source.frames(), strict=True)
            ] == [(time, time) for time in whole]

    def test_a_frame_has_its_own_memory(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            for frame in source.frames():
                frame.rgb[:] = 7
            assert not any((frame.rgb == 7).all() for frame in source.frames())

    def test_a_pass_may_be_left_early(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            next(source.frames())
            assert next(source.frames()).index == 0

    def test_once_closed_it_gives_nothing(self, opened: Callable[[], FrameSource]) -> None:
        source = opened()
        source.close()
        source.close()
        with pytest.raises(ValueError, match="closed"):
            source.frames()

    def test_what_it_tells_is_a_number_or_none(self, opened: Callable[[], FrameSource]) -> None:
        with opened() as source:
            info = source.info
        assert info.path.exists()
        assert info.codec
        assert info.rotation in (0, 90, 180, 270)
        for number in (info.frame_rate, info.frames, info.duration_s):
            assert number is None or number > 0


class TestVideos:
    @pytest.mark.parametrize("name", VIDEOS)
    def test_every_frame_is_shown_at_the_time_the_stream_gives_it(
        self, name: str, clips: Path, number_shown: Callable[[NDArray[np.uint8]], int]
    ) -> None:
        codec, times = VIDEOS[name]
        with open_media(clips / name) as source:
            frames = list(source.frames())
            assert source.info.codec == codec
            assert source.info.kind is MediaKind.VIDEO
            assert source.estimated == WITHOUT_TIMES.get(name, 0)
        if name != "animated.gif":  # its few colours are not quite these
            assert [number_shown(frame.rgb) for frame in frames] == list(range(len(times)))
        assert tuple(frame.time_ns for frame in frames) == times

    @pytest.mark.parametrize("degrees", [90, 180, 270])
    def test_the_rotation_flag_is_honoured(self, degrees: int, clips: Path) -> None:
        with open_media(clips / f"rotated_{degrees}.mp4") as source:
            assert (source.info.width, source.info.height, source.info.rotation) == (96, 64, degrees)

    @pytest.mark.parametrize("name", ["vp8_odd.webm", "vp9_odd.webm", "mjpeg_odd.mov"])
    def test_odd_sizes_stay_odd(self, name: str, clips: Path) -> None:
        with open_media(clips / name) as source:
            assert (source.info.width, source.info.height) == (95, 63)

    def test_a_stream_that_changes_its_size_keeps_the_first(
        self, clips: Path, number_shown: Callable[[NDArray[np.uint8]], int]
    ) -> None:
        with open_media(clips / "changing_size.ts") as source:
            frames = list(source.frames())
        assert {frame.rgb.shape for frame in frames} == {(64, 96, 3)}
        assert [number_shown(frame.rgb) for frame in frames] == [*range(10), *range(10)]


class TestSequences:
    def test_times_come_from_the_rate_that_was_named(self, tmp_path: Path) -> None:
        paths = [tmp_path / f"{index}.bmp" for index in range(4)]
        for path in paths:
            cv2.imwrite(str(path), np.zeros((4, 4, 3), np.uint8))
        with open_sequence(paths, 30.0) as source:
            assert [frame.time_ns for frame in source.frames()] == [0, 33_333_333, 66_666_667, 100_000_000]
            assert source.info.kind is MediaKind.SEQUENCE
            assert source.info.frames == 4

    @pytest.mark.parametrize(("count", "rate"), [(0, 25.0), (1, 0.0), (1, -1.0), (1, float("nan"))])
    def test_it_needs_pictures_and_a_rate(self, count: int, rate: float, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="rate"):
            open_sequence([tmp_path / "one.png"] * count, rate)
