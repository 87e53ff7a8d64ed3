"""What a session came to, out of what is kept alone: the summary all have, what each protocol adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attune.affect.reading import NONE
from attune.affect.vocabulary import Vocabulary
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast, sensitivity
from attune.app.protocols.daily import Daily
from attune.app.protocols.difficulty import ORDINARY
from attune.app.protocols.past import finished_checkups
from attune.app.protocols.protocol import Setup
from attune.app.protocols.threshold import FindTheThreshold, thresholds
from attune.scoring.summary import Scored, Summary, summarise
from attune.storage.records import AnswerRecord, CardRecord, SessionRecord, TraceRecord
from attune.storage.store import Store

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.scoring.ability import Ability, Change
    from attune.scoring.questplus import QuestPlus


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A check-up's ability, beside the first one's and the one before; None without an earlier one."""

    ability: Ability
    since_first: Change | None
    since_last: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a session came to.

    ``summary``: of all scored answers; ``channels``: the same for each channel apart; ``unscored``: answers
    that count nowhere, their timing having slipped. ``complete``: nothing was left to ask.
    Then, where the protocol is about it: ``thresholds`` per emotion (``estimate``, ``points``, ``curve``),
    ``d_prime`` of a contrast, ``checked`` of a check-up, ``cards`` of a day as they are now,
    ``brief``: (frames, agreed, shown) per duration, ``traces`` followed.
    """

    summary: Summary
    channels: Mapping[str, Summary]
    unscored: int = 0
    complete: bool = True
    thresholds: Mapping[str, QuestPlus] | None = None
    d_prime: float | None = None
    checked: Checked | None = None
    cards: tuple[CardRecord, ...] = ()
    brief: tuple[tuple[int, int, int], ...] = ()
    traces: tuple[TraceRecord, ...] = ()


def summary_of(answers: Sequence[AnswerRecord], vocabulary: Vocabulary) -> Summary:
    """Summarise the scored ones; "none of these" is an emotion of its own where it was said or meant."""
    scored = [
        Scored(
            reference=answer.reference,
            response=answer.chosen,
            confidence=answer.perceived.confidence,
            response_ms=answer.response_ms,
        )
        for answer in answers
        if answer.scored
    ]
    none = any(NONE in (each.reference, each.response) for each in scored)
    return summarise(scored, vocabulary.only((*vocabulary.names, NONE)) if none else vocabulary)


def outcome_of(
    store: Store, session_id: int, setup: Setup, vocabulary: Vocabulary, *, complete: bool
) -> Outcome:
    """What a kept session came to, on the history's own thread. ``complete``: nothing was left to ask."""
    answers = store.answers(session_id)
    channels = dict.fromkeys(answer.channel for answer in answers)
    return Outcome(
        summary=summary_of(answers, vocabulary),
        channels={
            channel: summary_of([a for a in answers if a.channel == channel], vocabulary)
            for channel in channels
        },
        unscored=sum(not answer.scored for answer in answers),
        complete=complete,
        thresholds=thresholds(setup, answers) if isinstance(setup, FindTheThreshold) else None,
        d_prime=sensitivity(setup, answers) if isinstance(setup, Contrast) else None,
        checked=_checked(store, session_id, answers) if isinstance(setup, CheckUp) else None,
        cards=_cards(store, setup) if isinstance(setup, Daily) else (),
        brief=_by_frames(answers),
        traces=tuple(store.traces.of_session(session_id)),
    )


def ability_of(answers: Sequence[AnswerRecord]) -> Ability:
    """Of the scored answers."""
    from attune.scoring.ability import ability  # noqa: PLC0415 - loads numpy

    scored = [answer for answer in answers if answer.scored]
    return ability(
        [answer.agreement.same for answer in scored],
        [ORDINARY if answer.difficulty is None else answer.difficulty for answer in scored],
        [1 / len(answer.choices) for answer in scored],
    )


def _checked(store: Store, session_id: int, answers: Sequence[AnswerRecord]) -> Checked | None:
    """Beside earlier check-ups of the same clips, channel and reference: others are another measure."""
    from attune.scoring.ability import reliable_change  # noqa: PLC0415 - loads numpy

    if not answers:
        return None
    now = ability_of(answers)
    this = store.session(session_id)
    assert this is not None
    earlier = [
        session.id
        for session in reversed(finished_checkups(store))
        if session.id is not None and session.id < session_id and _measure(session) == _measure(this.session)
    ]
    changes = [
        reliable_change(ability_of(store.answers(each)), now, looks=min(2, len(earlier)))
        for each in earlier[:1] + earlier[-1:]
    ]
    first, last = changes or (None, None)
    return Checked(ability=now, since_first=first, since_last=last)


def _measure(session: SessionRecord) -> tuple[str, ...]:
    return session.channel, session.clip_set, session.vocabulary, session.scored_against


def _cards(store: Store, setup: Daily) -> tuple[CardRecord, ...]:
    """The session's own cards, as they are now."""
    return tuple(
        card for card in store.past.cards() if (card.one, card.other, card.channel, card.band) in setup.cards
    )


def _by_frames(answers: Sequence[AnswerRecord]) -> tuple[tuple[int, int, int], ...]:
    found: dict[int, tuple[int, int]] = {}
    for answer in answers:
        if answer.scored and answer.shown.get("kind") == "brief":
            agreed, shown = found.get(answer.shown["frames"], (0, 0))
            found[answer.shown["frames"]] = (agreed + answer.agreement.same, shown + 1)
    return tuple((frames, *counts) for frames, counts in sorted(found.items(), reverse=True))
