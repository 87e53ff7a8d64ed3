"""The moment with three corners: perceived, expressed, felt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from attune.affect.reading import Reading


class Edge(StrEnum):
    """What the comparison of two corners is called."""

    ATTUNEMENT = "attunement"  # perceived and felt
    READING_THE_FACE = "reading_the_face"  # perceived and expressed
    LEGIBILITY = "legibility"  # expressed and felt


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Three readings of one moment; a corner that was not asked for is None, never guessed."""

    perceived: Reading | None = None
    expressed: Reading | None = None
    felt: Reading | None = None

    def edges(self) -> Iterator[tuple[Edge, Reading, Reading]]:
        """Yield the edges whose two corners are there."""
        for edge, one, other in (
            (Edge.ATTUNEMENT, self.perceived, self.felt),
            (Edge.READING_THE_FACE, self.perceived, self.expressed),
            (Edge.LEGIBILITY, self.expressed, self.felt),
        ):
            if one is not None and other is not None:
                yield edge, one, other
