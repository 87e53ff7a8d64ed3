"""What importing is told, what it found and what it hears back; values only."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from attune.clips.clip_set import ClipSet, Consent, PeopleKind
from attune.clips.drafts import Draft, Finding, Found
from attune.clips.folder import writable
from attune.clips.handful import Given
from attune.clips.manifest import Manifest
from attune.errors import ClipSetError

PROGRESS_S = 0.05
NAMELESS = "-"  # a set is called something


class Kind(StrEnum):
    """The ways in which somebody's files say what they show."""

    AUTO = "auto"  # find out which of the others it is
    CORPUS = "corpus"  # their names follow a published corpus
    PATTERN = "pattern"  # their names follow the person's own pattern
    TABLE = "table"  # a spreadsheet lists them
    FILES = "files"  # nothing says it; labels come later
    PACKAGE = "package"  # one .attune file
    SET = "set"  # a folder that is a clip set already


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to read what is brought; which fields count depends on the kind.

    ``corpus``: a title of :func:`naming.known_corpora`. ``codes``: for a group of the pattern, what its short
    forms mean. ``table``: the spreadsheet; ``columns``: its header's text → the column of ``clips.csv``.
    """

    kind: Kind = Kind.AUTO
    corpus: str = ""
    pattern: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    table: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


class Step(StrEnum):
    """What importing is busy with."""

    READING = "reading"
    COMPARING = "comparing"
    LOOKING = "looking"
    COPYING = "copying"
    CHECKING = "checking"
    PACKING = "packing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """How far a step is, in bytes or files; ``total`` and ``left_s`` None where that is not known yet."""

    step: Step
    done: int
    total: int | None
    left_s: float | None


Progress = Callable[[Advance], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownLabel:
    """A word for an emotion that the vocabulary does not have; ``offers``: names near it, best first."""

    text: str
    clips: int
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What there is to import; nothing has been copied yet.

    ``how``: as it was read, never AUTO. ``drafts``: the clips that would come. ``found``: everything worth
    telling, skipped files too. ``problems``: what keeps the whole from being imported. ``clip_set``: where it
    is one already. ``licence``, ``attribution``, ``forbids``: of the corpus or the set. ``looked``: whether
    the files were opened.
    """

    source: Given
    how: How
    drafts: tuple[Draft, ...]
    found: tuple[Found, ...] = ()
    problems: tuple[ClipSetError, ...] = ()
    unknown_labels: tuple[UnknownLabel, ...] = ()
    title: str = ""
    licence: str = ""
    attribution: str = ""
    forbids: tuple[str, ...] = ()
    clip_set: ClipSet | None = None
    size: int = 0
    looked: bool = False

    @property
    def counts(self) -> Mapping[Finding, int]:
        """How many files each finding is about."""
        return Counter(found.finding for found in self.found)

    @property
    def emotions(self) -> Mapping[str, int]:
        """How many clips are said to show each emotion, as written; those without one count under ""."""
        return Counter(draft.rows[0].get("emotion", "") for draft in self.drafts)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody named, in order."""
        named = (row.get("person", "") for draft in self.drafts for row in draft.rows)
        return tuple(sorted({person for person in named if person}))


class Missing(StrEnum):
    """What a set of filmed people should say and does not."""

    LICENCE = "licence"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the person adds: the set's name and what holds for it.

    ``labels``: for each unknown label the emotion it means; "" = leave these clips without one.
    """

    name: str
    description: str = ""
    language: str = "en"
    licence: str = ""
    attribution: str = ""
    made_by: str = ""
    people: PeopleKind = PeopleKind.FILMED
    consent: tuple[Consent, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def manifest(self) -> Manifest:
        """What ``set.toml`` will say."""
        shared = {each.name for each in fields(self)} & {each.name for each in fields(Manifest)}
        said = {name: getattr(self, name) for name in shared}
        said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
        return Manifest(**{**said, "name": said["name"] or NAMELESS, "language": said["language"] or "en"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A set that is on the shelf now; ``found``: what was left out while copying, and why."""

    folder: Path
    clips: int
    found: tuple[Found, ...] = ()


def suggested(survey: Survey) -> Details:
    """Details to begin with: the corpus' licence and the nearest emotion for each unknown label."""
    kept = survey.clip_set
    return Details(
        name=survey.title or writable(survey.source.stem),
        description=kept.description if kept else "",
        language=kept.language if kept else "en",
        licence=survey.licence,
        attribution=survey.attribution,
        made_by=kept.made_by if kept else "",
        people=kept.people if kept else PeopleKind.FILMED,
        consent=kept.consent if kept else (),
        labels={label.text: label.offers[0] if label.offers else "" for label in survey.unknown_labels},
    )


def missing(survey: Survey, details: Details) -> Mapping[Missing, tuple[str, ...]]:
    """What is not said, with whose consent is missing; drawn people give none."""
    lacking: dict[Missing, tuple[str, ...]] = {}
    if not details.licence:
        lacking[Missing.LICENCE] = ()
    agreed = {consent.person for consent in details.consent}
    without = tuple(person for person in survey.people if person not in agreed)
    nobody_named = not survey.people and not agreed
    if details.people is PeopleKind.FILMED and (without or nobody_named):
        lacking[Missing.CONSENT] = without
    return lacking


class Pace:
    """Tells how far a step is and, from how fast it went so far, how long it still takes.

    At most every PROGRESS_S, and at the end. Raises CancelledError in whoever tells it, once stopped.
    """

    def __init__(
        self, step: Step, progress: Progress, stopped: Stopped, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._step = step
        self._progress = progress
        self._stopped = stopped
        self._clock = clock
        self._begun = clock()
        self._told = self._begun - PROGRESS_S

    def __call__(self, done: int, total: int | None) -> None:
        """Hear how far it is."""
        if self._stopped():
            raise CancelledError
        now = self._clock()
        if now - self._told < PROGRESS_S and done != total:
            return
        self._told = now
        left = (
            (now - self._begun) * (total - done) / done if total is not None and 0 < done <= total else None
        )
        self._progress(Advance(step=self._step, done=done, total=total, left_s=left))
