"""Keeping a face at rest: some seconds without talking, after which moments are read against it."""

from __future__ import annotations

from dataclasses import dataclass

from attune.app.partner.hints import Hint
from attune.perception.neutral import Neutral

REST_S = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """How far a rest has come: ``share`` in [0, 1] of the time wanted, ``hint`` what would help it on.

    Time under a hint other than FINE does not count. ``neutral`` is there when ``share`` is 1.
    """

    share: float
    hint: Hint
    neutral: Neutral | None = None


__all__ = ["REST_S", "Neutral", "Resting"]
