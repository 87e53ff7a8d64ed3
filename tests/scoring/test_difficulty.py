import numpy as np
import pytest

from attune.scoring.ability import expected
from attune.scoring.difficulty import difficulties


def test_without_answers_what_was_expected_stays() -> None:
    found = difficulties([], [], [], 0.2, prior=[0.5, -1.0])
    assert found.difficulty == pytest.approx([0.5, -1.0])
    assert found.sd == pytest.approx([1, 1])
    assert (found.answers.tolist(), found.abilities.size) == ([0, 0], 0)
    assert difficulties([], [], [], 0.2, prior=[]).difficulty.size == 0


def test_a_clip_that_is_often_missed_is_difficult() -> None:
    clip = [0] * 10 + [1] * 10
    found = difficulties([0] * 20, clip, [True] * 9 + [False] * 10 + [True], 0.0, prior=[0.0, 0.0, 0.3])
    easy, hard, unseen = found.difficulty
    assert easy < -0.7 < 0.7 < hard
    assert abs(found.abilities[0]) < 0.05
    assert unseen == pytest.approx(0.3, abs=0.05)
    assert found.answers.tolist() == [10, 10, 0]
    assert found.sd[0] < found.sd[2]


def test_it_is_the_likeliest() -> None:
    """No other abilities and difficulties nearby are likelier, under the same priors."""
    rng = np.random.default_rng(1)
    who, which, right = rng.integers(0, 3, 120), rng.integers(0, 5, 120), rng.random(120) < 0.6
    prior = rng.normal(0, 1, 5)
    found = difficulties(who, which, right, 0.25, prior=prior)

    def likely(theta: np.ndarray, b: np.ndarray) -> float:
        p = expected(theta[who], b[which], 0.25)
        priors = ((theta**2).sum() + ((b - prior) ** 2).sum()) / 2
        return float(np.log(np.where(right, p, 1 - p)).sum() - priors)

    best = likely(found.abilities, found.difficulty)
    for _ in range(50):
        off = rng.normal(0, 0.02, 8)
        assert likely(found.abilities + off[:3], found.difficulty + off[3:]) < best + 1e-6


@pytest.mark.parametrize(("person", "clip"), [([0], [2]), ([0], [-1]), ([-1], [0])])
def test_places_that_are_not_there(person: list[int], clip: list[int]) -> None:
    with pytest.raises(ValueError, match="places"):
        difficulties(person, clip, [True], 0.0, prior=[0.0, 0.0])
