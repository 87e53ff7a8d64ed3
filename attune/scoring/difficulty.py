"""How difficult clips are, learned from answers out of what was expected of them.

For clip sets that people have answered; until then protocols take a first guess by what is known of a clip.
On the scale of abilities: beyond guessing, a person of ability theta reads a clip of difficulty b in
1 / (1 + exp(b - theta)) of cases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.ability import expected, information

_ROUNDS = 200
_STILL = 1e-5

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulties:
    """``difficulty`` (m,) of clips, each with its error ``sd`` (m,) and number of ``answers`` (m,).

    ``abilities`` (p,): of the people who answered, found along with them and taken for exact by ``sd``.
    """

    difficulty: Floats
    sd: Floats
    answers: Places
    abilities: Floats


def difficulties(
    person: ArrayLike, clip: ArrayLike, correct: ArrayLike, guess: ArrayLike, *, prior: ArrayLike
) -> Difficulties:
    """Difficulties and abilities that together make n answers likeliest, given what was expected (joint MAP).

    ``person`` and ``clip`` (n,): places from 0 up; ``correct`` (n,) bool; ``guess`` (n,) or one, in [0, 1).
    ``prior`` (m,): expected difficulty of each of m clips; a clip without answers keeps it. Difficulties are
    N(prior, 1), abilities N(0, 1), found by turns. Of one person's answers, what was expected alone tells
    able from easy. Raises ValueError for a place outside the clips.
    """
    who, which = np.asarray(person, np.int64), np.asarray(clip, np.int64)
    right, c = np.asarray(correct, bool), np.broadcast_to(np.asarray(guess, float), who.shape)
    b0 = np.asarray(prior, float)
    if who.size and not (which.min() >= 0 and which.max() < len(b0) and who.min() >= 0):
        raise ValueError(f"clip: places among {len(b0)} wanted, person: from 0 up")
    b, theta = b0.copy(), np.zeros(int(who.max()) + 1 if who.size else 0)
    for _round in range(_ROUNDS):
        slope, told = _pull(right, theta[who], b[which], c)
        easier = _step(which, len(b), slope, told, away=b - b0)
        b = b - easier
        slope, told = _pull(right, theta[who], b[which], c)
        abler = _step(who, len(theta), slope, told, away=-theta)
        theta = theta + abler
        # Answers say nothing of where both scales lie together; what was expected does, and at once.
        shift = (theta.sum() + (b - b0).sum()) / (len(theta) + len(b)) if len(b) else 0.0
        theta, b = theta - shift, b - shift
        if max(np.abs(easier).max(initial=0), np.abs(abler).max(initial=0)) < _STILL:
            break
    known = np.bincount(which, weights=information(theta[who], b[which], c), minlength=len(b))
    return Difficulties(
        difficulty=b,
        sd=1 / np.sqrt(known + 1),
        answers=np.bincount(which, minlength=len(b)),
        abilities=theta,
    )


def _pull(right: NDArray[np.bool_], theta: Floats, b: Floats, c: Floats) -> tuple[Floats, Floats]:
    """What each answer says (n,): slope of its log-likelihood over theta - b, and its information."""
    p = expected(theta, b, c)
    return (right - p) * (p - c) / ((1 - c) * p), information(theta, b, c)


def _step(place: Places, size: int, slope: Floats, told: Floats, *, away: Floats) -> Floats:
    """Fisher scoring, at most 1 at once: slope over information at each place (size,), with the prior's."""
    total = np.bincount(place, weights=slope, minlength=size) + away
    return np.asarray(np.clip(total / (np.bincount(place, weights=told, minlength=size) + 1), -1, 1))
