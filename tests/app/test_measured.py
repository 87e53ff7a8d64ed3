from pathlib import Path

import numpy as np
import pytest

from attune.app.measured import Measured, interpret
from attune.media.frames import MediaInfo, MediaKind
from attune.perception.evidence import Doubt
from attune.perception.expression import Expressed
from attune.perception.track import BLENDSHAPES, FaceMeasurement, FaceTrack, TrackBuilder
from tests.perception.faces import changed, some_face

FRAME_NS = 40_000_000


class Intensity:
    """Reads nothing but how strong the smile is, and doubts what it was told to."""

    def __init__(self, doubts: tuple[Doubt, ...]) -> None:
        self.doubts = doubts

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
            neutral_ns=0,
            calm=0.0,
            speaking=np.zeros(len(track), dtype=bool),
            doubts=self.doubts,
        )


def track_of(found: list[FaceMeasurement | None]) -> FaceTrack:
    builder = TrackBuilder()
    for index, one in enumerate(found):
        builder.add(index * FRAME_NS, one)
    return builder.finish(width=640, height=480)


def read(
    found: list[FaceMeasurement | None], kind: MediaKind = MediaKind.VIDEO, doubts: tuple[Doubt, ...] = ()
) -> Measured:
    info = MediaInfo(
        path=Path("film.mp4"), kind=kind, width=640, height=480, frame_rate=25.0, frames=len(found),
        duration_s=None, codec="h264",
    )  # fmt: skip
    return interpret(info, track_of(found), Intensity(doubts), estimated=False)


def test_doubts_are_told_and_that_too_little_can_be_seen_to_read_it() -> None:
    measured = read([some_face()] * 20, doubts=(Doubt.DARK, Doubt.TURNED))
    assert measured.warnings == ("dark", "turned", "not_read")


def test_a_face_now_and_then_is_told() -> None:
    assert read([*[some_face()] * 9, *[None] * 11]).warnings[0] == "face_seldom"
    assert "face_seldom" not in read([*[some_face()] * 11, *[None] * 9]).warnings


def test_a_movement_is_found_with_its_time() -> None:
    still, smile = (changed(some_face(), mouthSmileLeft=amount) for amount in (0.0, 1.0))
    [movement] = read([*[still] * 20, *[smile] * 10, *[still] * 20]).movements
    assert 18 * FRAME_NS <= movement.onset_ns <= movement.apex_ns <= 21 * FRAME_NS
    assert 29 * FRAME_NS <= movement.offset_ns <= 32 * FRAME_NS
    assert movement.peak == pytest.approx(np.tanh(1.0))
    assert movement.brief


def test_pictures_have_no_course() -> None:
    measured = read([some_face()], MediaKind.PICTURE)
    assert measured.movements == measured.blinks == ()


def test_nothing_is_made_of_no_face() -> None:
    measured = read([None] * 30)
    assert measured.warnings == ("no_face",)
    assert measured.movements == measured.blinks == measured.units == ()
