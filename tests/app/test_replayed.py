"""What was drawn for an answer is drawn again, frame by frame, from what the history keeps of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.app.faces import Faces
from attune.app.protocols.trial import DRAWN_ONSET_S, Drawn, Held, Whole
from attune.app.replayed import CALM_S, HELD_S, Replay, Run, replay_of
from attune.people.performance import still
from attune.people.units import PLACES
from attune.perception.units import Side

DRAWN = Drawn(person="Ana", expression="fear", intensity=0.6, seed=7)
HELD = Held(until_s=1.5, intensity=0.6)


def again(show: Whole | Held | dict[str, Any], drawn: Drawn = DRAWN, *, beside: str | None = None) -> Replay:
    noted = show if isinstance(show, dict) else show.noted()
    found = replay_of({**noted, "drawn": drawn.noted()}, beside=beside)
    assert found is not None
    return found


def test_what_was_held_grows_as_it_did_and_stands_still() -> None:
    found = again(HELD)
    motion = Faces().shown(DRAWN, until_s=HELD.until_s)
    for frame in (0, 30, found.strongest):
        np.testing.assert_array_equal(found.faces[frame].shapes, motion(frame / found.fps).shapes)
    assert found.strongest == round(HELD.until_s * found.fps)
    for face in found.faces[found.strongest :]:
        np.testing.assert_array_equal(face.shapes, found.faces[-1].shapes)
    assert found.duration_ns == pytest.approx((HELD.until_s + HELD_S) * 1e9, rel=1e-6)
    assert found.amounts[found.strongest, PLACES["AU20_left"]] > 0.5 * 0.6


def test_what_came_and_went_does_so_again() -> None:
    found = again(Whole())
    motion = Faces().shown(DRAWN)
    assert len(found.faces) == round(motion.lasts_s * found.fps)
    np.testing.assert_array_equal(found.faces[50].shapes, motion(50 / found.fps).shapes)
    course = found.course(next(unit for unit in found.units if unit.code == "AU20"))
    assert course[: round(DRAWN_ONSET_S * found.fps)].max() < 0.05
    assert course[-1] < 0.05 < course[found.strongest]


def test_a_brief_moment_lasts_as_many_frames_as_the_screen_showed() -> None:
    found = again({"kind": "brief", "frames": 7, "hz": 59.94, "shown_ms": 117.0})
    stirred = still(Faces().ready["fear"], 0.6)
    there = [index for index, face in enumerate(found.faces) if np.array_equal(face.shapes, stirred.shapes)]
    assert there == list(range(found.strongest, found.strongest + 7))
    assert found.strongest == round(CALM_S * 59.94)
    assert found.amounts.max(axis=1).astype(bool).sum() == 7


def test_units_are_what_was_drawn_on_its_side_the_strongest_first() -> None:
    contempt = again(HELD, Drawn(person="Ana", expression="contempt", intensity=1.0, seed=1)).units
    assert [(unit.code, unit.side) for unit in contempt] == [("AU14", Side.LEFT), ("AU12", Side.LEFT)]
    fear = again(HELD).units
    assert {unit.side for unit in fear} == {Side.BOTH}
    assert [unit.amount for unit in fear] == sorted((unit.amount for unit in fear), reverse=True)
    assert again(Whole(), Drawn(person="Ana", expression="neutral", intensity=0.0, seed=1)).units == ()


def test_another_expression_is_as_strong_beside_it() -> None:
    at_rest, strongest, other = (motion(0.0).shapes for motion in again(HELD, beside="surprise").stills)
    assert not at_rest.any()
    np.testing.assert_array_equal(strongest, still(Faces().ready["fear"], 0.6).shapes)
    np.testing.assert_array_equal(other, still(Faces().ready["surprise"], 0.6).shapes)


def test_a_run_is_as_fast_as_asked_and_comes_round() -> None:
    replay = again(HELD)
    count = len(replay.faces)
    assert Run(replay, 12).lasts_s == 0
    assert Run(replay, 12).frame_at(9.0) == 12
    slow = Run(replay, 12, rate=0.5)
    assert slow.frame_at(1.0) == 12 + 30
    assert slow.frame_at(slow.lasts_s) == slow.frame_at(1e3) == count - 1
    round_again = Run(replay, count - 1, rate=1.0, looping=True)
    assert round_again.lasts_s == float("inf")
    assert round_again.frame_at(1 / 60) == 0


ANYTHING = st.none() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)


FIELDS = ("person", "expression", "intensity", "seed", "further", "kind", "frames", "until_s")


@settings(max_examples=60)
@given(
    field=st.sampled_from(FIELDS),
    value=ANYTHING,
    kind=st.sampled_from(["brief", "held", "whole"]),
)
def test_whatever_a_history_from_elsewhere_says_is_drawn_or_nothing_is(
    field: str, value: object, kind: str
) -> None:
    drawn: dict[str, Any] = DRAWN.noted()
    shown: dict[str, Any] = {"kind": kind, "frames": 5, "hz": 60.0, "until_s": 1.0, "drawn": drawn}
    (drawn if field in drawn or field == "further" else shown)[field] = value
    found = replay_of(shown)
    assert found is None or len(found.faces) < 5000
    assert replay_of({key: each for key, each in shown.items() if key != "drawn"}) is None
