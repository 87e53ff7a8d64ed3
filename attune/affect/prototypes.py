"""What people often call a face, told from its action units: graded likeness to prototypes, no rules.

The shares are those of posers who showed each unit ("The science Attune stands on", section 3: Du, Tao &
Martinez 2014, PNAS, table 1); the second prototype of an emotion is the set of the FACS manual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from attune.affect.vocabulary import Core

Sides = tuple[float, float]
"""How far a unit moved on the person's own left and right, each in [0, 1]."""

ONE_SIDED = "AU12 one side", "AU14 one side"  # features of their own: a smile on one side is no smile
_UNILATERAL = {"AU12": ONE_SIDED[0], "AU14": ONE_SIDED[1]}

POSED: Mapping[Core, Mapping[str, float]] = {
    Core.HAPPINESS: {"AU12": 1, "AU25": 1, "AU6": 0.51},
    Core.SADNESS: {"AU4": 1, "AU15": 1, "AU1": 0.60, "AU6": 0.50, "AU11": 0.26, "AU17": 0.67},
    Core.FEAR: {"AU1": 1, "AU4": 1, "AU20": 1, "AU25": 1, "AU2": 0.57, "AU5": 0.63, "AU26": 0.33},
    Core.ANGER: {"AU4": 1, "AU7": 1, "AU24": 1, "AU10": 0.26, "AU17": 0.52, "AU23": 0.29},
    Core.SURPRISE: {"AU1": 1, "AU2": 1, "AU25": 1, "AU26": 1, "AU5": 0.66},
    Core.DISGUST: {"AU9": 1, "AU10": 1, "AU17": 1, "AU4": 0.31, "AU24": 0.26},
    Core.CONTEMPT: dict.fromkeys(ONE_SIDED, 1),
}
MANUAL: Mapping[Core, tuple[str, ...]] = {
    Core.HAPPINESS: ("AU6", "AU12"),
    Core.SADNESS: ("AU1", "AU4", "AU15"),
    Core.FEAR: ("AU1", "AU2", "AU4", "AU5", "AU7", "AU20", "AU26"),
    Core.ANGER: ("AU4", "AU5", "AU7", "AU23"),
    Core.SURPRISE: ("AU1", "AU2", "AU5", "AU26"),
    Core.DISGUST: ("AU9", "AU15", "AU16"),
}

STIRRED = 0.1  # a face no unit of which moved further is at rest
NAMED = 0.62  # likeness from which people often agree on a name
CLOSE = 0.72  # share of the best likeness from which another name lies close
SPEAKS = 0.12  # share of a likeness from which a unit is worth naming
MOST_SPEAKING = 4
MOST_CLOSE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """``amount`` in [0, 1] that a face is like an emotion's nearest prototype, in shape, not in strength.

    ``because``: the units that speak for it, the most telling first.
    """

    emotion: Core
    amount: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What people often call a face: ``name``, None where they would not agree; ``close``: what else.

    ``likenesses``: to all emotions but neutral, the nearest first.
    """

    name: Core | None
    close: tuple[Core, ...]
    likenesses: tuple[Likeness, ...]

    @property
    def because(self) -> tuple[str, ...]:
        """The units that speak for the name, the most telling first; none where there is no name."""
        return next((each.because for each in self.likenesses if each.emotion == self.name), ())


def called(units: Mapping[str, Sides]) -> Called:
    """What people often call a face with these units, by code ("AU12"); units not named are at rest.

    Likeness is the cosine between what moved and a prototype, each unit counting for more the fewer
    emotions share it. Raises ValueError for an amount outside [0, 1].
    """
    shown = _features(units)
    found = tuple(sorted((_likeness(shown, emotion) for emotion in POSED), key=lambda like: -like.amount))
    if max(shown.values(), default=0.0) < STIRRED:
        return Called(name=Core.NEUTRAL, close=(), likenesses=found)
    best = found[0].amount
    name = found[0].emotion if best >= NAMED else None
    others = found[1:] if name else found
    close = tuple(like.emotion for like in others if like.amount >= max(CLOSE * best, NAMED / 2))
    return Called(name=name, close=close[:MOST_CLOSE], likenesses=found)


def _features(units: Mapping[str, Sides]) -> dict[str, float]:
    """Amounts of both sides together, and of one side alone where that means something else."""
    found: dict[str, float] = {}
    for code, (left, right) in units.items():
        if not (0 <= left <= 1 and 0 <= right <= 1):
            raise ValueError(f"{code}: {left}, {right} outside [0, 1]")
        if code in _UNILATERAL:
            found[code], found[_UNILATERAL[code]] = min(left, right), abs(left - right)
        else:
            found[code] = (left + right) / 2
    return {name: amount for name, amount in found.items() if amount > 0}


def _telling(feature: str) -> float:
    """How much a unit tells emotions apart, in (0, 1]: the logarithm of how few show it, as with words."""
    most = 1 + len(POSED)
    return log(most / (1 + sum(weights.get(feature, 0.0) for weights in POSED.values()))) / log(most)


def _likeness(shown: Mapping[str, float], emotion: Core) -> Likeness:
    manual = dict.fromkeys(MANUAL.get(emotion, ()), 1.0)
    return max(
        (_beside(shown, weights, emotion) for weights in (POSED[emotion], manual) if weights),
        key=lambda like: like.amount,
    )


def _beside(shown: Mapping[str, float], weights: Mapping[str, float], emotion: Core) -> Likeness:
    telling = {feature: _telling(feature) for feature in {*shown, *weights}}
    shared = {
        feature: telling[feature] * shown[feature] * weight
        for feature, weight in weights.items()
        if feature in shown
    }
    total = sum(shared.values())
    sizes = sqrt(_size(shown, telling) * _size(weights, telling))
    telling_first = sorted(shared, key=lambda feature: -shared[feature])
    speaking = [feature for feature in telling_first if shared[feature] >= SPEAKS * total]
    return Likeness(
        emotion=emotion,
        amount=min(1.0, total / sizes) if sizes else 0.0,
        because=tuple(feature.split()[0] for feature in speaking[:MOST_SPEAKING]),
    )


def _size(amounts: Mapping[str, float], telling: Mapping[str, float]) -> float:
    return sum(telling[feature] * amount**2 for feature, amount in amounts.items())
