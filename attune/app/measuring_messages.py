"""What a Measurer and its process say to each other; light, so that a window opens without loading more."""

from __future__ import annotations

from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attune.errors import AttuneError


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Load everything, so that the first measurement does not wait for it."""

    model: Path


@dataclass(frozen=True, slots=True)
class Measure:
    """Measure a file; with ``content_hash``, keep the track in ``cache`` too."""

    model: Path
    path: Path
    cache: Path
    content_hash: str | None


@dataclass(frozen=True, slots=True)
class Stills:
    """Decode the frames shown at these times."""

    path: Path
    times_ns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CopiedFrom:
    """The latest time up to this one at which a film can be cut without encoding it anew."""

    path: Path
    time_ns: int


@dataclass(frozen=True, slots=True)
class Trim:
    """Write a part of a film into another file."""

    path: Path
    into: Path
    start_ns: int
    end_ns: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Open a file and look for a face in its first seconds; without a model, only open it."""

    path: Path
    model: Path | None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the request with this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Advanced:
    """Answer on the way: frames done, and in all where that is known."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Finished:
    """Last answer: what was asked for."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """Last answer: a known error, a cancel, or the report of a bug."""

    error: AttuneError | CancelledError | str


Request = WarmUp | Measure | Stills | Look | CopiedFrom | Trim
