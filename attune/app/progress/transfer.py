"""Whether what was learned carries over to new people, new sets and new channels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.app.progress.columns import WEEK_S, Columns
from attune.app.progress.skill import Rate, rate
from attune.scoring.several import holm
from attune.scoring.stretches import FIRST_MONDAY_S
from attune.scoring.transfer import Transfer, carried_over
from attune.scoring.unscorable import Unscorable

KINDS = ("people", "sets", "channels")
ENOUGH = 20  # answers about new things, and about trained ones


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One person, set or channel: the share agreed when it was new and once it was trained, None without."""

    name: str
    new: Rate | None
    trained: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One kind: ``transfer`` compares within the same weeks; ``each``: the one answered most first.

    ``enough``: whether it is of so many answers that it is told; ``differs``: whether it is then more than
    chance, even as one of several kinds.
    """

    kind: str
    transfer: Transfer | Unscorable
    each: tuple[One, ...]
    differs: bool = False

    @property
    def enough(self) -> bool:
        """Whether there are answers enough of new and of trained things."""
        found = self.transfer
        return not isinstance(found, Unscorable) and min(found.new, found.trained) >= ENOUGH


def transfer_of(columns: Columns, shift_s: float) -> tuple[Carried, ...]:
    """Compare what is met in the session it was first met in, new, with what was met before, trained.

    ``columns``: one reference, all channels.
    """
    sets = tuple(dict.fromkeys(columns.clip_set))
    of_session = np.array([sets.index(name) for name in columns.clip_set], np.int64)
    codes: tuple[tuple[str, NDArray[Any], tuple[str, ...]], ...] = (
        ("people", columns.person, columns.people),
        ("sets", columns.of_sessions(of_session) if len(columns) else columns.session, sets),
        ("channels", columns.channel, columns.channels),
    )
    kinds = [_carried(columns, shift_s, *each) for each in codes]
    told = [
        (each.kind, each.transfer.p) for each in kinds if isinstance(each.transfer, Transfer) and each.enough
    ]
    differ = holm([p for _kind, p in told])  # three questions, asked on purpose
    apart = {kind for (kind, _p), differs in zip(told, differ, strict=True) if differs}
    return tuple(replace(each, differs=each.kind in apart) for each in kinds)


def _carried(
    columns: Columns, shift_s: float, kind: str, code: NDArray[Any], names: tuple[str, ...]
) -> Carried:
    n = len(columns)
    if not n:
        return Carried(kind=kind, transfer=Unscorable.NO_ANSWERS, each=())
    met, first = np.unique(code, return_index=True)
    first_session = np.full(len(names), -1, np.int64)
    first_session[met] = columns.session[first]
    new = columns.session == first_session[code]
    same = columns.same
    week = np.floor((columns.when_s + shift_s - FIRST_MONDAY_S) / WEEK_S).astype(np.int64)
    week -= week.min()

    def by_week(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(week[which], minlength=int(week.max()) + 1)

    counts = np.bincount((code.astype(np.int64) * 4 + new * 2 + same), minlength=4 * len(names))
    return Carried(
        kind=kind,
        transfer=carried_over(by_week(new & same), by_week(new), by_week(~new & same), by_week(~new)),
        each=tuple(
            One(name=names[place], new=_rate(row[2:]), trained=_rate(row[:2]))
            for place, row in sorted(
                enumerate(counts.reshape(-1, 4).tolist()), key=lambda each: -sum(each[1])
            )
            if sum(row)
        ),
    )


def _rate(counts: list[int]) -> Rate | None:
    differed, agreed = counts
    return rate(agreed, differed + agreed) if differed + agreed else None
