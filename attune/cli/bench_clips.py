"""What ``attune bench`` measures of bringing clips in and of opening a large set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

from attune.cli.bench_runner import Figure, Runner

CLIPS = 7_442  # as many as CREMA-D has
LOADED = 10_000


def clips(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """A corpus imported without analysis, beside a plain copy that hashes; a large set loaded."""
    place = runner.folder / "clips"
    found = runner.bare("import_clips.py", str(place), str(CLIPS), str(LOADED))
    fields = {"clips": CLIPS, **found, "ratio": found["seconds"] / found["bare_seconds"]}
    yield Figure(name="import", value=found["seconds"], bound=60, fields=fields)
    yield Figure(name="import_memory", value=found["peak_mb"], bound=300, fields=fields)
    yield Figure(name="load", value=found["load_ms"], bound=300, fields={"clips": LOADED})
    rmtree(place, ignore_errors=True)
