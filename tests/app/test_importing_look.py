"""A closer look at files as people bring them, and at what they only say they are."""

import random
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest
from skimage import data, io

from attune.app.importing import Finding, How, Kind, Survey
from attune.app.importing_look import look
from attune.app.measuring import Measurer
from attune.clips.drafts import Draft
from attune.errors import ModelError
from attune.media.opencv import cv2, quieten
from attune.perception.model_file import find_model
from attune.resources import Words

CLIPS = Path(__file__).parents[1] / "media" / "clips"


def no_model() -> Path:
    raise ModelError("model.missing")


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of every kind."""
    folder = tmp_path_factory.mktemp("brought")
    quieten()
    film = (CLIPS / "h264_bframes.mp4").read_bytes()
    (folder / "film.mp4").write_bytes(film)
    (folder / "wrong_ending.avi").write_bytes(film)
    (folder / "truncated.mp4").write_bytes(film[: len(film) // 3])
    (folder / "noise.mp4").write_bytes(random.Random(1).randbytes(20_000))
    (folder / "letter.mp4").write_bytes(b"Dear colleague")
    for name in ("sound_only.mp4", "sound_only.wav", "no_frames.mp4", "too_wide.webm", "vp9_odd.webm"):
        (folder / name).write_bytes((CLIPS / name).read_bytes())
    io.imsave(folder / "face.png", data.astronaut())
    io.imsave(folder / "cat.png", data.chelsea())
    cv2.imwrite(str(folder / "8k.jpg"), np.zeros((4320, 7680, 3), np.uint8))
    return folder


@pytest.fixture
def measurer(tmp_path: Path) -> Iterator[Measurer]:
    made = Measurer(no_model, tmp_path / "tracks")
    yield made
    made.close()


def survey_of(folder: Path, *names: str) -> Survey:
    paths = [folder / name for name in names] or sorted(folder.iterdir())
    drafts = tuple(Draft(source=path, name=path.name, rows=({},)) for path in paths)
    return Survey(source=folder, how=How(kind=Kind.FILES), drafts=drafts)


def looked(found: Survey, measurer: Measurer) -> dict[str, Finding]:
    seen = look(found, measurer, words=Words(), progress=lambda _advance: None, stopped=lambda: False)
    assert seen.looked
    assert all(each.detail for each in seen.found if each.finding is Finding.UNPLAYABLE)
    kept = {draft.name for draft in seen.drafts}
    unplayable = {each.name for each in seen.found if each.finding is Finding.UNPLAYABLE}
    assert kept == {draft.name for draft in found.drafts} - unplayable
    return {each.name: each.finding for each in seen.found}


def test_what_cannot_be_played_is_left_out_with_a_sentence(brought: Path, measurer: Measurer) -> None:
    assert set(looked(survey_of(brought), measurer)) == {
        "truncated.mp4",
        "noise.mp4",
        "letter.mp4",
        "sound_only.mp4",
        "no_frames.mp4",
        "too_wide.webm",
    }


def test_a_look_can_be_stopped(brought: Path, measurer: Measurer) -> None:
    with pytest.raises(CancelledError):
        look(
            survey_of(brought), measurer, words=Words(), progress=lambda _advance: None, stopped=lambda: True
        )


@pytest.mark.slow
def test_where_no_face_is_seen_is_told_of_and_comes_along(brought: Path, tmp_path: Path) -> None:
    measurer = Measurer(lambda: find_model(None, Path("nowhere")), tmp_path / "tracks")
    try:
        found = looked(survey_of(brought, "face.png", "cat.png", "sound_only.wav"), measurer)
    finally:
        measurer.close()
    assert found == {"cat.png": Finding.NO_FACE}
