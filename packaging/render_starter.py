"""Render the starter clips: people drawn from CC0 data, each showing eight states.

Runs against a folder prepared by the face prototype's ``setup.sh`` (its venv, meshes and modules);
nothing of that folder is imported by Attune itself. Writes, per clip, ``NAME.webm`` (VP9) and
``NAME.truth.json`` (what was rendered, frame by frame). ``pack_starter.py`` turns the folder into a clip set.

    PYTHONPATH=FOLDER FOLDER/venv/bin/python packaging/render_starter.py --prototype FOLDER --out CLIPS
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

FPS = 25
PIXELS = 512
SUBDIVISION = 2
STRANDS = 9000
MAX_BYTES = 240_000
EMOTIONS = ("neutral", "happiness", "sadness", "anger", "fear", "surprise", "disgust", "contempt")


def encode_vp9(frames: list[Any], target: Path, crf: int) -> None:
    """Write BGR frames (512, 512, 3) uint8 as VP9 in WebM, under a temporary name until complete."""
    partial = target.with_suffix(".part.webm")
    command = [
        *("ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24"),
        *("-s", f"{PIXELS}x{PIXELS}", "-r", str(FPS), "-i", "-"),
        *("-c:v", "libvpx-vp9", "-crf", str(crf), "-b:v", "0", "-row-mt", "1", "-cpu-used", "3", "-g", "13"),
        *("-pix_fmt", "yuv420p", str(partial)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in frames:
            encoder.stdin.write(frame.tobytes())
    if encoder.returncode:
        raise SystemExit(f"ffmpeg failed on {target.name}")
    partial.rename(target)


def encode_within(frames: list[Any], target: Path) -> None:
    """Encode at the best quality that stays under ``MAX_BYTES``."""
    for crf in range(32, 63, 3):
        encode_vp9(frames, target, crf)
        if target.stat().st_size < MAX_BYTES:
            return
    raise SystemExit(f"{target.name} stays over {MAX_BYTES} bytes")


def truth_of(
    emotion: str, person: str, timeline: list[Any], timing: tuple[float, ...], gains: dict[str, float]
) -> dict[str, Any]:
    """What was drawn: unit weights after the renderer's gain, gaze and head rotation in radians, by frame."""
    names = sorted({unit for weights, *_ in timeline for unit, value in weights.items() if value > 1e-4})

    def gain(unit: str) -> float:
        return gains.get(unit.removesuffix("Left").removesuffix("Right"), 1.0)

    onset, rise, hold, fall = timing
    moving = emotion != "neutral"
    return {
        "person": person,
        "emotion": emotion,
        "fps": FPS,
        "onset_s": onset if moving else None,
        "apex_s": round(onset + rise, 3) if moving else None,
        "offset_s": round(onset + rise + hold + fall, 3) if moving else None,
        "time_ns": [round(i * 1_000_000_000 / FPS) for i in range(len(timeline))],
        "units": {u: [round(w.get(u, 0.0) * gain(u), 4) for w, *_ in timeline] for u in names},
        "gaze_rad": [[round(float(x), 4) for x in g] for _, g, *_ in timeline],
        "rotation_rad": [[round(float(x), 4) for x in r] for _, _, r, _ in timeline],
    }


def main() -> None:
    """Render every missing clip of the people named; run again to resume."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--prototype", type=Path, required=True, help="folder prepared by the prototype's setup.sh"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--people", default="ana,dayo,chi,finn,esi,ben")
    options = parser.parse_args()
    sys.path.insert(0, str(options.prototype))
    raster, character, anim, cast = (import_module(n) for n in ("raster", "character", "anim", "people"))
    options.out.mkdir(parents=True, exist_ok=True)
    renderer = raster.Raster(PIXELS)
    for person in options.people.split(","):
        missing = [e for e in EMOTIONS if not (options.out / f"{person}_{e}.webm").exists()]
        if not missing:
            continue
        spec = cast.PEOPLE[person]
        figure = character.Character(spec, SUBDIVISION, STRANDS)
        renderer.load(figure)
        for emotion in missing:
            started = time.monotonic()
            timeline = anim.clip(emotion, 1.0, seed=spec["seed"], fps=FPS)
            frames = []
            for weights, gaze, rotation, shift in timeline:
                drawn = figure.frame(weights, gaze, rotation, shift)
                frames.append(renderer.draw(drawn, HX=drawn["HX"]).copy())
            truth = truth_of(emotion, person, timeline, anim.TIM[emotion], character.GAIN)
            (options.out / f"{person}_{emotion}.truth.json").write_text(
                json.dumps(truth, separators=(",", ":"))
            )
            target = options.out / f"{person}_{emotion}.webm"
            encode_within(frames, target)
            size = target.stat().st_size // 1024
            print(
                f"{target.name}: {len(frames)} frames, {size} KiB, {time.monotonic() - started:.0f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
