"""Measure the starter clips and say how well what was drawn is read off them.

Every clip of assets/people/starter.toml in CLIPS is measured as Attune measures any clip, once (the
measurement is kept beside it). Written: a report for people, with what was recovered and with what error, and
at its end the clips to be mended or left out: those without a face in every frame, and those at full strength
that are read as another emotion and lie nearer to what other people show of it.

    python packaging/check_starter.py --clips CLIPS [--report FILE] [--processes 2]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starter_plan import Take, load_plan
from starter_report import Measured, report

from attune.app.measured import measure_file
from attune.perception.dynamics import departure
from attune.perception.expression import ExpressionModel, load_expression_model
from attune.perception.model_file import find_model
from attune.perception.track import BLENDSHAPES
from attune.perception.tracker import FaceTracker
from attune.perception.units import UNITS

Array = NDArray[np.float64]
HELD_S = 0.2  # after the apex, over which it is read
SEEN = 0.1  # amount a drawn unit must reach in a clip for its course to be compared
SIDES = ("_left", "_right")
OPPOSITE = {"Left": "Right", "Right": "Left"}
MIRROR = [
    BLENDSHAPES.index(next((name.removesuffix(a) + b for a, b in OPPOSITE.items() if name.endswith(a)), name))
    for name in BLENDSHAPES
]


class Reader:
    """Measures clips. One for each process."""

    def __init__(self) -> None:
        self._tracker = FaceTracker(find_model(None, Path("nowhere")))
        self._model: ExpressionModel = load_expression_model()

    def row(self, media: Path, truth: Mapping[str, Any], *, mirrored: bool) -> dict[str, Any]:
        """What is read off one clip, as plain data; ``mirrored``: what moved is told with sides exchanged."""
        found = measure_file(media, self._tracker, self._model)
        track, time_s = found.track, found.track.time_ns / 1e9
        drawn_s, strength = np.array(truth["time_ns"]) / 1e9, np.array(truth["strength"])
        apex_s = truth["apex_s"] if truth["apex_s"] is not None else time_s[len(time_s) // 2]
        at_apex = (time_s >= apex_s - 0.02) & (time_s <= apex_s + HELD_S)
        at_rest = time_s < (truth["onset_s"] or apex_s)
        labels = np.nanmean(found.expressed.labels[at_apex], axis=0)
        shapes = track.blendshapes.astype(np.float64)
        moved = np.nanmean(shapes[at_apex], axis=0) - np.nanmean(shapes[at_rest], axis=0)
        if mirrored:
            moved = moved[MIRROR]
        course = departure(track, neutral_ns=found.expressed.neutral_ns, blinked=found.blinks)
        r, lag_s = _course(time_s, course, drawn_s, strength)
        return {
            "faces": float(track.face.mean()),
            "labels": labels.tolist(),
            "moved": moved.tolist(),
            "height": float(np.nanmean(course[at_apex])),
            "r": r,
            "lag_s": lag_s,
            "units": _units(found.curves.left, found.curves.right, truth, at_apex),
        }


def _course(time_s: Array, course: Array, drawn_s: Array, strength: Array) -> tuple[float, float]:
    """Best correlation of the measured course with the one drawn, and the lag at which it is; NaN at rest."""
    if strength.max() <= 0 or not np.isfinite(course).any():
        return float("nan"), float("nan")
    found = np.where(np.isfinite(course), course, np.nanmin(course))
    lags = np.arange(-0.2, 0.21, 0.02)
    each = [float(np.corrcoef(found, np.interp(time_s - lag, drawn_s, strength))[0, 1]) for lag in lags]
    best = int(np.argmax(each))
    return each[best], float(lags[best])


def _units(
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    truth: Mapping[str, Any],
    at_apex: NDArray[np.bool_],
) -> dict[str, tuple[float, float, float]]:
    """By unit that was drawn: the stronger side's correlation over the frames, amounts drawn and measured."""
    found = {}
    for place, code in enumerate(UNITS):
        drawn = {
            name: truth["units"][name]
            for name in (code, *(code + side for side in SIDES))
            if name in truth["units"]
        }
        if not drawn or max(map(max, drawn.values())) < SEEN:
            continue
        name = max(drawn, key=lambda name: max(drawn[name]))
        course = np.array(drawn[name])
        measured = (right if name.endswith("right") else left)[: len(course), place].astype(np.float64)
        there = np.isfinite(measured)
        moves = measured[there].std() > 1e-6
        r = float(np.corrcoef(measured[there], course[there])[0, 1]) if moves else 0.0
        at = at_apex[: len(course)] & there
        found[code] = (r, float(course[at].mean()), float(measured[at].mean()))
    return found


_READER: list[Reader] = []  # of this process


def _open_reader() -> None:
    _READER.append(Reader())


def _measure(clips: Path, take: Take) -> tuple[Take, dict[str, Any]]:
    truth = json.loads((clips / f"{take.name}.json").read_text("utf-8"))
    kept = clips / f"{take.name}.measured.json"
    if kept.is_file() and (row := json.loads(kept.read_text("utf-8"))).get("key") == truth["key"]:
        return take, row
    row = {"key": truth["key"], **_READER[0].row(clips / f"{take.name}.webm", truth, mirrored=take.mirrored)}
    kept.write_text(json.dumps(row), "utf-8")
    return take, row


def measure(clips: Path, takes: Sequence[Take], processes: int) -> list[Measured]:
    """Measure what was not measured yet."""
    found = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_open_reader) as pool:
        for done, (take, row) in enumerate(pool.map(_measure, [clips] * len(takes), takes), start=1):
            if done % 20 == 0:
                print(f"{done}/{len(takes)} measured", flush=True)
            found.append(
                Measured(
                    take,
                    row["faces"],
                    np.array(row["labels"]),
                    np.array(row["moved"]),
                    row["height"],
                    row["r"],
                    row["lag_s"],
                    {code: tuple(values) for code, values in row["units"].items()},
                )
            )
    return found


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--report", type=Path, default=Path("assets/clips/starter/measured.md"))
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    takes = [take for take in load_plan().takes if (options.clips / f"{take.name}.json").is_file()]
    text = report(measure(options.clips, takes, options.processes))
    options.report.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
