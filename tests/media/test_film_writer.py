"""What a camera gave is there again, at its times, also when writing was broken off."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from attune.errors import MediaError
from attune.media.film_writer import SOUND_RATE, FilmWriter, finish_film
from attune.media.open import open_media
from attune.sealing import SealedWriter, opened, sealed_path

KEY = bytes(range(32))
TIMES_MS = [0, 33, 66, 100, 250, 283, 1000, 1040, 2500]


def picture(number: int, *, width: int = 160, height: int = 120) -> NDArray[np.uint8]:
    """Grey that gets lighter from one to the next."""
    return np.full((height, width, 3), 20 + 20 * number, np.uint8)


def greys(path: Path) -> list[tuple[int, int]]:
    with open_media(path) as source:
        return [
            (round(frame.time_ns / 1e6), round((int(frame.rgb[50, 50, 1]) - 20) / 20))
            for frame in source.frames()
        ]


def test_every_picture_is_there_at_its_time(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    with path.open("wb") as file:
        writer = FilmWriter(file, width=160, height=120)
        for number, time_ms in enumerate(TIMES_MS):
            writer.add(picture(number), time_ms * 1_000_000)
        writer.add(picture(3), TIMES_MS[-1] * 1_000_000)  # no later than the one before
        writer.close()
    assert greys(path) == [(time_ms, number) for number, time_ms in enumerate(TIMES_MS)]


def test_a_finished_film_says_how_long_it_is(tmp_path: Path) -> None:
    written = io.BytesIO()
    writer = FilmWriter(written, width=160, height=120)
    for number, time_ms in enumerate(TIMES_MS):
        writer.add(picture(number), time_ms * 1_000_000)
    writer.close()
    finish_film(io.BytesIO(written.getvalue()), tmp_path / "film.mkv")
    with open_media(tmp_path / "film.mkv") as source:
        assert source.info.duration_s == pytest.approx(2.5, abs=0.1)
    assert greys(tmp_path / "film.mkv") == [(time_ms, number) for number, time_ms in enumerate(TIMES_MS)]


def test_odd_sizes_lose_a_line(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    with path.open("wb") as file:
        writer = FilmWriter(file, width=161, height=121)
        writer.add(picture(1, width=161, height=121), 0)
        writer.close()
    with open_media(path) as source:
        assert (source.info.width, source.info.height) == (160, 120)


def test_broken_off_it_plays_up_to_the_last_second(tmp_path: Path) -> None:
    """Sealed, flushed every second, and then the power goes."""
    path = tmp_path / "film.sealed"
    sealed = SealedWriter(path, KEY)
    writer = FilmWriter(sealed, width=160, height=120)
    for number in range(150):  # five seconds
        writer.add(picture(number % 10), number * 33_333_333)
        if number % 30 == 29:
            sealed.flush()
    sealed.abandon()
    with open_media(sealed_path(path, KEY)) as source:
        frames, last_ns = 0, 0
        try:
            for frame in source.frames():
                frames, last_ns = frames + 1, frame.time_ns
        except MediaError as error:
            assert error.key == "media.truncated"  # noqa: PT017 - it may well say that its end is missing
    assert frames > 115
    assert last_ns > 3_900_000_000
    with opened(sealed_path(path, KEY)) as broken:
        finish_film(broken, tmp_path / "mended.mkv")
    assert len(greys(tmp_path / "mended.mkv")) >= frames


def test_sound_is_heard_at_its_time(tmp_path: Path) -> None:
    """Half a second of silence, then a tone."""
    path = tmp_path / "film.mkv"
    time_s = np.arange(SOUND_RATE) / SOUND_RATE
    tone = (8000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16)
    with path.open("wb") as file:
        writer = FilmWriter(file, width=160, height=120, sound=True)
        for number in range(45):
            writer.add(picture(number % 10), number * 33_333_333)
        for piece in range(10):
            writer.add_sound(tone[piece * 4800 : (piece + 1) * 4800], 500_000_000 + piece * 100_000_000)
        writer.close()
    finished = tmp_path / "finished.mkv"
    with path.open("rb") as file:
        finish_film(file, finished)
    with av.open(str(finished)) as film:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in film.decode(audio=0)])
    loud = np.abs(heard.astype(float)) > 0.05 * np.abs(heard).max()
    assert np.flatnonzero(loud)[0] / SOUND_RATE == pytest.approx(0.5, abs=0.03)
    assert len(heard) / SOUND_RATE == pytest.approx(1.5, abs=0.05)
    assert len(greys(finished)) == 45
