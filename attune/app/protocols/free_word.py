"""A word somebody typed, taken for the nearest of the names offered."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from attune.affect.vocabulary import Vocabulary
from attune.resources import Words

SAME, NEAR = 1.0, 0.7  # what a listed word is worth
TYPED = 0.7  # share of the letters that must be there
LONGEST = 40  # letters; nobody types more for one feeling


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """``name`` in the vocabulary, and how near the word comes to it, in (0, 1]; 1 = it says just that."""

    name: str
    grade: float


class FreeWords:
    """The words listed for each emotion of a vocabulary, in one language."""

    def __init__(self, words: Words, vocabulary: Vocabulary) -> None:
        self._listed = {name: tuple(_listed(words, name)) for name in vocabulary.names}

    def nearest(self, text: str, choices: Sequence[str]) -> tuple[Match, ...]:
        """The choices a word may mean, best first; of equals in their order. Empty where none is near.

        The grade is what the nearest listed word is worth times how alike the two are written.
        """
        typed = _plain(text)[:LONGEST]
        found = []
        for name in choices:
            grades = [
                worth * alike
                for word, worth in self._listed.get(name, ())
                if (alike := likeness(typed, word))
            ]
            if grades:
                found.append(Match(name=name, grade=max(grades)))
        return tuple(sorted(found, key=lambda match: -match.grade))


def likeness(one: str, other: str) -> float:
    """1 - edits / letters of the longer, in [0, 1]; 0 where too few letters agree to be a slip of typing."""
    longest = max(len(one), len(other))
    if not longest or abs(len(one) - len(other)) > longest * (1 - TYPED):
        return 0.0
    alike = 1 - edits(one, other) / longest
    return alike if alike >= TYPED else 0.0


def edits(one: str, other: str) -> int:
    """Fewest letters to put in, take out, replace or swap with the next, to make one word the other.

    Source: Damerau 1964, restricted to swapping neighbours once (optimal string alignment).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, another in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _listed(words: Words, name: str) -> Iterator[tuple[str, float]]:
    table = words.table("free_words").get(name, {})
    yield from ((_plain(word), SAME) for word in _known(words, name))
    yield from ((_plain(word), SAME) for word in table.get("same", ()))
    yield from ((_plain(word), NEAR) for word in table.get("near", ()))


def _known(words: Words, name: str) -> Iterable[str]:
    term = words.table("emotions").get(name, {})
    return (term[kind] for kind in ("title", "noun", "adjective") if kind in term)


def _plain(text: str) -> str:
    """Small letters without accents, one blank between words."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())
