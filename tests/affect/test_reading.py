import json
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import NONE, Reading, Source, certain, together
from attune.affect.vocabulary import Core

share = st.floats(0.0, 1.0)
place = st.floats(-1.0, 1.0)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    weights = draw(st.dictionaries(st.sampled_from(Core), st.integers(1, 1000), min_size=1))
    return Reading(
        source=draw(st.sampled_from(Source)),
        labels={str(name): weight / sum(weights.values()) for name, weight in weights.items()},
        intensity=draw(st.none() | share),
        valence=draw(st.none() | place),
        arousal=draw(st.none() | place),
        confidence=draw(st.none() | share),
        raters=draw(st.none() | st.integers(0, 10_000)),
        by=draw(st.text(max_size=20)),
    )


@given(readings())
def test_a_reading_survives_being_written_and_read(reading: Reading) -> None:
    again = Reading.from_json(json.loads(json.dumps(reading.to_json())))
    assert again == reading
    assert list(again.labels) == list(reading.labels)  # the first of equals stays the first


def test_what_was_not_asked_is_not_written() -> None:
    assert certain(Source.USER, "fear").to_json() == {"source": "user", "labels": {"fear": 1.0}}


@pytest.mark.parametrize(
    "labels",
    [{}, {"fear": 0.5}, {"fear": 1.2, "anger": -0.2}, {"fear": float("nan")}, {"fear": 1.0, "anger": 1e-3}],
)
def test_labels_are_probabilities(labels: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="labels"):
        Reading(source=Source.USER, labels=labels)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("intensity", -0.1),
        ("confidence", 1.1),
        ("valence", -1.1),
        ("arousal", float("inf")),
        ("arousal", 2.0),
    ],
)
def test_numbers_out_of_range_name_their_field(field: str, value: float) -> None:
    with pytest.raises(ValueError, match=field):
        certain(Source.USER, "fear", **{field: value})


def test_top_is_the_first_of_equals() -> None:
    reading = Reading(source=Source.CROWD, labels={"fear": 0.4, "surprise": 0.4, "anger": 0.2})
    assert reading.top == "fear"


def test_a_reading_cannot_be_changed() -> None:
    reading = certain(Source.EXPERT, "fear")
    with pytest.raises(FrozenInstanceError):
        reading.intensity = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        reading.labels["fear"] = 0.0  # type: ignore[index]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"source": "user"},
        {"source": "nobody", "labels": {"fear": 1}},
        {"source": "user", "labels": {"fear": 1}, "mood": 1},
    ],
)
def test_other_data_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Reading.from_json(data)


@given(readings())
def test_readings_cross_process_borders(reading: Reading) -> None:
    assert pickle.loads(pickle.dumps(reading)) == reading


VOTES = Reading(
    source=Source.CROWD, labels={"fear": 0.5, "surprise": 0.3, "anger": 0.2}, raters=10, intensity=0.6
)


def test_what_was_not_offered_is_none_of_these_or_left_out() -> None:
    assert VOTES.among(("anger", "surprise", "fear", "disgust")) is VOTES
    left = VOTES.among(("fear", "surprise"))
    assert left.labels == {"fear": pytest.approx(0.625), "surprise": pytest.approx(0.375)}
    assert (left.raters, left.intensity) == (8, 0.6)
    none = VOTES.among(("surprise", NONE))
    assert none.labels == {"surprise": 0.3, NONE: pytest.approx(0.7)}
    assert none.top == NONE
    assert VOTES.among(("disgust", NONE)).labels == {NONE: 1.0}
    with pytest.raises(ValueError, match="fear cannot be said with disgust"):
        VOTES.among(("disgust",))


@given(readings(), st.sets(st.sampled_from(["fear", "surprise", "anger", "joy", NONE])))
def test_what_is_left_is_a_reading(reading: Reading, offered: set[str]) -> None:
    if NONE in offered or any(reading.labels.get(name, 0) > 0 for name in offered):
        assert reading.among(sorted(offered)).labels.keys() <= reading.labels.keys() | {NONE}


def test_together_several_say_the_mean_of_what_each_said() -> None:
    one = Reading(source=Source.EXPERT, labels={"fear": 0.6, "sadness": 0.4}, intensity=0.4, by="Ada")
    other = certain(Source.EXPERT, "fear", valence=-0.5, by="Cem")
    both = together((one, other))
    assert both.labels == pytest.approx({"fear": 0.8, "sadness": 0.2})
    assert (both.intensity, both.valence, both.arousal) == (0.4, -0.5, None)
    assert (both.raters, both.by, both.source) == (2, "Ada, Cem", Source.EXPERT)
    assert together((one,)) is one
    with pytest.raises(ValueError, match="nobody"):
        together(())
