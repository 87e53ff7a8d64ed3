"""Draw the starter set: one command, resumable, the same bits again on the same machine.

Reads assets/people/starter.toml and draws what is missing or has changed, person by person, in several
processes. Writes ``NAME.webm`` (VP9) and ``NAME.json`` (what was drawn, frame by frame, and the key that says
whether it still holds). ``check_starter.py`` measures the clips, ``pack_starter.py`` makes a set of them.

    python packaging/render_starter.py --out CLIPS [--processes 2] [--only PATTERN]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from starter_plan import Plan, Settings, Take, load_plan, person_of

from attune.people.context import off_screen_context
from attune.people.figure import Figure
from attune.people.head import load_head
from attune.people.renderer import Renderer

Frames = Sequence[NDArray[np.uint8]]
QUALITIES = range(39, 64, 3)  # VP9's constant quality, best first; 39 keeps the whole set within 70 MB
CHUNK = 17  # takes of one person drawn in one go


@dataclass(frozen=True, slots=True)
class Drawn:
    """What became of a take."""

    name: str
    frames: int
    size: int
    seconds: float


class Studio:
    """Draws takes; knows who stands before the camera. One for each process."""

    def __init__(self, plan: Plan, out: Path) -> None:
        self._plan, self._out = plan, out
        self._head = load_head()
        size = (plan.settings.pixels, plan.settings.pixels)
        self._renderer = Renderer(off_screen_context(), size=size, samples=plan.settings.samples)
        self._seated = ""
        self._figure: Figure | None = None

    def draw(self, take: Take) -> Drawn:
        """Draw and encode a take, and write what was drawn."""
        begun = time.monotonic()
        figure = self._seat(take.person)
        performance = self._plan.perform(take)
        frames = []
        for frame in range(len(performance)):
            self._renderer.draw(figure.pose(performance.face(frame)))
            frames.append(self._renderer.pixels())
        target = self._out / f"{take.name}.webm"
        encode_within(frames, target, self._plan.settings)
        truth = {"key": self._plan.key(take), "person": take.person, **performance.truth()}
        # Renamed when it is whole: who is stopped in between begins this take again.
        partial = self._out / f"{take.name}.part.json"
        partial.write_text(json.dumps(truth, separators=(",", ":")), "utf-8")
        partial.replace(self._out / f"{take.name}.json")
        return Drawn(take.name, len(frames), target.stat().st_size, time.monotonic() - begun)

    def _seat(self, person: str) -> Figure:
        if self._seated != person or self._figure is None:
            self._figure = Figure(self._head, person_of(person), level=self._plan.settings.level)
            self._renderer.load(self._figure)
            self._seated = person
        return self._figure


def encode_within(frames: Frames, target: Path, settings: Settings) -> None:
    """Encode at the best quality that stays within the most bytes a clip may have."""
    partial = target.with_suffix(".part.webm")
    for quality in QUALITIES:
        encode(frames, partial, quality, settings)
        if partial.stat().st_size <= settings.most_bytes:
            partial.replace(target)
            return
    raise SystemExit(f"{target.name} stays over {settings.most_bytes} bytes")


def encode(frames: Frames, target: Path, quality: int, settings: Settings) -> None:
    """Write RGB frames as VP9 in WebM; one thread and no dates, so that the bits are the same each time."""
    height, width, _ = frames[0].shape
    command = [
        *("ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"),
        *("-s", f"{width}x{height}", "-r", str(settings.fps), "-i", "-"),
        *("-c:v", "libvpx-vp9", "-crf", str(quality), "-b:v", "0", "-deadline", "good", "-cpu-used", "3"),
        *("-threads", "1", "-row-mt", "0", "-g", str(settings.keyframe_every), "-pix_fmt", "yuv420p"),
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", str(target)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in frames:
            encoder.stdin.write(np.ascontiguousarray(frame).tobytes())
    if encoder.returncode:
        raise SystemExit(f"ffmpeg failed on {target.name}")


_STUDIO: list[Studio] = []  # of this process


def _open_studio(plan: Plan, out: Path) -> None:
    _STUDIO.append(Studio(plan, out))


def _draw(takes: Sequence[Take]) -> list[Drawn]:
    return [_STUDIO[0].draw(take) for take in takes]


def missing(plan: Plan, out: Path, takes: Iterable[Take]) -> list[Take]:
    """Takes that were not drawn yet, or would now be drawn otherwise."""
    return [take for take in takes if not _holds(plan, out, take)]


def _holds(plan: Plan, out: Path, take: Take) -> bool:
    media, truth = out / f"{take.name}.webm", out / f"{take.name}.json"
    if not (media.is_file() and truth.is_file()):
        return False
    return bool(json.loads(truth.read_text("utf-8")).get("key") == plan.key(take))


def chunks(takes: Sequence[Take]) -> list[list[Take]]:
    """Takes in groups of one person each, so that nobody is built more often than needed."""
    found: list[list[Take]] = []
    for take in takes:
        if found and len(found[-1]) < CHUNK and found[-1][0].person == take.person:
            found[-1].append(take)
        else:
            found.append([take])
    return found


def main() -> None:
    """Draw whatever is missing; run again to resume."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="*", help="names of takes, such as 'ana-*'")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    # Each process draws on one core: more would fight over the same ones, and sums in another order.
    os.environ.update(LP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    plan = load_plan()
    wanted = [take for take in plan.takes if fnmatch(take.name, options.only)]
    left = missing(plan, options.out, wanted)
    print(f"{len(wanted)} clips, {len(left)} of them to be drawn", flush=True)
    if not left:
        return
    begun, done = time.monotonic(), 0
    with ProcessPoolExecutor(
        options.processes,
        mp_context=get_context("spawn"),
        initializer=_open_studio,
        initargs=(plan, options.out),
    ) as pool:
        for finished in as_completed([pool.submit(_draw, chunk) for chunk in chunks(left)]):
            for drawn in finished.result():
                done += 1
                spent = time.monotonic() - begun
                minutes = spent / done * (len(left) - done) / 60
                print(
                    f"{done}/{len(left)} {drawn.name}: {drawn.frames} frames, {drawn.size / 1000:.0f} kB, "
                    f"{drawn.seconds:.0f} s; about {minutes:.0f} min left",
                    flush=True,
                )
    sys.stdout.write(f"drawn in {(time.monotonic() - begun) / 60:.1f} min\n")


if __name__ == "__main__":
    main()
