import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.partner.matching import NEAR, Units, match
from attune.perception.units import UNSAID, Side, units

CODES = [unit.code for unit in units() if unit.measurable and unit.code not in UNSAID]
AMOUNT = st.floats(0, 1)
FACES = st.dictionaries(st.sampled_from(CODES), st.tuples(AMOUNT, AMOUNT))
SMILE: Units = {"AU12": (0.8, 0.8), "AU25": (0.6, 0.6)}


@given(FACES)
def test_the_same_face_matches_wholly(face: Units) -> None:
    found = match(face, face)
    assert found.score == 1
    assert found.next is None


@given(FACES, FACES)
def test_a_score_is_a_share(shown: Units, own: Units) -> None:
    found = match(shown, own)
    assert 0 <= found.score <= 1
    assert all(0 <= part.wanted <= 1 and 0 <= part.there <= 1 for part in found.parts)
    assert found.next is None or found.next in found.parts


@given(FACES)
def test_the_other_side_of_the_mirror_counts_as_well(face: Units) -> None:
    assert match(face, {code: (right, left) for code, (left, right) in face.items()}).score == 1


@given(FACES, st.sampled_from(CODES), st.floats(NEAR, 1))
def test_what_is_not_wanted_brings_nobody_nearer(face: Units, code: str, much: float) -> None:
    without = {other: amounts for other, amounts in face.items() if other != code}
    assert match(without, {**without, code: (much, much)}).score <= match(without, without).score


def test_known_values() -> None:
    # In common 2 x .4 of AU12, of 2 x .8 and 2 x .6.
    assert match(SMILE, {"AU12": (0.4, 0.4)}).score == pytest.approx(0.8 / 2.8)
    assert match(SMILE, {"AU12": (0.7, 0.7), "AU25": (0.5, 0.5)}).score == 1  # as near as can be told
    assert match(SMILE, {}).score == 0
    assert match({}, {}).score == 1
    assert match({}, {"AU4": (0.1, 0.1)}).score == 1  # nothing was wanted, and that is noise


def test_one_thing_is_said_at_a_time() -> None:
    found = match(SMILE, {"AU12": (0.7, 0.7), "AU4": (0.9, 0.9)})
    assert [part.code for part in found.parts] == ["AU12", "AU25", "AU4"]
    assert found.next is not None
    assert (found.next.code, found.next.more, found.next.side) == ("AU4", False, Side.BOTH)
    found = match(SMILE, {"AU12": (0.1, 0.1), "AU25": (0.6, 0.6)})
    assert found.next is not None
    assert (found.next.code, found.next.more) == ("AU12", True)
    assert found.next.apart == pytest.approx(0.8)


def test_what_is_said_stays_until_something_else_is_far_ahead() -> None:
    own = {"AU12": (0.3, 0.3), "AU25": (0.2, 0.2)}
    first, held = match(SMILE, own).next, match(SMILE, own, saying="AU25").next
    assert first is not None
    assert held is not None
    assert (first.code, held.code) == ("AU12", "AU25")


def test_a_side_of_its_own() -> None:
    found = match({"AU14": (0.0, 0.8)}, {"AU14": (0.0, 0.0)})
    assert found.next is not None
    assert (found.next.side, found.next.wanted) == (Side.RIGHT, 0.8)
    assert match({"AU14": (0.0, 0.8)}, {"AU14": (0.8, 0.8)}).score < 1


def test_units_that_cannot_be_told_count_for_nothing() -> None:
    assert match({**SMILE, "AU9": (0.9, 0.9)}, SMILE).score == 1
    assert match({**SMILE, "AU43": (0.9, 0.9)}, SMILE).score == 1  # a blink
