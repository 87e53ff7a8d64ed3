"""Which emotion was said for which: counts, and the measures made of them.

C counts answers, rows = what the reference named, columns = what was said; s are row sums, r column sums,
N the total. Formulas: "The science Attune stands on", section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from statistics import NormalDist
from typing import NamedTuple

from attune.scoring.exact import at_least
from attune.scoring.unscorable import Unscorable


class Sensitivity(NamedTuple):
    """Telling one emotion from the others, and readiness to say it.

    ``d_prime``: 0 = not told apart, about 4.7 = 99 % of both. ``bias`` is c: negative = said readily.
    """

    d_prime: float
    bias: float


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

    def chance(self, name: str) -> float | Unscorable:
        """Unbiased hit rate, in [0, 1], that saying emotions this often, blindly, would give: s r / N²."""
        return self.shown(name) * self.said(name) / self.total**2 if self.total else Unscorable.NO_ANSWERS

    def luck(self, name: str) -> float | Unscorable:
        """Probability of this many hits, or more, if answers of these numbers were dealt out blindly.

        The exact test of one table's unbiased hit rate, which rises with the hits: the tail of the
        hypergeometric distribution (Fisher 1935). For several tables see ``beyond_chance``.
        """
        shown, said, n = self.shown(name), self.said(name), self.total
        if not shown:
            return Unscorable.NEVER_SHOWN
        if not said:
            return Unscorable.NEVER_SAID
        return at_least(self.hits(name), shown=shown, said=said, n=n)

    def sensitivity(self, name: str) -> Sensitivity | Unscorable:
        """Sensitivity d' and bias c: z(H) - z(F) and -(z(H) + z(F)) / 2.

        Log-linear correction: half an answer is added to hits and false alarms, one to each number shown
        (Hautus 1995).
        """
        shown, hits = self.shown(name), self.hits(name)
        if not shown:
            return Unscorable.NEVER_SHOWN
        if shown == self.total:
            return Unscorable.NO_OTHERS
        z = NormalDist().inv_cdf
        hit = z((hits + 0.5) / (shown + 1))
        false_alarm = z((self.said(name) - hits + 0.5) / (self.total - shown + 1))
        return Sensitivity(hit - false_alarm, -(hit + false_alarm) / 2)

    def kappa(self) -> float | Unscorable:
        """Agreement beyond chance, at most 1 (Cohen 1960). NO_OTHERS where chance alone agrees fully."""
        n = self.total
        if not n:
            return Unscorable.NO_ANSWERS
        by_chance = sum(self.shown(name) * self.said(name) for name in self.names) / n**2
        return (self.agreed / n - by_chance) / (1 - by_chance) if by_chance < 1 else Unscorable.NO_OTHERS

    def information_bits(self) -> float | Unscorable:
        """How many bits an answer tells of the reference: mutual information, at least 0 (Shannon 1948)."""
        n = self.total
        if not n:
            return Unscorable.NO_ANSWERS
        shown, said = tuple(map(self.shown, self.names)), tuple(map(self.said, self.names))
        told = sum(
            count / n * log2(count * n / (shown[i] * said[j]))
            for i, row in enumerate(self.counts)
            for j, count in enumerate(row)
            if count
        )
        return max(0.0, told)

    def information_share(self) -> float | Unscorable:
        """Bits told over the bits there were to tell, I(S;R) / H(S), in [0, 1].

        High with few agreements: emotions are told apart but named for one another.
        """
        told, n = self.information_bits(), self.total
        if isinstance(told, Unscorable):
            return told
        entropy = -sum(s / n * log2(s / n) for s in map(self.shown, self.names) if s)
        return min(1.0, told / entropy) if entropy > 0 else Unscorable.NO_OTHERS
