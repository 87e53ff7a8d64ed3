"""Faces that are tried: what is set is what is shown, named and played."""

import numpy as np
import pytest

from attune.affect.vocabulary import Core
from attune.app.faces import PACES, UNITS, Faces, Kind, Pace, has_sides, units_of, what_people_call
from attune.app.protocols.trial import Drawn
from attune.people.performance import still
from attune.people.units import Unit
from attune.resources import Words


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces()


def test_every_unit_that_lasts_can_be_set_once() -> None:
    listed = [code for codes in UNITS.values() for code in codes]
    assert sorted(listed) == sorted({str(unit) for unit in Unit} - {"AU45"})  # a blink is over at once


def test_everything_ready_has_words(faces: Faces) -> None:
    words = Words()
    for name, expression in faces.ready.items():
        assert words(f"people.expressions.{name}")
        assert words(f"people.kinds.{expression.kind}")
    for code in (code for codes in UNITS.values() for code in codes):
        assert words(f"sandbox.units.{code}")


def test_a_face_of_ones_own_is_what_was_set(faces: Faces) -> None:
    rest = units_of(faces.ready[Core.NEUTRAL], 1.0)
    assert set(rest.values()) == {(0.0, 0.0)}
    wanted = rest | {"AU12": (0.5, 0.25), "AU26": (0.75, 0.75)}
    assert has_sides("AU12")
    assert not has_sides("AU26")
    own = faces.own(wanted)
    assert units_of(own, 1.0) == wanted
    assert units_of(own, 0.5)["AU12"] == (0.25, 0.125)


@pytest.mark.parametrize("emotion", Core)
def test_the_states_are_called_by_their_names(faces: Faces, emotion: Core) -> None:
    expression = faces.ready[emotion]
    assert expression.kind is Kind.STATE
    assert what_people_call(units_of(expression, 1.0)).name is emotion


def test_a_mouth_stretched_open_counts_as_a_jaw_dropped() -> None:
    brows = {"AU1": (1.0, 1.0), "AU2": (1.0, 1.0)}
    wide = what_people_call(brows | {"AU27": (1.0, 1.0)})
    assert wide == what_people_call(brows | {"AU26": (1.0, 1.0)})


@pytest.mark.parametrize("pace", Pace)
def test_what_is_played_begins_and_ends_at_rest(faces: Faces, pace: Pace) -> None:
    motion = faces.played(faces.ready["surprise"], 1.0, pace)
    apex_s = PACES[pace].apex_s + PACES[pace].hold_s / 2
    jaw = {time_s: motion(time_s).shapes.max() for time_s in (0.0, apex_s, motion.lasts_s)}
    assert jaw[apex_s] > 0.8
    assert max(jaw[0.0], jaw[motion.lasts_s]) < 0.1
    assert motion(motion.lasts_s + 60).shapes.max() < 0.1  # it stays as it ended


def test_a_trial_grows_to_exactly_its_strength_and_is_the_same_again(faces: Faces) -> None:
    drawn = Drawn(person="Ana", expression="sadness", intensity=0.35, seed=11)
    motion, again = (faces.shown(drawn, until_s=1.0) for _ in range(2))
    brow = np.argmax(still(faces.ready["sadness"], 0.35).shapes)
    reached = motion(1.0).shapes[brow]
    assert reached == pytest.approx(still(faces.ready["sadness"], 0.35).shapes[brow], abs=0.03)
    assert motion(0.0).shapes[brow] < 0.1
    for time_s in (0.0, 0.5, 1.0, 9.0):
        assert np.array_equal(motion(time_s).shapes, again(time_s).shapes)
    assert np.array_equal(motion(9.0).shapes, motion(1.0).shapes)
    other = faces.shown(Drawn(person="Ana", expression="sadness", intensity=0.35, seed=12), until_s=1.0)
    assert not np.array_equal(other(0.5).shapes, motion(0.5).shapes)


def test_somebody_alive_holds_the_face_and_blinks(faces: Faces) -> None:
    alive = faces.held(faces.ready["happiness"], 1.0, alive=True)
    assert alive.lasts_s == float("inf")
    shapes = np.array([alive(time_s).shapes for time_s in np.arange(0, 20, 0.05)])
    smile = np.argmax(still(faces.ready["happiness"]).shapes)
    assert shapes[:, smile].min() > 0.8
    moves = shapes.max(axis=0) - shapes.min(axis=0)
    assert moves.max() > 0.9  # the lids
    held = faces.held(faces.ready["happiness"], 1.0, alive=False)
    assert held.lasts_s == 0.0
    assert np.array_equal(held(0.0).shapes, held(5.0).shapes)


def test_a_moments_two_pictures_are_rest_and_strength(faces: Faces) -> None:
    rest, strongest = faces.stills(Drawn(person="Ana", expression="fear", intensity=1.0, seed=1))
    assert rest(0.0).shapes.max() == 0
    assert strongest(0.0).shapes.max() > 0.8
