"""A part of a film: which pictures are in it, when, and whether they are the very same."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from attune.errors import MediaError
from attune.media.open import open_media
from attune.media.trim import copied_from, trim
from attune.resources import Words
from tests.films import film

Picture = NDArray[np.uint8]
FILM = film("fear")  # a keyframe every 520 ms
KEYFRAME, MS = 520_000_000, 1_000_000


def frames(path: Path) -> list[tuple[int, Picture]]:
    with open_media(path) as source:
        return [(frame.time_ns, frame.rgb) for frame in source.frames()]


def test_it_can_be_cut_as_it_is_where_a_keyframe_is() -> None:
    assert copied_from(FILM, 0) == 0
    assert copied_from(FILM, KEYFRAME - 1) == 0
    assert copied_from(FILM, KEYFRAME) == KEYFRAME
    assert copied_from(FILM, 10**12) == 4 * KEYFRAME


def test_copied_the_pictures_are_the_very_same(tmp_path: Path) -> None:
    done = trim(FILM, tmp_path / "part.webm", KEYFRAME + 100 * MS, 1500 * MS, exact=False)
    assert (done.start_ns, done.encoded) == (KEYFRAME, False)
    before = {time - KEYFRAME: rgb for time, rgb in frames(FILM) if KEYFRAME <= time < 1500 * MS}
    after = frames(tmp_path / "part.webm")
    assert [time for time, _ in after] == list(before)
    assert all(np.array_equal(rgb, before[time]) for time, rgb in after)
    assert done.content_hash == hashlib.sha256((tmp_path / "part.webm").read_bytes()).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["part.webm"]


def test_exactly_the_pictures_are_encoded_anew(tmp_path: Path) -> None:
    done = trim(FILM, tmp_path / "part.webm", 600 * MS, 1000 * MS, exact=True)
    assert (done.start_ns, done.encoded) == (600 * MS, True)
    before = [(time - 600 * MS, rgb) for time, rgb in frames(FILM) if 600 * MS <= time < 1000 * MS]
    after = frames(tmp_path / "part.webm")
    assert [time for time, _ in after] == [time for time, _ in before]
    apart = [np.abs(a.astype(int) - b).mean() for (_, a), (_, b) in zip(before, after, strict=True)]
    assert max(apart) < 3


@pytest.mark.parametrize(
    "name",
    ["h264_bframes.mp4", "vfr_h264.mp4", "mjpeg_odd.mov", "vp8_odd.webm", "vp9_odd.webm", "mpeg4.mp4",
     "rotated_90.mp4", "rotated_180.mp4", "rotated_270.mp4", "h264_late_start.mkv", "mjpeg.avi", "hevc.mp4"],
)  # fmt: skip
@pytest.mark.parametrize("exact", [False, True])
def test_awkward_films_keep_their_pictures_in_order(
    tmp_path: Path, clips: Path, number_shown: Callable[[Picture], int], name: str, exact: bool
) -> None:
    whole = frames(clips / name)
    half = whole[len(whole) // 2][0]
    done = trim(clips / name, tmp_path / name, half, whole[-1][0] + MS, exact=exact)
    after = frames(tmp_path / name)
    numbers = [number_shown(rgb) for _, rgb in after]
    wanted = [number_shown(rgb) for time, rgb in whole if time >= done.start_ns]
    assert numbers == wanted
    assert done.start_ns == half if exact else done.start_ns <= half
    times = [time for time, _ in after]
    assert times == pytest.approx(
        [time - done.start_ns for time, _ in whole if time >= done.start_ns], abs=MS
    )


def test_sound_alone_is_cut_anywhere(tmp_path: Path, clips: Path) -> None:
    for name in ("sound_only.wav", "sound_only.webm", "sound_only.mp4"):
        done = trim(clips / name, tmp_path / name, 50 * MS, 100 * MS, exact=True)
        assert (done.start_ns, done.encoded) == (50 * MS, False)
        assert 0 < (tmp_path / name).stat().st_size < (clips / name).stat().st_size


@pytest.mark.parametrize("name", ["broken.mp4", "text.mp4", "picture.gif", "none.mp4"])
def test_what_cannot_be_cut_is_told_and_leaves_nothing(tmp_path: Path, clips: Path, name: str) -> None:
    path = tmp_path / name
    if name == "broken.mp4":
        path.write_bytes((clips / "h264_bframes.mp4").read_bytes()[:900])
    elif name == "text.mp4":
        path.write_text("not a film")
    elif name == "picture.gif":
        path.write_bytes((clips / "animated.gif").read_bytes())
    with pytest.raises(MediaError) as caught:
        trim(path, tmp_path / f"part-{name}", 0, 100 * MS, exact=False)
    assert "{" not in Words().error(caught.value)
    assert not (tmp_path / f"part-{name}").exists()


def test_no_part_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no part"):
        trim(FILM, FILM, 5, 5, exact=False)
