"""What of this computer's processor there is for whom."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

MOST = 4  # more than this and the disk, the decoder and the parent begin to wait for one another
EACH_MB = 300  # what one measuring process holds while it decodes a large film
LATER = 10  # how much nicer a thread is that nobody waits for


def cores() -> int:
    """Processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux; elsewhere a process has all of them
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def measuring_processes(*, left_free: int = 0) -> int:
    """How many to run, at least one: as many as there are cores but ``left_free``, and memory for them."""
    free_mb = _free_mb()
    room = MOST if free_mb is None else int(free_mb // EACH_MB)
    return max(1, min(MOST, cores() - left_free, room))


def give_way() -> None:
    """Let others go before this thread, where the system can tell threads apart."""
    if sys.platform == "linux":
        with suppress(OSError):  # a sandbox may not let it
            os.nice(LATER)  # than it is: who was started nice stays nicer


def _free_mb() -> float | None:
    """Memory that programs could still have, in MB; None where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return None
