"""What can be changed about a clip, as values that are applied to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary
from attune.clips.blend import blend_of
from attune.clips.clip_set import Channel, Clip
from attune.clips.rows import LONGEST_S, REFERENCES
from attune.clips.table import Cell
from attune.errors import ClipSetError, EditError

TIMES = ("onset_s", "apex_s", "offset_s")
RANGES = {
    **dict.fromkeys(TIMES, (0.0, LONGEST_S)),
    "intensity": (0.0, 1.0),
    "valence": (-1.0, 1.0),
    "arousal": (-1.0, 1.0),
}
OF_THE_CLIP = (*TIMES, "channel", "person", "note")
OF_A_READING = ("labels", "intensity", "valence", "arousal")
COLUMNS = ("emotion", "intensity", "valence", "arousal", *OF_THE_CLIP)
"""What can be set for many clips at once."""
SPEAKERS = tuple(source for source in REFERENCES if source is not Source.CROWD)
"""Whose word can be set; a crowd's votes are counted."""


class Change(Protocol):
    """Something that is done to a clip."""

    def apply(self, clip: Clip) -> Clip | None:
        """The clip after it, None where it is taken out. Raises EditError where it cannot be done."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who says so: the kind of source, and the rater's name where there are several of a kind."""

    source: Source
    rater: str = ""

    def __post_init__(self) -> None:
        """Raise EditError for a source that no table can quote."""
        if self.source not in REFERENCES:
            raise EditError("editing.not_quotable", source=self.source)

    @classmethod
    def of(cls, reading: Reading) -> Who:
        """Whose reading it is."""
        return cls(reading.source, reading.by)

    @classmethod
    def read(cls, text: str) -> Who:
        """From ``expert`` or ``expert:Ada``. Raises EditError editing.who_unreadable."""
        source, _, rater = (part.strip() for part in text.partition(":"))
        if source not in REFERENCES:
            raise EditError("editing.who_unreadable", value=text, sources=", ".join(REFERENCES))
        return cls(Source(source), rater)


@dataclass(frozen=True, slots=True)
class About:
    """Set what is known of the clip itself: any of OF_THE_CLIP; a time that is None is not known."""

    values: Mapping[str, Any]

    def apply(self, clip: Clip) -> Clip:
        """The clip with it. Raises EditError editing.out_of_range or times_out_of_order."""
        made = replace(clip, **self.values)
        for column in TIMES:
            _within(column, getattr(made, column))
        known = [(column, time) for column in TIMES if (time := getattr(made, column)) is not None]
        for (before, earlier), (column, later) in pairwise(known):
            if earlier > later:
                raise EditError(
                    "editing.times_out_of_order",
                    clip=clip.name,
                    column=column,
                    later=later,
                    before=before,
                    earlier=earlier,
                )
        return made


@dataclass(frozen=True, slots=True)
class Said:
    """Set what somebody says about the clip: any of OF_A_READING; the reading begins with its labels."""

    who: Who
    values: Mapping[str, Any]

    def apply(self, clip: Clip) -> Clip:
        """The clip with it. Raises EditError editing.no_label, votes or out_of_range."""
        if self.who.source is Source.CROWD and "labels" in self.values:
            raise EditError("editing.votes", clip=clip.name)
        for column, value in self.values.items():
            if column in RANGES:
                _within(column, value)
        place = next((n for n, each in enumerate(clip.references) if Who.of(each) == self.who), None)
        if place is not None:
            made = replace(clip.references[place], **self.values)
            return replace(clip, references=(*clip.references[:place], made, *clip.references[place + 1 :]))
        if "labels" not in self.values:
            raise EditError("editing.no_label", clip=clip.name)
        made = Reading(source=self.who.source, by=self.who.rater, **self.values)
        return replace(clip, references=(*clip.references, made))


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Take back what somebody says about the clip."""

    who: Who

    def apply(self, clip: Clip) -> Clip:
        """The clip without it."""
        return replace(clip, references=tuple(each for each in clip.references if Who.of(each) != self.who))


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Take the clip out of the set; its file is deleted when the set is saved."""

    def apply(self, _clip: Clip) -> None:
        """No clip."""
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class CutDown:
    """Let a part of the clip, from ``start_s`` to ``end_s``, take its place: the file ``name`` holds it."""

    file: Path
    name: str
    content_hash: str
    start_s: float
    end_s: float

    def apply(self, clip: Clip) -> Clip:
        """The clip with the part's file and times. Raises EditError editing.traced.

        A mark outside the part is not known any more, nor is what was drawn frame by frame.
        """
        if clip.trace is not None:
            raise EditError("editing.traced", clip=clip.name)
        times: Any = {
            column: round(at - self.start_s, 6)
            if (at := getattr(clip, column)) is not None and self.start_s <= at <= self.end_s
            else None
            for column in TIMES
        }
        return replace(
            clip, file=self.file, name=self.name, content_hash=self.content_hash, truth=None, **times
        )


def change_of(column: str, text: str, who: Who, vocabulary: Vocabulary) -> Change:
    """The change that a value typed into one of COLUMNS stands for; empty: not known, not said.

    Raises EditError editing.column_unknown, not_a_number, out_of_range, channel_unknown, emotion_unknown or
    blend_unreadable.
    """
    text = text.strip()
    if column not in COLUMNS:
        raise EditError("editing.column_unknown", column=column, columns=", ".join(COLUMNS))
    if column in ("person", "note"):
        return About({column: text})
    if column == "channel":
        if text.lower() not in set(Channel):
            raise EditError("editing.channel_unknown", value=text, channels=", ".join(Channel))
        return About({column: Channel(text.lower())})
    if column == "emotion":
        return Said(who, {"labels": _labels(text, vocabulary)}) if text else Unsaid(who)
    value = _number(column, text)
    return About({column: value}) if column in TIMES else Said(who, {column: value})


def _labels(text: str, vocabulary: Vocabulary) -> Mapping[str, float]:
    try:
        return blend_of(Cell(text, 0, "emotion"), vocabulary.names)
    except ClipSetError as error:
        key = error.key.replace("clipset.", "editing.")
        raise EditError(key, value=text, emotions=", ".join(vocabulary.names)) from error


def _number(column: str, text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError as error:
        low, high = RANGES[column]
        raise EditError("editing.not_a_number", column=column, value=text, low=low, high=high) from error
    _within(column, value)
    return value


def _within(column: str, value: float | None) -> None:
    low, high = RANGES[column]
    if value is not None and not low <= value <= high:
        raise EditError("editing.out_of_range", column=column, value=value, low=low, high=high)
