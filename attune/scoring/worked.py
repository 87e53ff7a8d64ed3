"""An agreement with everything that went into it, so that a person can follow the sum."""

from __future__ import annotations

from dataclasses import dataclass

from attune.affect.reading import Reading
from attune.affect.vocabulary import Vocabulary
from attune.scoring.agreement import Agreement, agree, over, place, smoothed

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """``agreement`` and its terms over K ``names``: ``p`` perceived, ``q`` reference, in [0, 1] each.

    ``raters``: how many people q was smoothed over, None where it was not. ``perceived`` and ``reference``:
    where each lies on valence and arousal, in [-1, 1].
    """

    names: tuple[str, ...]
    p: tuple[float, ...]
    q: tuple[float, ...]
    agreement: Agreement
    raters: int | None
    perceived: Place
    reference: Place

    @property
    def squares(self) -> tuple[float, ...]:
        """(K,) the terms of the Brier score that are skill: (p - q)²."""
        return tuple((mine - theirs) ** 2 for mine, theirs in zip(self.p, self.q, strict=True))

    @property
    def ambiguity(self) -> tuple[float, ...]:
        """(K,) the terms that are the clip's own: q (1 - q)."""
        return tuple(theirs * (1 - theirs) for theirs in self.q)

    @property
    def even(self) -> float:
        """The Brier score of spreading p evenly: 1 - 1/K."""
        return 1 - 1 / len(self.names)


def work_out(perceived: Reading, reference: Reading, vocabulary: Vocabulary) -> Worked:
    """Compare as :func:`agree` does. Raises ValueError for labels outside the vocabulary."""
    plain = over(vocabulary, reference)
    q = smoothed(plain, reference)
    return Worked(
        names=vocabulary.names,
        p=tuple(over(vocabulary, perceived)),
        q=tuple(q),
        agreement=agree(perceived, reference, vocabulary),
        raters=reference.raters if q is not plain else None,
        perceived=place(perceived, vocabulary),
        reference=place(reference, vocabulary),
    )
