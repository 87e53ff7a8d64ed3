"""Fit how action units are read to faces drawn with known ones, and publish how well that goes.

    python packaging/fit_units.py RENDERED.npz [RENDERED.npz …] --calm DATA.npz --out assets/models/units.toml

RENDERED: what ``render_units.py`` wrote; one of them must hold every unit alone. DATA: measured photographs
with labels, whose calm faces give the average rest. Writes ``units.toml`` and prints the tables of
``units.md``. Every number published of drawn people is of people whom that fit had not seen: each of the six
in turn is left out.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from check_units import photographs
from numpy.typing import NDArray

from attune.perception.units import CHANNELS, LEAST, SIDES, Unit, channel, channels

Array = NDArray[np.float64]
# Where each unit may be seen: what rises with it, and what falls or tells it from another. The fit chooses
# among them with weights of these signs, so that nobody's face teaches it anatomy that is not there.
CANDIDATES = {
    "AU1": "+browInnerUp +browInner -browOuter -browMiddle",
    "AU2": "+browOuterUp +browOuter +browMiddle -browInner",
    "AU4": "+browDown -browMiddle -browInner +browIn",
    "AU5": "+lidUpper +lidGap +eyeWide -eyeSquint",
    "AU6": "+eyeSquint +cheekUp +lidLower +cheekOut",
    "AU7": "+lidLower -lidGap +eyeSquint -eyeBlink -browDown",
    "AU9": "-browInner +wingUp +nostrilUp +wingOut -browDown +browOuter",
    "AU10": "+mouthUpperUp +lipUpperUp -mouthSmile -cornerUp",
    "AU12": "+mouthSmile +cornerUp +cornerAngle -cornerOut",
    "AU14": "+cornerOut +mouthStretch +mouthDimple -cornerUp -mouthFrown",
    "AU15": "+mouthFrown -cornerAngle -cornerUp -cornerBack -mouthStretch -cornerOut",
    "AU16": "+mouthLowerDown +lipLowerDown -chinLip -jawOpen -mouthPucker",
    "AU17": "+mouthShrugLower +mouthShrugUpper +chinLip -mouthPress -mouthFrown",
    "AU18": "+mouthPucker -mouthWidth +cornerAngle -mouthFunnel -lipsApart",
    "AU20": "+mouthStretch +mouthFrown +cornerOut -cornerUp -mouthSmile",
    "AU22": "+mouthFunnel -mouthWidth +mouthRound +lipForward -jawDown -lipLowerDown",
    "AU23": "-lipLowerHeight -lipUpperHeight +mouthRollLower -mouthWidth -mouthPress",
    "AU24": "-lipLowerHeight +mouthPress +chinLip +mouthStretch -mouthSmile -mouthRollLower",
    "AU25": "+lipsApart +mouthLowerDown",
    "AU26": "+jawOpen +jawDown +lipLowerDown",
    "AU27": "+jawOpen +jawDown +lipLowerDown",
    "AU28": "-lipLowerHeight -lipUpperHeight +mouthRollUpper +mouthRollLower -mouthWidth +cornerUp",
    "AU34": "-mouthWidth +cheekOut -mouthRound -mouthFunnel",
    "AU43": "+eyeBlink -lidGap -lidUpper",
}
SIDED = frozenset(f"AU{n}" for n in (2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 16, 20, 43))
# Units that bring the other with them, as a dropped jaw parts the lips: never held against it.
ASIDE = {
    "AU25": ("AU10", "AU16", "AU22", "AU26", "AU27"),
    "AU24": ("AU23", "AU28"),
    "AU26": ("AU27",),
}
# Lips drawn in look to the landmarks like lips pressed: one unit reads both.
MERGED = {"AU24": ("AU28",)}
# In photographs a smile draws the corners in and out more than a drawn one does.
LIT_IN_PHOTOGRAPHS = {"AU14": {"AU12": 1.0}, "AU20": {"AU12": 0.7}}
PENALTY = 1e-2
SLIGHT = 0.04  # share of a unit's weights below which a channel is left out
ALONE = 4.0  # a still of one unit alone counts as much as this many of mixtures
FLOORS = (0.0, 0.03, 0.06, 0.1, 0.15, 0.2)
POWERS = (0.8, 1.0, 1.25)
STRETCHES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
CALM = 0.9  # share of calm faces that stay under ``unsure``
SLIGHTLY_LIT = 0.1  # amount from which cross-talk is taken into account
# A unit is measurable from these on: correlation alone and in mixtures; share of stills at full strength in
# which it would be named, and of stills of any one other unit in which it would be, wrongly.
LEAST_R, LEAST_MIXED, LEAST_NAMED, MOST_WRONGLY = 0.6, 0.35, 0.7, 0.34
SIX = ("ana", "ben", "chi", "dayo", "esi", "finn")
# Read from lowered brows where it is drawn, and on photographs as high in anger as in disgust.
DOUBTED = frozenset({"AU9"})


@dataclass(frozen=True)
class Stills:
    """Every drawn still: changes (n, CHANNELS) from the person's own rest, and what was drawn."""

    change: Array
    left: Array
    right: Array
    person: NDArray[Any]
    kind: NDArray[Any]
    label: NDArray[Any]
    intensity: Array
    codes: tuple[str, ...]

    def drawn(self, code: str, side: str) -> Array:
        """(n,) amounts of one unit, or of what is read as it."""
        amounts = self.left if side == "Left" else self.right
        places = [self.codes.index(one) for one in (code, *MERGED.get(code, ()))]
        return np.asarray(amounts[:, places].max(axis=1))


def read_stills(paths: list[Path]) -> Stills:
    """All files as one."""
    parts: dict[str, list[Any]] = {
        name: [] for name in ("change", "left", "right", "person", "kind", "label", "intensity")
    }
    codes: tuple[str, ...] = ()
    for path in paths:
        with np.load(path) as archive:
            data = dict(archive.items())
        codes = tuple(map(str, data["units"]))
        values = channels(data["blendshapes"], data["landmarks"], 1.0)
        at_rest = {
            person: int(np.flatnonzero((data["person"] == person) & (data["kind"] == "rest"))[0])
            for person in np.unique(data["person"])
        }
        data["change"] = values - values[[at_rest[person] for person in data["person"]]]
        for name, columns in parts.items():
            columns.append(data[name])
    return Stills(**{name: np.concatenate(columns) for name, columns in parts.items()}, codes=codes)


@dataclass(frozen=True)
class Rows:
    """One unit's rows, both sides below each other where it has sides."""

    seen: Array
    drawn: Array
    still: NDArray[np.int64]
    usable: NDArray[np.bool_]
    steps: Array


def rows_of(code: str, stills: Stills) -> Rows:
    """Signed candidates of one unit, in steps of what turning the head alone does to them."""
    names = CANDIDATES[code].split()
    sides = SIDES if code in SIDED else (None,)
    turned = (stills.kind == "mixture") & (stills.label == "rest")
    steps = np.array([_step(stills.change[turned], name[1:]) for name in names])
    seen = np.concatenate(
        [
            np.column_stack([float(f"{name[0]}1") * _signal(stills.change, name[1:], side) for name in names])
            for side in sides
        ]
    )
    still = np.tile(np.arange(len(stills.person)), len(sides))
    drawn = np.concatenate([stills.drawn(code, side or "Left") for side in sides])
    usable = np.ones(len(drawn), dtype=bool)
    for other in set(ASIDE.get(code, ())) - set(MERGED.get(code, ())):
        usable &= (stills.drawn(other, "Left") + stills.drawn(other, "Right"))[still] == 0
    return Rows(seen / steps, drawn, still, usable, steps)


def _signal(change: Array, name: str, side: str | None) -> Array:
    return np.sum([share * change[:, place] for place, share in channel(name, side).items()], axis=0)


def _step(change: Array, name: str) -> float:
    places = list(channel(name, None))
    least = (
        0.03
        if CHANNELS[places[0]][:4] in ("brow", "eyeB", "eyeS", "eyeW", "jawO") or name.startswith("mouth")
        else 0.005
    )
    return float(change[:, places].std(axis=0).mean()) + least


def fit(rows: Rows, kept: NDArray[np.bool_], alone: NDArray[np.bool_]) -> tuple[Array, float, float]:
    """Weights of the steps, floor and power that come nearest to what was drawn."""
    seen, drawn = rows.seen[kept], rows.drawn[kept]
    there = drawn > 0.05
    counts = np.where(there, (np.sum(~there) / np.sum(there)) ** 0.5, 1.0) * np.where(alone[kept], ALONE, 1.0)
    counts /= counts.sum()
    chosen = np.ones(seen.shape[1], dtype=bool)
    while True:
        weights = np.zeros(len(chosen))
        weights[chosen] = _non_negative(seen[:, chosen], drawn, counts)
        slight = chosen & (weights < SLIGHT * weights.sum())
        if not slight.any():
            break
        chosen &= ~slight
    total, only = seen @ weights, alone[kept]  # mixtures hide a part of what is there: strength shows alone
    tries = [
        (stretch / (1 - floor), floor / (1 - floor), power)
        for stretch in STRETCHES
        for floor in FLOORS
        for power in POWERS
    ]
    losses = [
        np.sum((counts * (np.clip(total * scale - floor, 0, 1) ** power - drawn) ** 2)[only])
        for scale, floor, power in tries
    ]
    scale, floor, power = tries[int(np.argmin(losses))]
    return weights * scale, floor, power


def _non_negative(seen: Array, drawn: Array, counts: Array) -> Array:
    """Ridge regression without negative weights, one coordinate after the other."""
    square = (seen * counts[:, None]).T @ seen + PENALTY * np.eye(seen.shape[1])
    towards = (seen * counts[:, None]).T @ drawn
    weights = np.zeros(len(towards))
    for _ in range(300):
        for place in range(len(weights)):
            left = towards[place] - square[place] @ weights
            weights[place] = max(0.0, weights[place] + left / square[place, place])
    return weights


@dataclass(frozen=True)
class Fitted:
    """One unit: what it is read from, and how much of it was read in people left out, (n,) by side."""

    code: str
    weights: dict[str, float]
    floor: float
    power: float
    read: dict[str, Array]

    def of(self, side: str) -> Array:
        """(n,) amounts on one side."""
        return self.read[side if self.code in SIDED else "Left"]

    def most(self) -> Array:
        """(n,) amounts on the side that shows more."""
        return np.maximum(self.of("Left"), self.of("Right"))


def fitted(code: str, stills: Stills) -> Fitted:
    """Fit with each of the six left out in turn for the quality, then with all for the weights."""
    rows = rows_of(code, stills)
    person, kind = stills.person[rows.still], stills.kind[rows.still]
    alone = (kind == "alone") | (stills.label[rows.still] == "rest")
    read = np.full(len(rows.drawn), np.nan)
    for one in SIX:
        weights, floor, power = fit(rows, rows.usable & (person != one), alone)
        here = person == one
        read[here] = np.clip(rows.seen[here] @ weights - floor, 0, 1) ** power
    weights, floor, power = fit(rows, rows.usable, alone)
    named = {
        name[1:]: round(float(f"{name[0]}1") * float(weight / step), 3)
        for name, weight, step in zip(CANDIDATES[code].split(), weights, rows.steps, strict=True)
        if weight > 0
    }
    sides = SIDES if code in SIDED else SIDES[:1]
    by_side = dict(zip(sides, np.split(read, len(sides)), strict=True))
    return Fitted(code, named, round(floor, 3), power, by_side)


def lit_by(one: Fitted, stills: Stills) -> dict[str, float]:
    """Which other units, drawn alone, show as this one, by how much at full strength."""
    found = {
        other: float(one.most()[_full(other, stills)].mean())
        for other in CANDIDATES
        if other not in (one.code, *ASIDE.get(one.code, ()))
    }
    found |= LIT_IN_PHOTOGRAPHS.get(one.code, {})
    return {other: round(amount, 2) for other, amount in found.items() if amount >= SLIGHTLY_LIT}


def _full(code: str, stills: Stills) -> NDArray[np.bool_]:
    """Stills of one unit alone at full strength, on both sides where it has them."""
    both = (stills.drawn(code, "Left") > 0) & (stills.drawn(code, "Right") > 0)
    return (stills.kind == "alone") & (stills.label == code) & (stills.intensity == 1) & both


def quality(
    code: str, found: dict[str, Fitted], lit: dict[str, dict[str, float]], stills: Stills
) -> dict[str, Any]:
    """The published numbers of one unit, of people whom the fit had not seen."""
    one = found[code]
    sides = SIDES if code in SIDED else SIDES[:1]
    drawn = np.concatenate([stills.drawn(code, side) for side in sides])
    read = np.concatenate([one.of(side) for side in sides])
    person, kind, label = (
        np.tile(column, len(sides)) for column in (stills.person, stills.kind, stills.label)
    )
    own = np.isfinite(read) & ((label == "rest") | ((kind == "alone") & (label == code)))
    mixed = np.isfinite(read) & (kind != "alone")
    for other in ASIDE.get(code, ()):
        mixed &= np.tile(stills.drawn(other, "Left") + stills.drawn(other, "Right") == 0, len(sides))
    slopes = [np.polyfit(drawn[own & (person == who)], read[own & (person == who)], 1)[0] for who in SIX]
    explained = np.max(
        [share * found[other].most() for other, share in lit[code].items()] or [0 * one.most()], axis=0
    )
    named = one.most() - explained >= LEAST
    wrongly = {
        other: float(named[_full(other, stills)].mean())
        for other in CANDIDATES
        if other not in (code, *ASIDE.get(code, ()))
    }
    worst = max(wrongly, key=lambda other: wrongly[other])
    found_r = {
        "r": round(float(np.corrcoef(read[own], drawn[own])[0, 1]), 2),
        "r_mixed": round(float(np.corrcoef(read[mixed], drawn[mixed])[0, 1]), 2)
        if drawn[mixed].any()
        else 0.0,
        "slope": round(float(np.mean(slopes)), 2),
        "slope_least": round(float(min(slopes)), 2),
        "slope_most": round(float(max(slopes)), 2),
        "at_full": round(float(one.most()[_full(code, stills)].mean()), 2),
        "named": round(float(named[_full(code, stills)].mean()), 2),
        "named_wrongly": round(wrongly[worst], 2),
        "wrongly_for": worst,
        "people": len(SIX),
    }
    told = found_r["r"] >= LEAST_R and (found_r["r_mixed"] >= LEAST_MIXED or not drawn[mixed].any())
    kept_apart = found_r["named"] >= LEAST_NAMED and found_r["named_wrongly"] <= MOST_WRONGLY
    return {"measurable": bool(told and kept_apart and code not in DOUBTED), **found_r}


def unsure(one: Fitted, calm: Array, rest: Array) -> float:
    """What 9 in 10 calm faces stay under, taken for moved from the average face."""
    unit = Unit(one.code, one.code in SIDED, one.weights, one.floor, one.power, 0.0, {}, measurable=True)
    totals = np.concatenate([(calm - rest) @ unit.column(side) for side in SIDES]) - one.floor
    return round(max(0.0, float(np.quantile(totals, CALM))), 3)


def write_toml(path: Path, found: dict[str, Fitted], more: dict[str, dict[str, Any]], rest: Array) -> None:
    """The file that :mod:`attune.perception.units` reads; ``more``: further tables of each unit."""
    used = {name for one in found.values() for name in one.weights}
    lines = [
        "# How action units are read. Written by packaging/fit_units.py; units.md explains it.",
        "",
        "[rest]",
    ]
    lines += [
        f"{name} = {np.mean([rest[place] for place in channel(name, None)]):.4f}" for name in sorted(used)
    ]
    for code, one in found.items():
        lines += ["", f"[units.{code}]", f"sided = {str(code in SIDED).lower()}"]
        lines += [f"weights = {_inline(one.weights)}", f"floor = {one.floor}", f"power = {one.power}"]
        lines += [
            f"{name} = {_inline(value) if isinstance(value, dict) else value}"
            for name, value in more[code].items()
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _inline(table: Any) -> str:  # noqa: ANN401 - any mapping of names to plain values
    said = {
        name: str(value).lower()
        if isinstance(value, bool)
        else f'"{value}"'
        if isinstance(value, str)
        else value
        for name, value in table.items()
    }
    return "{ " + ", ".join(f"{name} = {value}" for name, value in said.items()) + " }" if said else "{}"


def table(qualities: dict[str, dict[str, Any]]) -> str:
    """The published table, in Markdown."""
    columns = "unit", "r", "r, mixed", "slope (least to most)", "at full", "named", "named wrongly", "told"
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for code, q in qualities.items():
        lines.append(
            f"| {code} | {q['r']:.2f} | {q['r_mixed']:.2f} | {q['slope']:.2f} ({q['slope_least']:.2f} to "
            f"{q['slope_most']:.2f}) | {q['at_full']:.2f} | {q['named']:.0%} | {q['named_wrongly']:.0%} for "
            f"{q['wrongly_for']} | {'yes' if q['measurable'] else '**no**'} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Fit, write, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rendered", type=Path, nargs="+")
    parser.add_argument("--calm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    stills = read_stills(options.rendered)
    values, labels = photographs(options.calm)
    calm = values[labels == "neutral"]
    rest = np.zeros(len(CHANNELS))
    for name in {name[1:] for names in CANDIDATES.values() for name in names.split()}:
        places = list(channel(name, None))
        rest[places] = calm[:, places].mean()
    found = {code: fitted(code, stills) for code in CANDIDATES}
    lit = {code: lit_by(one, stills) for code, one in found.items()}
    qualities = {code: quality(code, found, lit, stills) for code in found}
    more = {
        code: {"unsure": unsure(one, calm, rest), "lit_by": lit[code], "quality": qualities[code]}
        for code, one in found.items()
    }
    write_toml(options.out, found, more, rest)
    print(table(qualities))


if __name__ == "__main__":
    main()
