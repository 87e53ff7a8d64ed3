"""The cards of "Show and tell", the drawing of them, and the code words that stand for them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from attune.resources import asset


class Way(StrEnum):
    """What a card asks for."""

    SHOW = "show"  # put a face to a small scene
    RECALL = "recall"  # let something of one's own come back
    FREE = "free"  # whatever one likes


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: ``name`` "show.fear.stairs"; ``emotion`` None where it is left open; ``text`` what it says.

    The card of a code word is called "show.fear", and has no text of its own.
    """

    name: str
    way: Way
    emotion: str | None
    text: str = ""

    @property
    def kind(self) -> str:
        """Its way and emotion, "show.fear": what a code word can stand for."""
        return _kind(self.name)


def load_cards(language: str = "en") -> tuple[Card, ...]:
    """All cards Attune carries."""
    return tuple(
        _card(f"{way}.{about}.{name}", text)
        for way in Way
        for about, named in _read(language)[way].items()
        for name, text in named.items()
    )


def code_sheet(key: str, language: str = "en") -> dict[str, Card]:
    """What each code word stands for, in the order of the alphabet; another sheet for every ``key``.

    The same key always gives the same sheet, so that a list on paper stays good. There is one word for each
    way and emotion that :func:`load_cards` has cards for.
    """
    kinds = dict.fromkeys(card.kind for card in load_cards(language))
    words = Random(key).sample(_read(language)["code"]["words"], len(kinds))  # noqa: S311 - a game, no secret
    return dict(sorted(zip(words, (_card(kind) for kind in kinds), strict=True)))


FREELY = "free.any.own"  # the card of who needs none


class Deck:
    """Gives what was given least so far: first the emotion, then the way, then the card; of equals any.

    ``given``: names of the cards of earlier turns; those of a kind there is no more of count for nothing.
    """

    def __init__(self, cards: Iterable[Card], chance: Random, given: Iterable[str] = ()) -> None:
        self._cards = tuple(cards)
        self._chance = chance
        kinds = {card.kind for card in self._cards}
        self._given = [_card(name) for name in given if _kind(name) in kinds]

    def draw(self) -> Card:
        """One card, which counts as given from now on."""
        drawn = min(self._cards, key=self._rank)
        self._given.append(drawn)
        return drawn

    def take(self, name: str) -> Card:
        """The card of this name, which counts as given. Raises StopIteration where there is none."""
        taken = next(card for card in self._cards if card.name == name)
        self._given.append(taken)
        return taken

    def _rank(self, card: Card) -> tuple[float, ...]:
        same = [each for each in self._given if each.emotion == card.emotion]
        alike = [each for each in same if each.way is card.way]
        own = [each for each in alike if each.name == card.name]
        return len(same), len(alike), len(own), self._chance.random()


def _kind(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _card(name: str, text: str = "") -> Card:
    """Raises ValueError for a name without a way."""
    way, about = name.split(".")[:2]
    return Card(name=name, way=Way(way), emotion=None if way == Way.FREE else about, text=text)


def _read(language: str) -> Mapping[str, Any]:
    return tomllib.loads(asset("partner", language, "cards.toml").read_text(encoding="utf-8"))
