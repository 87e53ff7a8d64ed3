"""How two readings of one moment agree, always naming the reference.

Formulas: soft-label Brier score and its floor, log score and skill score as listed in "The science Attune
stands on", section 2. All scores are about the reference named, never about "the truth".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, log, sqrt

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary

LEAST_PROBABILITY = 0.01  # what a probability of zero counts as in the log score
SAME_SHARE = 1e-9  # shares closer than this are equal votes


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What comparing a perceived reading p with a reference reading q gave, over K emotions.

    ``same``: the emotion chosen is the one the reference names most (or one of them, in a tie).
    ``chosen_share``: q of the emotion chosen, in [0, 1]; ``ceiling``: max q, the most any choice could get.
    ``brier`` in [0, 2], 0 best; ``floor``: the part of it that is the clip's own ambiguity.
    ``skill``: 1 - brier / brier of an even spread; 1 best, 0 no better than not choosing.
    ``log_score``: sum of q ln p, at most 0; ``similarity``: nearness on valence and arousal, in [0, 1].
    ``intensity_difference``: perceived minus reference, in [-1, 1]; ``confidence`` in [0, 1];
    None = not said.
    """

    reference: Source
    same: bool
    chosen_share: float
    ceiling: float
    brier: float
    floor: float
    skill: float
    log_score: float
    similarity: float | None
    intensity_difference: float | None
    confidence: float | None


def agree(perceived: Reading, reference: Reading, vocabulary: Vocabulary) -> Agreement:
    """Compare what was perceived with a reference. Raises ValueError for labels outside the vocabulary."""
    p = over(vocabulary, perceived)
    q = smoothed(over(vocabulary, reference), reference)
    chosen_share = q[vocabulary.names.index(perceived.top)]
    ceiling = max(q)
    floor = sum(share * (1 - share) for share in q)
    brier = sum((mine - theirs) ** 2 for mine, theirs in zip(p, q, strict=True)) + floor
    brier_of_even_spread = 1 - 1 / len(vocabulary)  # for any q: the terms with q cancel
    return Agreement(
        reference=reference.source,
        same=chosen_share >= ceiling - SAME_SHARE,
        chosen_share=chosen_share,
        ceiling=ceiling,
        brier=brier,
        floor=floor,
        skill=1 - brier / brier_of_even_spread,
        log_score=sum(theirs * log(max(mine, LEAST_PROBABILITY)) for mine, theirs in zip(p, q, strict=True)),
        similarity=_similarity(perceived, reference, vocabulary),
        intensity_difference=_difference(perceived.intensity, reference.intensity),
        confidence=perceived.confidence,
    )


def spread(label: str, confidence: float, names: Sequence[str]) -> dict[str, float]:
    """Distribution of somebody who chose ``label`` of ``names`` with a confidence in [0, 1].

    The rest is spread evenly over the other names. Choosing one of K says at least 1/K, so a lower confidence
    counts as 1/K. The label comes first, so that it stays the likeliest when all are equal.
    Raises ValueError for a label not in names, fewer than two names, or a confidence outside [0, 1].
    """
    others = [name for name in dict.fromkeys(names) if name != label]
    if label not in names or not others:
        raise ValueError(f"{label}: wanted one of two or more names")
    if not 0.0 <= confidence <= 1.0:
        raise ValueError(f"confidence: {confidence} is outside [0, 1]")
    share = max(confidence, 1 / (len(others) + 1))
    rest = min((1 - share) / len(others), share)
    return {label: share, **dict.fromkeys(others, rest)}


def over(vocabulary: Vocabulary, reading: Reading) -> list[float]:
    """Probabilities in the vocabulary's order; a name the reading leaves out has none.

    Raises ValueError for labels outside the vocabulary.
    """
    if unknown := reading.labels.keys() - set(vocabulary.names):
        raise ValueError(f"labels: {', '.join(sorted(unknown))} not in vocabulary {vocabulary.name}")
    return [reading.labels.get(name, 0.0) for name in vocabulary.names]


def smoothed(shares: list[float], reference: Reading) -> list[float]:
    """Votes n become (n + 1/2) / (sum n + K/2): a few raters do not make a certainty."""
    if reference.source is not Source.CROWD or reference.raters is None:
        return shares
    whole = reference.raters + len(shares) / 2
    return [(share * reference.raters + 0.5) / whole for share in shares]


def _similarity(one: Reading, other: Reading, vocabulary: Vocabulary) -> float:
    """1 - distance / the square's diagonal, on valence and arousal in [-1, 1] each."""
    (v1, a1), (v2, a2) = place(one, vocabulary), place(other, vocabulary)
    return 1 - hypot(v1 - v2, a1 - a2) / (2 * sqrt(2))


def place(reading: Reading, vocabulary: Vocabulary) -> tuple[float, float]:
    """Valence and arousal a reading states, else those of its likeliest label.

    Not the mean over labels: how sure somebody is would then look like where they placed the emotion.
    """
    term = vocabulary[reading.top]
    return (
        term.valence if reading.valence is None else reading.valence,
        term.arousal if reading.arousal is None else reading.arousal,
    )


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
