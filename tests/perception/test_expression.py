from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Source
from attune.affect.vocabulary import Core
from attune.media.open import frames_at, open_media
from attune.perception.evidence import Doubt
from attune.perception.expression import (
    Expressed,
    ExpressionModel,
    FusedReading,
    _smooth,
    load_expression_model,
)
from attune.perception.neutral import Neutral
from attune.perception.track import FaceMeasurement, FaceTrack, TrackBuilder, read_arrays
from attune.perception.tracker import FaceTracker
from attune.perception.units import Side, unit_amounts, units_moved
from attune.resources import asset
from tests.perception.faces import changed, track_of, turned
from tests.perception.scenes import starter_clip

CORE = [str(name) for name in Core]


@pytest.fixture(scope="module")
def reader() -> ExpressionModel:
    return load_expression_model()


@pytest.fixture(scope="module")
def at_ease(model: Path) -> FaceMeasurement:
    """A drawn face doing nothing."""
    path = starter_clip("dayo", "neutral")
    with FaceTracker(model) as tracker:
        found = tracker.measure_picture(frames_at(path, [1_200_000_000])[0].rgb)
    assert found is not None
    return found


def check(expressed: Expressed, track: FaceTrack) -> None:
    """What holds for every reading of every track."""
    face = track.face
    for name in ("labels", "intensity", "valence", "arousal", "confidence"):
        values = getattr(expressed, name)
        assert len(values) == len(track)
        assert np.isfinite(values[face]).all()
        assert np.isnan(values[~face]).all()
    assert expressed.labels[face].sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert 0 <= expressed.calm <= 1
    assert (expressed.reading is None) == (expressed.apex_ns is None)
    if expressed.reading is not None:
        assert expressed.reading.source is Source.MEASURED
        assert list(expressed.reading.labels) == CORE
        assert face[track.index_at(expressed.apex_ns or 0)]


def test_a_smile_after_calm_is_read_at_its_time(
    reader: ExpressionModel, at_ease: FaceMeasurement, face: FaceMeasurement
) -> None:
    track = track_of([at_ease] * 20 + [face] * 20)
    expressed = reader.read(track)
    check(expressed, track)
    assert expressed.reading is not None
    assert expressed.reading.top == "happiness"
    assert expressed.reading.intensity is not None
    assert expressed.reading.intensity > 0.2
    assert expressed.neutral_ns is not None
    assert expressed.apex_ns is not None
    assert track.index_at(expressed.neutral_ns) < 20 <= track.index_at(expressed.apex_ns)
    assert expressed.intensity[:15].max() < expressed.intensity[25:].min()


def test_a_face_that_stays_as_it_is_reads_neutral(reader: ExpressionModel, at_ease: FaceMeasurement) -> None:
    expressed = reader.read(track_of([at_ease] * 30))
    assert expressed.reading is not None
    assert expressed.reading.top == "neutral"
    assert expressed.reading.intensity == pytest.approx(0, abs=0.05)


def test_a_smile_that_began_before_is_read_against_the_rest_known(
    reader: ExpressionModel, at_ease: FaceMeasurement, face: FaceMeasurement
) -> None:
    track = track_of([face] * 20)
    rests = [Neutral.of(track_of([rest] * 30)) for rest in (at_ease, face)]
    known, always = (reader.read(track, neutral=rest) for rest in rests)
    check(known, track)
    assert known.reading is not None
    assert known.reading.top == "happiness"
    assert (known.reading.intensity or 0) > 0.2
    assert always.reading is not None
    assert always.reading.top == "neutral"  # somebody who always smiles says nothing by it
    assert always.reading.intensity == pytest.approx(0, abs=0.05)


def test_a_picture_is_read_by_itself(reader: ExpressionModel, face: FaceMeasurement) -> None:
    track = track_of([face])
    expressed = reader.read(track, still=True)
    check(expressed, track)
    assert expressed.neutral_ns is None
    assert expressed.reading is not None
    assert expressed.reading.top == "happiness"


@given(st.lists(st.sampled_from("cs-"), max_size=30))
def test_every_track_is_read_without_inventing_anything(
    reader: ExpressionModel, at_ease: FaceMeasurement, face: FaceMeasurement, frames: list[str]
) -> None:
    kinds = {"c": at_ease, "s": face, "-": None}
    track = track_of([kinds[kind] for kind in frames])
    expressed = reader.read(track)
    check(expressed, track)
    assert (expressed.reading is not None) == bool(track.face.any())


def test_a_face_turned_away_is_not_read(reader: ExpressionModel, face: FaceMeasurement) -> None:
    away = replace(face, matrix=turned(yaw=60))
    track = track_of([away] * 12)
    expressed = reader.read(track)
    check(expressed, track)
    assert expressed.reading is None
    assert expressed.neutral_ns is None
    assert expressed.confidence.max() == 0
    assert expressed.doubts == (Doubt.TURNED,)


def test_a_face_that_can_hardly_be_read_is_no_apex(
    reader: ExpressionModel, at_ease: FaceMeasurement, face: FaceMeasurement
) -> None:
    turning, away = (replace(one, matrix=turned(yaw=36.5)) for one in (at_ease, face))
    expressed = reader.read(track_of([at_ease] * 20 + [turning] * 5 + [away] * 10))
    assert expressed.apex_ns is not None
    assert expressed.apex_ns < 20 * 40_000_000
    assert expressed.reading is not None
    assert expressed.reading.top == "neutral"


def test_a_blink_is_no_apex(reader: ExpressionModel, at_ease: FaceMeasurement, face: FaceMeasurement) -> None:
    blink = changed(at_ease, eyeBlinkLeft=0.9, eyeBlinkRight=0.9, browDownLeft=0.3, browDownRight=0.3)
    track = track_of([at_ease] * 20 + [blink] * 3 + [at_ease] * 20 + [face] * 10)
    expressed = reader.read(track)
    assert expressed.apex_ns is not None
    assert track.index_at(expressed.apex_ns) >= 40


def test_what_a_speaking_face_shows_counts_half(
    reader: ExpressionModel, face: FaceMeasurement, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = track_of([face] * 20)
    silent = reader.read(track)
    monkeypatch.setattr("attune.perception.expression.speaking", lambda track: np.arange(len(track)) < 15)
    talking = reader.read(track)
    assert (silent.speaking.sum(), talking.speaking.sum()) == (0, 15)
    assert talking.confidence[:15] == pytest.approx(silent.confidence[:15] / 2)
    assert talking.confidence[15:] == pytest.approx(silent.confidence[15:])
    assert (silent.doubts, talking.doubts) == ((), (Doubt.TALKING,))
    assert not reader.read(track, still=True).speaking.any()


def test_weights_for_other_features_are_refused() -> None:
    weights = read_arrays(asset("models", "expression.npz"))
    with pytest.raises(ValueError, match="features"):
        FusedReading(weights | {"features": weights["features"][::-1]}, np.zeros((8, 2)))


def test_the_weights_are_small() -> None:
    assert sum(asset("models", name).stat().st_size for name in ("expression.npz", "appearance.onnx")) < 3e6


# The starter set, whose faces are drawn to show one emotion each.


def read(path: Path, tracker: FaceTracker, reader: ExpressionModel) -> tuple[FaceTrack, Expressed]:
    tracker.restart()
    builder = TrackBuilder()
    with open_media(path) as source:
        for frame in source.frames():
            builder.add(frame.time_ns, tracker.measure(frame.rgb, frame.time_ns))
        track = builder.finish(width=source.info.width, height=source.info.height)
    return track, reader.read(track)


@pytest.fixture
def starter(
    tracker: FaceTracker, reader: ExpressionModel
) -> Callable[[str, str], tuple[FaceTrack, Expressed]]:
    return lambda person, emotion: read(starter_clip(person, emotion), tracker, reader)


@pytest.mark.parametrize("emotion", ["happiness", "surprise", "neutral"])
def test_clear_expressions_of_a_drawn_face_are_read(
    emotion: str, starter: Callable[[str, str], tuple[FaceTrack, Expressed]]
) -> None:
    track, expressed = starter("dayo", emotion)
    assert track.face.all()
    assert expressed.reading is not None
    assert expressed.reading.top == emotion


def test_one_sided_movement_is_on_the_subjects_left(
    starter: Callable[[str, str], tuple[FaceTrack, Expressed]],
) -> None:
    track, expressed = starter("chi", "contempt")
    assert expressed.apex_ns is not None
    curves = unit_amounts(track, neutral_ns=expressed.neutral_ns, calm=expressed.calm)
    first = units_moved(track, curves, apex_ns=expressed.apex_ns)[0]
    assert (first.code, first.side) == ("AU14", Side.LEFT)


@pytest.mark.slow
def test_most_of_the_starter_set_is_read_as_drawn(
    starter: Callable[[str, str], tuple[FaceTrack, Expressed]],
) -> None:
    """Not proof of anything about people: the model's authors have seen these clips."""
    tops = {}
    for person, emotion in product(("chi", "dayo", "esi", "finn"), Core):
        reading = starter(person, emotion)[1].reading
        tops[person, emotion] = reading.top if reading else None
    right = [emotion for (_, emotion), top in tops.items() if emotion == top]
    assert len(right) >= 0.75 * len(tops), tops


def test_nothing_is_averaged_over_the_time_a_face_was_away() -> None:
    times = np.array([0, 40, 80, 2000, 2040, 2080], dtype=np.int64) * 1_000_000
    smooth = _smooth(times, np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0]))
    assert smooth == pytest.approx([1, 1, 1, 0, 0, 0])
    near = _smooth(times // 20, np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0]))
    assert 0 < near[2] < 1
