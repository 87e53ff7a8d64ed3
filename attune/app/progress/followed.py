"""How well somebody moved along with others: tracking, level and scale, clip by clip and pooled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from attune.scoring.continuous import Following, Pooled, pool
from attune.scoring.unscorable import Unscorable
from attune.storage.records import TraceRecord

MOST_TRACES = 400
AXES = ("valence", "arousal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """One clip or reel followed on one axis; ``result``: how, or why there is nothing to say."""

    when: datetime
    clip: str
    person: str
    axis: str
    against: str
    result: Following | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """All reels on one axis, oldest first, and all together; ``level``, ``scale``: weighted means."""

    axis: str
    reels: tuple[Reel, ...]
    pooled: Pooled | Unscorable
    level: float | None
    scale: float | None


def followed_of(traces: Sequence[TraceRecord]) -> tuple[Axis, ...]:
    """Of ended traces, in any order; axes never compared are left out."""
    reels = [
        _reel(trace, axis, trace.result[axis])
        for trace in sorted(traces, key=lambda trace: trace.started_at)
        if trace.result is not None
        for axis in AXES
        if axis in trace.result
    ]
    return tuple(
        _axis(axis, tuple(reel for reel in reels if reel.axis == axis))
        for axis in AXES
        if any(reel.axis == axis for reel in reels)
    )


def _axis(axis: str, reels: tuple[Reel, ...]) -> Axis:
    scored = [reel.result for reel in reels if isinstance(reel.result, Following) and reel.result.weight > 0]
    weight = sum(each.weight for each in scored)
    return Axis(
        axis=axis,
        reels=reels,
        pooled=pool([reel.result for reel in reels]),
        level=sum(each.level * each.weight for each in scored) / weight if weight else None,
        scale=sum(each.scale * each.weight for each in scored) / weight if weight else None,
    )


def _reel(trace: TraceRecord, axis: str, result: Mapping[str, Any]) -> Reel:
    return Reel(
        when=datetime.fromisoformat(trace.started_at),
        clip=trace.clip_name,
        person=trace.person,
        axis=axis,
        against=str((trace.reference or {}).get("source", "")),
        result=_following(result),
    )


def _following(result: Mapping[str, Any]) -> Following | Unscorable:
    if "unscorable" in result:
        return Unscorable(result["unscorable"])
    plain = {field.name: result[field.name] for field in fields(Following)}
    if isinstance(plain["r_unlagged"], str):
        plain["r_unlagged"] = Unscorable(plain["r_unlagged"])
    return Following(**plain)
