"""However recording ends, the film plays up to its last second."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from attune import sealing
from attune.app.recording import FLUSH_NS
from attune.app.recording import Recording as Film
from attune.errors import MediaError
from attune.media.open import open_media
from attune.sealing import HEAD, SealedWriter, sealed_path
from tests.app.partner.couples import ALL, opened
from tests.killing import killed, writers

SECOND_MS = 1000.0


def last_ms(film: Path) -> float:
    """When the last picture is that a decoder gets out of a film; it may well say that its end is missing."""
    last = 0.0
    try:
        with open_media(film) as source:
            for frame in source.frames():
                last = frame.time_ns / 1e6
    except MediaError as error:
        assert error.key in {"media.truncated", "media.no_frames"}  # noqa: PT017 - as above
    return last


def kill_and_play(tmp_path: Path, times: int, seed: int) -> float:
    """How much the worst kill cost, in ms of film."""
    chance, worst = random.Random(seed), 0.0
    with writers("tests.app.partner.recorder") as program:
        for number in range(times):
            folder = tmp_path / str(number)
            lines = chance.randrange(32, 75)
            said = killed(program, folder, lines=lines, after_s=chance.uniform(0.0, 0.04))
            with opened(folder) as couple:
                (found,) = couple.recordings().result()
                played = last_ms(found.path)
                worst = max(worst, said[-1] - played)
                couple.tidy().result()
                (tidied,) = couple.recordings().result()
            assert tidied.ended_at is None
            assert tidied.seconds == pytest.approx(played / 1000, abs=0.001)
            assert last_ms(tidied.path) == pytest.approx(played, abs=1.0)
            assert [file.name for file in tidied.path.parent.iterdir()] == [tidied.path.name]
    assert worst < SECOND_MS
    return worst


def test_a_kill_costs_less_than_a_second(tmp_path: Path) -> None:
    kill_and_play(tmp_path, times=1, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_forty_kills_cost_less_than_a_second_each(tmp_path: Path, tell: Callable[[str], None]) -> None:
    worst = kill_and_play(tmp_path, times=40, seed=2)
    tell(f"{'kill -9, recordings':<32} 40 killed, all play, at most {worst:.0f} ms short")


@pytest.mark.parametrize("size", [None, 0, HEAD], ids=["no file", "nothing in it", "no picture"])
def test_broken_off_before_its_first_picture_nothing_is_left(tmp_path: Path, size: int | None) -> None:
    with opened(tmp_path) as couple:
        ana = couple.add_person("Ana").result().id
        couple.agree(ana, ALL).result()
        recording = couple.begin_recording((ana,), sound=False).result()
        if size is not None:
            SealedWriter(recording.path, recording.path.key).abandon()
            os.truncate(recording.path, size)
        couple.tidy().result()
        assert couple.recordings().result() == ()
    assert list((tmp_path / "recordings").iterdir()) == []


@pytest.mark.parametrize("sound", [False, True], ids=["without sound", "with a microphone that is silent"])
def test_after_a_power_cut_it_plays_up_to_the_last_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: bool
) -> None:
    """Only what was asked to be on the disk is there; behind that are pages that were never written."""
    sizes, fsync = list[int](), os.fsync

    def noted(handle: int) -> None:
        fsync(handle)
        sizes.append(os.fstat(handle).st_size)

    monkeypatch.setattr(sealing.os, "fsync", noted)
    path = sealed_path(tmp_path / "film.sealed", os.urandom(32))
    running = Film(path, sound=sound)
    picture = np.arange(120 * 160 * 3, dtype=np.uint8).reshape(120, 160, 3)
    for number in range(90):
        running.add(np.roll(picture, number, axis=1), number * 33_333_333)
    running.stop().result()
    whole = path.read_bytes()
    between_ms = FLUSH_NS / 1e6 + 34
    for number, size in enumerate(sizes[:-2], start=1):  # the last two are those of its end
        path.write_bytes(whole[:size] + bytes(50_000))
        played = last_ms(path)
        assert played > (number + 1) * between_ms - SECOND_MS  # even if it goes just before the next
    assert len(sizes) > 6
