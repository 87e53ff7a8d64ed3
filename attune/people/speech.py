"""A mouth that moves as if somebody spoke: to be looked past, not to be lip-read.

Four to five syllables a second (Ding et al. 2017: speech of many languages is modulated there), each a
closing and an opening with the mouth shapes of some sounds, in phrases with pauses between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from attune.people.parts import Floats
from attune.people.timing import Course, least_jerk
from attune.people.units import AMOUNTS, Unit, places

SYLLABLES_HZ = (4.0, 5.0)
PHRASE = (4, 10)  # syllables
PAUSE_S = (0.25, 0.6)
OPENING = 0.6  # share of a syllable spent on its vowel

# Mouth shapes, as amounts: of vowels, and of the consonants between them.
VOWELS: tuple[Mapping[Unit, float], ...] = (
    {Unit.AU26: 0.5, Unit.AU25: 0.6},  # a
    {Unit.AU26: 0.3, Unit.AU25: 0.6, Unit.AU20: 0.15},  # e
    {Unit.AU26: 0.15, Unit.AU25: 0.6, Unit.AU20: 0.3},  # i
    {Unit.AU26: 0.35, Unit.AU22: 0.45, Unit.AU25: 0.3},  # o
    {Unit.AU26: 0.15, Unit.AU18: 0.5, Unit.AU25: 0.3},  # u
)
CONSONANTS: tuple[Mapping[Unit, float], ...] = (
    {Unit.AU24: 0.5},  # m, b, p
    {Unit.AU28: 0.3, Unit.AU25: 0.2, Unit.AU10: 0.15},  # f, v
    {Unit.AU25: 0.4, Unit.AU26: 0.08},  # t, d, n, s
    {Unit.AU25: 0.4, Unit.AU26: 0.18},  # k, g
    {Unit.AU22: 0.3, Unit.AU25: 0.3, Unit.AU26: 0.05},  # sh
)
MOUTH = frozenset(unit for shape in (*VOWELS, *CONSONANTS) for unit in shape) | {
    Unit.AU17,
    Unit.AU23,
    Unit.AU27,
}


def speech(time_s: Course, chance: np.random.Generator, *, start_s: float, end_s: float) -> Floats:
    """(n, len(AMOUNTS)) amounts of a mouth that speaks from ``start_s`` to ``end_s``."""
    amounts = np.zeros((len(time_s), len(AMOUNTS)), np.float32)
    now, last = np.zeros(len(AMOUNTS), np.float32), start_s
    for reached, shape in _shapes(chance, start_s, end_s):
        then = _amounts(shape)
        amounts += least_jerk(time_s, last, reached - last)[:, None].astype(np.float32) * (then - now)
        now, last = then, reached
    return np.clip(amounts, 0.0, 1.0)


def _shapes(
    chance: np.random.Generator, start_s: float, end_s: float
) -> Iterator[tuple[float, Mapping[Unit, float]]]:
    """Mouth shapes with the moment each is reached; the last is a closed mouth, at ``end_s`` or before."""
    time_s, last = start_s, 1.0 / SYLLABLES_HZ[0]
    while True:
        for _ in range(int(chance.integers(*PHRASE))):
            length = 1.0 / float(chance.uniform(*SYLLABLES_HZ))
            if time_s + length > end_s - last:
                yield end_s, {}
                return
            yield time_s + (1 - OPENING) * length, CONSONANTS[chance.integers(len(CONSONANTS))]
            vowel, loud = VOWELS[chance.integers(len(VOWELS))], float(chance.uniform(0.7, 1.1))
            yield time_s + length, {unit: loud * amount for unit, amount in vowel.items()}
            time_s += length
        time_s += float(chance.uniform(*PAUSE_S))
        if time_s > end_s - last:
            yield end_s, {}
            return
        yield time_s, {}


def _amounts(shape: Mapping[Unit, float]) -> Floats:
    found = np.zeros(len(AMOUNTS), np.float32)
    for unit, amount in shape.items():
        found[list(places(unit))] = amount
    return found
