import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.several import benjamini_hochberg, holm

# Benjamini & Hochberg 1995, section 3.2: fifteen looks at thrombolysis, after Neuhaus et al. 1992
PAPER = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)
ps = st.lists(st.floats(0, 1), max_size=12)


def test_the_fifteen_looks_of_the_paper() -> None:
    """Four stand out by the false discovery rate, three where none at all may by chance."""
    assert benjamini_hochberg(PAPER) == (True,) * 4 + (False,) * 11
    assert holm(PAPER) == (True,) * 3 + (False,) * 12


def test_holm_by_hand() -> None:
    """.005 below .05 / 4, .01 below .05 / 3, .03 not below .05 / 2, so nothing after it."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == (True, False, False, True)
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.005]) == (True,) * 4


def test_nothing_to_look_at_and_what_is_no_p() -> None:
    assert benjamini_hochberg([]) == holm([]) == ()
    for ways in (holm, benjamini_hochberg):
        with pytest.raises(ValueError, match="p: wanted"):
            ways([0.5, 1.2])
        with pytest.raises(ValueError, match="p: wanted"):
            ways([float("nan")])


@given(ps)
def test_one_look_is_its_own_p_and_more_looks_never_make_it_easier(p: list[float]) -> None:
    alone = [each <= 0.05 for each in p]
    assert [holm([each])[0] for each in p] == [benjamini_hochberg([each])[0] for each in p] == alone
    for ways in (holm, benjamini_hochberg):
        assert all(single >= several for single, several in zip(alone, ways(p), strict=True))


@given(ps)
def test_holm_is_never_the_bolder_and_never_bolder_than_dividing(p: list[float]) -> None:
    careful, bold = holm(p), benjamini_hochberg(p)
    divided = [each <= 0.05 / len(p) for each in p]
    assert all(one <= two <= three for one, two, three in zip(divided, careful, bold, strict=True))


@given(st.data(), ps)
def test_the_order_of_looks_makes_no_difference(data: st.DataObject, p: list[float]) -> None:
    order = data.draw(st.permutations(range(len(p))))
    for ways in (holm, benjamini_hochberg):
        found = ways(p)
        assert ways([p[place] for place in order]) == tuple(found[place] for place in order)


@given(ps, st.data())
def test_a_smaller_p_loses_nothing(p: list[float], data: st.DataObject) -> None:
    smaller = [data.draw(st.floats(0, each)) for each in p]
    for ways in (holm, benjamini_hochberg):
        assert all(after >= before for after, before in zip(ways(smaller), ways(p), strict=True))
