"""What ``attune bench`` measures of a round's camera: faces drawn soon, everything recorded, memory kept."""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from attune.app.recording import Recording
from attune.app.services import make_services
from attune.app.settings import Settings
from attune.ui.bench_loop import until
from attune.ui.bridge import Bridge
from attune.ui.shell import themed

if TYPE_CHECKING:
    from attune.ui.partner.stage import Stage
    from attune.ui.video.camera import Shot

SIZE = (1100, 760)  # as the window opens
SETTLED = 60  # faces before counting begins, and as many pictures until their memory is there
LAST_NS = 500_000_000  # what belongs to the last half second may still be on its way
MOMENT_NS = 5_000_000_000  # each is read, as in a round
LOOK_NS = 1_000_000_000  # between two looks at the memory


class _Counts:
    """What came and what was painted, by a picture's time."""

    def __init__(self, stage: Stage) -> None:
        # Arrays: what counts must not be what grows.
        self.came, self.painted, self.late_ns = array("q"), array("q"), array("q")
        self.memory_mb = array("d")
        stage.watch.take(self._take)
        stage.view.faces_painted.connect(self._painted)

    def _take(self, shot: Shot) -> None:
        self.came.append(shot.time_ns)

    def _painted(self, time_ns: int, clock_ns: int) -> None:
        self.painted.append(time_ns)
        self.late_ns.append(clock_ns - time_ns)


def couple(app: QApplication, clip: Path, seconds: float, model: Path) -> dict[str, object]:
    """Let a clip be the camera of a round that records, and reads a moment every five seconds.

    ``latency_ms``: 95th percentile from a picture that the camera gave to its faces painted; ``shown``: the
    pictures that had it, in per cent; ``unrecorded``: those the film has not; ``growth_mb``: memory at the
    end over that after the first minute, or a third where it lasts less.
    """
    with TemporaryDirectory() as folder, _stage(app, clip, model) as stage:
        counts = _Counts(stage)
        until(lambda: len(counts.late_ns) >= SETTLED)
        stage.choose(min(face.number for face in stage.view.faces))
        recording = Recording(Path(folder))
        stage.record(recording)
        begun_ns = time.monotonic_ns()
        end_ns = begun_ns + round(seconds * 1e9)
        _go_on(stage, counts, end_ns)
        stage.record(None)
        recorded = recording.stop().result()
        _wait(end_ns + LAST_NS)
        counted = [time_ns for time_ns in counts.came if begun_ns <= time_ns < end_ns]
    painted = zip(counts.painted, counts.late_ns, strict=True)
    late_ms = sorted(late_ns / 1e6 for time_ns, late_ns in painted if begun_ns <= time_ns < end_ns)
    memory = counts.memory_mb
    early = memory[min(60, len(memory) // 3) :][:10]
    return {
        "latency_ms": late_ms[math.ceil(0.95 * len(late_ms)) - 1],
        "median_ms": median(late_ms),
        "worst_ms": late_ms[-1],
        "shown": 100 * len(late_ms) / len(counted),
        "recorded": recorded.pictures,
        "unrecorded": max(0, len(counted) - recorded.pictures, recorded.dropped),
        "growth_mb": median(memory[-10:]) - median(early),
        "mb": memory[-1],
    }


def _go_on(stage: Stage, counts: _Counts, end_ns: int) -> None:
    """Read moment after moment, and look at the memory, until then."""
    assert stage.seeing is not None
    moment_ns = 0
    while (now_ns := time.monotonic_ns()) < end_ns:
        if now_ns >= moment_ns:
            if moment_ns:
                stage.seeing.end(None)
            stage.seeing.begin(stage.chosen)
            moment_ns = now_ns + MOMENT_NS
        counts.memory_mb.append(_resident_mb())
        _wait(now_ns + LOOK_NS)
    stage.seeing.cancel()


def _wait(until_ns: int) -> None:
    until(lambda: time.monotonic_ns() >= until_ns)


@contextmanager
def _stage(app: QApplication, clip: Path, model: Path) -> Iterator[Stage]:
    from attune.ui.partner.page import PartnerPage  # noqa: PLC0415 - the other parts do without
    from attune.ui.partner.stage import Stage  # noqa: PLC0415 - as above

    services, bridge = make_services(model, camera=f"file:{clip}"), Bridge()
    page = PartnerPage(services, bridge, themed(app, Settings()))
    stage = Stage(page.parts, readable=lambda: True)
    stage.resize(*SIZE)
    stage.show()
    stage.begin()
    try:
        yield stage
    finally:
        stage.end()
        bridge.close()
        services.close()


def _resident_mb() -> float:
    """Memory of this process, NaN where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return math.nan
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), math.nan)
