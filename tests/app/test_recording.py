"""What is recorded is sealed until it is kept; then it is a clip of a set, with the consent before it."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import run
from threading import Event

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from attune.affect.reading import Source
from attune.app import recording
from attune.app.library import Channel, Library
from attune.app.recording import Keeping, Recorded, Recording, film_camera
from attune.clips.clip_set import load_clip_set
from attune.errors import LibraryError, MediaError
from attune.media.open import open_media
from attune.sealing import opened, sealed_path
from tests.app.filmed import agreed, filmed_set
from tests.films import film

FILM = film("happiness")


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    with ThreadPoolExecutor(1) as background:
        yield Keeping(library=Library(background, tmp_path / "library"), background=background)


def grey(level: int) -> NDArray[np.uint8]:
    return np.full((120, 160, 3), level, np.uint8)


def recorded(folder: Path, *, seconds: float = 2.0) -> Recorded:
    recording = Recording(folder)
    for number in range(round(seconds * 30)):
        recording.add(grey(50 + number % 100), 7_000_000_000 + number * 33_333_333)
    return recording.stop().result()


def test_what_is_recorded_is_readable_with_its_key_alone(tmp_path: Path) -> None:
    made = recorded(tmp_path / "recordings")
    assert made.pictures + made.dropped == 60
    assert made.lasts_s == pytest.approx(59 / 30, abs=0.4)
    with open_media(made.path) as source:
        assert next(iter(source.frames())).time_ns == 0
    assert b"matroska" not in made.path.read_bytes()
    made.discard()
    assert not list((tmp_path / "recordings").iterdir())


def test_sound_goes_along_and_the_clip_says_so(tmp_path: Path, keeping: Keeping) -> None:
    running = Recording(tmp_path / "recordings", sound=True)
    running.add_sound(np.full(4800, 9000, np.int16), 6_900_000_000)  # before the first picture
    for number in range(30):
        running.add(grey(100), 7_000_000_000 + number * 33_333_333)
    running.add_sound(np.full(48_000, 9000, np.int16), 7_000_000_000)
    made = running.stop().result()
    assert made.sound
    folder = keeping.keep_as_new(made, agreed("Ben"), "Recordings", "").result()
    (clip,) = keeping.library.read(folder).clips
    assert clip.channel is Channel.PICTURE_AND_SOUND
    with av.open(str(clip.file)) as film:
        heard = sum(frame.samples for frame in film.decode(audio=0))
    assert heard / 48_000 == pytest.approx(1.0, abs=0.1)


def test_a_recording_of_nothing_is_no_trouble(tmp_path: Path) -> None:
    made = Recording(tmp_path).stop().result()
    assert (made.pictures, made.lasts_s) == (0, 0.0)


def test_it_becomes_a_clip_of_the_set_with_its_consent(tmp_path: Path, keeping: Keeping) -> None:
    folder = filmed_set(tmp_path / "library" / "sets" / "evenings", {"Ana": 1}, consent=(agreed("Ana"),))
    before = load_clip_set(folder)
    made = recorded(tmp_path / "recordings")
    assert keeping.keep(made, agreed("Ben"), before, "fear").result() == folder
    after = load_clip_set(folder)
    assert after.clips[:-1] == before.clips
    clip = after.clips[-1]
    assert (clip.person, clip.channel, clip.references[0].top) == ("Ben", Channel.PICTURE, "fear")
    assert clip.references[0].source is Source.INTENDED
    assert after.consent == (agreed("Ana"), agreed("Ben"))
    clip.verify()
    with open_media(clip.file) as source:
        assert source.info.duration_s == pytest.approx(made.lasts_s, abs=0.2)
    assert not made.path.exists()


def test_it_becomes_a_set_of_its_own(tmp_path: Path, keeping: Keeping) -> None:
    made = recorded(tmp_path / "recordings")
    folder = keeping.keep_as_new(made, agreed("Ben"), "Recordings", "").result()
    found = keeping.library.read(folder)
    assert (found.name, found.consent, len(found.clips)) == ("Recordings", (agreed("Ben"),), 1)
    assert found.clips[0].references == ()


def test_a_full_disk_is_told_and_nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(recording.SealedWriter):
        def write(self, data: bytes | bytearray | memoryview) -> int:
            del data
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording, "SealedWriter", Full)
    running = Recording(tmp_path)
    for number in range(500):
        running.add(grey(100), number * 33_333_333)
    with pytest.raises(LibraryError, match=r"library\.full"):
        running.stop().result()


def test_a_disk_that_is_full_at_the_very_end_is_told_and_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(recording.SealedWriter):
        def close(self) -> None:
            self.abandon()
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording, "SealedWriter", Full)
    running = Recording(tmp_path)
    running.add(grey(100), 0)
    with pytest.raises(LibraryError, match=r"library\.full"):
        running.stop().result()


def test_stopping_waits_for_nothing_and_loses_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Event()

    class Slow(recording.SealedWriter):
        def flush(self) -> None:
            assert disk.wait(30)
            super().flush()

    monkeypatch.setattr(recording, "SealedWriter", Slow)
    running, many = Recording(tmp_path), 5 * recording.MOST_WAITING
    for number in range(many):
        running.add(grey(50 + number % 100), number * 33_333_333)
    with ThreadPoolExecutor(1) as another:
        try:
            done = another.submit(running.stop).result(10)
            assert running.stop() is done
            assert not done.done()
        finally:
            disk.set()
    made = done.result(60)
    assert made.dropped > 0
    assert made.pictures + made.dropped == many
    with open_media(made.path) as source:
        assert len(list(source.frames())) == made.pictures


def test_a_film_is_a_camera(tmp_path: Path) -> None:
    running, enough, seen = Recording(tmp_path), Event(), list[int]()

    def take(rgb: NDArray[np.uint8], time_ns: int) -> None:
        running.add(rgb, time_ns)
        seen.append(time_ns)
        if len(seen) > 10:
            enough.set()

    camera = film_camera(FILM, take, lambda _error: None)
    camera.start()
    assert enough.wait(20)
    camera.stop()
    made = running.stop().result()
    assert made.pictures > 10
    with opened(made.path) as file:
        assert file.read(4) == b"\x1a\x45\xdf\xa3"


def test_what_is_no_film_is_no_camera(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        film_camera(tmp_path / "nothing.mp4", lambda _rgb, _time: None, lambda _error: None)


ENDING = """
import sys
from pathlib import Path
import numpy as np
from attune.app.recording import Recording
from attune.sealing import sealed_path
running = Recording(sealed_path(Path(sys.argv[1]), bytes(32)))
for number in range(60):
    running.add(np.zeros((240, 320, 3), np.uint8), number * 33_333_333)
if sys.argv[2] != "nobody stops it":
    done = running.stop()
if sys.argv[2] == "nobody wants it":
    done.add_done_callback(lambda done: done.result().discard())
"""


STUCK = """
import sys
from pathlib import Path
from threading import Event
import numpy as np
from attune.app import recording
class Stuck(recording.SealedWriter):
    def write(self, data):
        print("stuck", flush=True)
        Event().wait()
recording.SealedWriter, recording.PATIENCE_S = Stuck, 1.0
for each in range(60):
    running = recording.Recording(Path(sys.argv[1]))
    for number in range(60):
        running.add(np.zeros((48, 64, 3), np.uint8), number * 33_333_333)
"""


def test_a_program_ends_in_spite_of_a_disk_that_takes_nothing(tmp_path: Path) -> None:
    ended = run([sys.executable, "-c", STUCK, str(tmp_path)], timeout=30, check=True, capture_output=True)
    assert b"stuck" in ended.stdout
    assert ended.stderr == b""


@pytest.mark.parametrize("how", ["it is stopped", "nobody stops it", "nobody wants it"])
def test_a_program_that_ends_ends_its_recording_first(tmp_path: Path, how: str) -> None:
    path = tmp_path / "film.sealed"
    run([sys.executable, "-c", ENDING, str(path), how], timeout=60, check=True)
    if how == "nobody wants it":
        assert not path.exists()
        return
    with open_media(sealed_path(path, bytes(32))) as source:
        assert len(list(source.frames())) == 60
