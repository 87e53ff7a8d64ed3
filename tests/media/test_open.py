"""What cannot be opened is told in a sentence; what breaks off is told after the frames before it."""

import os
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.errors import MediaError
from attune.media.frames import Frame
from attune.media.open import frames_at, frames_shown, open_media
from attune.media.signature import HEAD, Container, is_cut_short, recognise
from attune.resources import Words

MS = 1_000_000


def told(path: Path) -> MediaError:
    """The error on opening the file or on the way through it; its sentence names the file."""
    with pytest.raises(MediaError) as caught, open_media(path) as source:
        for _ in source.frames():
            pass
    assert str(path) in Words().error(caught.value)
    return caught.value


@pytest.fixture(autouse=True)
def _terminal_stays_quiet(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("av1.mp4", "media.av1"),
        ("av1.webm", "media.av1"),
        ("no_frames.mp4", "media.no_frames"),
        ("sound_only.mp4", "media.no_frames"),
        ("sound_only.webm", "media.no_frames"),
        ("sound_only.wav", "media.no_frames"),
        ("too_wide.webm", "media.too_large"),
        ("there_is_none.mp4", "media.missing"),
        ("", "media.is_folder"),
    ],
)
def test_clips_that_cannot_be_opened(name: str, key: str, clips: Path) -> None:
    assert told(clips / name).key == key


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "media.empty"),
        (b"x", "media.not_media"),
        (b"Dear diary,\n" * 100, "media.not_media"),
        (b"#EXTM3U\n#EXTINF:1,\nhttp://example.org/one.ts\n", "media.not_media"),
        (b"ffconcat version 1.0\nfile /etc/hostname\n", "media.not_media"),
        (bytes(5000), "media.not_media"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "media.phone_picture"),
        (b"\xff\xd8\xff" + bytes(100), "media.unreadable"),
    ],
)
@pytest.mark.parametrize("ending", ["mp4", "png", "m3u8"])
def test_files_that_are_no_media_whatever_their_names(
    data: bytes, key: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_bytes(data)
    assert told(path).key == key


def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    assert told(pipe).key == "media.not_media"
    assert told(Path("/dev/zero")).key == "media.not_media"


def test_a_name_that_looks_like_a_pattern_is_only_a_name(clips: Path, tmp_path: Path) -> None:
    odd = tmp_path / "clip %03d: [x]*.mp4"
    odd.write_bytes((clips / "h264_bframes.mp4").read_bytes())
    with open_media(odd) as source:
        assert sum(1 for _ in source.frames()) == 20


@pytest.mark.parametrize(
    ("name", "share", "counts"),
    [
        ("h264_index_first.mp4", 0.8, range(1, 19)),
        ("vp9_odd.webm", 0.5, range(5, 16)),
        ("h264_late_start.mkv", 0.8, range(1, 19)),
        ("mjpeg.avi", 0.6, range(5, 16)),
    ],
)
def test_a_truncated_video_gives_what_it_has_and_then_tells(
    name: str, share: float, counts: range, clips: Path, tmp_path: Path
) -> None:
    data = (clips / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(share * len(data))])
    frames: list[Frame] = []
    with open_media(path) as source, pytest.raises(MediaError) as error:
        frames.extend(source.frames())
    assert error.value.key == "media.truncated"
    assert error.value.fields["frames"] == len(frames)
    assert len(frames) in counts


@pytest.mark.parametrize(
    ("name", "share"),
    [("h264_bframes.mp4", 0.5), ("h264_index_first.mp4", 0.5), ("vp9_odd.webm", 0.1), ("mjpeg.avi", 0.1)],
)
def test_a_video_without_even_a_first_frame_is_truncated(
    name: str, share: float, clips: Path, tmp_path: Path
) -> None:
    data = (clips / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(MediaError) as error:
        open_media(path)
    assert error.value.key == "media.truncated"


@pytest.mark.parametrize("name", ["h264_bframes.mp4", "vp9_odd.webm", "mpeg4_bframes.avi"])
def test_a_few_bytes_missing_after_the_last_frame_are_no_matter(
    name: str, clips: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes((clips / name).read_bytes()[:-8])
    with open_media(path) as source:
        assert sum(1 for _ in source.frames()) == 20


def test_a_download_whose_second_half_is_still_zeros_is_truncated(clips: Path, tmp_path: Path) -> None:
    data = (clips / "mjpeg_odd.mov").read_bytes()
    index = data.rindex(b"moov") - 4
    path = tmp_path / "zeros.mov"
    path.write_bytes(data[: index // 4] + bytes(index - index // 4) + data[index:])
    assert told(path).key == "media.truncated"


def test_a_video_that_goes_away_between_two_passes_is_told(clips: Path, tmp_path: Path) -> None:
    path = tmp_path / "gone.webm"
    path.write_bytes((clips / "vp9_odd.webm").read_bytes())
    with open_media(path) as source:
        assert sum(1 for _ in source.frames()) == 20
        path.unlink()
        with pytest.raises(MediaError) as error:
            next(source.frames())
    assert error.value.key == "media.unreadable"


def test_every_whole_clip_is_seen_to_be_whole(clips: Path) -> None:
    for path in clips.iterdir():
        container = recognise(path.read_bytes()[:HEAD])
        assert container is not Container.UNKNOWN
        assert not is_cut_short(path, container)


def test_frames_at_gives_the_frame_shown_then(clips: Path) -> None:
    path = clips / "vfr_h264.mp4"  # 0, 40, 86, 138 … 1786 ms
    times = [1786, 0, 39, 40, 85, 86, 5000, -5, 39]
    frames = frames_at(path, [time * MS for time in times])
    assert [frame.index for frame in frames] == [19, 0, 0, 1, 1, 2, 19, 0, 0]
    assert frames_at(path, []) == []


def test_frames_at_decodes_no_further_than_needed() -> None:
    decoded = []

    def film() -> Iterator[Frame]:
        for index in range(10):
            decoded.append(index)
            yield Frame(np.zeros((1, 1, 3), np.uint8), index * 10, index)

    assert [frame.index for frame in frames_shown(film(), [30, 5])] == [3, 0]
    assert decoded == [0, 1, 2, 3]


def test_frames_at_of_a_truncated_video_gives_the_frames_it_has(clips: Path, tmp_path: Path) -> None:
    data = (clips / "vp9_odd.webm").read_bytes()
    path = tmp_path / "cut.webm"
    path.write_bytes(data[: len(data) // 2])
    assert [frame.index for frame in frames_at(path, [0, 80 * MS])] == [0, 2]
    with pytest.raises(MediaError):
        frames_at(path, [760 * MS])


def test_a_rate_that_cannot_be_is_not_believed(clips: Path, tmp_path: Path) -> None:
    data = bytearray((clips / "h264_bframes.avi").read_bytes())
    at = data.index(b"strh") + 28  # dwScale and dwRate of the stream's header
    data[at : at + 8] = struct.pack("<II", 1, 2_000_000_000)
    path = tmp_path / "fast.avi"
    path.write_bytes(data)
    with open_media(path) as source:
        assert source.info.frame_rate is None
        times = [frame.time_ns for frame in source.frames()]
    assert all(earlier < later for earlier, later in pairwise(times))


def test_a_box_of_impossible_length_is_truncation(tmp_path: Path) -> None:
    path = tmp_path / "boxes.mp4"
    path.write_bytes(b"\0\0\0\x08ftyp" + b"\0\0\0\x01moov" + b"\xff" * 8 + bytes(100))
    assert told(path).key == "media.truncated"


# Whatever the bytes: frames, or an error that has a sentence.

STARTS = [
    b"",
    b"\0\0\0\x18ftypisom",
    b"\0\0\0\x08moov",
    b"\x1a\x45\xdf\xa3",
    b"RIFF\xff\xff\0\0AVI LIST",
    b"\0\0\x01\xba",
    b"G" + bytes(187) + b"G",
    b"FLV\x01",
    b"OggS",
    b"GIF89a",
    b"\xff\xd8\xff\xe0",
    b"BM",
]


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "file"


def decode_or_tell(path: Path) -> None:
    try:
        with open_media(path) as source:
            for frame, _ in zip(source.frames(), range(30), strict=False):
                assert frame.rgb.ndim == 3
    except MediaError as error:
        Words().error(error)


@settings(max_examples=60)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=600))
def test_random_bytes_are_never_more_than_an_error(start: bytes, rest: bytes, somewhere: Path) -> None:
    somewhere.write_bytes(start + rest)
    decode_or_tell(somewhere)


@settings(max_examples=100)
@given(data=st.data())
def test_damaged_clips_are_never_more_than_an_error(
    data: st.DataObject, clips: Path, somewhere: Path
) -> None:
    whole = bytearray(data.draw(st.sampled_from(sorted(clips.iterdir()))).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)):
        whole[place] = data.draw(st.integers(0, 255))
    somewhere.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    decode_or_tell(somewhere)
