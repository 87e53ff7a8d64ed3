"""Locked films and pictures are decoded as plain ones are, from their sealed bytes alone."""

import os
from pathlib import Path

import numpy as np
import pytest

from attune.errors import MediaError
from attune.media.open import frames_at, open_media
from attune.media.pictures import read_picture
from attune.resources import asset
from attune.sealing import SealedPath, SealedWriter, sealed_path
from tests.films import film

KEY = bytes(range(32))
FILM = film("happiness")


def sealed(data: bytes, folder: Path) -> SealedPath:
    writer = SealedWriter(folder / "000001.sealed", KEY)
    writer.write(data)
    writer.close()
    return sealed_path(folder / "000001.sealed", KEY)


@pytest.fixture(autouse=True)
def _no_plain_copy(tmp_path: Path) -> object:
    """Whatever is done, nothing but what was sealed lies there afterwards."""
    yield
    assert all(b"webm" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_locked_film_has_the_same_frames(tmp_path: Path) -> None:
    locked = sealed(FILM.read_bytes(), tmp_path)
    with open_media(FILM) as plain, open_media(locked) as other:
        assert (other.info.codec, other.info.frames) == (plain.info.codec, plain.info.frames)
        for _ in range(2):  # each pass opens it anew
            for one, two in zip(plain.frames(), other.frames(), strict=True):
                assert one.time_ns == two.time_ns
                assert np.array_equal(one.rgb, two.rgb)


def test_a_frame_is_found_and_a_capture_left_alone_does_no_harm(tmp_path: Path) -> None:
    locked = sealed(FILM.read_bytes(), tmp_path)
    (one,), (two,) = frames_at(FILM, [10**9]), frames_at(locked, [10**9])
    assert np.array_equal(one.rgb, two.rgb)
    source = open_media(locked)  # never closed: its frames are collected in any order
    next(source.frames())


def test_a_locked_film_cut_short_is_told(tmp_path: Path) -> None:
    data = FILM.read_bytes()
    with (
        pytest.raises(MediaError, match="truncated"),
        open_media(sealed(data[: len(data) // 2], tmp_path)) as it,
    ):
        list(it.frames())


def test_a_locked_picture_is_read(tmp_path: Path) -> None:
    picture = next(asset("guide", "pictures").glob("*.png"))
    _, one = read_picture(picture)
    _, two = read_picture(sealed(picture.read_bytes(), tmp_path))
    assert np.array_equal(one, two)


def test_what_is_no_film_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="not_media"):
        open_media(sealed(os.urandom(1000), tmp_path))
