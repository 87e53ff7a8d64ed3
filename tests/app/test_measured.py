from pathlib import Path

import numpy as np
import pytest

from attune.app.measured import Measured, interpret
from attune.media.frames import MediaInfo, MediaKind
from attune.perception.expression import Expressed
from attune.perception.track import BLENDSHAPES, FaceMeasurement, FaceTrack, TrackBuilder
from tests.perception.faces import changed, some_face

FRAME_NS = 40_000_000


class Intensity:
    """Reads nothing but how strong the smile is."""

    def read(self, track: FaceTrack, **_still: bool) -> Expressed:
        nothing = np.full(len(track), np.nan, np.float32)
        return Expressed(
            time_ns=track.time_ns,
            labels=np.full((len(track), 8), np.nan, np.float32),
            intensity=track.blendshapes[:, BLENDSHAPES.index("mouthSmileLeft")],
            valence=nothing,
            arousal=nothing,
            confidence=nothing,
            reading=None,
            apex_ns=None,
            neutral_ns=None,
            calm=0.0,
        )


def lit(brightness: float, contrast: float) -> FaceMeasurement:
    face = some_face()
    face.light[:] = brightness, contrast
    return face


def track_of(found: list[FaceMeasurement | None]) -> FaceTrack:
    builder = TrackBuilder()
    for index, one in enumerate(found):
        builder.add(index * FRAME_NS, one)
    return builder.finish(width=640, height=480)


def read(found: list[FaceMeasurement | None], kind: MediaKind = MediaKind.VIDEO) -> Measured:
    info = MediaInfo(
        path=Path("film.mp4"), kind=kind, width=640, height=480, frame_rate=25.0, frames=len(found),
        duration_s=None, codec="h264",
    )  # fmt: skip
    return interpret(info, track_of(found), Intensity(), estimated=False)


@pytest.mark.parametrize(
    ("brightness", "contrast", "dark"),
    [(0.5, 0.13, False), (0.08, 0.03, True), (0.12, 0.15, False), (0.5, 0.04, False)],
)
def test_a_dark_picture_is_told_but_not_a_dark_face(brightness: float, contrast: float, dark: bool) -> None:
    measured = read([lit(brightness, contrast)] * 20)
    assert ("face_dark" in measured.warnings) is dark


def test_a_mouth_that_speaks_most_of_the_time_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for share, told in ((0.4, False), (0.7, True)):
        monkeypatch.setattr(
            "attune.app.measured.speaking", lambda track, share=share: np.arange(len(track)) < 20 * share
        )
        measured = read([some_face()] * 20)
        assert measured.speaking.sum() == round(20 * share)
        assert ("talking" in measured.warnings) is told


def test_a_movement_is_found_with_its_time() -> None:
    still, smile = (changed(some_face(), mouthSmileLeft=amount) for amount in (0.0, 1.0))
    [movement] = read([*[still] * 20, *[smile] * 10, *[still] * 20]).movements
    assert 18 * FRAME_NS <= movement.onset_ns <= movement.apex_ns <= 21 * FRAME_NS
    assert 29 * FRAME_NS <= movement.offset_ns <= 32 * FRAME_NS
    assert movement.peak == pytest.approx(1.0)
    assert movement.brief


def test_pictures_have_no_course() -> None:
    measured = read([some_face()], MediaKind.PICTURE)
    assert measured.movements == measured.blinks == ()
    assert measured.speaking.tolist() == [False]


def test_nothing_is_made_of_no_face() -> None:
    measured = read([None] * 30)
    assert measured.warnings == ("no_face",)
    assert measured.movements == measured.blinks == measured.units == ()
    assert not measured.speaking.any()
