"""How well what was drawn is read off the starter clips, in words and tables, for check_starter.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from starter_plan import Take, expressions

from attune.affect.vocabulary import Core
from attune.perception.units import UNITS, units

Array = NDArray[np.float64]
CORE = tuple(map(str, Core))
MOVED = CORE[1:]
FULL = 1.0
OTHERS = ("variants", "blends", "halves", "layered", "speaking", "brief")
FEWEST = 3  # clips a unit's numbers are of


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One clip: what was drawn and what was read.

    ``faces`` in [0, 1]; ``labels`` (8,) around the apex; ``moved`` (52,) change of the blendshapes from rest
    to apex; ``height`` of the measured course; ``r`` and ``lag_s`` of it against what was drawn; ``units``:
    by code, correlation over the frames, and the amounts drawn and measured at the apex.
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

    @property
    def shown(self) -> set[str]:
        """What it was drawn to show."""
        return set(expressions()[self.take.expression].emotions)


def nearest(clip: Measured, clips: Sequence[Measured]) -> str:
    """The emotion whose mean over other people at full strength lies nearest to what moved here (cosine)."""
    means = {
        emotion: np.mean(moved, axis=0)
        for emotion in MOVED
        if (
            moved := [
                o.moved for o in full(clips) if o.shown == {emotion} and o.take.person != clip.take.person
            ]
        )
    }
    return max(means, key=lambda emotion: _cosine(clip.moved, means[emotion]), default="")


def _cosine(one: Array, other: Array) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


def of_group(clips: Sequence[Measured], *groups: str) -> list[Measured]:
    """The clips of some groups of the plan."""
    return [clip for clip in clips if clip.take.group in groups]


def full(clips: Sequence[Measured]) -> list[Measured]:
    """The eight states at full strength."""
    return [clip for clip in of_group(clips, "states") if clip.take.intensity == FULL]


def unlike(clips: Sequence[Measured]) -> list[Measured]:
    """Clips at full strength that neither the reading nor their neighbours tell for what they are."""
    strong = [*full(clips), *of_group(clips, "variants")]
    return [clip for clip in strong if clip.read not in clip.shown and nearest(clip, clips) not in clip.shown]


def report(clips: Sequence[Measured]) -> str:
    """Everything in words and tables."""
    faces = sum(clip.faces == 1 for clip in clips)
    lines = [
        "# The starter set, measured",
        "",
        "Every clip was measured as Attune measures any clip. What was drawn is known exactly; here is how",
        "much of it is found again. The measured reading was made for films of real people: what it does not",
        "find may still be there to be seen. Written by `packaging/check_starter.py`.",
        "",
        f"- {len(clips)} clips; the face is found in every frame of {faces} of them.",
        *_courses(clips),
        *_orders(clips),
        "",
        *_emotions(clips),
        "",
        *_unit_table(clips),
        "",
        *_doubtful(clips),
    ]
    return "\n".join(lines) + "\n"


def _courses(clips: Sequence[Measured]) -> list[str]:
    moving = [clip for clip in of_group(clips, "states", "variants", "blends") if np.isfinite(clip.r)]
    strong = [clip for clip in moving if clip.take.intensity == FULL]
    all_of_it, at_full = _mean(clip.r for clip in moving), _mean(clip.r for clip in strong)
    late_ms, short = 1000 * _mean(clip.lag_s for clip in strong), _mean(c.r for c in of_group(clips, "brief"))
    return [
        f"- How the face as a whole moves follows what was drawn with r = {all_of_it:.2f}; at full strength",
        f"  {at_full:.2f}, {late_ms:.0f} ms late; brief ones r = {short:.2f}.",
    ]


def _orders(clips: Sequence[Measured]) -> list[str]:
    series: dict[tuple[str, str], list[Measured]] = {}
    for clip in of_group(clips, "states"):
        series.setdefault((clip.take.person, clip.take.expression), []).append(clip)
    right = 0
    for each in series.values():
        heights = [clip.height for clip in sorted(each, key=lambda clip: clip.take.intensity)]
        right += heights == sorted(heights)
    return [
        f"- The order of intensities is right in {right} of {len(series)} series of a person and an emotion."
    ]


def _emotions(clips: Sequence[Measured]) -> list[str]:
    lines = ["## Emotions", "", "| clips | in all | read so | nearest to it |", "|---|---|---|---|"]
    for intensity in sorted({clip.take.intensity for clip in of_group(clips, "states")}):
        these = [clip for clip in of_group(clips, "states") if clip.take.intensity == intensity]
        lines.append(_told(f"the seven at {intensity:.0%}", these, clips))
    lines += [_told(group, of_group(clips, group), clips) for group in OTHERS]
    lines += [
        "",
        "Read so: the likeliest emotion is one that was drawn. Nearest: what moved is most like what other",
    ]
    lines += [
        "people moved for it at full strength (cosine). At full strength, drawn (rows) and read (columns):",
        "",
    ]
    lines += ["| | " + " | ".join(CORE) + " |", "|---" * (len(CORE) + 1) + "|"]
    for emotion in MOVED:
        these = [clip for clip in full(clips) if clip.take.expression == emotion]
        counts = [str(sum(clip.read == other for clip in these)) for other in CORE]
        lines.append(f"| {emotion} | " + " | ".join(counts) + " |")
    return lines


def _told(name: str, these: Sequence[Measured], clips: Sequence[Measured]) -> str:
    read = sum(clip.read in clip.shown for clip in these)
    near = sum(nearest(clip, clips) in clip.shown for clip in these)
    return f"| {name} | {len(these)} | {read} | {near} |"


def _unit_table(clips: Sequence[Measured]) -> list[str]:
    named = {unit.code for unit in units() if unit.measurable}
    lines = [
        "## Action units",
        "",
        "r: over the frames of a clip, mean over clips. Error: mean of |measured - drawn| at the apex; bias:",
        "their mean difference. Units that Attune does not name are measured all the same.",
        "",
        "| unit | clips | r | error | bias | named |",
        "|---|---|---|---|---|---|",
    ]
    plain = of_group(clips, "states", "variants", "blends")
    for code in UNITS:
        rows = np.array([clip.units[code] for clip in plain if code in clip.units])
        if len(rows) >= FEWEST:
            apart = rows[:, 2] - rows[:, 1]
            lines.append(
                f"| {code} | {len(rows)} | {rows[:, 0].mean():.2f} | {np.abs(apart).mean():.2f} "
                f"| {apart.mean():+.2f} | {'yes' if code in named else 'no'} |"
            )
    return lines


def _doubtful(clips: Sequence[Measured]) -> list[str]:
    lines = [f"- {c.take.name}: no face in {1 - c.faces:.0%} of the frames" for c in clips if c.faces < 1]
    lines += [f"- {c.take.name}: read as {c.read}, nearest to {nearest(c, clips)}" for c in unlike(clips)]
    return ["## To be mended or left out", "", *(lines or ["None."])]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")
