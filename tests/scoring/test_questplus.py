from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.scoring.questplus import Form, Point, QuestPlus

STIMULI = np.geomspace(20, 500, 15)
trials = st.lists(st.tuples(st.sampled_from(STIMULI.tolist()), st.booleans()), max_size=25)


def quest(
    form: Form = Form.WEIBULL,
    guess: float = 0.25,
    *,
    slopes: tuple[float, ...] = (1.0, 3.0),
    lapses: tuple[float, ...] = (0.0, 0.04),
) -> QuestPlus:
    return QuestPlus(
        stimuli=STIMULI,
        thresholds=np.geomspace(10, 1000, 21),
        slopes=slopes,
        lapses=lapses,
        guess=guess,
        form=form,
    )


def one(form: Form) -> QuestPlus:
    """A grid on which hardly anything but one function is left."""
    return QuestPlus(
        stimuli=[1, 2], thresholds=[100, 100.0001], slopes=[2], lapses=[0.1], guess=0.2, form=form
    )


def test_the_function_is_watsons() -> None:
    """psi = guess + (1 - guess - lapse) F; F(threshold) is 1 - 1/e or a half."""
    assert one(Form.WEIBULL).curve(100.0) == pytest.approx(0.2 + 0.7 * (1 - np.exp(-1)), abs=1e-5)
    assert one(Form.LOGISTIC).curve(100.0) == pytest.approx(0.2 + 0.7 / 2, abs=1e-5)
    assert one(Form.LOGISTIC).curve(200.0) == pytest.approx(0.2 + 0.7 * 4 / 5, abs=1e-5)
    assert one(Form.WEIBULL).curve([1e-3, 1e6]) == pytest.approx([0.2, 0.9], abs=1e-5)


def test_before_any_answer_the_middle_is_as_good_as_known() -> None:
    found = quest().threshold
    assert found.value == pytest.approx(100)
    assert (found.low, found.high) == (pytest.approx(10, rel=0.2), pytest.approx(1000, rel=0.2))
    assert not quest().done(0.5)


def brute_force_entropy(of: QuestPlus, stimulus: float) -> float:
    """Expected entropy of the posterior after this stimulus, by making both posteriors."""
    total = 0.0
    for correct in (True, False):
        after = quest()
        after.replay([*of.trials, (stimulus, correct)])
        p = float(of.curve(stimulus)) if correct else 1 - float(of.curve(stimulus))
        total -= p * float(after._belief @ np.log(np.maximum(after._belief, 1e-300)))
    return total


@settings(max_examples=20)
@given(trials)
def test_the_next_stimulus_leaves_the_least_entropy(given_trials: list[tuple[float, bool]]) -> None:
    found = quest()
    found.replay(given_trials)
    least = min(brute_force_entropy(found, stimulus) for stimulus in STIMULI)
    assert brute_force_entropy(found, found.next()) == pytest.approx(least, abs=1e-9)


@given(trials)
def test_replaying_comes_to_the_same(given_trials: list[tuple[float, bool]]) -> None:
    found, again = quest(), quest()
    for stimulus, correct in given_trials:
        found.update(stimulus, correct)
    again.replay(found.trials)
    assert (again.threshold, again.next()) == (found.threshold, found.next())
    assert again.trials == tuple(given_trials)


@given(trials, st.sampled_from(list(Form)))
def test_the_curve_rises_between_guessing_and_never_slipping(
    given_trials: list[tuple[float, bool]], form: Form
) -> None:
    found = quest(form)
    found.replay(given_trials)
    curve = found.curve(np.geomspace(1, 10_000, 50).reshape(5, 10))
    assert curve.shape == (5, 10)
    assert (np.diff(curve.ravel()) >= 0).all()
    assert 0.25 <= curve.min() <= curve.max() <= 1


@given(trials, st.floats(10, 1000), st.sampled_from([1.0, 3.0]))
def test_catching_one_lowers_the_threshold_and_missing_it_raises_it(
    given_trials: list[tuple[float, bool]], stimulus: float, slope: float
) -> None:
    """Of one slope, slips known: else a miss of what is easy may be taken for a slip, and raise nothing."""
    caught, missed = quest(slopes=(slope,), lapses=(0.04,)), quest(slopes=(slope,), lapses=(0.04,))
    caught.replay([*given_trials, (stimulus, True)])
    missed.replay([*given_trials, (stimulus, False)])
    assert caught.threshold.value <= missed.threshold.value * (1 + 1e-9)
    for found in (caught.threshold, missed.threshold):
        assert found.low <= found.value <= found.high


def test_points_count_what_was_really_shown() -> None:
    found = quest()
    found.replay([(120.0, True), (60.5, False), (120.0, False)])
    assert found.points == (Point(stimulus=60.5, caught=0, shown=1), Point(stimulus=120.0, caught=1, shown=2))


def test_done_when_precise() -> None:
    found, rng = quest(guess=1 / 8), np.random.default_rng(3)
    while not found.done(0.15):
        stimulus = found.next()
        found.update(stimulus, bool(rng.random() < (0.125 + 0.875 * -np.expm1(-((stimulus / 90) ** 3)))))
    assert found.threshold.sd <= 0.15
    assert len(found.trials) < 80
    assert abs(log(found.threshold.value / 90)) < 3 * 0.15


def test_even_an_impossible_answer_leaves_a_threshold() -> None:
    found = QuestPlus(stimuli=STIMULI, thresholds=STIMULI, slopes=[10], lapses=[0], guess=0)
    found.replay([(500.0, False), (20.0, True), (1e9, False)] * 5)
    assert np.isfinite(found.threshold.value)


@pytest.mark.parametrize(
    "changed",
    [
        {"stimuli": [3, 2]},
        {"stimuli": [0, 2]},
        {"thresholds": [5]},
        {"slopes": [0]},
        {"lapses": [-0.1]},
        {"guess": 1.0},
        {"lapses": [0.5], "guess": 0.5},
    ],
)
def test_impossible_settings(changed: dict[str, list[float]]) -> None:
    fine = {"stimuli": [1, 2], "thresholds": [1, 2], "slopes": [1], "lapses": [0], "guess": 0.0}
    with pytest.raises(ValueError, match="wanted"):
        QuestPlus(**{**fine, **changed})


@pytest.mark.parametrize("stimulus", [0.0, -1.0, float("nan"), float("inf")])
def test_what_was_not_shown(stimulus: float) -> None:
    with pytest.raises(ValueError, match="stimulus"):
        quest().update(stimulus, correct=True)
