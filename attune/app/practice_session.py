"""A running session: the same for every protocol. Each answer is on the disk before it is talked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from attune.affect.reading import NONE, Reading
from attune.affect.vocabulary import Vocabulary
from attune.app.feedback import Speaker
from attune.app.futures import after, then
from attune.app.history import History
from attune.app.library import Clip, ClipSet
from attune.app.measuring import Measurer
from attune.app.practice_trace import Tracing
from attune.app.protocols.answering import agreement_with, record_of, shown_reference
from attune.app.protocols.contrast import COMMON
from attune.app.protocols.drawing import DrawnSetup
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Heard, Protocol, Setup
from attune.app.protocols.reference import references_of, scored_reference
from attune.app.protocols.results import Outcome, outcome_of
from attune.app.protocols.tracing import measured_trace
from attune.app.protocols.trial import Answer, Follow, Reel, Trial
from attune.scoring.agreement import Agreement
from attune.storage.records import AnswerRecord, SkipRecord, TraceRecord, utc_text
from attune.storage.store import Store

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.measured import Measured
    from attune.perception.units import Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What is said back: the readings of this moment, how they agree, and careful words for it.

    ``agreement`` is with the reference the session scores against, ``others`` with every further one.
    ``beside``: the expression it is most easily taken for, of the same person, where there is a clip of it.
    """

    trial: Trial
    record: AnswerRecord
    others: tuple[Agreement, ...]
    sentences: tuple[str, ...]
    beside: Clip | None

    @property
    def agreement(self) -> Agreement:
        """With the reference the session scores against."""
        return self.record.agreement

    @property
    def perceived(self) -> Reading:
        """What the person said."""
        return self.record.perceived

    @property
    def references(self) -> tuple[Reading, ...]:
        """What was known of the clip when it was answered."""
        return self.record.references


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceFeedback:
    """A clip followed to its end: ``record`` holds both traces, and how well the one followed the other.

    ``record.reference`` and ``.result`` are as in :mod:`attune.app.protocols.tracing`; None where there was
    nothing to compare with.
    """

    trial: Trial
    record: TraceRecord


class PracticeSession:
    """All methods are called from one thread; what takes time comes back as a future.

    Futures fail with StorageError where something cannot be written; the trial then stays current.
    """

    def __init__(
        self,
        *,
        session_id: int,
        clip_set: ClipSet,
        setup: Setup,
        protocol: Protocol,
        vocabulary: Vocabulary,
        speaker: Speaker,
        history: History,
        measurer: Measurer | None,
        now: Callable[[], datetime],
    ) -> None:
        self.session_id = session_id
        self.clip_set = clip_set
        self.setup = setup
        self._protocol = protocol
        self._vocabulary = vocabulary
        self._speaker = speaker
        self._history = history
        self._measurer = measurer
        self._now = now
        self._answered: list[Feedback] = []
        self._traced: list[TraceFeedback] = []
        self._measurements: dict[str, Future[Measured]] = {}
        self._tracing: Tracing | None = None
        self._measure_ahead()

    @property
    def current(self) -> Trial | None:
        """The trial being shown; None when there is no further one."""
        return self._protocol.current

    @property
    def planned(self) -> int:
        """The most trials there will be; adaptive protocols may need fewer."""
        return self._protocol.planned

    @property
    def answered(self) -> tuple[Feedback, ...]:
        """Everything answered so far, in order."""
        return tuple(self._answered)

    @property
    def traced(self) -> tuple[TraceFeedback, ...]:
        """Everything followed so far, in order."""
        return tuple(self._traced)

    # Answering

    def answer(self, answer: Answer) -> Future[Feedback]:
        """Score and keep the answer to the current trial; the feedback comes once it is on disk."""
        trial = self._needed()
        measured = self._reading_so_far(trial)
        record = record_of(
            trial,
            answer,
            session_id=self.session_id,
            when=utc_text(self._now()),
            references=references_of(trial.clip) + ((measured,) if measured else ()),
            vocabulary=self._vocabulary,
        )

        def kept(answer_id: int) -> Feedback:
            if measured is None:
                self._attach_when_measured(trial, answer_id)
            return self.feedback_for(trial, replace(record, id=answer_id))

        return then(self._history.add_answer(record, self._protocol.card(trial, record)), kept)

    def advance(self, feedback: Feedback | TraceFeedback) -> None:
        """Go on to the next trial, with what came of the current one."""
        (self._traced if isinstance(feedback, TraceFeedback) else self._answered).append(feedback)  # type: ignore[arg-type]
        self._go_on(feedback.record)

    def skip(self, reason: str = "unplayable") -> Future[None]:
        """Go on without an answer: the clip is missing or cannot be shown. Not scored."""
        trial = self._needed()
        skip = SkipRecord(
            session_id=self.session_id,
            position=trial.position,
            clip_name=trial.clip.name,
            clip_hash=trial.clip.content_hash,
            reason=reason,
        )
        self._go_on(None)
        return self._history.ask(lambda store: store.add_skip(skip))

    def _go_on(self, heard: Heard) -> None:
        self._protocol.hear(heard)
        self._tracing = None
        self._measure_ahead()

    # Following

    def begin_trace(self) -> Future[int]:
        """The clip begins to play; begin anew as often as it is started over."""
        trial = self._needed()
        if not isinstance(trial.ask, Follow):
            raise TypeError("this trial asks for an answer, not for a trace")
        record = TraceRecord(
            session_id=self.session_id,
            position=trial.position,
            started_at=utc_text(self._now()),
            clip_name=trial.clip.name,
            clip_hash=trial.clip.content_hash,
            person=trial.clip.person,
            channel=str(trial.channel),
            axes=trial.ask.axes,
        )
        self._tracing = Tracing(self._history, record)
        return self._tracing.begin()

    def add_samples(self, samples: Sequence[tuple[float, ...]]) -> Future[int]:
        """Keep what was traced since the last time: (s on the reel's clock, a value in [-1, 1] per axis).

        Call it every second; what it was given is on the disk when the future resolves. What could not be
        written is kept with the next second, or at the end.
        """
        return self._begun().add(samples)

    def end_trace(self) -> Future[TraceFeedback]:
        """The clip is over: compare and keep. Waits for the measurement where that is the only reference."""
        trial, tracing = self._needed(), self._begun()
        assert isinstance(trial.ask, Follow)
        assert isinstance(trial.show, Reel)
        assert isinstance(self.setup, FollowAlong)
        axes, lag_s, ended_at = trial.ask.axes, self.setup.lag_s, utc_text(self._now())

        def compared(reference: Mapping[str, object] | None) -> Future[TraceFeedback]:
            return then(
                tracing.end(reference, lag_s=lag_s, ended_at=ended_at),
                lambda record: TraceFeedback(trial=trial, record=record),
            )

        waiting = self.measured(trial)
        if trial.show.reference is not None or waiting is None or len(trial.show.parts) > 1:
            return compared(trial.show.reference)
        return after(
            _settled(waiting),
            lambda measured: compared(None if measured is None else measured_trace(measured, axes)),
        )

    def _begun(self) -> Tracing:
        if self._tracing is None:
            raise RuntimeError("no trace was begun")
        return self._tracing

    # What is said back

    def feedback_for(self, trial: Trial, record: AnswerRecord) -> Feedback:
        """What is said back to an answer that is on the disk."""
        reference = shown_reference(trial)
        sources = {reference.source}
        return Feedback(
            trial=trial,
            record=record,
            others=tuple(
                agreement_with(each, record.perceived, trial.choices, self._vocabulary)
                for each in record.references
                if each.source not in sources and _can_be_said(each, trial.choices)
            ),
            sentences=self._speaker.about_answer(record, reference, self.clip_set.people),
            beside=self._beside(trial, record),
        )

    def measured(self, trial: Trial) -> Future[Measured] | None:
        """The measurement of a trial's clip; None when measuring is off, or somebody was drawn instead."""
        return self._measurements.get(trial.clip.name) if trial.drawn is None else None

    def about_measurement(self, feedback: Feedback, measured: Measured) -> tuple[str, ...]:
        """Careful sentences about what was measured, and where it differs from the scored reference."""
        return self._speaker.about_measurement(
            scored_reference(feedback.trial.clip), measured, self.clip_set.people
        )

    def about_drawn(self, units: Sequence[Moved]) -> tuple[str, ...]:
        """A sentence about what somebody was drawn to move."""
        return self._speaker.about_drawn(units)

    def look_for(self, feedback: Feedback, units: Sequence[Moved]) -> str | None:
        """One sentence of what to look for, out of the units that moved; None where none is telling."""
        record = feedback.record
        meant = scored_reference(feedback.trial.clip).top
        return self._speaker.look_for(meant, units, _taken_for(meant, record))

    def _beside(self, trial: Trial, record: AnswerRecord) -> Clip | None:
        other = _taken_for(scored_reference(trial.clip).top, record)
        clips = self._protocol.material.of(other) if other and trial.clip.person else ()
        return next((clip for clip in clips if clip.person == trial.clip.person), None)

    # The end

    def finish(self) -> Future[Outcome]:
        """Stop here, and say what the answers come to. A session left early can be gone on with later.

        One that came to its end, or in which nothing was answered, is closed.
        """
        for waiting in self._measurements.values():
            waiting.cancel()
        complete = self.current is None
        closed = complete or not (self._answered or self._traced)
        ended_at = utc_text(self._now())

        def sum_up(store: Store) -> Outcome:
            if closed:
                store.end_session(self.session_id, ended_at)
            return outcome_of(store, self.session_id, self.setup, self._vocabulary, complete=complete)

        summed = self._history.ask(sum_up)
        if closed:
            summed.add_done_callback(lambda _done: self._history.back_up())
        return summed

    def go_on_from(self, store: Store) -> bool:
        """Hear what is on the disk already; False where the clips are not those it was answered for."""
        answers = {answer.position: answer for answer in store.answers(self.session_id)}
        skips = {skip.position: skip for skip in store.skips(self.session_id)}
        traces = {t.position: t for t in store.traces.of_session(self.session_id) if t.ended_at}
        while (trial := self.current) is not None:
            here = trial.position
            found = answers.get(here) or traces.get(here) or skips.get(here)
            if found is None:
                break
            if found.clip_hash != trial.clip.content_hash:
                return False
            if isinstance(found, SkipRecord):
                self._protocol.hear(None)
                continue
            if isinstance(found, AnswerRecord):
                self._answered.append(self.feedback_for(trial, found))
            else:
                self._traced.append(TraceFeedback(trial=trial, record=found))
            self._protocol.hear(found)
        self._measure_ahead()
        return True

    # Measuring

    def _measure_ahead(self) -> None:
        if self._measurer is None:
            return
        drawn = self.setup.drawn if isinstance(self.setup, DrawnSetup) else ()
        for clip in self._protocol.upcoming:
            if clip.name not in self._measurements and clip.person not in drawn:
                self._measurements[clip.name] = self._measurer.measure(
                    clip.file, content_hash=clip.content_hash
                )

    def _needed(self) -> Trial:
        if self.current is None:
            raise RuntimeError("the session is over")
        return self.current

    def _reading_so_far(self, trial: Trial) -> Reading | None:
        waiting = self.measured(trial)
        return _reading_of(waiting) if waiting is not None and waiting.done() else None

    def _attach_when_measured(self, trial: Trial, answer_id: int) -> None:
        """Add the measured reading to an answer that was given before the measurement was ready."""
        waiting = self.measured(trial)
        if waiting is None:
            return

        def attach(done: Future[Measured]) -> None:
            reading = _reading_of(done)
            if reading is not None:
                self._history.attach_reference(answer_id, reading)

        waiting.add_done_callback(attach)


def _taken_for(meant: str, record: AnswerRecord) -> str | None:
    """What the moment was taken for, or else what people often take it for."""
    if not record.agreement.same and record.chosen != NONE:
        return record.chosen
    return next((str(a if b == meant else b) for a, b in COMMON if meant in (a, b)), None)


def _can_be_said(reading: Reading, choices: Sequence[str]) -> bool:
    try:
        reading.among(choices)
    except ValueError:
        return False
    return True


def _settled(waiting: Future[Measured]) -> Future[Measured | None]:
    """The same, None where it failed or was given up."""
    settled: Future[Measured | None] = Future()

    def follow(done: Future[Measured]) -> None:
        failed = done.cancelled() or done.exception() is not None
        settled.set_result(None if failed else done.result())

    waiting.add_done_callback(follow)
    return settled


def _reading_of(done: Future[Measured]) -> Reading | None:
    """The reading of a measurement that is done; None where it was given up, failed, or found no face."""
    if done.cancelled() or done.exception() is not None:
        return None
    return done.result().expressed.reading
