import numpy as np
import pytest

from attune.scoring.questplus import Estimate
from attune.scoring.staircase import Staircase
from attune.scoring.unscorable import Unscorable

STEPS = [40.0, 80.0, 160.0, 320.0]


def run(answers: str, down: int = 2) -> Staircase:
    """Answers in turn, + for one that agrees."""
    found = Staircase(stimuli=STEPS, down=down)
    for answer in answers:
        found.update(found.next(), answer == "+")
    return found


@pytest.mark.parametrize(
    ("answers", "down", "then"),
    [
        ("", 2, 320.0),
        ("+", 2, 320.0),
        ("++", 2, 160.0),
        ("++", 3, 320.0),
        ("+++", 3, 160.0),
        ("++-", 2, 320.0),
        ("++" * 9, 2, 40.0),
        ("-", 2, 320.0),
        ("+-++", 2, 160.0),
    ],
)
def test_steps(answers: str, down: int, then: float) -> None:
    assert run(answers, down).next() == then


def test_turns_are_where_the_direction_changed() -> None:
    assert run("++++-").turns == (80.0,)
    assert run("++++-++-").turns == (80.0, 160.0, 80.0)


def test_the_first_steps_are_long() -> None:
    found = Staircase(stimuli=np.arange(1.0, 33.0), down=2)
    shown = []
    for answer in "++++-++-+++-":
        shown.append(found.next())
        found.update(found.next(), answer == "+")
    assert shown == [32, 32, 28, 28, 24, 26, 26, 25, 26, 26, 25, 25]


def test_target() -> None:
    assert Staircase(stimuli=STEPS, down=2).target == pytest.approx(0.707, abs=5e-4)
    assert Staircase(stimuli=STEPS, down=3).target == pytest.approx(0.794, abs=5e-4)


def test_threshold_is_the_middle_of_the_later_turns() -> None:
    found = run("++++-" + "++-" * 3)  # turns at 80, 160, then 80, 160, 80, 160 and one left over
    threshold = found.threshold
    assert found.turns == (80.0, 160.0, 80.0, 160.0, 80.0, 160.0, 80.0)
    assert isinstance(threshold, Estimate)
    assert threshold.value == pytest.approx(np.sqrt(80 * 160))
    assert threshold.low < threshold.value < threshold.high
    assert threshold.sd == pytest.approx(np.log(2) / 2 / np.sqrt(3))
    assert found.done(0.21)
    assert not found.done(0.19)


def test_too_few_turns_say_so() -> None:
    assert run("++++-++-").threshold is Unscorable.TOO_FEW
    assert not run("").done(10)


def test_replaying_comes_to_the_same() -> None:
    found, again = run("++++-++-+++-"), Staircase(stimuli=STEPS, down=2)
    again.replay(found.trials)
    assert (again.next(), again.turns) == (found.next(), found.turns)


@pytest.mark.parametrize(("stimuli", "down"), [([1.0], 2), ([2.0, 1.0], 2), ([1.0, 2.0], 1)])
def test_impossible_settings(stimuli: list[float], down: int) -> None:
    with pytest.raises(ValueError, match=r"stimuli|down"):
        Staircase(stimuli=stimuli, down=down)
