"""Who agreed to being shown, for what and until when; and what a licence refuses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from attune.app.disk import writing_below
from attune.app.futures import then
from attune.app.library import ClipSet, Consent, Library, PeopleKind
from attune.clips.manifest import MANIFEST, Purpose, read_manifest
from attune.clips.writing import manifest_text, replace_text
from attune.resources import asset

__all__ = [
    "Consent",
    "Purpose",
    "Standing",
    "State",
    "for_practice",
    "keep",
    "limits_of",
    "standings",
    "those_ending",
]

SOON = timedelta(days=30)
TREATMENT, COMMERCIAL = "treatment", "commercial"
# What licences of one's own making say; those of known corpora are looked up.
_NOT_FOR_MONEY = re.compile(r"\bNC\b|non-?\s?commercial", re.IGNORECASE)


class State(StrEnum):
    """How it stands with one person's agreement."""

    GIVEN = "given"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    MISSING = "missing"
    BY_LICENCE = "by_licence"  # a published set: its makers asked, and the licence says what they were told
    NOT_NEEDED = "not_needed"  # nobody was filmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One person of a set: ``clips`` of theirs, and the ``consent`` given last, None where none is known."""

    person: str
    clips: int
    consent: Consent | None
    state: State

    @property
    def for_practice(self) -> bool:
        """Whether one may practise with this person's clips; where nothing is known, nothing is refused."""
        if self.state is State.ENDED:
            return False
        return self.consent is None or Purpose.TRAINING in self.consent.purposes


def standings(clip_set: ClipSet, today: date) -> tuple[Standing, ...]:
    """Everybody who is in a set or agreed to be in it, by name."""
    counts: dict[str, int] = {consent.person: 0 for consent in clip_set.consent}
    for clip in clip_set.clips:
        counts[clip.person] = counts.get(clip.person, 0) + 1
    latest = _latest(clip_set.consent)
    return tuple(
        Standing(person=person, clips=clips, consent=consent, state=_state(clip_set, consent, today))
        for person, clips in sorted(counts.items(), key=lambda item: item[0].casefold())
        for consent in [latest.get(person)]
    )


def for_practice(clip_set: ClipSet, today: date) -> ClipSet:
    """The set without the clips of people whose agreement has ended or is not for practising."""
    refused = {each.person for each in standings(clip_set, today) if not each.for_practice}
    if not refused:
        return clip_set
    return replace(clip_set, clips=tuple(clip for clip in clip_set.clips if clip.person not in refused))


def those_ending(library: Library, today: date) -> Future[tuple[tuple[ClipSet, Standing], ...]]:
    """Everybody on the shelf whose agreement has ended or ends within ``SOON``, with the set they are in."""

    def endings(folders: Iterable[Path]) -> tuple[tuple[ClipSet, Standing], ...]:
        sets = [library.read(folder) for folder in folders]
        return tuple(
            (clip_set, each)
            for clip_set in sets
            if clip_set.consent
            for each in standings(clip_set, today)
            if each.state in (State.ENDED, State.ENDS_SOON)
        )

    return then(
        library.sets(),
        lambda sets: endings(each.folder for each in sets if not (each.problem or each.locked)),
    )


def keep(folder: Path, consent: Consent) -> None:
    """Write one person's agreement into a set, in the place of what they agreed to before; blocks.

    Raises ClipSetError where the set cannot be read, LibraryError where it cannot be written.
    """
    manifest = read_manifest(folder)
    others = tuple(each for each in manifest.consent if each.person != consent.person)
    with writing_below(folder):
        replace_text(folder / MANIFEST, manifest_text(replace(manifest, consent=(*others, consent))))


def limits_of(licence: str) -> tuple[str, ...]:
    """What the licence of a set refuses: ``treatment``, ``commercial``, both or nothing."""
    for path in asset("corpora").glob("*.toml"):
        known = tomllib.loads(path.read_text(encoding="utf-8"))
        if known.get("licence") == licence:
            return tuple(known.get("forbids", ()))
    return (COMMERCIAL,) if _NOT_FOR_MONEY.search(licence) else ()


def _latest(consents: Iterable[Consent]) -> dict[str, Consent]:
    return {each.person: each for each in sorted(consents, key=lambda each: each.given_on)}


def _state(clip_set: ClipSet, consent: Consent | None, today: date) -> State:
    if clip_set.people is PeopleKind.RENDERED:
        return State.NOT_NEEDED
    if consent is None:
        return State.BY_LICENCE if clip_set.licence and not clip_set.consent else State.MISSING
    if consent.delete_by is None or consent.delete_by > today + SOON:
        return State.GIVEN
    return State.ENDS_SOON if consent.delete_by >= today else State.ENDED
