from dataclasses import replace

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


def test_worried_brows_five_of_seven() -> None:
    """The sentence of the brief: drawn together in 5 of 7 such moments, and in 1 of 4 others."""
    moments = [moment("fear", "AU4")] * 5 + [moment("fear")] * 2
    moments += [moment("happiness", "AU12", "AU4")] + [moment("happiness", "AU12")] * 3
    afraid, happy = signs_of(moments, ANA)
    (sign,) = afraid.signs or ()
    assert (afraid.emotion, afraid.moments, sign.unit, sign.shown, sign.of) == ("fear", 7, "AU4", 5, 7)
    assert (sign.low, sign.high) == wilson(5, 7)
    assert (sign.otherwise_shown, sign.otherwise_of) == (1, 4)
    assert (happy.moments, happy.signs) == (4, None)  # too few to say anything


def test_what_the_face_does_anyway_is_no_sign() -> None:
    moments = [moment("fear", "AU4")] * 6 + [moment("sadness", "AU4")] * 6
    assert [feeling.signs for feeling in signs_of(moments, ANA)] == [(), ()]


def test_seldom_or_faint_is_no_sign() -> None:
    moments = [moment("fear", "AU4")] * 2 + [moment("fear", "AU1", amount=0.1)] * 4
    (afraid,) = signs_of(moments, ANA)
    assert afraid.signs == ()


def test_the_most_telling_come_first_and_few() -> None:
    codes = ["AU1", "AU2", "AU4", "AU5", "AU7", "AU20"]
    moments = [moment("fear", *codes[: n + 2]) for n in range(6)] + [moment("anger", "AU1")] * 5
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
