import threading
from pathlib import Path

import numpy as np
import pytest

from attune.app.live import LiveFilm
from attune.errors import MediaError, ModelError
from attune.media.open import open_media
from attune.perception.model_file import find_model
from attune.resources import asset

PATIENCE_S = 60
CLIP = min(asset("clips", "starter", "media").glob("*.webm"))


def unexpected(error: Exception) -> None:
    raise AssertionError from error


@pytest.mark.slow
def test_frames_are_shown_and_their_faces_found() -> None:
    shown: dict[int, np.ndarray] = {}
    faces: list[int] = []
    enough = threading.Event()

    def on_face(time_ns: int, landmarks: np.ndarray | None) -> None:
        if landmarks is not None:
            assert landmarks.shape == (478, 3)
            faces.append(time_ns)
        if len(faces) >= 5:
            enough.set()

    model = find_model(None, Path("nowhere"))
    with LiveFilm(
        CLIP, model, on_frame=lambda rgb, time_ns: shown.update({time_ns: rgb}), on_face=on_face,
        on_error=unexpected,
    ):  # fmt: skip
        assert enough.wait(PATIENCE_S)
    assert faces == sorted(faces)
    assert set(faces) <= set(shown)
    with open_media(CLIP) as film:
        assert next(iter(shown.values())).shape == (film.info.height, film.info.width, 3)


def test_a_film_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        LiveFilm(
            tmp_path / "none.mp4", tmp_path, on_frame=lambda *_: None, on_face=lambda *_: None,
            on_error=unexpected,
        )  # fmt: skip


def test_a_model_that_cannot_be_read_is_told_on_the_way(tmp_path: Path) -> None:
    heard, told = [], threading.Event()

    def on_error(error: Exception) -> None:
        heard.append(error)
        told.set()

    broken = tmp_path / "model.task"
    broken.write_bytes(b"nothing")
    film = LiveFilm(CLIP, broken, on_frame=lambda *_: None, on_face=lambda *_: None, on_error=on_error)
    with film:
        assert told.wait(PATIENCE_S)
    assert isinstance(heard[0], ModelError)
