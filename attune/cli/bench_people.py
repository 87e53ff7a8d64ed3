"""What ``attune bench`` measures of drawing people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attune.cli.bench_runner import Figure, Runner

SIDE = 512
FRAMES = 10  # of each person


def people(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """A frame on one core without a graphics card beside the bare head, and what is done before the first."""
    found = runner.bare("draw_person.py", str(SIDE), str(FRAMES))
    yield Figure(
        name="people_frame",
        value=found["ratio"],
        bound=12,
        fields={"side": SIDE, **{name: found[name] for name in ("frame_ms", "pose_ms", "bare_ms")}},
    )
    yield Figure(name="people_build", value=found["build_ms"] / 1000, bound=1.5, fields={})
    yield Figure(name="people_data", value=found["data_ms"], bound=300, fields={})
