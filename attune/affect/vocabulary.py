"""Vocabularies: the emotions a question offers, with family, valence and arousal.

The words shown for a term (title, definition, what people often see) are in ``words/…/emotions.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from attune.affect.reading import NONE


class Core(StrEnum):
    """The eight states every part of Attune knows, in the order they are offered."""

    NEUTRAL = "neutral"
    HAPPINESS = "happiness"
    SADNESS = "sadness"
    ANGER = "anger"
    FEAR = "fear"
    SURPRISE = "surprise"
    DISGUST = "disgust"
    CONTEMPT = "contempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One emotion: ``valence`` and ``arousal`` in [-1, 1], ``family`` the core name it belongs to."""

    name: str
    family: str
    valence: float
    arousal: float

    def __post_init__(self) -> None:
        """Raise ValueError for a name that is empty or a place outside the square."""
        if not self.name or not (-1 <= self.valence <= 1 and -1 <= self.arousal <= 1):
            raise ValueError(f"{self.name or 'term'}: valence and arousal must be in [-1, 1]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ordered, closed set of terms."""

    name: str
    terms: tuple[Term, ...]

    def __post_init__(self) -> None:
        """Raise ValueError for fewer than two terms or the same name twice."""
        if len(self.terms) < 2 or len({term.name for term in self.terms}) != len(self.terms):
            raise ValueError(f"{self.name}: a vocabulary needs two or more different terms")

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, name: str) -> Term:
        for term in self.terms:
            if term.name == name:
                return term
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names in order."""
        return tuple(term.name for term in self.terms)

    def only(self, names: Iterable[str]) -> Vocabulary:
        """The terms of these names, in this order; NONE is a term without a place of its own.

        Raises KeyError for any other name, ValueError for fewer than two.
        """
        none = Term(name=NONE, family=NONE, valence=0.0, arousal=0.0)
        return Vocabulary(self.name, tuple(none if name == NONE else self[name] for name in names))

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Vocabulary:
        """Build from the parsed TOML of ``assets/vocabulary``. Raises ValueError or KeyError."""
        terms = tuple(
            Term(
                name=name, family=row["family"], valence=float(row["valence"]), arousal=float(row["arousal"])
            )
            for name, row in data["terms"].items()
        )
        return cls(data["name"], terms)
