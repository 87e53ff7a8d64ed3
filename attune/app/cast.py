"""Who can be drawn: the people Attune carries, each built when somebody first wants to see them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.people.figure import Figure
    from attune.people.head import Head
    from attune.people.person import Person

KEPT = 3  # people built, at most: a dozen would hold some hundred megabytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person who can be drawn: ``key`` is what the history keeps, ``name`` what is shown."""

    key: str
    name: str


class Cast:
    """The people, by key. From any thread."""

    def __init__(self, background: Executor) -> None:
        self._background = background
        self._lock = threading.Lock()
        self._people: dict[str, Person] = {}
        self._head: Head | None = None
        self._figures: OrderedDict[tuple[str, int], Figure] = OrderedDict()

    def everybody(self) -> Future[tuple[Somebody, ...]]:
        """All of them in the order of their names. Fails with PersonError where a file does not fit."""
        return self._background.submit(self._everybody)

    def figure(self, key: str, *, level: int) -> Figure:
        """Somebody built to be drawn, at a level of detail: 1 coarse, 2 fine. Takes a second or so.

        Raises PersonError, and KeyError for nobody.
        """
        from attune.people.figure import Figure  # noqa: PLC0415 - loads numpy
        from attune.people.head import load_head  # noqa: PLC0415 - as above

        with self._lock:  # who comes second would only build the same person again
            if (key, level) not in self._figures:
                self._head = self._head or load_head()  # it remembers what it worked out for the last person
                self._figures[key, level] = Figure(self._head, self._by_key()[key], level=level)
            self._figures.move_to_end((key, level))
            while len(self._figures) > KEPT:
                self._figures.popitem(last=False)
            return self._figures[key, level]

    def _everybody(self) -> tuple[Somebody, ...]:
        with self._lock:
            people = self._by_key()
        everybody = (Somebody(key=key, name=person.name) for key, person in people.items())
        return tuple(sorted(everybody, key=lambda one: one.name))

    def _by_key(self) -> dict[str, Person]:
        from attune.people.person import load_cast  # noqa: PLC0415 - loads numpy

        if not self._people:
            self._people = {person.name.lower(): person for person in load_cast()}
        return self._people
