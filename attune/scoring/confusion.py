"""Which emotion was said for which: counts, and the measures made of them.

C counts answers, rows = what the reference named, columns = what was said; s are row sums, r column sums,
N the total. Formulas: "The science Attune stands on", section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from statistics import NormalDist


class Unscorable(StrEnum):
    """Why an emotion has no hit rate. Not the same as a hit rate of 0."""

    NEVER_SHOWN = "never_shown"
    NEVER_SAID = "never_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Answers counted by reference and response. ``counts[i][j]``: times names[j] was said for names[i]."""

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        """Raise ValueError unless the counts are a square of K whole numbers from 0 up, K names."""
        k = len(self.names)
        if len(self.counts) != k or any(len(row) != k or min(row) < 0 for row in self.counts):
            raise ValueError(f"counts: {k} rows of {k} counts wanted")

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], names: Sequence[str]) -> Confusion:
        """Count (reference, response) pairs. Raises ValueError for a name not in ``names``."""
        place = {name: i for i, name in enumerate(names)}
        counts = [[0] * len(place) for _ in place]
        for reference, response in pairs:
            if reference not in place or response not in place:
                raise ValueError(f"{reference}, {response}: not both in the vocabulary")
            counts[place[reference]][place[response]] += 1
        return cls(names=tuple(names), counts=tuple(map(tuple, counts)))

    @property
    def total(self) -> int:
        """N, the number of answers."""
        return sum(map(sum, self.counts))

    @property
    def agreed(self) -> int:
        """How many answers named what the reference names."""
        return sum(row[i] for i, row in enumerate(self.counts))

    def shown(self, name: str) -> int:
        """How often the reference named this emotion: s."""
        return sum(self.counts[self.names.index(name)])

    def said(self, name: str) -> int:
        """How often this emotion was the answer: r."""
        column = self.names.index(name)
        return sum(row[column] for row in self.counts)

    def hits(self, name: str) -> int:
        """How often both named it."""
        place = self.names.index(name)
        return self.counts[place][place]

    def hit_rate(self, name: str) -> float | Unscorable:
        """Share of the times it was shown that it was said, in [0, 1]."""
        shown = self.shown(name)
        return self.hits(name) / shown if shown else Unscorable.NEVER_SHOWN

    def unbiased_hit_rate(self, name: str) -> float | Unscorable:
        """Hu = hits² / (s r), in [0, 1]; saying one emotion all the time does not raise it.

        Source: Wagner 1993, J. Nonverbal Behavior 17:3-28.
        """
        shown, said = self.shown(name), self.said(name)
        if not shown:
            return Unscorable.NEVER_SHOWN
        return self.hits(name) ** 2 / (shown * said) if said else Unscorable.NEVER_SAID

    def chance(self, name: str) -> float:
        """Unbiased hit rate that saying emotions this often, blindly, would give: s r / N²; 0 without any."""
        return self.shown(name) * self.said(name) / self.total**2 if self.total else 0.0

    def sensitivity(self, name: str) -> tuple[float, float]:
        """(d', c): telling the emotion from the others, and readiness to say it (negative = readily).

        Log-linear correction: half an answer is added to hits and false alarms, one to each number shown.
        """
        shown, hits = self.shown(name), self.hits(name)
        z = NormalDist().inv_cdf
        hit = z((hits + 0.5) / (shown + 1))
        false_alarm = z((self.said(name) - hits + 0.5) / (self.total - shown + 1))
        return hit - false_alarm, -(hit + false_alarm) / 2

    def kappa(self) -> float | None:
        """Agreement beyond chance, at most 1 (Cohen 1960); None where chance alone agrees fully."""
        if not self.total:
            return None
        by_chance = sum(map(self.chance, self.names))
        return (self.agreed / self.total - by_chance) / (1 - by_chance) if by_chance < 1 else None

    def information_bits(self) -> float:
        """How many bits the responses tell of the references: mutual information, at least 0."""
        n = self.total
        shown, said = tuple(map(self.shown, self.names)), tuple(map(self.said, self.names))
        return max(
            0.0,
            sum(
                count / n * log2(count * n / (shown[i] * said[j]))
                for i, row in enumerate(self.counts)
                for j, count in enumerate(row)
                if count
            ),
        )

    def information_share(self) -> float | None:
        """Bits told over the bits there were to tell, in [0, 1]; None where only one emotion was shown.

        High with few agreements: emotions are told apart but named for one another.
        """
        n = self.total
        entropy = -sum(s / n * log2(s / n) for s in map(self.shown, self.names) if s)
        return min(1.0, self.information_bits() / entropy) if entropy > 0 else None

    def mix_ups(self) -> tuple[tuple[str, str, int], ...]:
        """(reference, response, times) where they differ, most frequent first."""
        found = (
            (reference, response, count)
            for i, reference in enumerate(self.names)
            for j, (response, count) in enumerate(zip(self.names, self.counts[i], strict=True))
            if i != j and count
        )
        return tuple(sorted(found, key=lambda mix_up: -mix_up[2]))
