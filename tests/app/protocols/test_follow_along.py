from concurrent.futures import Future
from dataclasses import replace
from itertools import pairwise
from math import sin
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from attune.app.protocols.course import read_course
from attune.app.protocols.follow_along import FollowAlong, drawn_trace
from attune.app.protocols.material import Material
from attune.app.protocols.tracing import USUAL_LAG_S, columns, compare, parted, usual_lag
from attune.app.protocols.trial import Reel
from attune.errors import ClipSetError, MeasuringError
from attune.storage.records import TraceRecord
from tests.app.protocols.driving import VOCABULARY, a_history, a_practice, many, starter, trace


def test_short_drawn_clips_of_one_person_are_joined(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = (
            a_practice(history).start(starter(), FollowAlong(trials=4), measure=False, seed=1).result(10)
        )
        while (trial := session.current) is not None:
            assert isinstance(trial.show, Reel)
            parts = trial.show.parts
            assert len({part.clip.person for part in parts}) == 1
            assert len({part.clip.name for part in parts}) == len(parts) > 5
            assert parts[0].starts_s == 0
            for one, other in pairwise(parts):
                course = read_course(one.clip.truth)  # type: ignore[arg-type]
                assert other.starts_s - one.starts_s == pytest.approx(course.duration_s)
            session.skip()


def test_who_follows_what_was_drawn_is_seen_to(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        clips = starter()
        setup = FollowAlong(trials=1, axes=("valence", "arousal"))
        session = a_practice(history).start(clips, setup, measure=False, seed=1).result(10)
        drawn = drawn_trace(Material(clips, VOCABULARY, None), session.current.show, ("valence", "arousal"))
        assert session.setup.lag_s == USUAL_LAG_S
        trace(session, lambda s: float(np.interp(s - USUAL_LAG_S, drawn["time_s"], drawn["valence"])), s=24)
        (followed,) = session.traced
        result = followed.record.result
        assert result["valence"]["r"] > 0.95
        assert result["valence"]["parted"] == []
        assert result["arousal"]["r"] < 0.5
        assert result["arousal"]["parted"] != []
        assert followed.record.reference["source"] == "intended"
        assert len(followed.record.samples) == 24 * 30
        outcome = session.finish().result(10)
        assert outcome.traces == (followed.record,)
        assert outcome.summary.answered == 0
        (summary,) = history.sessions().result(10)
        assert (summary.traced, summary.answered, summary.share) == (1, 0, None)


def test_a_dial_that_does_not_move_is_not_scored(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = (
            a_practice(history).start(starter(), FollowAlong(trials=1), measure=False, seed=1).result(10)
        )
        trace(session, s=24)
        assert session.traced[0].record.result == {"valence": {"unscorable": "flat_user"}}


def test_seconds_are_on_the_disk_as_they_come_and_a_new_start_is_a_new_trace(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = (
            a_practice(history).start(starter(), FollowAlong(trials=1), measure=False, seed=1).result(10)
        )
        session.begin_trace()
        for second in range(3):
            session.add_samples([(second + 0.5, 0.1)]).result(10)
            (kept,) = history.session(session.session_id).result(10).traces
            assert kept.samples == tuple((s + 0.5, 0.1) for s in range(second + 1))
            assert kept.ended_at is None
        session.begin_trace()  # played from the beginning again
        session.add_samples([(0.5, 0.2)])
        feedback = session.end_trace().result(10)
        assert feedback.record.samples == ((0.5, 0.2),)
        broken, whole = history.session(session.session_id).result(10).traces
        assert (broken.ended_at, whole.ended_at is not None) == (None, True)


def test_without_any_reference_the_trace_is_kept_all_the_same(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        clips = many(people=1, each=1)
        session = a_practice(history).start(clips, FollowAlong(trials=1), measure=False, seed=1).result(10)
        trace(session, s=3)
        record = session.traced[0].record
        assert (record.reference, record.result, len(record.samples)) == (None, None, 90)


def test_the_persons_own_lag_is_learnt_from_what_they_traced() -> None:
    time_s = [t / 10 for t in range(600)]
    reference = [sin(t / 2.2) for t in time_s]
    late = tuple((t, sin((t - 3.4) / 2.2)) for t in time_s)
    record = TraceRecord(
        session_id=1,
        position=0,
        started_at="2026-01-01T10:00:00+00:00",
        clip_name="a",
        clip_hash="a",
        person="Ana",
        channel="picture",
        axes=("valence",),
        samples=late,
        reference={"source": "intended", "time_s": time_s, "valence": reference},
    )
    assert usual_lag([record]) == pytest.approx(3.4, abs=0.15)
    assert usual_lag([]) == USUAL_LAG_S


def test_where_they_parted() -> None:
    time_s = [t / 10 for t in range(300)]
    user = [0.8 if 10 <= t < 15 else 0.0 for t in time_s]
    ((start, end),) = parted(time_s, [0.0] * 300, time_s, user, 0.0)
    assert (start, end) == (pytest.approx(10, abs=0.2), pytest.approx(15, abs=0.2))
    ((start, _),) = parted(time_s, [0.0] * 300, time_s, user, 2.0)
    assert start == pytest.approx(8, abs=0.2)
    assert parted(time_s, [0.0] * 300, [], [], 0.0) == []


def test_a_clip_turned_back_counts_as_it_was_traced_last() -> None:
    assert columns([(0.0, 1.0), (1.0, 2.0), (0.0, 3.0)], 0) == ([0.0, 1.0], [3.0, 2.0])


def test_compare_leaves_out_what_the_reference_does_not_say() -> None:
    reference = {"source": "self_report", "time_s": [0.0, 1.0], "valence": [0.0, 0.1]}
    assert compare(reference, ("valence", "arousal"), [(0.0, 0.0, 0.0)], 1.0) == {
        "valence": {"unscorable": "too_short"}
    }


def test_what_the_person_says_they_felt_comes_before_what_was_drawn(tmp_path: Path) -> None:
    file = tmp_path / "felt.csv"
    rows = [f"{t / 10},{sin(t / 15):.4f}" for t in range(300)]
    file.write_text("\n".join(["time_s,valence", *rows]), encoding="utf-8")
    clip = next(clip for clip in starter().clips if clip.references[0].top == "fear")
    clips = replace(starter(), clips=(replace(clip, trace=file),))
    with a_history(tmp_path) as history:
        session = a_practice(history).start(clips, FollowAlong(trials=1), measure=False, seed=1).result(10)
        trace(session, lambda s: sin((s - USUAL_LAG_S) / 1.5), s=30)
        record = session.traced[0].record
        assert record.reference["source"] == "self_report"
        assert record.result["valence"]["r"] > 0.95


def test_a_bad_trace_is_told_before_anybody_follows_it(tmp_path: Path) -> None:
    file = tmp_path / "felt.csv"
    file.write_text("when,what\n", encoding="utf-8")
    clips = replace(starter(), clips=(replace(starter().clips[0], trace=file),))
    with a_history(tmp_path) as history, pytest.raises(ClipSetError, match="not_a_trace"):
        a_practice(history).start(clips, FollowAlong(trials=1), measure=False).result(10)


def test_the_measured_valence_is_the_reference_where_nobody_said_anything(tmp_path: Path) -> None:
    measured: Future[object] = Future()

    class Measuring:
        def measure(self, _path: Path, **_rest: object) -> Future[object]:
            return measured

    clips = many(people=1, each=1)
    time_ns = np.arange(0, 30_000_000_000, 40_000_000)
    valence = np.sin(time_ns / 1e9 / 1.5).astype(np.float32)
    valence[100:110] = np.nan  # no face for a moment
    expressed = SimpleNamespace(time_ns=time_ns, valence=valence, arousal=valence, reading=None)
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        practice._measurer = Measuring()  # type: ignore[assignment]
        session = practice.start(clips, FollowAlong(trials=1), measure=True, seed=1).result(10)
        session.begin_trace()
        for s in range(30):
            times = [s + tick / 30 for tick in range(30)]
            session.add_samples([(t, sin((t - USUAL_LAG_S) / 1.5)) for t in times])
        ending = session.end_trace()
        measured.set_result(SimpleNamespace(expressed=expressed))
        record = ending.result(10).record
        assert record.reference["source"] == "measured"
        assert record.result["valence"]["r"] > 0.95


def test_a_measurement_that_fails_leaves_the_trace_without_reference(tmp_path: Path) -> None:
    class Measuring:
        def measure(self, _path: Path, **_rest: object) -> Future[object]:
            failed: Future[object] = Future()
            failed.set_exception(MeasuringError("measuring.crashed", code=-9))
            return failed

    with a_history(tmp_path) as history:
        practice = a_practice(history)
        practice._measurer = Measuring()  # type: ignore[assignment]
        clips = many(people=1, each=1)
        session = practice.start(clips, FollowAlong(trials=1), measure=True, seed=1).result(10)
        trace(session, s=2)
        assert session.traced[0].record.reference is None


def test_the_next_session_knows_the_lag(tmp_path: Path) -> None:
    file = tmp_path / "felt.csv"
    rows = [f"{t / 10},{sin(t / 22):.4f}" for t in range(900)]
    file.write_text("\n".join(["time_s,valence", *rows]), encoding="utf-8")
    clips = replace(starter(), clips=(replace(starter().clips[0], trace=file),))
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        session = practice.start(clips, FollowAlong(trials=1), measure=False, seed=1).result(10)
        trace(session, lambda s: sin((s - 4.0) / 2.2), s=90)
        session.finish().result(10)
        session = practice.start(clips, FollowAlong(trials=1), measure=False, seed=1).result(10)
        assert session.setup.lag_s == pytest.approx(4.0, abs=0.2)
