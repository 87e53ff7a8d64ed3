"""What one may speak about: prompts in five depths, and what is asked before it goes deeper."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from random import Random

from attune.resources import asset

LONGEST = 200  # characters of a prompt of one's own


class Depth(IntEnum):
    """How near a prompt goes. The names are the tables of prompts.toml."""

    LIGHTNESS = 1
    EVERYDAY = 2
    ROOTS = 3
    CLOSENESS = 4
    VULNERABILITY = 5

    @property
    def key(self) -> str:
        """Its name in words and files."""
        return self.name.lower()


class Wish(StrEnum):
    """What one of the two answers when asked about going deeper."""

    DEEPER = "deeper"
    STAY = "stay"
    LIGHTER = "lighter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt; ``key`` names it for good, "own:ID" where a person of the two wrote it."""

    key: str
    depth: Depth
    text: str


@cache
def prompts(language: str = "en") -> tuple[Prompt, ...]:
    """The prompts Attune carries, from light to vulnerable. Reads a small file, once."""
    tables = tomllib.loads(asset("partner", language, "prompts.toml").read_text(encoding="utf-8"))
    return tuple(
        Prompt(key=key, depth=depth, text=text) for depth in Depth for key, text in tables[depth.key].items()
    )


def next_depth(now: Depth, wishes: Sequence[Wish]) -> Depth:
    """Where two go on: deeper only if both wish it, lighter as soon as one does.

    Raises ValueError unless both were asked.
    """
    if len(wishes) != 2:
        raise ValueError(f"wishes: {len(wishes)} answers, two are wanted")
    if Wish.LIGHTER in wishes:
        return Depth(max(now - 1, Depth.LIGHTNESS))
    if all(wish is Wish.DEEPER for wish in wishes):
        return Depth(min(now + 1, Depth.VULNERABILITY))
    return now


class Deck:
    """Draws prompts of a depth: none twice while there is another, told ones last.

    ``told``: keys of prompts that were spoken about before. Not for several threads.
    """

    def __init__(self, all_of_them: Iterable[Prompt], *, told: Collection[str], random: Random) -> None:
        self._prompts = list(all_of_them)
        self._told = set(told)
        self._random = random
        self._seen: list[str] = []

    def add(self, prompt: Prompt) -> None:
        """Take one more: the next to be drawn at its depth."""
        self._prompts.insert(0, prompt)

    def draw(self, depth: Depth) -> Prompt:
        """One of this depth that was not shown yet; when all were, the one shown longest ago."""
        here = [prompt for prompt in self._prompts if prompt.depth is depth]
        fresh = [prompt for prompt in here if prompt.key not in self._seen]
        unspoken = [prompt for prompt in fresh if prompt.key not in self._told]
        chosen = (
            self._random.choice(unspoken or fresh)
            if fresh
            else min(here, key=lambda prompt: self._seen.index(prompt.key))
        )
        self.shown(chosen)
        return chosen

    def shown(self, prompt: Prompt) -> None:
        """Note that it was shown now."""
        if prompt.key in self._seen:
            self._seen.remove(prompt.key)
        self._seen.append(prompt.key)
