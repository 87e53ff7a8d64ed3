"""A closer look at what somebody brought: which files can be played, and in which a face is seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace

from attune.app.batch import AHEAD, outcome_of
from attune.app.importing_parts import Pace, Progress, Step, Stopped, Survey
from attune.app.measuring import Measurer
from attune.clips.drafts import Draft, Finding, Found
from attune.clips.rows import SOUNDS
from attune.errors import AttuneError
from attune.resources import Words


def look(survey: Survey, measurer: Measurer, *, words: Words, progress: Progress, stopped: Stopped) -> Survey:
    """The survey, with files that cannot be played left out and those without a face told of.

    Opens every film and picture, several at once, and takes a fraction of a second for each. Call it on a
    thread of your own. Raises CancelledError once stopped.
    """
    pace = Pace(Step.LOOKING, progress, stopped)
    kept: list[Draft] = []
    found: list[Found] = []
    for done, (draft, outcome) in enumerate(_looked_at(survey.drafts, measurer), start=1):
        if isinstance(outcome, AttuneError):
            detail = words.error(outcome)
            found.append(Found(name=draft.name, finding=Finding.UNPLAYABLE, detail=detail))
        else:
            kept.append(draft)
            if outcome is False:
                found.append(Found(name=draft.name, finding=Finding.NO_FACE))
        pace(done, len(survey.drafts))
    drafts = survey.drafts if survey.clip_set else tuple(kept)
    return replace(survey, drafts=drafts, found=(*survey.found, *found), looked=True)


def _looked_at(
    drafts: Sequence[Draft], measurer: Measurer
) -> Iterator[tuple[Draft, bool | AttuneError | None]]:
    """Each clip with whether a face is in it; None for sounds and where nobody can tell."""
    begun: deque[Future[bool | None]] = deque()
    try:
        for place, draft in enumerate(drafts):
            while len(begun) < AHEAD * measurer.processes and place + len(begun) < len(drafts):
                begun.append(_begin(drafts[place + len(begun)], measurer))
            outcome: bool | AttuneError | None = outcome_of(begun[0], draft.source)
            yield draft, outcome
            begun.popleft()
    finally:
        for waiting in begun:
            waiting.cancel()


def _begin(draft: Draft, measurer: Measurer) -> Future[bool | None]:
    if draft.source.suffix.lower() not in SOUNDS:
        return measurer.look(draft.source)
    heard: Future[bool | None] = Future()
    heard.set_result(None)
    return heard
