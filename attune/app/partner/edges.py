"""The three edges of a moment between two people, in careful words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from attune.affect.moment import Edge
from attune.affect.moment import Moment as Corners
from attune.affect.reading import NONE, Reading, Source
from attune.affect.vocabulary import Core, Vocabulary
from attune.app.feedback import SAME_STRENGTH, UNSURE
from attune.resources import Words
from attune.scoring.agreement import SAME_SHARE, agree

if TYPE_CHECKING:
    from attune.storage.partner_records import Moment


class Lie(StrEnum):
    """How the two ends of an edge lie to each other."""

    SAME = "same"
    PARTLY = "partly"  # one of two that were named is in both
    DIFFERS = "differs"
    OPEN = "open"  # one of the ends points to nothing in particular


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeSaid:
    """One edge and what to say of it.

    ``nearness``: how near its ends lie by how pleasant and how stirred, in [0, 1], 1 = the same place; None
    where they point nowhere.
    """

    edge: Edge
    lie: Lie
    sentences: tuple[str, ...]
    nearness: float | None = None


class EdgeSpeaker:
    """Says how two corners lie to each other; ``shower`` and ``noticer`` are the names of the two people."""

    def __init__(self, words: Words, vocabulary: Vocabulary, *, shower: str, noticer: str) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._names = {"shower": shower, "noticer": noticer}

    def edges(self, moment: Moment, *, measured: bool = True) -> tuple[EdgeSaid, ...]:
        """The edges whose two corners are there, attunement first; without ``measured`` that one alone."""
        expressed = moment.expressed if measured else None
        corners = Corners(perceived=moment.perceived, expressed=expressed, felt=moment.felt)
        return tuple(self._said(*found) for found in corners.edges())

    def corner(self, reading: Reading) -> str:
        """What a corner names, as a title."""
        if not points(reading):
            return self._words("partner_show.corner.nothing")
        if _is_still(reading):
            return self._words("partner_show.corner.still")
        return self._listed([self._words(f"emotions.{name}.title") for name in named(reading)])

    def _said(self, edge: Edge, one: Reading, other: Reading) -> EdgeSaid:
        lie = how_they_lie(one, other)
        lines = [self._say(edge, lie, one, other)]
        if edge is Edge.ATTUNEMENT:
            lines += self._beside(lie, one, other)
        near = None if lie is Lie.OPEN else agree(one, other, self._vocabulary).similarity
        return EdgeSaid(edge=edge, lie=lie, sentences=tuple(lines), nearness=near)

    def _beside(self, lie: Lie, perceived: Reading, felt: Reading) -> list[str]:
        """How strong it was, where both name it; what the two share, where they do not."""
        if lie is Lie.DIFFERS:
            pair = "_".join(sorted((perceived.top, felt.top)))
            return [text] if (text := self._words.table("feedback.pairs").get(pair)) else []
        if lie is not Lie.SAME or perceived.intensity is None or felt.intensity is None:
            return []
        if felt.top == Core.NEUTRAL:  # rest has no strength
            return []
        more = perceived.intensity - felt.intensity
        key = "alike" if abs(more) < SAME_STRENGTH else "more" if more > 0 else "less"
        shares = {"noticed": f"{perceived.intensity:.0%}", "felt": f"{felt.intensity:.0%}"}
        return [self._words(f"partner_show.strength.{key}", **shares, **self._names)]

    def _say(self, edge: Edge, lie: Lie, one: Reading, other: Reading) -> str:
        gaps = {"one": self._nouns(one), "other": self._nouns(other), **self._names}
        if lie is not Lie.OPEN and (_is_still(one) or _is_still(other)):
            return self._words(
                f"partner_show.edges.{edge}.{'still' if lie is Lie.SAME else 'still_differs'}", **gaps
            )
        return self._words(f"partner_show.edges.{edge}.{lie}", **gaps)

    def _nouns(self, reading: Reading) -> str:
        return self._listed([self._words(f"emotions.{name}.noun") for name in named(reading)])

    def _listed(self, names: list[str]) -> str:
        if len(names) == 1:
            return names[0]
        return self._words("feedback.blend", one=names[0], other=names[1])


def _is_still(reading: Reading) -> bool:
    """A face that was measured and hardly moved."""
    return reading.source is Source.MEASURED and reading.top == Core.NEUTRAL


def how_they_lie(one: Reading, other: Reading) -> Lie:
    """Two readings beside each other, going by what each names."""
    if not (points(one) and points(other)):
        return Lie.OPEN
    if one.top == other.top:
        return Lie.SAME
    return Lie.PARTLY if set(named(one)) & set(named(other)) else Lie.DIFFERS


def named(reading: Reading) -> tuple[str, ...]:
    """The emotion somebody named, or the two: those that stand out of the rest. A measurement names one."""
    first, *rest = sorted(reading.labels, key=lambda name: -reading.labels[name])
    shares = [reading.labels[name] for name in rest] + [0.0, 0.0]
    if reading.source is Source.MEASURED or shares[0] <= shares[1] + SAME_SHARE:
        return (first,)
    return (first, rest[0])


def points(reading: Reading) -> bool:
    """Whether it names anything; a measurement does from a certain likeness on."""
    if reading.top == NONE:
        return False
    return reading.source is not Source.MEASURED or reading.labels[reading.top] >= UNSURE
