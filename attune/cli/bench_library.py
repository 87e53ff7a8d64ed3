"""What ``attune bench`` measures of the Library with many clips in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

from attune.app.library_speed import fill_library
from attune.cli.bench_runner import Figure, Runner

CLIPS = 10_000


def library(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """The Library opened in the window, searched and scrolled, beside reading the set's table alone."""
    home = runner.folder / "library"
    folder = fill_library(home, CLIPS)
    found = runner.window("library", str(home), str(folder / "clips.csv"))
    fields = {**found, "share": found["first_ms"] / found["plain_ms"]}
    yield Figure(name="library_open", value=found["first_ms"], bound=300, fields=fields)
    yield Figure(name="library_again", value=found["again_ms"], bound=300, fields=fields)
    yield Figure(name="library_search", value=found["search_ms"], bound=50, fields=fields)
    yield Figure(name="library_scroll", value=found["stall_ms"], bound=16, fields=fields)
    yield Figure(name="library_memory", value=found["added_mb"], bound=200, fields=fields)
    rmtree(home)
