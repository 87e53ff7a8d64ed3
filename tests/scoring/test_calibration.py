import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.calibration import Calibration, calibrate
from attune.scoring.intervals import wilson
from attune.scoring.unscorable import Unscorable

answers = st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), min_size=1, max_size=50)
even_answers = st.lists(st.tuples(st.integers(0, 9).map(lambda n: n / 10 + 0.05), st.booleans()), min_size=1)


def test_murphys_parts() -> None:
    """The example of science.md, "Values to test against"."""
    found = calibrate([(0.6, i < 3) for i in range(5)] + [(0.9, i < 4) for i in range(5)])
    assert isinstance(found, Calibration)
    assert found.brier == pytest.approx(0.205)
    assert found.reliability == pytest.approx(0.005)
    assert found.resolution == pytest.approx(0.010)
    assert found.uncertainty == pytest.approx(0.210)
    assert found.error == pytest.approx(0.05)
    assert found.overconfidence == pytest.approx(0.75 - 0.7)
    assert (found.n, found.mean_confidence) == (10, pytest.approx(0.75))
    assert [(b.n, b.confidence, b.share) for b in found.bins] == [(5, 0.6, 0.6), (5, 0.9, 0.8)]
    assert found.bins[1].interval == wilson(4, 5)


def test_nobody_said_how_sure() -> None:
    assert calibrate([]) is Unscorable.NO_ANSWERS


def test_confidence_is_a_probability() -> None:
    with pytest.raises(ValueError, match="confidence"):
        calibrate([(1.5, True)])


@given(answers)
def test_bounds(said: list[tuple[float, bool]]) -> None:
    found = calibrate(said)
    assert isinstance(found, Calibration)
    for value in (found.brier, found.reliability, found.resolution, found.uncertainty, found.error):
        assert -1e-12 <= value <= 1 + 1e-12
    assert abs(found.overconfidence) <= found.error + 1e-9


@given(even_answers)
def test_the_parts_add_up_where_confidences_in_a_bin_are_equal(said: list[tuple[float, bool]]) -> None:
    found = calibrate(said)
    assert isinstance(found, Calibration)
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty, abs=1e-9)
