import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.cells import as_was, harmless

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\tx", "\rx", "'=x"])
def test_formulas_go_out_harmless_and_come_back(text: str) -> None:
    assert not harmless(text).startswith(FORMULA)
    assert as_was(harmless(text)) == text


@pytest.mark.parametrize("text", ["", "fear", "-1", "+0.5", "1e-3", "it's", "'quoted'"])
def test_numbers_and_words_go_out_as_they_are(text: str) -> None:
    assert harmless(text) == as_was(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r1.a")) | st.text())
def test_whatever_goes_out_comes_back(text: str) -> None:
    assert as_was(harmless(text)) == text
    try:
        float(text)
    except ValueError:
        assert not harmless(text).startswith(FORMULA)
