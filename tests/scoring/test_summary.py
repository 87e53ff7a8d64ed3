import subprocess
import sys

import pytest

from attune.affect.vocabulary import Term, Vocabulary
from attune.scoring.calibration import Calibration
from attune.scoring.response_time import ResponseTimes
from attune.scoring.summary import Scored, summarise
from attune.scoring.unscorable import Unscorable

WORDS = ("calm", "glad", "low")
VOCABULARY = Vocabulary("three", tuple(Term(name=n, family=n, valence=0.0, arousal=0.0) for n in WORDS))


def scored(reference: str, response: str, confidence: float | None = None, ms: float | None = None) -> Scored:
    return Scored(reference=reference, response=response, confidence=confidence, response_ms=ms)


def test_ten_answers() -> None:
    answers = [scored("glad", "glad", 0.8, 1000.0 + i) for i in range(7)]
    answers += [scored("low", "glad", 0.8, 5.0)] * 3
    summary = summarise(answers, VOCABULARY)
    assert (summary.answered, summary.agreed, summary.share) == (10, 7, 0.7)
    assert (summary.low, summary.high) == (pytest.approx(0.397, abs=5e-4), pytest.approx(0.892, abs=5e-4))
    assert isinstance(summary.calibration, Calibration)
    assert summary.calibration.overconfidence == pytest.approx(0.1)
    calm, glad, low = summary.emotions
    assert (glad.shown, glad.said, glad.hits, glad.hit_rate) == (7, 10, 7, 1.0)
    assert glad.unbiased_hit_rate == pytest.approx(0.7)
    assert (low.hit_rate, low.unbiased_hit_rate) == (0.0, Unscorable.NEVER_SAID)
    assert (calm.hit_rate, calm.low, calm.high) == (Unscorable.NEVER_SHOWN, 0.0, 1.0)


def test_response_time_is_of_answers_that_agreed_and_could_have_been_seen() -> None:
    summary = summarise(
        [
            scored("glad", "glad", ms=1000.0),
            scored("glad", "glad", ms=3000.0),
            scored("glad", "glad", ms=200.0),
            scored("glad", "glad", ms=199.0),
            scored("glad", "glad"),
            scored("low", "glad", ms=900.0),
        ],
        VOCABULARY,
    )
    assert summary.times == ResponseTimes(median_ms=1000.0, low_ms=600.0, high_ms=2000.0, timed=3, dropped=1)


def test_no_answers_say_nothing() -> None:
    summary = summarise([], VOCABULARY)
    assert (summary.answered, summary.share, summary.low, summary.high) == (0, None, 0.0, 1.0)
    nothing = Unscorable.NO_ANSWERS
    assert (summary.kappa, summary.information, summary.calibration, summary.times) == (nothing,) * 4


def test_a_label_outside_the_vocabulary_is_a_bug() -> None:
    with pytest.raises(ValueError, match="serene"):
        summarise([scored("glad", "serene")], VOCABULARY)


def test_a_summary_is_made_without_numpy() -> None:
    """A window that opens does not wait for it."""
    check = "import sys, attune.scoring.agreement, attune.scoring.summary; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
