import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.people.colour import linear


def test_black_white_and_middle_grey() -> None:
    assert linear("000000").tolist() == [0, 0, 0]
    assert linear("FFFFFF").tolist() == [1, 1, 1]
    assert linear("BCBCBC") == pytest.approx([0.5, 0.5, 0.5], abs=0.005)


@given(st.integers(0, 254))
def test_lighter_written_is_lighter(level: int) -> None:
    assert np.all(linear(f"{level:02x}" * 3) < linear(f"{level + 1:02X}" * 3))


@pytest.mark.parametrize("written", ["1", "12345", "1234567", "1GGGGG"])
def test_other_texts_are_no_colours(written: str) -> None:
    with pytest.raises(ValueError, match=r"1|G"):
        linear(written)
