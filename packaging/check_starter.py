"""Measure the starter clips and say how well what was drawn is read off them.

Every clip of assets/people/starter.toml in CLIPS is measured as Attune measures any clip, once (the measurement
is kept beside it). Written: a report for people, with what was recovered and with what error, and at its end the
clips to be mended or left out: those without a face in every frame, and those at full strength that lie nearer
to what other people show of another emotion than of their own.

    python packaging/check_starter.py --clips CLIPS [--report assets/clips/starter/measured.md] [--processes 2]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starter_plan import Take, load_plan

from attune.affect.vocabulary import Core
from attune.app.measured import measure_file
from attune.perception.dynamics import departure
from attune.perception.expression import ExpressionModel, load_expression_model
from attune.perception.model_file import find_model
from attune.perception.tracker import FaceTracker
from attune.perception.units import UNITS, units

Array = NDArray[np.float64]
CORE = tuple(map(str, Core))
MOVED = CORE[1:]
FULL = 1.0
HELD_S = 0.2  # after the apex, over which it is read
SEEN = 0.1  # amount a drawn unit must reach in a clip for its course to be compared
STEPS = ("_left", "_right")


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One clip: what was drawn and what was read.

    ``faces`` in [0, 1]; ``labels`` (8,) around the apex; ``moved`` (52,) change of the blendshapes from rest to
    apex; ``height`` of the measured course; ``r`` and ``lag_s`` of it against what was drawn; ``courses``: by
    unit, correlation over the frames, and the amounts drawn and measured at the apex.
    """

    take: Take
    faces: float
    labels: Array
    moved: Array
    height: float
    r: float
    lag_s: float
    units: Mapping[str, tuple[float, float, float]]

    @property
    def read(self) -> str:
        """The likeliest emotion."""
        return CORE[int(np.argmax(self.labels))]


class Reader:
    """Measures clips. One for each process."""

    def __init__(self) -> None:
        self._tracker = FaceTracker(find_model(None, Path("nowhere")))
        self._model: ExpressionModel = load_expression_model()

    def row(self, media: Path, truth: Mapping[str, Any]) -> dict[str, Any]:
        """What is read off one clip, as plain data."""
        found = measure_file(media, self._tracker, self._model)
        track, time_s = found.track, found.track.time_ns / 1e9
        drawn_s, strength = np.array(truth["time_ns"]) / 1e9, np.array(truth["strength"])
        apex_s = truth["apex_s"] if truth["apex_s"] is not None else time_s[len(time_s) // 2]
        at_apex = (time_s >= apex_s - 0.02) & (time_s <= apex_s + HELD_S)
        at_rest = time_s < (truth["onset_s"] or apex_s)
        labels = np.nanmean(found.expressed.labels[at_apex], axis=0)
        shapes = track.blendshapes.astype(np.float64)
        moved = np.nanmean(shapes[at_apex], axis=0) - np.nanmean(shapes[at_rest], axis=0)
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
    left: NDArray[np.float32], right: NDArray[np.float32], truth: Mapping[str, Any], at_apex: NDArray[np.bool_]
) -> dict[str, tuple[float, float, float]]:
    found = {}
    for place, code in enumerate(UNITS):
        sides = [truth["units"].get(code + step) for step in STEPS] if code + STEPS[0] in truth["units"] else None
        drawn = np.array(truth["units"].get(code) or np.mean([side for side in sides or [] if side], axis=0))
        if drawn.ndim == 0 or drawn.max() < SEEN:
            continue
        measured = np.nanmean(np.stack([left[:, place], right[:, place]]), axis=0)
        count = min(len(drawn), len(measured))
        there = np.isfinite(measured[:count])
        flat = measured[:count][there].std() < 1e-6
        r = 0.0 if flat else float(np.corrcoef(measured[:count][there], drawn[:count][there])[0, 1])
        at = at_apex[:count] & there
        found[code] = (r, float(drawn[:count][at].mean()), float(measured[:count][at].mean()))
    return found


_READER: list[Reader] = []  # of this process


def _open_reader() -> None:
    _READER.append(Reader())


def _measure(clips: Path, take: Take) -> tuple[Take, dict[str, Any]]:
    truth = json.loads((clips / f"{take.name}.json").read_text("utf-8"))
    kept = clips / f"{take.name}.measured.json"
    if kept.is_file() and (row := json.loads(kept.read_text("utf-8"))).get("key") == truth["key"]:
        return take, row
    row = {"key": truth["key"], **_READER[0].row(clips / f"{take.name}.webm", truth)}
    kept.write_text(json.dumps(row), "utf-8")
    return take, row


def measure(clips: Path, takes: Sequence[Take], processes: int) -> list[Measured]:
    """Measure what was not measured yet."""
    found = []
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_open_reader
    ) as pool:
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


def nearest(clip: Measured, full: Sequence[Measured]) -> str:
    """The emotion whose mean over other people lies nearest to what moved here (cosine)."""
    means = {
        emotion: np.mean(
            [o.moved for o in full if o.take.expression == emotion and o.take.person != clip.take.person], axis=0
        )
        for emotion in MOVED
        if any(o.take.expression == emotion and o.take.person != clip.take.person for o in full)
    }
    return max(means, key=lambda emotion: _cosine(_mirrored(clip), means[emotion]), default="")


def _mirrored(clip: Measured) -> Array:
    return clip.moved


def _cosine(one: Array, other: Array) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


def state_of(clip: Measured) -> str:
    """The state a clip shows, where it shows one; "" for two at once."""
    from starter_plan import expressions  # noqa: PLC0415

    emotions = expressions()[clip.take.expression].emotions
    return emotions[0] if len(emotions) == 1 else ""


def unlike(clips: Sequence[Measured]) -> list[Measured]:
    """Clips at full strength that neither the reading nor their neighbours tell for what they are."""
    full = [clip for clip in clips if clip.take.group == "states" and clip.take.intensity == FULL]
    kinds = ("states", "variants")
    return [
        clip
        for clip in clips
        if clip.take.group in kinds and clip.take.intensity == FULL and state_of(clip) != clip.read
        if nearest(clip, full) != state_of(clip)
    ]


def report(clips: Sequence[Measured]) -> str:
    """Everything in words and tables."""
    lines = [
        "# The starter set, measured",
        "",
        "Every clip was measured as Attune measures any clip. What was drawn is known exactly; here is how much of",
        "it is found again. The measured reading was made for photographs and films of real people: what it does not",
        "find may still be there to be seen. Written by `packaging/check_starter.py`.",
        "",
        f"- {len(clips)} clips; the face is found in every frame of {sum(c.faces == 1 for c in clips)} of them.",
    ]
    lines += [*_times(clips), "", *_orders(clips), "", *_emotions(clips), "", *_unit_table(clips), "", *_doubtful(clips)]
    return "\n".join(lines) + "\n"


def _times(clips: Sequence[Measured]) -> list[str]:
    moving = [c for c in clips if np.isfinite(c.r) and not c.take.brief_ms and not c.take.speaking]
    full = [c for c in moving if c.take.intensity == FULL]
    brief = [c for c in clips if c.take.brief_ms]
    return [
        f"- How the whole face moves follows what was drawn with r = {_mean(c.r for c in moving):.2f} (at full "
        f"strength {_mean(c.r for c in full):.2f}), at a lag of {1000 * _mean(c.lag_s for c in full):.0f} ms; "
        f"brief ones {_mean(c.r for c in brief):.2f}.",
    ]


def _orders(clips: Sequence[Measured]) -> list[str]:
    of: dict[tuple[str, str], list[Measured]] = {}
    for clip in clips:
        if clip.take.group == "states":
            of.setdefault((clip.take.person, clip.take.expression), []).append(clip)
    right = 0
    for series in of.values():
        heights = [clip.height for clip in sorted(series, key=lambda clip: clip.take.intensity)]
        right += heights == sorted(heights)
    return [f"- The order of the intensities is right in {right} of {len(of)} series (a person, an emotion)."]


def _emotions(clips: Sequence[Measured]) -> list[str]:
    lines = ["## Emotions", ""]
    full = [clip for clip in clips if clip.take.group == "states" and clip.take.intensity == FULL]
    for intensity in sorted({clip.take.intensity for clip in clips if clip.take.group == "states"}):
        these = [c for c in clips if c.take.group == "states" and c.take.intensity == intensity]
        read = sum(c.read == c.take.expression for c in these)
        near = sum(nearest(c, full) == c.take.expression for c in these)
        lines.append(
            f"- At {intensity:.0%}: the reading names the one drawn in {read} of {len(these)}; nearest to what "
            f"the others show of it are {near}."
        )
    lines += ["", "At full strength, read as (columns):", ""]
    lines += ["| drawn | " + " | ".join(CORE) + " |", "|---" * (len(CORE) + 1) + "|"]
    for emotion in MOVED:
        row = [sum(c.read == other for c in full if c.take.expression == emotion) for other in CORE]
        lines.append(f"| {emotion} | " + " | ".join(map(str, row)) + " |")
    return lines


def _unit_table(clips: Sequence[Measured]) -> list[str]:
    named = {unit.code for unit in units() if unit.measurable}
    lines = [
        "## Action units",
        "",
        "r: over the frames of a clip, mean; error: mean of |measured - drawn| at the apex; bias: their mean "
        "difference. Only units that Attune names are to be relied on.",
        "",
        "| unit | clips | r | error | bias | named |",
        "|---|---|---|---|---|---|",
    ]
    plain = [clip for clip in clips if not clip.take.speaking and not clip.take.brief_ms]
    for code in UNITS:
        rows = np.array([clip.units[code] for clip in plain if code in clip.units])
        if len(rows) < 3:
            continue
        r, error, bias = rows[:, 0].mean(), np.abs(rows[:, 2] - rows[:, 1]).mean(), (rows[:, 2] - rows[:, 1]).mean()
        lines.append(
            f"| {code} | {len(rows)} | {r:.2f} | {error:.2f} | {bias:+.2f} | {'yes' if code in named else 'no'} |"
        )
    return lines


def _doubtful(clips: Sequence[Measured]) -> list[str]:
    lines = ["## To be mended or left out", ""]
    lines += [f"- {c.take.name}: no face in {1 - c.faces:.0%} of the frames" for c in clips if c.faces < 1]
    full = [clip for clip in clips if clip.take.group == "states" and clip.take.intensity == FULL]
    lines += [f"- {c.take.name}: read as {c.read}, nearest to {nearest(c, full)}" for c in unlike(clips)]
    return lines if len(lines) > 2 else [*lines, "None."]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")


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
