"""Who can be drawn: the people Attune carries, each built when somebody first wants to see them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.faces import Faces
    from attune.app.replayed import Replay
    from attune.people.figure import Figure
    from attune.people.head import Head
    from attune.people.person import Person

KEPT = 4  # people built, at most: as many as a session has


class Cast:
    """The people, by name. From any thread."""

    def __init__(self, background: Executor) -> None:
        self._background = background
        self._lock = threading.Lock()
        self._people: dict[str, Person] = {}
        self._head: Head | None = None
        self._figures: OrderedDict[tuple[str, int], Figure] = OrderedDict()

    def everybody(self) -> Future[tuple[str, ...]]:
        """All names in their order. Fails with PersonError where a file does not fit."""
        return self._background.submit(self._everybody)

    def faces(self) -> Future[Faces]:
        """What they can be asked to show. Fails with ExpressionError where its file does not fit."""
        return self._background.submit(_load_faces)

    def replay(self, shown: Mapping[str, Any], *, beside: str | None = None) -> Future[Replay | None]:
        """What an answer's record says was drawn for it; None where that is nothing, or nobody known.

        ``beside``: another expression, for a still as strong. Fails with PersonError or ExpressionError where
        a file does not fit.
        """
        return self._background.submit(self._replay, shown, beside)

    def figure(self, name: str, *, level: int) -> Figure:
        """Somebody built to be drawn, at a level of detail: 1 coarse, 2 fine. Takes a second or so.

        Raises PersonError, and KeyError for nobody.
        """
        from attune.people.figure import Figure  # noqa: PLC0415 - loads numpy
        from attune.people.head import load_head  # noqa: PLC0415 - as above

        with self._lock:  # who comes second would only build the same person again
            if (name, level) not in self._figures:
                self._head = self._head or load_head()  # it remembers what it worked out for the last person
                self._figures[name, level] = Figure(self._head, self._by_name()[name], level=level)
            self._figures.move_to_end((name, level))
            while len(self._figures) > KEPT:
                self._figures.popitem(last=False)
            return self._figures[name, level]

    def _replay(self, shown: Mapping[str, Any], beside: str | None) -> Replay | None:
        import attune.app.studio  # noqa: F401, PLC0415 - as in _load_faces
        from attune.app.replayed import replay_of  # noqa: PLC0415 - loads numpy

        found = replay_of(shown, beside=beside)
        return found if found is not None and found.drawn.person in self._everybody() else None

    def _everybody(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(sorted(self._by_name()))

    def _by_name(self) -> dict[str, Person]:
        from attune.people.person import load_cast  # noqa: PLC0415 - loads numpy

        if not self._people:
            self._people = {person.name: person for person in load_cast()}
        return self._people


def _load_faces() -> Faces:
    import attune.app.studio  # noqa: F401, PLC0415 - draws the faces: the window would load it next, and wait
    from attune.app.faces import Faces  # noqa: PLC0415 - loads numpy, here on a thread where nobody waits

    faces = Faces()
    _ = faces.ready  # read now, rather than when somebody looks
    return faces
