"""Made-up people of whom everything is known are measured, and found to be as they were made.

Each test prints a row of one table: what was put in, what came out, its error, and the bound kept.
"""

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from attune.scoring.ability import ability, expected, reliable_change
from attune.scoring.calibration import Calibration, calibrate
from attune.scoring.confusion import Confusion, Sensitivity
from attune.scoring.continuous import Following, estimate_lag, follow
from attune.scoring.difficulty import difficulties
from attune.scoring.dyads import Effect, TruthAndBias, truth_and_bias
from attune.scoring.questplus import Estimate, QuestPlus
from attune.scoring.staircase import Staircase

pytestmark = pytest.mark.slow

TRUE_SLOPE, TRUE_LAPSE, GUESS = 3.0, 0.02, 1 / 6
CLOCK = np.arange(0, 90, 1 / 30)
Row = Callable[[str, str], None]


@pytest.fixture(scope="module")
def row(pytestconfig: pytest.Config) -> Iterator[Row]:
    """Add a row: what was measured, what was found. Printed when all are there, whatever pytest captures."""
    rows: list[str] = []
    yield lambda what, found: rows.append(f"  {what:<50} {found}\n")
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.write("\n" + "".join(rows))


def rms(errors: list[float] | np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))


def told(errors: list[float] | np.ndarray) -> str:
    return f"bias {np.mean(errors):+.3f}  error {rms(errors):.3f}"


@pytest.mark.parametrize(("answered", "bound"), [(20, 0.65), (60, 0.45), (300, 0.22)])
def test_ability(answered: int, bound: float, row: Row) -> None:
    rng = np.random.default_rng(answered)
    errors, inside = [], []
    for theta in rng.normal(0, 1, 400):
        b = rng.normal(0, 1, answered)
        found = ability(rng.random(answered) < expected(theta, b, GUESS), b, GUESS)
        errors.append(found.theta - theta)
        inside.append(found.low <= theta <= found.high)
    row(
        f"ability N(0, 1), {answered} answers of six choices",
        f"{told(errors)} (≤ {bound})  in 95 % interval {np.mean(inside):.3f}",
    )
    assert abs(np.mean(errors)) < 0.08
    assert rms(errors) <= bound
    assert 0.92 <= np.mean(inside) <= 0.98


def test_reliable_change(row: Row) -> None:
    rng = np.random.default_rng(1)

    def share(gain: float) -> float:
        found = []
        for theta in rng.normal(0, 1, 300):
            b = rng.normal(0, 1, (2, 80))
            before, after = (
                ability(rng.random(80) < expected(level, each, GUESS), each, GUESS)
                for level, each in zip((theta, theta + gain), b, strict=True)
            )
            found.append(reliable_change(before, after).reliable)
        return float(np.mean(found))

    none, real = share(0.0), share(1.5)
    row(
        "reliable change, 80 answers before and after",
        f"of no gain {none:.3f} (≤ .05)  of 1.5 {real:.3f} (≥ .7)",
    )
    assert none <= 0.05
    assert real >= 0.7


@pytest.mark.parametrize("bias", [-0.6, 0.0, 0.6])
def test_sensitivity_and_bias(bias: float, row: Row) -> None:
    """Somebody who sees how angry a face is with noise of 1, and says so from a place of their own on."""
    rng = np.random.default_rng(7)
    d_prime, found = 1.5, []
    for _ in range(200):
        angry = rng.random(200) < 0.5
        says = rng.normal(0, 1, 200) + np.where(angry, d_prime / 2, -d_prime / 2) > bias
        names = np.where([angry, says], "angry", "calm")
        seen = Confusion.of(zip(*names.tolist(), strict=True), ("angry", "calm")).sensitivity("angry")
        assert isinstance(seen, Sensitivity)
        found.append(seen)
    d_error, c_error = (np.array(found) - (d_prime, bias)).T
    row(
        f"d' 1.5 and bias {bias:+.1f}, 200 answers",
        f"d' {told(d_error)}  c {told(c_error)} (≤ .15)",
    )
    assert abs(d_error.mean()) < 0.08
    assert abs(c_error.mean()) < 0.04
    assert c_error.std() < 0.15


def test_truth_and_bias(row: Row) -> None:
    rng = np.random.default_rng(3)
    made, found, inside = np.array([0.2, 0.6, 0.3]), [], []
    for _ in range(300):
        reported, own = rng.normal(0, 0.5, (2, 40))
        own += 0.4 * reported  # partners are alike
        causes = np.stack([np.ones(40), reported - reported.mean(), own - own.mean()])
        seen = truth_and_bias(reported.mean() + made @ causes + rng.normal(0, 0.3, 40), reported, own)
        assert isinstance(seen, TruthAndBias)
        assert isinstance(seen.projection, Effect)
        effects = (seen.level, seen.tracking, seen.projection)
        found.append([effect.value for effect in effects])
        inside.append([effect.low <= true <= effect.high for effect, true in zip(effects, made, strict=True)])
    mean = np.mean(found, axis=0)
    row(
        "level .2, tracking .6, projection .3, 40 moments",
        f"{mean[0]:.3f}, {mean[1]:.3f}, {mean[2]:.3f} (± .02)  in 95 % interval {np.mean(inside):.3f}",
    )
    assert mean == pytest.approx(made, abs=0.02)
    assert 0.93 <= np.mean(inside) <= 0.97


def catches(stimulus: float, threshold: float) -> float:
    return GUESS + (1 - GUESS - TRUE_LAPSE) * -np.expm1(-((stimulus / threshold) ** TRUE_SLOPE))


@pytest.mark.parametrize("threshold", [45.0, 90.0, 220.0])
def test_threshold_by_quest_plus(threshold: float, row: Row) -> None:
    rng = np.random.default_rng(int(threshold))
    errors, inside, trials = [], [], []
    for _ in range(60):
        quest = QuestPlus(
            stimuli=np.geomspace(16.7, 500, 30),
            thresholds=np.geomspace(10, 800, 50),
            slopes=np.geomspace(1, 10, 8),
            lapses=(0, 0.02, 0.05),
            guess=GUESS,
        )
        while not quest.done(0.15):
            stimulus = quest.next()
            quest.update(stimulus, bool(rng.random() < catches(stimulus, threshold)))
        found = quest.threshold
        errors.append(np.log(found.value / threshold))
        inside.append(found.low <= threshold <= found.high)
        trials.append(len(quest.trials))
    row(
        f"threshold {threshold:.0f} ms, QUEST+ until ± 15 %",
        f"{told(errors)} (≤ .2, of the logarithm)"
        f"  in interval {np.mean(inside):.2f}  trials {np.median(trials):.0f}",
    )
    assert rms(errors) <= 0.2
    assert abs(np.mean(errors)) < 0.08
    assert np.mean(inside) >= 0.85
    assert np.median(trials) <= 50


@pytest.mark.parametrize(("down", "target"), [(2, 0.707), (3, 0.794)])
def test_threshold_by_staircase(down: int, target: float, row: Row) -> None:
    rng = np.random.default_rng(down)
    caught = []
    for _ in range(60):
        stairs = Staircase(stimuli=np.geomspace(10, 800, 60), down=down)
        while len(stairs.turns) < 14:
            stimulus = stairs.next()
            stairs.update(stimulus, bool(rng.random() < catches(stimulus, 90.0)))
        found = stairs.threshold
        assert isinstance(found, Estimate)
        caught.append(catches(found.value, 90.0))
    row(
        f"staircase 1 up {down} down, caught at the threshold",
        f"{np.mean(caught):.3f} ± {np.std(caught):.3f} (target {target} ± .04)",
    )
    assert np.mean(caught) == pytest.approx(target, abs=0.04)


def course(rng: np.random.Generator) -> np.ndarray:
    waves = [rng.uniform(0.5, 1) * np.sin(CLOCK / rng.uniform(1, 4) + rng.uniform(0, 6)) for _ in range(5)]
    return np.sum(waves, axis=0) / 5


@pytest.mark.parametrize("lag", [1.4, 2.7, 4.9])
def test_lag_and_how_well_is_followed(lag: float, row: Row) -> None:
    """Three clips to tell the lag by, a fourth to be scored; a hand that is as unsteady as it is moved."""
    rng = np.random.default_rng(int(lag * 10))

    def traced(trace: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        unsteady = 0.5 * np.interp(CLOCK, CLOCK[::45], rng.normal(0, 0.5, len(CLOCK[::45])))
        return CLOCK, np.interp(CLOCK - lag, CLOCK, trace) + unsteady

    errors, late, straight = [], [], []
    for _ in range(40):
        clips = [course(rng) for _ in range(4)]
        found = estimate_lag([((CLOCK, clip), traced(clip)) for clip in clips[:3]])
        assert isinstance(found, float)
        errors.append(found - lag)
        score = follow(CLOCK, clips[3], *traced(clips[3]), lag_s=found)
        assert isinstance(score, Following)
        late.append(score.r)
        straight.append(score.r_unlagged)
    row(
        f"lag {lag} s, told by three clips of 90 s",
        f"{told(errors)} s (≤ .2)  r {np.mean(late):.2f}, without lag {np.mean(straight):.2f}",
    )
    assert rms(errors) <= 0.2
    assert np.mean(late) > np.mean(straight) + 0.1


def test_difficulty(row: Row) -> None:
    rng = np.random.default_rng(1)
    theta, b = rng.normal(0, 1, 40), rng.normal(0, 1, 150)
    prior = b + rng.normal(0, 1, 150)
    who, which = rng.integers(0, 40, 6000), rng.integers(0, 150, 6000)
    right = rng.random(6000) < expected(theta[who], b[which], GUESS)
    found = difficulties(who, which, right, GUESS, prior=prior)
    before, after = rms(prior - b), rms(found.difficulty - b)
    inside = np.mean(np.abs(found.difficulty - b) < 1.96 * found.sd)
    row(
        "difficulty of 150 clips, 40 answers each",
        f"error {after:.3f} (≤ .5; expected before {before:.3f})  in 95 % interval {inside:.3f}",
    )
    assert after <= 0.5
    assert inside >= 0.9


@pytest.mark.parametrize("too_sure", [-0.1, 0.0, 0.15])
def test_overconfidence(too_sure: float, row: Row) -> None:
    rng = np.random.default_rng(2)
    found = []
    for _ in range(100):
        chance = rng.uniform(0.2, 0.8, 200)
        seen = calibrate(zip((chance + too_sure).tolist(), (rng.random(200) < chance).tolist(), strict=True))
        assert isinstance(seen, Calibration)
        found.append(seen.overconfidence)
    row(
        f"overconfidence {too_sure:+.2f}, 200 answers", f"{np.mean(found):+.3f} ± {np.std(found):.3f} (± .01)"
    )
    assert np.mean(found) == pytest.approx(too_sure, abs=0.01)
