"""Whose word an answer is scored against."""

from __future__ import annotations

from attune.affect.reading import Reading, Source
from attune.clips.clip_set import Clip

# Whose word a session scores against where a clip has several: the person's own first.
SCORED_FIRST = (Source.SELF_REPORT, Source.INTENDED, Source.CROWD, Source.EXPERT)


def scored_reference(clip: Clip) -> Reading:
    """The reading of a clip that answers are scored against. Raises ValueError where it has none."""
    for source in SCORED_FIRST:
        for reading in clip.references:
            if reading.source is source:
                return reading
    raise ValueError(f"{clip.name} has no reference to score against")
