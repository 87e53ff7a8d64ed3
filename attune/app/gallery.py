"""Clips as they are looked through: what each one shows, and which fit what somebody looks for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from attune.affect.reading import Reading
from attune.affect.vocabulary import Core
from attune.app.library import Clip, ClipSet
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.reference import scored_reference
from attune.resources import Words

UNSAID = ""  # the value of what nobody said

# The strength from which an expression counts as each of these, in [0, 1].
STRENGTHS = {"full": 0.85, "clear": 0.6, "slight": 0.35, "faint": 0.0}
# On the scale of abilities: the average person gets more than two thirds right of what is easy.
DIFFICULTIES = {"hard": 0.7, "middling": -0.7, "easy": float("-inf")}

_APART = re.compile(r"[\W_]+")
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}


class Facet(IntEnum):
    """What clips are told apart by; the place of its value in an entry."""

    EMOTION = 0
    PERSON = 1
    STRENGTH = 2
    DIFFICULTY = 3
    CHANNEL = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A clip of a set: ``values``, one for each facet, UNSAID where nobody said; ``text`` to be searched."""

    clip: Clip
    clip_set: ClipSet
    values: tuple[str, ...]
    text: str

    def __getitem__(self, facet: Facet) -> str:
        return self.values[facet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: words, each to be found, and for some facets the values that will do."""

    words: str = ""
    among: Mapping[Facet, frozenset[str]] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether every clip fits."""
        return not self.words.strip() and not any(self.among.values())


class Gallery:
    """The clips of some sets, ready to be searched at every key that is typed."""

    def __init__(self, clip_sets: Iterable[ClipSet], words: Words) -> None:
        self.entries = tuple(entry for clip_set in clip_sets for entry in _entries(clip_set, words))
        self._counts = {facet: Counter(entry.values[facet] for entry in self.entries) for facet in Facet}

    def fitting(self, wanted: Wanted) -> Sequence[Entry]:
        """The entries that fit, in their order."""
        found: Sequence[Entry] = self.entries
        for facet, values in wanted.among.items():
            if values:
                found = [entry for entry in found if entry.values[facet] in values]
        for word in wanted.words.split():
            begins = plain(word)
            found = [entry for entry in found if begins in entry.text]
        return found

    def values(self, facet: Facet) -> Mapping[str, int]:
        """How many clips there are of each value of a facet."""
        return self._counts[facet]


def plain(text: str) -> str:
    """Small letters and digits without accents, one blank before each word."""
    letters = text.casefold()
    if letters.isascii():  # as nearly all names are, and four times as fast
        return " " + " ".join(letters.translate(_SIGNS).split())
    apart = unicodedata.normalize("NFKD", letters)
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " " + _APART.sub(" ", letters).strip()


def _entries(clip_set: ClipSet, words: Words) -> Iterable[Entry]:
    """One entry for each clip; what is said in the same way often is put into words once."""

    @cache
    def said(emotion: str) -> str:
        titles = words.table("emotions").get(emotion, {})
        same = words.table("free_words").get(emotion, {}).get("same", ())
        return plain(" ".join((emotion, titles.get("title", ""), *same)))

    shown: dict[object, tuple[str, str, str]] = {}
    for clip in clip_set.clips:
        reference = _reference(clip)
        key = reference and (reference.source, tuple(reference.labels.items()), reference.intensity)
        if key not in shown:
            shown[key] = _shown(reference)
        emotion, strength, hard = shown[key]
        values = (emotion, clip.person, strength, hard, str(clip.channel))
        text = said(emotion) + plain(f"{clip.person} {clip.name} {clip.note}")
        yield Entry(clip, clip_set, values, text)


def _reference(clip: Clip) -> Reading | None:
    if len(clip.references) == 1:
        return clip.references[0]
    try:
        return scored_reference(clip)
    except ValueError:  # nobody has said anything of it yet
        return None


def _shown(reference: Reading | None) -> tuple[str, str, str]:
    """Emotion, strength and difficulty of a clip with this reference."""
    if reference is None:
        return UNSAID, UNSAID, UNSAID
    emotion, stated, expected = reference.top, reference.intensity, difficulty(reference)
    strength = UNSAID
    if stated is not None and emotion != Core.NEUTRAL:  # rest has no strength
        strength = next(name for name, least in STRENGTHS.items() if stated >= least)
    return emotion, strength, next(name for name, least in DIFFICULTIES.items() if expected >= least)
