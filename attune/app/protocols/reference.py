"""Whose word an answer is scored against."""

from __future__ import annotations

from attune.affect.reading import Reading, Source, together
from attune.clips.clip_set import Clip

# Whose word a session scores against where a clip has several: the person's own first.
SCORED_FIRST = (Source.SELF_REPORT, Source.INTENDED, Source.CROWD, Source.EXPERT)


def references_of(clip: Clip) -> tuple[Reading, ...]:
    """One reading for each kind of source: where several raters speak, what they say together."""
    by_source: dict[Source, list[Reading]] = {}
    for reading in clip.references:
        by_source.setdefault(reading.source, []).append(reading)
    return tuple(map(together, by_source.values()))


def scored_reference(clip: Clip) -> Reading:
    """The reading of a clip that answers are scored against. Raises ValueError where it has none."""
    said = {reading.source: reading for reading in references_of(clip)}
    for source in SCORED_FIRST:
        if source in said:
            return said[source]
    raise ValueError(f"{clip.name} has no reference to score against")
