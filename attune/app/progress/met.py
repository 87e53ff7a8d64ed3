"""Which emotions and channels each session had, so that sessions can be found by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from attune.app.progress.columns import Codes, Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Ids of sessions by the emotion that was shown or said in them, and by the channel of their answers."""

    emotions: Mapping[str, frozenset[int]]
    channels: Mapping[str, frozenset[int]]


def met_of(columns: Columns) -> Met:
    """Find them, in the order of the names."""
    size = len(columns.names)
    session = columns.session.astype(np.int64) * size
    emotion = np.unique(np.concatenate([session + columns.reference, session + columns.chosen]))
    many = max(1, len(columns.channels))
    channel = np.unique(columns.session.astype(np.int64) * many + columns.channel)
    return Met(
        emotions=_named(columns, *np.divmod(emotion, size), columns.names),
        channels=_named(columns, *np.divmod(channel, many), columns.channels),
    )


def _named(
    columns: Columns, session: Codes, code: Codes, names: tuple[str, ...]
) -> dict[str, frozenset[int]]:
    return {
        names[place]: frozenset(columns.session_id[row] for row in session[code == place].tolist())
        for place in np.unique(code).tolist()
    }
