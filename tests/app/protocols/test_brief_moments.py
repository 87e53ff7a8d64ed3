from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.protocols.brief_moments import BriefMoments, ladder
from attune.app.protocols.trial import Brief
from tests.app.protocols.driving import a_clip, a_history, a_practice, a_set, drive, knowing, say, starter


@given(st.floats(24, 360))
def test_the_ladder_goes_down_in_whole_frames(hz: float) -> None:
    rungs = ladder(BriefMoments(hz=hz))
    assert list(rungs) == sorted(set(rungs), reverse=True)
    assert rungs[-1] >= 1
    assert abs(1000 * rungs[0] / hz - 500) <= 500 / hz + 1e-6


def test_at_60_hz() -> None:
    assert ladder(BriefMoments(hz=60)) == (30, 21, 15, 11, 8, 5, 4, 2)


def shown(tmp_path: Path, answers: str, *, shown_ms: float | None = -1.0) -> list[int]:
    """Frames of each trial; "y" agrees, "n" does not, "s" agrees but its timing slipped."""
    with a_history(tmp_path) as history:
        setup = BriefMoments(trials=len(answers) + 1, hz=60)
        session = a_practice(history).start(starter(), setup, measure=False, seed=4).result(10)
        frames = []
        for kind in answers:
            trial = session.current
            assert trial is not None
            assert isinstance(trial.show, Brief)
            frames.append(trial.show.frames)
            right = knowing(trial)
            label = right.label if kind != "n" else next(c for c in trial.choices if c != right.label)
            late = {"shown_ms": trial.show.asked_ms + 40} if kind == "s" else {}
            session.advance(session.answer(say(trial, label, **late)).result(10))
        assert isinstance(session.current.show, Brief)
        return [*frames, session.current.show.frames]


def test_two_in_a_row_make_it_shorter_and_one_miss_longer(tmp_path: Path) -> None:
    assert shown(tmp_path, "yyyynyy") == [30, 30, 21, 21, 15, 21, 21, 15]


def test_a_slip_changes_nothing_and_counts_nowhere(tmp_path: Path) -> None:
    assert shown(tmp_path, "ysy") == [30, 30, 30, 21]


@pytest.mark.parametrize(
    ("shown_ms", "scored"),
    [(50.0, True), (66.7, True), (33.3, True), (84.0, False), (16.7, False), (None, False)],
)
def test_more_than_one_frame_is_a_slip(tmp_path: Path, shown_ms: float | None, scored: bool) -> None:
    with a_history(tmp_path) as history:
        setup = BriefMoments(trials=3, hz=60, longest_ms=50, shortest_ms=50)
        session = a_practice(history).start(starter(), setup, measure=False, seed=4).result(10)
        trial = session.current
        session.advance(session.answer(say(trial, knowing(trial).label, shown_ms=shown_ms)).result(10))
        (kept,) = history.session(session.session_id).result(10).answers
        assert kept.scored is scored
        assert (kept.shown["frames"], kept.shown["shown_ms"]) == (3, shown_ms)
        outcome = session.finish().result(10)
        assert (outcome.summary.answered, outcome.unscored) == ((1, 0) if scored else (0, 1))
        (summary,) = history.sessions().result(10)
        assert (summary.answered, summary.agreed) == (scored, scored)
        assert outcome.brief == (((3, 1, 1),) if scored else ())


def test_the_neutral_face_is_the_clips_own_or_the_persons(tmp_path: Path) -> None:
    own = a_clip("fear", "Ana")
    late = replace(a_clip("anger", "Ben"), onset_s=None)
    nobody = replace(a_clip("anger", "Cem"), onset_s=None)
    neutral = a_clip("neutral", "Ben")
    nameless = (replace(nobody, person="", name="nameless"), replace(neutral, person="", name="neutral"))
    with a_history(tmp_path) as history:
        session = (
            a_practice(history)
            .start(
                a_set(own, late, nobody, neutral, *nameless), BriefMoments(trials=8), measure=False, seed=1
            )
            .result(10)
        )
        neutrals = {
            t.clip.person: t.show.neutral for t in drive(session, knowing) if isinstance(t.show, Brief)
        }
        assert neutrals == {"Ana": own, "Ben": neutral}


def test_the_outcome_counts_by_length(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = (
            a_practice(history).start(starter(), BriefMoments(trials=6), measure=False, seed=1).result(10)
        )
        drive(session, knowing)
        assert session.finish().result(10).brief == ((30, 2, 2), (21, 2, 2), (15, 2, 2))
