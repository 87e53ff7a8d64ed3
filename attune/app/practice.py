"""Practising: a session of trials, answered one by one, each answer on disk before it is talked about."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary
from attune.app.feedback import Speaker
from attune.app.futures import then
from attune.app.history import History
from attune.app.library import Clip, ClipSet
from attune.app.measuring import Measurer
from attune.scoring.agreement import Agreement, agree, spread
from attune.scoring.summary import Scored, Summary, summarise
from attune.storage.records import AnswerRecord, SessionRecord, utc_text

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.measured import Measured

READ_THE_MOMENT = "read_the_moment"
# Whose word a session scores against where a clip has several: the person's own first.
SCORED_FIRST = (Source.SELF_REPORT, Source.INTENDED, Source.CROWD, Source.EXPERT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One question: a clip and the labels offered, in the order shown."""

    position: int
    clip: Clip
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person said of one clip.

    ``intensity`` in [0, 1]; ``confidence`` in [1/K, 1], a probability; ``response_ms`` from the first shown
    frame of the expression to the choice, None when the timing could not be told; ``replays`` ≥ 0.
    """

    label: str
    intensity: float
    confidence: float
    response_ms: float | None
    replays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What is said back: the readings of this moment, how they agree, and careful words for it.

    ``agreement`` is with the reference the session scores against, ``others`` with every further one.
    """

    trial: Trial
    answer_id: int
    answer: Answer
    perceived: Reading
    references: tuple[Reading, ...]
    agreement: Agreement
    others: tuple[Agreement, ...]
    sentences: tuple[str, ...]


def scored_reference(clip: Clip) -> Reading:
    """The reading of a clip that answers are scored against. Raises ValueError where it has none."""
    for source in SCORED_FIRST:
        for reading in clip.references:
            if reading.source is source:
                return reading
    raise ValueError(f"{clip.name} has no reference to score against")


def choose_clips(clips: Sequence[Clip], count: int, chance: random.Random) -> list[Clip]:
    """Draw up to ``count`` different clips, emotions as even as they can be, people mixed.

    Deals one clip of each emotion in turn (a random turn each round); of an emotion's clips it takes one
    whose person was shown least so far, and avoids the person just shown.
    """
    piles: dict[str, list[Clip]] = {}
    for clip in chance.sample(list(clips), len(clips)):
        piles.setdefault(scored_reference(clip).top, []).append(clip)
    drawn: list[Clip] = []
    shown: dict[str, int] = {}
    while len(drawn) < count and piles:
        for emotion in chance.sample(sorted(piles), len(piles)):
            last = drawn[-1].person if drawn else None
            clip = min(piles[emotion], key=lambda c: (c.person == last, shown.get(c.person, 0)))
            piles[emotion].remove(clip)
            if not piles[emotion]:
                del piles[emotion]
            drawn.append(clip)
            shown[clip.person] = shown.get(clip.person, 0) + 1
            if len(drawn) == count:
                break
    return drawn


class PracticeSession:
    """A running session. All methods are called from one thread; what takes time comes back as a future."""

    def __init__(
        self,
        *,
        session_id: int,
        clip_set: ClipSet,
        trials: tuple[Trial, ...],
        vocabulary: Vocabulary,
        speaker: Speaker,
        history: History,
        measurements: tuple[Future[Measured], ...],
        now: Callable[[], datetime],
    ) -> None:
        self.session_id = session_id
        self.clip_set = clip_set
        self.trials = trials
        self._vocabulary = vocabulary
        self._speaker = speaker
        self._history = history
        self._measurements = measurements
        self._now = now
        self._position = 0
        self._answered: list[Feedback] = []

    @property
    def current(self) -> Trial | None:
        """The trial being shown; None when all are done."""
        return self.trials[self._position] if self._position < len(self.trials) else None

    @property
    def answered(self) -> tuple[Feedback, ...]:
        """Everything answered so far, in order."""
        return tuple(self._answered)

    def answer(self, answer: Answer) -> Future[Feedback]:
        """Score and keep the answer to the current trial; the feedback comes once it is on disk.

        Fails with StorageError when it cannot be written; the trial then stays current, to try again.
        """
        trial = self._current()
        confidence = max(answer.confidence, 1 / len(trial.choices))
        perceived = Reading(
            source=Source.USER,
            labels=spread(answer.label, confidence, trial.choices),
            intensity=answer.intensity,
            confidence=confidence,
        )
        measured = self._reading_so_far(trial)
        references = trial.clip.references + ((measured,) if measured else ())
        scored = scored_reference(trial.clip)
        record = AnswerRecord(
            session_id=self.session_id,
            position=trial.position,
            answered_at=utc_text(self._now()),
            clip_name=trial.clip.name,
            clip_hash=trial.clip.content_hash,
            person=trial.clip.person,
            channel=str(trial.clip.channel),
            perceived=perceived,
            references=references,
            agreement=agree(perceived, scored, self._vocabulary),
            response_ms=answer.response_ms,
            replays=answer.replays,
            choices=trial.choices,
        )

        def kept(answer_id: int) -> Feedback:
            if measured is None:
                self._attach_when_measured(trial, answer_id)
            return Feedback(
                trial=trial,
                answer_id=answer_id,
                answer=answer,
                perceived=perceived,
                references=references,
                agreement=record.agreement,
                others=tuple(agree(perceived, r, self._vocabulary) for r in references if r is not scored),
                sentences=self._speaker.about_answer(perceived, scored, self.clip_set.people),
            )

        return then(self._history.add_answer(record), kept)

    def advance(self, feedback: Feedback | None = None) -> None:
        """Go on to the next trial: with the feedback of an answered one, without for a skipped one."""
        self._current()
        if feedback is not None:
            self._answered.append(feedback)
        self._position += 1

    def measured(self, trial: Trial) -> Future[Measured] | None:
        """The measurement of a trial's clip, under way since the start; None when measuring is off."""
        return self._measurements[trial.position] if self._measurements else None

    def about_measurement(self, feedback: Feedback, measured: Measured) -> tuple[str, ...]:
        """Careful sentences about what was measured, and where it differs from the scored reference."""
        return self._speaker.about_measurement(
            scored_reference(feedback.trial.clip), measured, self.clip_set.people
        )

    def finish(self) -> Future[Summary]:
        """Close the session, early or at its end, and say what the answers come to."""
        for waiting in self._measurements:
            waiting.cancel()
        summary = summarise(tuple(_scored(feedback) for feedback in self._answered), self._vocabulary)
        return then(self._history.end_session(self.session_id, utc_text(self._now())), lambda _ended: summary)

    def _current(self) -> Trial:
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


class Practice:
    """Starts sessions."""

    def __init__(
        self,
        *,
        vocabulary: Vocabulary,
        speaker: Speaker,
        history: History,
        measurer: Measurer,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._vocabulary = vocabulary
        self._speaker = speaker
        self._history = history
        self._measurer = measurer
        self._now = now

    def start(
        self, clip_set: ClipSet, *, trials: int, measure: bool, seed: int | None = None
    ) -> Future[PracticeSession]:
        """Choose the clips, begin measuring them (where wanted), and note the session in the history.

        The same ``seed`` on the same set gives the same clips in the same order.
        """
        seed = random.SystemRandom().randrange(2**31) if seed is None else seed
        # Chance here decides what to practise, nothing secret.
        clips = choose_clips(clip_set.clips, trials, random.Random(seed))  # noqa: S311
        plan = tuple(
            Trial(position=position, clip=clip, choices=self._vocabulary.names)
            for position, clip in enumerate(clips)
        )
        measurements = tuple(
            self._measurer.measure(clip.file, content_hash=clip.content_hash) for clip in clips if measure
        )
        record = SessionRecord(
            started_at=utc_text(self._now()),
            mode=READ_THE_MOMENT,
            clip_set=clip_set.name,
            clip_set_version=clip_set.version,
            vocabulary=self._vocabulary.name,
            scored_against=scored_reference(clips[0]).source,
            seed=seed,
            planned=len(plan),
        )
        return then(
            self._history.begin_session(record),
            lambda session_id: PracticeSession(
                session_id=session_id,
                clip_set=clip_set,
                trials=plan,
                vocabulary=self._vocabulary,
                speaker=self._speaker,
                history=self._history,
                measurements=measurements,
                now=self._now,
            ),
        )


def _reading_of(done: Future[Measured]) -> Reading | None:
    """The reading of a measurement that is done; None where it was given up, failed, or found no face."""
    if done.cancelled() or done.exception() is not None:
        return None
    return done.result().expressed.reading


def _scored(feedback: Feedback) -> Scored:
    # Of several emotions a reference names equally often, the one said counts, as it does in the agreement.
    meant = scored_reference(feedback.trial.clip).top
    return Scored(
        reference=feedback.answer.label if feedback.agreement.same else meant,
        response=feedback.answer.label,
        confidence=feedback.perceived.confidence,
        response_ms=feedback.answer.response_ms,
    )
