"""A reading: what somebody, or something, says about the emotion of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isclose, isfinite
from types import MappingProxyType
from typing import Any

NONE = "none_of_these"  # the choice that stands for every emotion not offered


class Source(StrEnum):
    """Who says so. Every number Attune shows names one of these."""

    USER = "user"
    INTENDED = "intended"
    SELF_REPORT = "self_report"
    CROWD = "crowd"
    EXPERT = "expert"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A distribution over emotion names, and how strong, pleasant, excited and sure.

    ``labels``: name → probability, each in [0, 1], summing to 1 (checked to 1e-6; normalise before).
    ``intensity`` and ``confidence`` in [0, 1]; ``valence`` and ``arousal`` in [-1, 1]; None = not asked.
    ``raters``: how many people a crowd reading counts; ``by``: who said it, free text.
    """

    source: Source
    labels: Mapping[str, float]
    intensity: float | None = None
    valence: float | None = None
    arousal: float | None = None
    confidence: float | None = None
    raters: int | None = None
    by: str = ""

    def __post_init__(self) -> None:
        """Check ranges and freeze the labels. Raises ValueError naming the field."""
        labels = {name: float(value) for name, value in self.labels.items()}
        if not labels or not all(isfinite(v) and 0.0 <= v <= 1.0 for v in labels.values()):
            raise ValueError("labels: probabilities in [0, 1] wanted")
        if not isclose(sum(labels.values()), 1.0, abs_tol=1e-6):
            raise ValueError("labels: probabilities must sum to 1")
        object.__setattr__(self, "labels", MappingProxyType(labels))
        for field, low in (("intensity", 0.0), ("confidence", 0.0), ("valence", -1.0), ("arousal", -1.0)):
            value = getattr(self, field)
            if value is not None and not (isfinite(value) and low <= value <= 1.0):
                raise ValueError(f"{field}: {value} is outside [{low:g}, 1]")

    def __reduce__(self) -> tuple[object, ...]:
        """Readings cross process borders, which the frozen labels cannot do by themselves."""
        return (Reading.from_json, (self.to_json(),))

    @property
    def top(self) -> str:
        """The likeliest label; of equals the first named."""
        return max(self.labels, key=lambda name: self.labels[name])

    def among(self, offered: Sequence[str]) -> Reading:
        """The same reading as far as it can be said with the names ``offered``.

        What it gives to other names goes to NONE where that is offered, and is shared out otherwise.
        Raises ValueError where nothing of it can be said.
        """
        if self.labels.keys() <= set(offered):
            return self
        kept = {name: share for name, share in self.labels.items() if name in offered}
        rest = 1.0 - sum(kept.values())
        if NONE in offered:
            return replace(self, labels={**kept, NONE: max(0.0, rest)})
        if not (whole := sum(kept.values())):
            raise ValueError(f"labels: {self.top} cannot be said with {', '.join(offered)}")
        raters = None if self.raters is None else round(self.raters * whole)
        return replace(self, labels={name: share / whole for name, share in kept.items()}, raters=raters)

    def to_json(self) -> dict[str, Any]:
        """Plain data for storage; fields that are None are left out."""
        fields = ("intensity", "valence", "arousal", "confidence", "raters")
        data: dict[str, Any] = {"source": str(self.source), "labels": dict(self.labels)}
        data |= {field: value for field in fields if (value := getattr(self, field)) is not None}
        return data | ({"by": self.by} if self.by else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """Read what :meth:`to_json` wrote. Raises ValueError, KeyError or TypeError on other data."""
        return cls(**{**data, "source": Source(data["source"])})


def together(readings: Sequence[Reading]) -> Reading:
    """What several people of the same kind say: the mean of their shares, and of each number that any named.

    ``raters``: how many they are, ``by``: their names. One alone stays as it is. Raises ValueError for none.
    """
    if not readings:
        raise ValueError("readings: nobody said anything")
    if len(readings) == 1:
        return readings[0]
    names = dict.fromkeys(name for each in readings for name in each.labels)
    means: dict[str, float] = {}
    for field in ("intensity", "valence", "arousal", "confidence"):
        said = [value for each in readings if (value := getattr(each, field)) is not None]
        if said:
            means[field] = sum(said) / len(said)
    return Reading(
        source=readings[0].source,
        labels={name: sum(each.labels.get(name, 0.0) for each in readings) / len(readings) for name in names},
        raters=len(readings),
        by=", ".join(each.by for each in readings if each.by),
        **means,
    )


def certain(source: Source, label: str, **rest: Any) -> Reading:  # noqa: ANN401 - passes Reading's fields on
    """Reading of somebody who named one emotion and nothing else."""
    return Reading(source=source, labels={label: 1.0}, **rest)
