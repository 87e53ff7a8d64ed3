"""From what the person said to what is kept: the perceived reading, and how it agrees with the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attune.affect.reading import NONE, Reading, Source
from attune.affect.vocabulary import Core, Vocabulary
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import Answer, Brief, Held, Trial
from attune.scoring.agreement import Agreement, agree, spread
from attune.storage.records import AnswerRecord


def record_of(
    trial: Trial,
    answer: Answer,
    *,
    session_id: int,
    when: str,
    references: tuple[Reading, ...],
    vocabulary: Vocabulary,
) -> AnswerRecord:
    """What is kept of an answer. Raises ValueError for a label that was not offered."""
    perceived = perceived_of(trial, answer)
    shown = trial.show.noted()
    if isinstance(trial.show, Brief):
        shown["shown_ms"] = answer.shown_ms
    if trial.drawn is not None:
        shown["drawn"] = trial.drawn.noted()
    if answer.second is not None:
        shown["second"] = answer.second
    return AnswerRecord(
        session_id=session_id,
        position=trial.position,
        answered_at=when,
        clip_name=trial.clip.name,
        clip_hash=trial.clip.content_hash,
        person=trial.clip.person,
        channel=str(trial.channel),
        perceived=perceived,
        references=references,
        agreement=agreement_with(shown_reference(trial), perceived, trial.choices, vocabulary),
        response_ms=answer.response_ms,
        replays=answer.replays,
        choices=trial.choices,
        scored=not (isinstance(trial.show, Brief) and trial.show.slipped(answer.shown_ms)),
        difficulty=trial.difficulty,
        shown=shown,
        word=answer.word,
    )


def perceived_of(trial: Trial, answer: Answer) -> Reading:
    """The person's word as a distribution over what was offered."""
    return said(answer, trial.choices)


def said(answer: Answer, names: Sequence[str], source: Source = Source.USER) -> Reading:
    """An answer as a distribution over ``names``; where nobody asked how sure, as if quite sure.

    Raises ValueError for a label that is not among the names.
    """
    if answer.second is None:
        least = 1 / len(names)
        sure = 1.0 if answer.confidence is None else max(answer.confidence, least)
        labels = spread(answer.label, sure, names)
    else:
        others = [name for name in names if name not in (answer.label, answer.second)]
        if len(others) != len(names) - 2 or not 0.5 <= answer.share <= 1:
            raise ValueError(
                f"{answer.label}, {answer.second}: two of the choices wanted, the first the larger"
            )
        least = 2 / len(names)  # less would leave more to a name that was not said
        sure = 1.0 if answer.confidence is None or not others else max(answer.confidence, least)
        labels = {answer.label: sure * answer.share, answer.second: sure * (1 - answer.share)}
        labels |= dict.fromkeys(others, (1 - sure) / max(1, len(others)))
    return Reading(
        source=source,
        labels=labels,
        intensity=answer.intensity,
        confidence=None if answer.confidence is None else sure,
    )


def shown_reference(trial: Trial) -> Reading:
    """The reference scored against, as strong as the expression got in what was shown."""
    reference = scored_reference(trial.clip)
    if trial.drawn is not None and reference.top != Core.NEUTRAL:
        return replace(reference, intensity=trial.drawn.intensity)
    return replace(reference, intensity=trial.show.intensity) if isinstance(trial.show, Held) else reference


def agreement_with(
    reference: Reading, perceived: Reading, choices: Sequence[str], vocabulary: Vocabulary
) -> Agreement:
    """Over what could be said: leaving out a name that was not offered is nobody's mistake.

    Raises ValueError where nothing the reference names was offered.
    """
    asked = reference.among(choices)
    found = agree(perceived, asked, vocabulary.only(choices))
    nowhere = NONE in (perceived.top, asked.top)  # it has no place on the map of emotions
    return replace(found, similarity=None) if nowhere else found
