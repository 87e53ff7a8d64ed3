"""Open up: marks become a line, the dial is laid beside it, and all of it survives being kept."""

import json
import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Source
from attune.app.partner.open_up import (
    RATED,
    SAMPLES_HZ,
    Mark,
    Told,
    Way,
    clock_time_s,
    felt,
    guesses,
    lag_of,
    spoken_time_s,
    tracked,
    values_at,
    with_mark,
)
from attune.app.partner.prompts import Depth
from attune.app.protocols.tracing import USUAL_LAG_S

values = st.floats(-1, 1).map(lambda value: round(value, 3))
shares = st.one_of(st.none(), st.floats(0, 1).map(lambda value: round(value, 3)))
labels = st.one_of(st.none(), st.sampled_from(["sadness", "happiness", "fear"]))


@st.composite
def tolds(draw: st.DrawFn) -> Told:
    way, lasts_s = draw(st.sampled_from(Way)), draw(st.integers(2, 180)) * 1.0
    wide = len(way.axes)
    times = sorted(draw(st.sets(st.integers(0, int(lasts_s * 10)), max_size=8)))
    marks = tuple(
        Mark(
            time_s=time / 10,
            label=draw(labels),
            intensity=draw(shares),
            values=tuple(draw(values) for _ in range(wide)),
        )
        for time in times
    )
    samples = tuple(
        (second / 2, *(draw(values) for _ in range(wide)))
        for second in range(min(20, int(lasts_s)) if wide else 0)
    )
    return Told(
        prompt="smell",
        text="A smell.",
        depth=draw(st.sampled_from(Depth)),
        way=way,
        lasts_s=lasts_s,
        samples=samples,
        marks=marks,
        felt_heard={rated: draw(shares) for rated in RATED},
        guessed={rated: draw(shares) for rated in RATED},
        lag_s=2.5,
        pauses=((1.0, 2.0),),
    )


@given(tolds())
def test_what_was_told_is_the_same_after_it_was_kept(told: Told) -> None:
    assert Told.from_json(json.loads(json.dumps(told.to_json()))) == told


@given(tolds())
def test_the_line_goes_through_every_mark_and_never_beyond_them(told: Told) -> None:
    line = told.reference
    if line is None:
        assert not told.marks or told.way is Way.LISTEN
        return
    assert len(line["time_s"]) == len(line[told.axes[0]])
    assert line["time_s"][-1] == pytest.approx(told.lasts_s, abs=0.13)
    for place, axis in enumerate(told.axes):
        said = [mark.values[place] for mark in told.marks]
        assert min(said) - 1e-9 <= min(line[axis])
        assert max(line[axis]) <= max(said) + 1e-9
        for mark in told.marks:
            assert values_at(told.marks, mark.time_s)[place] == pytest.approx(mark.values[place])


@given(tolds())
def test_what_was_felt_is_shared_out_over_the_names(told: Told) -> None:
    reading = felt(told.marks, "Ana")
    named = {mark.label for mark in told.marks if mark.label}
    if reading is None:
        assert not named
        return
    assert set(reading.labels) == named
    assert reading.source is Source.SELF_REPORT
    assert reading.by == "Ana"
    assert (reading.valence is None) == (not told.axes)


@given(tolds())
def test_only_what_both_said_is_compared(told: Told) -> None:
    both = {
        rated for rated in RATED if told.felt_heard[rated] is not None and told.guessed[rated] is not None
    }
    assert {guess.rated for guess in guesses(told)} == both


def test_the_stronger_feeling_has_the_larger_share() -> None:
    marks = (
        Mark(time_s=1, label="sadness", intensity=0.8, values=(-0.5,)),
        Mark(time_s=9, label="happiness", intensity=0.2, values=(0.5,)),
        Mark(time_s=10, values=(1.0,)),
    )
    reading = felt(marks, "Ana")
    assert reading is not None
    assert reading.labels == pytest.approx({"sadness": 0.8, "happiness": 0.2})
    assert (reading.intensity, reading.valence) == (0.8, 0.0)


A_STORY = ((0, 0.1), (20, -0.7), (45, 0.6), (65, -0.2), (90, 0.4))
UPS_AND_DOWNS = tuple((time, (-0.7, 0.5, -0.1, 0.8, 0.0)[time % 5]) for time in range(0, 91, 3))


def a_story(*, late_s: float, level: float = 0.0, course: Sequence[tuple[int, float]] = A_STORY) -> Told:
    """Ninety seconds that go down, up and down; the listener goes along ``late_s`` later."""
    marks = tuple(Mark(time_s=time, values=(value,)) for time, value in course)
    plain = Told(
        prompt="smell", text="", depth=Depth.ROOTS, way=Way.DIAL, lasts_s=90.0, marks=marks, lag_s=late_s
    )
    samples = tuple(
        (place / SAMPLES_HZ, values_at(marks, max(0.0, place / SAMPLES_HZ - late_s))[0] + level)
        for place in range(int(90 * SAMPLES_HZ))
    )
    return Told.from_json(plain.to_json() | {"samples": samples})


def test_who_goes_along_a_little_late_went_along() -> None:
    result = tracked(a_story(late_s=2.0))["valence"]
    assert result["r"] > 0.99
    assert result["lag_s"] == 2.0
    assert abs(result["level"]) < 0.02
    assert result["parted"] == []


def test_a_constant_difference_is_level_and_not_tracking() -> None:
    result = tracked(a_story(late_s=2.0, level=0.3))["valence"]
    assert result["r"] > 0.99
    assert result["level"] == pytest.approx(0.3, abs=0.02)


def test_how_late_a_listener_is_comes_from_what_they_followed() -> None:
    assert lag_of([]) == USUAL_LAG_S
    assert lag_of([a_story(late_s=4.0, course=UPS_AND_DOWNS)]) == pytest.approx(4.0, abs=0.2)


def test_without_marks_there_is_nothing_to_compare_and_flat_marks_say_so() -> None:
    story = a_story(late_s=2.0)
    bare = Told.from_json(story.to_json() | {"marks": []})
    assert tracked(bare) == {}
    flat = Told.from_json(story.to_json() | {"marks": [story.to_json()["marks"][0]]})
    assert tracked(flat)["valence"] == {"unscorable": "flat_reference"}


def test_marks_stand_in_turn_and_one_at_the_same_time_takes_the_others_place() -> None:
    marks = with_mark(with_mark((), Mark(time_s=5)), Mark(time_s=2, label="fear"))
    assert [mark.time_s for mark in marks] == [2, 5]
    assert with_mark(marks, Mark(time_s=2))[0].label is None


@given(
    st.floats(0, 180),
    st.lists(st.tuples(st.integers(0, 180).map(float), st.integers(1, 60).map(float)), max_size=4),
)
def test_the_film_and_the_speaking_lead_to_one_another(
    spoken: float, pauses: list[tuple[float, float]]
) -> None:
    film = clock_time_s(spoken, pauses)
    assert film >= spoken
    assert math.isclose(spoken_time_s(film, pauses), spoken, abs_tol=1e-6)


def test_a_place_within_a_pause_is_where_it_began() -> None:
    assert spoken_time_s(12.0, [(10.0, 5.0)]) == 10.0
    assert spoken_time_s(16.0, [(10.0, 5.0)]) == 11.0


def test_a_turn_whose_measurement_was_taken_back_is_still_told() -> None:
    kept = a_story(late_s=2.0).to_json()
    del kept["shown"]  # as taking back one's agreement leaves it
    assert Told.from_json(kept).shown is None


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="values"):
        Mark(time_s=0, values=(2.0,))
    with pytest.raises(ValueError, match="axes"):
        Told(
            prompt="",
            text="",
            depth=Depth.ROOTS,
            way=Way.PAD,
            lasts_s=9.0,
            marks=(Mark(time_s=0, values=(0.0,)),),
        )
