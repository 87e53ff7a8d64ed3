"""A practice session without a window: real history, real starter set, measurements as they come."""

from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core
from attune.app.feedback import Speaker
from attune.app.history import History, open_history
from attune.app.measured import Measured
from attune.app.measuring import Measurer
from attune.app.practice import Answer, Practice, PracticeSession
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.reference import scored_reference
from attune.app.services import load_vocabulary
from attune.clips.clip_set import load_clip_set
from attune.errors import MeasuringError
from attune.media.frames import MediaInfo, MediaKind
from attune.perception.expression import Expressed
from attune.perception.track import TrackBuilder
from attune.perception.units import Moved, Side, UnitCurves
from attune.resources import Words, asset

MEASURED = Reading(source=Source.MEASURED, labels={"fear": 0.7, "surprise": 0.3}, intensity=0.8)


class Measuring:
    """Stands in for the measuring process: hands out futures and settles them when told."""

    def __init__(self) -> None:
        self.asked: list[Future[Measured]] = []

    def measure(self, _path: Path, **_rest: object) -> Future[Measured]:
        self.asked.append(Future())
        return self.asked[-1]


def measured(reading: Reading | None, *units: Moved) -> Measured:
    info = MediaInfo(
        path=Path("/nowhere"),
        kind=MediaKind.VIDEO,
        width=64,
        height=64,
        frame_rate=25.0,
        frames=0,
        duration_s=0.0,
        codec="vp09",
        rotation=0,
    )
    nothing = np.zeros(0, np.float32)
    expressed = Expressed(
        time_ns=np.zeros(0, np.int64),
        labels=np.zeros((0, 8), np.float32),
        intensity=nothing,
        valence=nothing,
        arousal=nothing,
        confidence=nothing,
        reading=reading,
        apex_ns=None,
        neutral_ns=None,
        calm=0.0,
        speaking=np.zeros(0, dtype=bool),
        doubts=(),
    )
    return Measured(
        info=info,
        track=TrackBuilder().finish(width=64, height=64),
        expressed=expressed,
        units=units,
        curves=UnitCurves(np.zeros((0, 24), np.float32), np.zeros((0, 24), np.float32)),
        away=np.zeros(0),
        movements=(),
        blinks=(),
        warnings=(),
    )


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = open_history(tmp_path / "history.sqlite3", load_vocabulary())
    yield opened
    opened.close()


@pytest.fixture
def measuring() -> Measuring:
    return Measuring()


@pytest.fixture
def session(history: History, measuring: Measuring) -> PracticeSession:
    practice = Practice(
        vocabulary=load_vocabulary(),
        speaker=Speaker(Words()),
        history=history,
        measurer=cast("Measurer", measuring),
        now=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    )
    starter = load_clip_set(asset("clips", "starter"))
    return practice.start(starter, ReadTheMoment(trials=10), measure=True, seed=7).result(5)


def answer(label: str, confidence: float = 0.6) -> Answer:
    return Answer(label=label, intensity=0.5, confidence=confidence, response_ms=900.0)


def meant(session: PracticeSession) -> str:
    assert session.current is not None
    return scored_reference(session.current.clip).top


def test_a_session_is_kept_answer_by_answer_and_summed_up(session: PracticeSession, history: History) -> None:
    for position in range(10):
        label = meant(session) if position < 7 else next(n for n in Core if n != meant(session))
        session.advance(session.answer(answer(label)).result(5))
        kept = history.session(session.session_id).result(5)
        assert len(kept.answers) == position + 1
        assert kept.session.ended_at is None
    assert session.current is None
    summary = session.finish().result(5).summary
    assert (summary.answered, summary.agreed) == (10, 7)
    review = history.session(session.session_id).result(5)
    assert review.summary == summary
    assert review.session.ended_at is not None
    assert review.session.seed == 7
    assert [a.response_ms for a in review.answers] == [900.0] * 10


def test_a_measurement_ready_in_time_is_one_of_the_references(
    session: PracticeSession, measuring: Measuring
) -> None:
    measuring.asked[0].set_result(measured(MEASURED))
    feedback = session.answer(answer("fear")).result(5)
    assert [r.source for r in feedback.references] == [Source.INTENDED, Source.MEASURED]
    assert feedback.agreement.reference is Source.INTENDED
    assert [a.reference for a in feedback.others] == [Source.MEASURED]
    assert feedback.others[0].same


def test_a_late_measurement_is_added_to_the_answer(
    session: PracticeSession, measuring: Measuring, history: History
) -> None:
    session.answer(answer("fear")).result(5)
    measuring.asked[0].set_result(measured(MEASURED))
    (kept,) = history.session(session.session_id).result(5).answers
    assert [r.source for r in kept.references] == [Source.INTENDED, Source.MEASURED]


@pytest.mark.parametrize("trouble", [MeasuringError("measuring.crashed", code=-9), None])
def test_no_measurement_means_no_invented_reference(
    session: PracticeSession, measuring: Measuring, history: History, trouble: Exception | None
) -> None:
    if trouble:
        measuring.asked[0].set_exception(trouble)
    else:
        measuring.asked[0].set_result(measured(None))
    session.answer(answer("fear")).result(5)
    (kept,) = history.session(session.session_id).result(5).answers
    assert [r.source for r in kept.references] == [Source.INTENDED]


def test_a_skipped_clip_is_not_scored(session: PracticeSession, history: History) -> None:
    session.skip().result(5)
    session.advance(session.answer(answer(meant(session))).result(5))
    assert session.finish().result(5).summary.answered == 1
    (kept,) = history.session(session.session_id).result(5).answers
    assert kept.position == 1


def test_leaving_early_gives_up_the_measurements_still_waiting(
    session: PracticeSession, measuring: Measuring
) -> None:
    session.finish().result(5)
    assert all(future.cancelled() for future in measuring.asked)


def test_confidence_below_guessing_counts_as_guessing(session: PracticeSession) -> None:
    feedback = session.answer(answer("fear", confidence=0.0)).result(5)
    assert feedback.perceived.confidence == pytest.approx(1 / 8)
    assert feedback.perceived.top == "fear"


def test_an_answer_that_cannot_be_kept_leaves_the_trial_open(
    session: PracticeSession, history: History
) -> None:
    first = session.current
    history.close()
    with pytest.raises(Exception, match=r".+"):
        session.answer(answer("fear")).result(5)
    assert session.current is first


def test_sentences_name_who_says_so_and_where_references_differ(
    session: PracticeSession, measuring: Measuring
) -> None:
    while meant(session) != "surprise":
        session.skip()
    assert session.current is not None
    seen = measured(MEASURED, Moved("AU1", Side.BOTH, 0.9), Moved("AU12", Side.LEFT, 0.4))
    feedback = session.answer(answer("fear")).result(5)
    assert feedback.sentences[0] == "You said fear. This face was drawn to show surprise."
    assert "In fear the brows are also drawn together" in feedback.sentences[1]
    first, second = session.about_measurement(feedback, seen)
    assert first == (
        "Measured on this computer: inner ends of the brows raised, mouth corners pulled up and back on "
        "their left. People often label this fear."
    )
    assert second.startswith("The references differ here: This face was drawn to show surprise.")


def test_every_pair_of_the_words_names_two_emotions() -> None:
    for pair in Words().table("feedback.pairs"):
        one, other = pair.split("_")
        assert {one, other} <= set(Core)
        assert one < other
