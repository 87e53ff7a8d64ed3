"""Make the small awkward clips of ``tests/media/clips``: run by hand, its results are committed.

Needs the ``ffmpeg`` command (with libx264, libx265, libvpx, libaom). Every picture is drawn here: its frame
number stands in eight black or white bars along the top, below it a red and a blue half, so that a test can
tell which frame it got, the right way up and in the right colours.

    python packaging/make_test_media.py [FOLDER]
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FRAMES = 20
VARIABLE_RATE = "settb=1/1000,setpts=37*N+3*N*N"  # milliseconds
SMALL_H264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "20")
SMALL_VPX = ("-b:v", "300k", "-deadline", "good", "-cpu-used", "4")
VP9 = ("-c:v", "libvpx-vp9", *SMALL_VPX)
AV1 = ("-c:v", "libaom-av1", "-cpu-used", "8", "-crf", "40", "-b:v", "0")
KEEP_TIMES = ("-vsync", "passthrough", "-enc_time_base", "1:1000")


@dataclass(frozen=True)
class Clip:
    """One file: ffmpeg's options, and the size, number and turn of the pictures fed to it."""

    name: str
    options: tuple[str, ...]
    width: int = 96
    height: int = 64
    frames: int = FRAMES
    rate: str = "25"
    turned: int = 0  # quarter turns counter-clockwise before storing


CLIPS = (
    Clip("h264_bframes.mp4", (*SMALL_H264, "-bf", "3")),
    Clip("h264_late_start.mp4", (*SMALL_H264, "-bf", "3", "-output_ts_offset", "5")),
    Clip("h264_late_start.mkv", (*SMALL_H264, "-bf", "3", "-output_ts_offset", "5")),
    Clip("h264_no_edit_list.mp4", (*SMALL_H264, "-bf", "3", "-use_editlist", "0")),
    Clip("h264_index_first.mp4", (*SMALL_H264, "-movflags", "+faststart")),
    Clip("h264_film_rate.mp4", SMALL_H264, rate="30000/1001"),
    Clip("h264.ts", SMALL_H264),
    Clip("hevc.mp4", ("-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1")),
    Clip("vp8_odd.webm", ("-c:v", "libvpx", *SMALL_VPX), width=95, height=63),
    Clip("vp9_odd.webm", VP9, width=95, height=63),
    Clip("mpeg4.mp4", ("-c:v", "mpeg4", "-q:v", "3", "-bf", "2")),
    Clip("mpeg4_bframes.avi", ("-c:v", "mpeg4", "-q:v", "3", "-bf", "2")),
    Clip("h264_bframes.avi", (*SMALL_H264, "-bf", "3")),
    Clip("mjpeg.avi", ("-c:v", "mjpeg", "-q:v", "6", "-pix_fmt", "yuvj420p")),
    Clip("mjpeg_odd.mov", ("-c:v", "mjpeg", "-q:v", "6", "-pix_fmt", "yuvj420p"), width=95, height=63),
    Clip("mpeg1.mpg", ("-c:v", "mpeg1video", "-q:v", "4", "-bf", "2", "-f", "mpeg")),
    Clip("flash.flv", ("-c:v", "flv", "-q:v", "4")),
    Clip("windows.wmv", ("-c:v", "wmv2", "-q:v", "4")),
    Clip("animated.gif", ("-frames:v", "8"), frames=8),
    Clip("vfr_h264.mp4", ("-vf", VARIABLE_RATE, *KEEP_TIMES, *SMALL_H264, "-video_track_timescale", "90000")),
    Clip("vfr_vp9.webm", ("-vf", VARIABLE_RATE, *KEEP_TIMES, *VP9)),
    Clip("rotated_90.mp4", SMALL_H264, turned=1),
    Clip("rotated_180.mp4", SMALL_H264, turned=2),
    Clip("rotated_270.mp4", SMALL_H264, turned=3),
    Clip("one_frame.mp4", SMALL_H264, frames=1),
    Clip("av1.mp4", AV1, frames=3),
    Clip("av1.webm", AV1, frames=3),
    Clip("no_frames.mp4", (*SMALL_H264, "-frames:v", "0")),
    Clip("too_wide.webm", (*VP9, "-vf", "scale=8704:32"), frames=1),
)


def picture(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """Draw frame ``number`` (0-255): (height, width, 3) RGB."""
    rgb = np.zeros((height, width, 3), np.uint8)
    edges = np.linspace(0, width, 9).astype(int)
    for bit, (left, right) in enumerate(pairwise(edges)):
        rgb[: height // 2, left:right] = 255 if number >> bit & 1 else 0
    rgb[height // 2 :, : width // 2] = (220, 30, 30)
    rgb[height // 2 :, width // 2 :] = (30, 30, 220)
    side = height // 8
    x = 3 * number % (width - side)
    rgb[-2 * side : -side, x : x + side] = 255
    return rgb


def encode(clip: Clip, folder: Path) -> None:
    """Feed the clip's pictures to ffmpeg."""
    pictures = [np.rot90(picture(i, clip.width, clip.height), clip.turned) for i in range(clip.frames)]
    height, width = pictures[0].shape[:2]
    subprocess.run(
        (
            *("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"),
            *("-s", f"{width}x{height}", "-r", clip.rate, "-i", "-"),
            *("-fflags", "+bitexact", "-flags:v", "+bitexact", *clip.options, str(folder / clip.name)),
        ),
        input=b"".join(np.ascontiguousarray(one).tobytes() for one in pictures),
        check=True,
    )


def sounds(folder: Path) -> None:
    """Half a second of tone, in containers that could hold a picture and in one that could not."""
    for name, codec in (
        ("sound_only.mp4", "aac"),
        ("sound_only.webm", "libvorbis"),
        ("sound_only.wav", "pcm_u8"),
    ):
        subprocess.run(
            (
                *("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=0.5:r=8000"),
                *("-c:a", codec, "-fflags", "+bitexact", str(folder / name)),
            ),
            check=True,
        )


def changing_size(folder: Path) -> None:
    """Join streams of two sizes, as a video call does when the line gets worse."""
    parts = [folder / "part_large.ts", folder / "part_small.ts"]
    for part, (width, height) in zip(parts, ((96, 64), (48, 32)), strict=True):
        encode(Clip(part.name, SMALL_H264, width=width, height=height, frames=10), folder)
    joined = "concat:" + "|".join(str(part) for part in parts)
    subprocess.run(
        ("ffmpeg", "-v", "error", "-y", "-i", joined, "-c", "copy", str(folder / "changing_size.ts")),
        check=True,
    )
    for part in parts:
        part.unlink()


def rotation_flag(path: Path, degrees: int) -> None:
    """Mark a file as to be turned clockwise when shown.

    ffmpeg writes the flag only while copying, and ffmpeg 5 counts its ``rotate`` counter-clockwise.
    """
    plain = path.with_stem("plain")
    path.rename(plain)
    flag = ("-c", "copy", "-metadata:s:v", f"rotate={360 - degrees}", "-fflags", "+bitexact")
    subprocess.run(("ffmpeg", "-v", "error", "-y", "-i", str(plain), *flag, str(path)), check=True)
    plain.unlink()


def main() -> None:
    """Write every clip and say how large it is."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "tests/media/clips"
    folder.mkdir(parents=True, exist_ok=True)
    for clip in CLIPS:
        encode(clip, folder)
        if clip.turned:
            rotation_flag(folder / clip.name, 90 * clip.turned)
    sounds(folder)
    changing_size(folder)
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:7d}  {path.name}")


if __name__ == "__main__":
    main()
