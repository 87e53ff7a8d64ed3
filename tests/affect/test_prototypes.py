"""What people often call a face, held against the published tables and against faces anybody would name."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.prototypes import MANUAL, ONE_SIDED, POSED, Called, called
from attune.affect.vocabulary import Core

# "The science Attune stands on", section 3, as it is printed: always shown; sometimes, with its share.
TABLE = {
    "happiness": ("12 25", "6 (.51)"),
    "sadness": ("4 15", "1 (.60) 6 (.50) 11 (.26) 17 (.67)"),
    "fear": ("1 4 20 25", "2 (.57) 5 (.63) 26 (.33)"),
    "anger": ("4 7 24", "10 (.26) 17 (.52) 23 (.29)"),
    "surprise": ("1 2 25 26", "5 (.66)"),
    "disgust": ("9 10 17", "4 (.31) 24 (.26)"),
}
SETS = {
    "happiness": "6+12",
    "sadness": "1+4+15",
    "surprise": "1+2+5+26",
    "fear": "1+2+4+5+7+20+26",
    "anger": "4+5+7+23",
    "disgust": "9+15+16",
}
CODES = sorted({code for weights in POSED.values() for code in weights if code not in ONE_SIDED})
AMOUNT = st.floats(0, 1)


def both(*numbers: int, amount: float = 1.0) -> dict[str, tuple[float, float]]:
    return {f"AU{number}": (amount, amount) for number in numbers}


@pytest.mark.parametrize("emotion", TABLE)
def test_the_shares_are_those_of_the_published_table(emotion: str) -> None:
    always, sometimes = TABLE[emotion]
    words = sometimes.split()
    expected = {f"AU{number}": 1.0 for number in always.split()}
    expected |= {
        f"AU{number}": float(share.strip("()")) for number, share in zip(words[::2], words[1::2], strict=True)
    }
    assert POSED[Core(emotion)] == expected


@pytest.mark.parametrize("emotion", SETS)
def test_the_sets_are_those_of_the_manual(emotion: str) -> None:
    assert MANUAL[Core(emotion)] == tuple(f"AU{number}" for number in SETS[emotion].split("+"))


@pytest.mark.parametrize("amount", [1.0, 0.25])
@pytest.mark.parametrize("emotion", TABLE)
def test_what_everybody_shows_is_called_by_its_name_however_faint(emotion: str, amount: float) -> None:
    assert called(both(*map(int, TABLE[emotion][0].split()), amount=amount)).name == emotion


@pytest.mark.parametrize("emotion", SETS)
def test_the_manuals_sets_are_called_by_their_names(emotion: str) -> None:
    assert called(both(*map(int, SETS[emotion].split("+")))).name == emotion


@pytest.mark.parametrize("units", [{"AU12": (0.8, 0.0)}, {"AU14": (0.0, 0.6)}])
def test_one_corner_alone_is_contempt_and_both_are_not(units: dict[str, tuple[float, float]]) -> None:
    assert called(units).name is Core.CONTEMPT
    code = next(iter(units))
    amount = max(units[code])
    assert called({code: (amount, amount)}).name is not Core.CONTEMPT
    assert called(units).because == (code,)


def test_a_face_hardly_stirred_is_at_rest() -> None:
    assert called({}).name is Core.NEUTRAL
    assert called(both(12, amount=0.05)).name is Core.NEUTRAL
    assert called(both(12, amount=0.15)).name is Core.HAPPINESS


@pytest.mark.parametrize("number", [25, 4, 43])
def test_what_belongs_to_many_faces_or_to_none_has_no_name(number: int) -> None:
    found = called(both(number))
    assert found.name is None
    assert found.because == ()


def test_names_that_lie_close_are_told() -> None:
    assert called(both(1, 2, 5, 26)).close == (Core.FEAR,)
    assert called(both(1, 2, 12, 25, 26)).close == (Core.HAPPINESS,)
    assert called(both(6, 12)).close == ()


def test_the_most_telling_unit_comes_first() -> None:
    assert called(both(1, 4, 20, 25)).because[0] == "AU20"
    assert called(both(6, 12, 25)).because == ("AU12", "AU6", "AU25")


@given(st.dictionaries(st.sampled_from(CODES), st.tuples(AMOUNT, AMOUNT)))
def test_likeness_is_of_shape_and_the_nearest_first(units: dict[str, tuple[float, float]]) -> None:
    found = called(units)
    amounts = [like.amount for like in found.likenesses]
    assert amounts == sorted(amounts, reverse=True)
    assert all(0 <= amount <= 1 for amount in amounts)
    assert len(found.likenesses) == len(POSED)
    assert found.name not in found.close
    halved = called({code: (left / 2, right / 2) for code, (left, right) in units.items()})
    by_name = {like.emotion: like.amount for like in halved.likenesses}
    assert all(math.isclose(by_name[like.emotion], like.amount, abs_tol=1e-6) for like in found.likenesses)


@given(st.sampled_from([-0.1, 1.1, math.nan]))
def test_an_amount_that_cannot_be_is_refused(amount: float) -> None:
    with pytest.raises(ValueError, match="AU4"):
        called({"AU4": (amount, 0.0)})


def test_nothing_named_has_no_reasons() -> None:
    assert Called(name=None, close=(), likenesses=()).because == ()
