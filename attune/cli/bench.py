"""``attune bench``: speed and memory as ratios to bare programs that do the same, all in one run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import typer

from attune.cli.bench_clips import clips
from attune.cli.bench_history import keeping, page, reading
from attune.cli.bench_library import library
from attune.cli.bench_measuring import analysis, features, flat, many
from attune.cli.bench_people import people
from attune.cli.bench_runner import Figure, Runner
from attune.cli.bench_scoring import choice, profile, threshold
from attune.cli.bench_window import couple, moments, partner, play, start
from attune.cli.terminal import FINE
from attune.resources import Words


class Part(StrEnum):
    """What can be measured by itself."""

    ANALYSIS = "analysis"
    FEATURES = "features"
    MANY = "many"
    FLAT = "flat"
    START = "start"
    PLAY = "play"
    MOMENTS = "moments"
    PROFILE = "profile"
    THRESHOLD = "threshold"
    CHOICE = "choice"
    KEEPING = "keeping"
    READING = "reading"
    PAGE = "page"
    PEOPLE = "people"
    PARTNER = "partner"
    CLIPS = "clips"
    LIBRARY = "library"
    COUPLE = "couple"


_PARTS: dict[Part, Callable[[Runner, Path | None], Iterator[Figure]]] = {
    Part.ANALYSIS: analysis,
    Part.FEATURES: features,
    Part.MANY: many,
    Part.FLAT: flat,
    Part.START: start,
    Part.PLAY: play,
    Part.MOMENTS: moments,
    Part.PROFILE: profile,
    Part.THRESHOLD: threshold,
    Part.CHOICE: choice,
    Part.KEEPING: keeping,
    Part.READING: reading,
    Part.PAGE: page,
    Part.PEOPLE: people,
    Part.PARTNER: partner,
    Part.CLIPS: clips,
    Part.LIBRARY: library,
    Part.COUPLE: couple,
}


def bench(parts: Sequence[Part], *, model: Path | None, words: Words) -> int:
    """Measure one thing after the other, or those named, and print each figure with its bound.

    Raises AppError app.bench_failed when a program that is measured does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        runner = Runner(Path(folder), words)
        for part in parts or Part:
            for figure in _PARTS[part](runner, model):
                typer.echo(_line(figure, words))
    return FINE


def _line(figure: Figure, words: Words) -> str:
    bound = words(f"commands.bench.{'at_least' if figure.at_least else 'at_most'}", bound=figure.bound)
    state = words(f"commands.bench.{'met' if figure.met else 'not_met'}")
    said = words(f"commands.bench.{figure.name}", value=figure.value, **figure.fields)
    return f"{state:<8} {said} ({bound})"
