import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from attune.scoring.concordance import FLAT, Concordance, concordance, fisher_z
from attune.scoring.unscorable import Unscorable

values = st.lists(st.floats(-1, 1), min_size=3, max_size=30)


def test_the_given_values() -> None:
    """science.md, "Values to test against"."""
    found = concordance([1, 2, 3, 4, 5], [1, 2, 4, 4, 6])
    assert isinstance(found, Concordance)
    assert found.ccc == pytest.approx(0.92308, abs=5e-6)
    assert found.r == pytest.approx(0.97333, abs=5e-6)
    assert found.level == pytest.approx(0.4)
    assert found.scale == pytest.approx(np.std([1, 2, 4, 4, 6]) / np.sqrt(2))


@given(values, st.floats(0.1, 3), st.floats(-1, 1))
def test_level_and_scale_are_told_from_movement(x: list[float], scale: float, level: float) -> None:
    assume(np.std(x) > 2 * FLAT / scale)
    assume(np.std(x) > 2 * FLAT)
    mean = float(np.mean(x))
    found = concordance(x, [mean + scale * (value - mean) + level for value in x])
    assert isinstance(found, Concordance)
    assert found.r == pytest.approx(1)
    assert found.scale == pytest.approx(scale)
    assert found.level == pytest.approx(level, abs=1e-9)
    assert found.ccc == pytest.approx(2 * scale / (1 + scale**2 + (level / np.std(x)) ** 2))


@given(values, st.randoms())
def test_concordance_never_passes_correlation(x: list[float], random: object) -> None:
    y = random.sample(x, len(x))  # type: ignore[attr-defined]
    found = concordance(x, y)
    if isinstance(found, Concordance):
        assert -1 - 1e-9 <= found.r <= 1 + 1e-9
        assert abs(found.ccc) <= abs(found.r) + 1e-9


def test_what_did_not_move_says_so() -> None:
    assert concordance([0.3] * 5, [1, 2, 3, 4, 5]) is Unscorable.FLAT_REFERENCE
    assert concordance([1, 2, 3, 4, 5], [0.3] * 5) is Unscorable.FLAT_USER
    assert concordance([1], [1]) is Unscorable.TOO_FEW
    with pytest.raises(ValueError, match="same length"):
        concordance([1, 2], [1, 2, 3])


def test_z_of_certainty_is_finite() -> None:
    assert fisher_z(0.5) == pytest.approx(0.549306)
    assert np.isfinite(fisher_z([-1.0, 1.0])).all()
