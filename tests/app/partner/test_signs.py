from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from attune.affect.reading import Source, certain
from attune.app.partner.couple import Moment
from attune.app.partner.signs import ENOUGH, MOST, signs_of
from attune.scoring.intervals import wilson
from tests.app.partner.couples import a_moment

ANA, BEN = 1, 2


def moment(felt: str, *units: str, amount: float = 0.6) -> Moment:
    made = replace(a_moment(ANA, BEN), revealed=True, units=tuple((unit, "both", amount) for unit in units))
    return replace(made, felt=certain(Source.SELF_REPORT, felt))


def test_worried_brows_in_most_such_moments_and_few_others() -> None:
    """Drawn together in 6 of 7 such moments, and in 2 of 14 others: it stands out among all that moved."""
    moments = [moment("fear", "AU4", "AU1")] * 2 + [moment("fear", "AU4")] * 4 + [moment("fear", "AU17")]
    moments += [moment("happiness", "AU12", "AU4")] * 2 + [moment("happiness", "AU12")] * 2
    moments += [moment("anger", "AU17"), moment("anger", "AU1"), moment("anger")] * 2 + [
        moment("sadness")
    ] * 4
    found = {feeling.emotion: feeling for feeling in signs_of(moments, ANA)}
    (sign,) = found["fear"].signs or ()
    assert (found["fear"].moments, sign.unit, sign.shown, sign.of) == (7, "AU4", 6, 7)
    assert (sign.low, sign.high) == wilson(6, 7)
    assert (sign.otherwise_shown, sign.otherwise_of) == (2, 14)
    assert (found["happiness"].moments, found["happiness"].signs) == (4, None)  # too few to say anything


def test_what_chance_does_as_well_is_no_sign_yet() -> None:
    """5 of 7, and 1 of 4 others: one deck of eleven cards in five is dealt like this."""
    moments = [moment("fear", "AU4")] * 5 + [moment("fear")] * 2 + [moment("happiness", "AU4")]
    moments += [moment("happiness")] * 3
    assert signs_of(moments, ANA)[0].signs == ()


def test_without_another_feeling_nothing_is_more_than_otherwise() -> None:
    (afraid,) = signs_of([moment("fear", "AU4")] * 12, ANA)
    assert afraid.signs == ()


def test_what_the_face_does_anyway_is_no_sign() -> None:
    moments = [moment("fear", "AU4")] * 6 + [moment("sadness", "AU4")] * 6
    assert [feeling.signs for feeling in signs_of(moments, ANA)] == [(), ()]


def test_seldom_or_faint_is_no_sign() -> None:
    moments = [moment("fear", "AU4")] * 2 + [moment("fear", "AU1", amount=0.1)] * 4
    moments += [moment("anger")] * 30
    afraid, _ = sorted(signs_of(moments, ANA), key=lambda feeling: feeling.moments)
    assert afraid.signs == ()


def test_the_most_telling_come_first_and_few() -> None:
    codes = ["AU1", "AU2", "AU4", "AU5", "AU7", "AU20"]
    moments = [moment("fear", *codes[: n % 6 + 2]) for n in range(24)] + [moment("anger", "AU1")] * 20
    signs = signs_of(moments, ANA)[0].signs or ()
    assert len(signs) == MOST
    assert signs[0].unit == "AU2"
    assert "AU1" not in {sign.unit for sign in signs}


@pytest.mark.parametrize(
    "change",
    [
        {"revealed": False},
        {"told": {"measured": False}},
        {"shower": BEN, "noticer": ANA},
        {"expressed": None},
        {"expressed": certain(Source.INTENDED, "fear")},
        {"felt": None},
        {"felt": certain(Source.SELF_REPORT, "neutral")},
    ],
    ids=[
        "kept back",
        "measured kept back",
        "somebody else",
        "not measured",
        "not measured but meant",
        "not told",
        "neutral",
    ],
)
def test_moments_that_do_not_count(change: dict[str, object]) -> None:
    moments = [replace(moment("fear", "AU4"), **change)] * ENOUGH  # type: ignore[arg-type]
    assert signs_of(moments, ANA) == ()


def moments_of(
    chance: np.random.Generator, told: Mapping[str, int], *, shows: Mapping[str, tuple[str, float]]
) -> list[Moment]:
    """Of a face that moves by itself, some of it together; with a feeling it ``shows`` a unit so often."""
    found = []
    for felt in chance.permutation([felt for felt, n in told.items() for _ in range(n)]):
        units = {code for code, rate in ANYWAY.items() if chance.random() < rate}
        units |= {other for code, other in TOGETHER if code in units and chance.random() < 0.8}
        code, share = shows.get(felt, ("", 0.0))
        units = units - {code} | ({code} if chance.random() < share else set())
        found.append(moment(str(felt), *sorted(units)))
    return found


ANYWAY = dict.fromkeys(("AU1", "AU7", "AU12", "AU25"), 0.5)
ANYWAY |= dict.fromkeys(("AU4", "AU14", "AU17", "AU24", "AU26", "AU28"), 0.25)
ANYWAY |= dict.fromkeys(("AU5", "AU9", "AU10", "AU15", "AU16", "AU18", "AU20", "AU22"), 0.1)
TOGETHER = (("AU12", "AU6"), ("AU1", "AU2"), ("AU25", "AU26"))


@pytest.mark.slow
@pytest.mark.parametrize("told", [(7, 4), (10, 8, 6, 5), (12, 8, 8, 6, 6), (20, 15, 15, 10)], ids=str)
def test_of_a_face_that_goes_with_nothing_a_sign_is_told_in_one_of_twenty_at_most(
    told: tuple[int, ...],
) -> None:
    chance, feelings = np.random.default_rng(1), ("fear", "anger", "sadness", "disgust", "surprise")
    counts, told_any = dict(zip(feelings, told, strict=False)), 0
    for _couple in range(200):
        found = signs_of(moments_of(chance, counts, shows={}), ANA)
        told_any += any(feeling.signs for feeling in found)
    assert told_any <= 0.05 * 200


@pytest.mark.slow
def test_a_clear_sign_is_told_with_counts_that_couples_have() -> None:
    """Nine times in ten with fear, one in ten otherwise; forty moments, a fourth of them of fear."""
    chance, told, others = np.random.default_rng(2), 0, 0
    counts = {"fear": 10, "anger": 8, "sadness": 8, "happiness": 8, "surprise": 6}
    for _couple in range(200):
        moments = moments_of(
            chance, counts, shows=dict.fromkeys(counts, ("AU4", 0.1)) | {"fear": ("AU4", 0.9)}
        )
        signs = {(each.emotion, sign.unit) for each in signs_of(moments, ANA) for sign in each.signs or ()}
        told += ("fear", "AU4") in signs
        others += bool(signs - {("fear", "AU4")})
    assert told > 0.9 * 200
    assert others <= 0.05 * 200
