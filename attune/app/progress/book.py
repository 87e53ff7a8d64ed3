"""The way to all figures: columns read once on the history's thread, figures made beside it, both kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from attune.app.futures import after
from attune.app.history import History
from attune.storage.store import Store

if TYPE_CHECKING:  # these load numpy, which a window that opens does not wait for
    from attune.app.progress.columns import Columns, Lens
    from attune.app.progress.confusions import Confusions
    from attune.app.progress.followed import Axis
    from attune.app.progress.met import Met
    from attune.app.progress.overview import Standing
    from attune.app.progress.pace import Pace
    from attune.app.progress.report import Asks, Report
    from attune.app.progress.skill import Skill
    from attune.app.progress.sureness import Sureness
    from attune.app.progress.thresholds import Curve
    from attune.app.progress.transfer import Carried

R = TypeVar("R")
Key = tuple[object, ...]
MOST_KEPT = 32  # figures of one state of the history


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything answered, in one state of the history, and by what clock it is told in days."""

    stamp: Key
    columns: Columns
    shift_s: float
    now_s: float


def _now() -> datetime:
    return datetime.now().astimezone()


class Progress:
    """Gives every figure as a future; asking again costs nothing until the history changes.

    Futures fail with StorageError where the history cannot be read. Use from the UI thread, or any one.
    """

    def __init__(
        self,
        history: History,
        names: Sequence[str],
        background: Executor,
        now: Callable[[], datetime] = _now,
    ) -> None:
        """``names``: the vocabulary's, in its order; ``now``: the time, aware, where the person is."""
        self._history = history
        self._names = tuple(names)
        self._background = background
        self._now = now
        self._read: tuple[Key, Columns] | None = None  # only the history's thread touches it
        self._made: dict[Key, object] = {}  # only the background's

    def lenses(self) -> Future[tuple[Lens, ...]]:
        """Every reference and channel there are answers of, the one answered most first."""
        from attune.app.progress.columns import lenses  # noqa: PLC0415 - loads numpy

        return self._figure(("lenses",), lambda seen: lenses(seen.columns))

    def standing(self, lens: Lens | None) -> Future[Standing]:
        """The overview; a lens of None lets nothing through."""
        from attune.app.progress.overview import standing_of  # noqa: PLC0415 - as above
        from attune.app.protocols.past import Past, finished_checkups  # noqa: PLC0415 - needed here only

        now = self._now().astimezone(UTC)
        past = self._history.ask(
            lambda store: Past(now=now, cards=store.past.cards(), checkups=finished_checkups(store))
        )
        # Cards fall due while nothing is answered: this one is made anew each time.
        return after(
            past,
            lambda known: self._figure(
                (), lambda seen: standing_of(seen.columns, _through(seen, lens), known, seen.shift_s)
            ),
        )

    def skill(self, lens: Lens | None, emotion: str | None) -> Future[Skill]:
        """Skill over time, of one emotion or of all."""
        from attune.app.progress.skill import skill_of  # noqa: PLC0415 - as above

        return self._figure(
            ("skill", lens, emotion), lambda seen: skill_of(_through(seen, lens), seen.shift_s, emotion)
        )

    def confusions(self, lens: Lens | None) -> Future[Confusions]:
        """Which emotion was said for which."""
        from attune.app.progress.confusions import confusions_of  # noqa: PLC0415 - as above

        return self._figure(("confusions", lens), lambda seen: confusions_of(_through(seen, lens)))

    def sureness(self, lens: Lens | None) -> Future[Sureness]:
        """How sure against how often in agreement."""
        from attune.app.progress.sureness import sureness_of  # noqa: PLC0415 - as above

        return self._figure(("sureness", lens), lambda seen: sureness_of(_through(seen, lens)))

    def pace(self, lens: Lens | None) -> Future[Pace]:
        """How long answers take."""
        from attune.app.progress.pace import pace_of  # noqa: PLC0415 - as above

        return self._figure(("pace", lens), lambda seen: pace_of(_through(seen, lens), seen.shift_s))

    def transfer(self, lens: Lens | None) -> Future[tuple[Carried, ...]]:
        """What carries over to new people, sets and channels; the lens's channel is not looked at."""
        from attune.app.progress.transfer import transfer_of  # noqa: PLC0415 - as above

        of_all = _all_channels(lens)
        return self._figure(
            ("transfer", of_all), lambda seen: transfer_of(_through(seen, of_all), seen.shift_s)
        )

    def met(self) -> Future[Met]:
        """Which emotions and channels each session had."""
        from attune.app.progress.met import met_of  # noqa: PLC0415 - as above

        return self._figure(("met",), lambda seen: met_of(seen.columns))

    def report(self, lens: Lens | None) -> Future[Report]:
        """All of it on a few pages."""
        from attune.app.progress.report import read_for_report, report_of  # noqa: PLC0415 - as above

        def make(asks: Asks, seen: Seen) -> Report:
            return report_of(
                asks,
                seen.columns,
                _through(seen, lens),
                _through(seen, _all_channels(lens)),
                lens=lens,
                shift_s=seen.shift_s,
                now_s=seen.now_s,
            )

        return after(
            self._history.ask(read_for_report),
            lambda asks: self._figure((), lambda seen: make(asks, seen)),
        )

    def thresholds(self) -> Future[tuple[Curve, ...]]:
        """The latest threshold of each emotion, with its curve."""
        from attune.app.progress.thresholds import asked, curves_of  # noqa: PLC0415 - as above

        found = self._history.ask(asked)
        return after(found, lambda sessions: self._background.submit(curves_of, sessions))

    def followed(self) -> Future[tuple[Axis, ...]]:
        """How well clips were followed."""
        from attune.app.progress.followed import MOST_TRACES, followed_of  # noqa: PLC0415 - as above

        found = self._history.ask(lambda store: store.traces.ended(most=MOST_TRACES, samples=False))
        return after(found, lambda traces: self._background.submit(followed_of, traces))

    def _figure(self, key: Key, make: Callable[[Seen], R]) -> Future[R]:
        """``make`` in the background, of everything as it is now; kept under ``key`` unless that is empty."""
        now = self._now()
        offset = now.utcoffset()
        assert offset is not None
        seen = self._history.ask(
            lambda store: Seen(*self._columns(store), offset.total_seconds(), now.timestamp())
        )
        return after(seen, lambda found: self._background.submit(self._make, key, make, found))

    def _columns(self, store: Store) -> tuple[Key, Columns]:
        from attune.app.progress.columns import read_columns  # noqa: PLC0415 - as above

        with store.snapshot():  # another window may write meanwhile
            stamp = store.stamp()
            if self._read is None or self._read[0] != stamp:
                self._read = None  # before the next are read: two of them would be twice the memory
                self._read = stamp, read_columns(store, self._names)
            return self._read

    def _make(self, key: Key, make: Callable[[Seen], R], seen: Seen) -> R:
        if not key:
            return make(seen)
        full = (seen.stamp, int(seen.now_s // 86_400), *key)
        if full not in self._made:
            if len(self._made) >= MOST_KEPT or any(kept[0] != seen.stamp for kept in self._made):
                self._made.clear()
            self._made[full] = make(seen)
        return self._made[full]  # type: ignore[return-value] # what this key was made as


def _all_channels(lens: Lens | None) -> Lens | None:
    return lens and type(lens)(against=lens.against, channel="", weeks=lens.weeks)


def _through(seen: Seen, lens: Lens | None) -> Columns:
    import numpy as np  # noqa: PLC0415 - as above

    if lens is None:
        return seen.columns.where(np.zeros(len(seen.columns), bool))
    return seen.columns.seen_through(lens, seen.now_s)
