"""How difficult a clip is expected to be, on the scale of abilities, before anybody answered it here.

A first guess by what is known of a clip, so that trials near a wanted share of agreement can be chosen: the
raters' votes where there are some, how strong the expression is, how long it is seen. What a full expression
and a faint one cost is set by hand, to the range that posed expressions of several strengths span.
"""

from __future__ import annotations

from math import log, log2

from attune.affect.reading import Reading, Source

FULL, FAINTEST = -1.0, 2.0  # at full intensity, and at none
ORDINARY = FULL  # of clips nobody said anything about
MOST = 3.0  # no clip is expected to be further out
RECOGNISED_MS = 200.0  # shorter than this, expressions get harder to recognise; each halving by one
GUESSES = 8  # raters chose among about so many


def difficulty(reference: Reading, *, intensity: float | None = None, shown_ms: float | None = None) -> float:
    """Of what a reference speaks of, in [-3, 3]; 0: the average person gets half of it, guesses apart.

    ``intensity`` in [0, 1], where less of it is shown than the reference says; ``shown_ms``: for how long.
    """
    stated = 1.0 if reference.intensity is None else reference.intensity
    if reference.source is Source.CROWD:
        found = _by_votes(reference.labels[reference.top])
    elif reference.top == "neutral":  # the absence of an expression is not a faint one
        found = FULL
    else:
        found = of_intensity(stated)
    if intensity is not None:
        found += (FAINTEST - FULL) * (stated - intensity)
    if shown_ms is not None:
        found += max(0.0, log2(RECOGNISED_MS / shown_ms))
    return max(-MOST, min(MOST, found))


def of_intensity(intensity: float) -> float:
    """Of an expression of this intensity in [0, 1], nothing else being known."""
    return FULL + (FAINTEST - FULL) * (1 - intensity)


def intensity_for(wanted: float, reference: Reading) -> float:
    """The intensity to show for a wanted difficulty, not more than the reference says; in [0, 1]."""
    stated = 1.0 if reference.intensity is None else reference.intensity
    less = (wanted - difficulty(reference)) / (FAINTEST - FULL)
    return max(0.0, min(stated, stated - less))


def difficulty_for(share: float, theta: float, guess: float) -> float:
    """The difficulty at which ability ``theta`` is expected to agree in ``share``, in (guess, 1).

    The inverse of :func:`attune.scoring.ability.expected`, for one trial and without numpy.
    """
    known = (share - guess) / (1 - guess)
    return theta - log(known / (1 - known))


def _by_votes(share: float) -> float:
    known = (share - 1 / GUESSES) / (1 - 1 / GUESSES)
    known = max(0.01, min(0.99, known))
    return -log(known / (1 - known))
