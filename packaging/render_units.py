"""Draw people whose action units are known, and keep what the face model measures in them.

Runs against a folder prepared by the face prototype's ``setup.sh`` (its venv, meshes and modules), like
``render_starter.py``. ``--what units``: every unit alone at five levels, left, right and both, and random
mixtures with turned heads. ``--what states``: each of the eight states as posers vary it.
``--what strangers``: the same states on people drawn at random, to train on where the six are to be tested
on. No pictures are kept but the upright grey face of 64 by 64.

    PYTHONPATH=.:FOLDER FOLDER/venv/bin/python packaging/render_units.py --prototype FOLDER \
        --what units --out rendered_units.npz
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.perception.appearance import face_crop
from attune.perception.model_file import find_model
from attune.perception.tracker import FaceTracker

PIXELS = 448
SUBDIVISION = 1
STRANDS = 2500
PEOPLE = ("ana", "ben", "chi", "dayo", "esi", "finn")
LEVELS = (0.2, 0.4, 0.6, 0.8, 1.0)
MIXTURES = 90  # random mixtures of units per person
VARIANTS = 24  # of each state per person
STRANGERS = 24
Weights = dict[str, float]

# What one action unit at full strength is in the prototype's face shapes; "_" stands for the side.
SIDED = {
    "AU2": {"browOuterUp_": 1.0},
    "AU4": {"browDown_": 1.0},
    "AU5": {"eyeWide_": 1.0},
    "AU6": {"cheekSquint_": 1.0},
    "AU7": {"eyeSquint_": 1.0},
    "AU9": {"noseSneer_": 1.0},
    "AU10": {"mouthUpperUp_": 1.0},
    "AU12": {"mouthSmile_": 1.0},
    "AU14": {"mouthDimple_": 1.0, "mouthPress_": 0.25},
    "AU15": {"mouthFrown_": 1.0},
    "AU16": {"mouthLowerDown_": 1.0},
    "AU20": {"mouthStretch_": 1.0},
    "AU43": {"eyeBlink_": 1.0},
}
CENTRAL = {
    "AU1": {"browInnerUp": 1.0},
    "AU17": {"mouthShrugLower": 0.8, "mouthShrugUpper": 0.3},
    "AU18": {"mouthPucker": 0.9},
    "AU22": {"mouthFunnel": 0.8},
    "AU23": {"mouthRollUpper": 0.3, "mouthRollLower": 0.3, "mouthPucker": 0.3},
    "AU24": {
        "mouthPressLeft": 0.45, "mouthPressRight": 0.45, "mouthRollUpper": 0.3, "mouthRollLower": 0.3,
        "mouthShrugLower": 0.35, "mouthFrownLeft": 0.15, "mouthFrownRight": 0.15,
    },
    "AU25": {
        "mouthLowerDownLeft": 0.25, "mouthLowerDownRight": 0.25, "mouthUpperUpLeft": 0.15,
        "mouthUpperUpRight": 0.15, "jawOpen": 0.1,
    },
    "AU26": {"jawOpen": 0.5},
    "AU27": {"jawOpen": 0.5},  # beyond a full AU26
    "AU28": {"mouthRollLower": 0.9, "mouthRollUpper": 0.6},
    "AU34": {"cheekPuff": 1.0},
}  # fmt: skip
UNITS = tuple(sorted((*SIDED, *CENTRAL), key=lambda code: int(code.removeprefix("AU"))))
TOGETHER = {"AU5": ("AU43",), "AU7": ("AU43",), "AU27": ("AU28", "AU24", "AU23"), "AU26": ("AU28", "AU24")}

# How the states look at full strength (unit, amount, share of posers who show it): Du, Tao & Martinez 2014,
# PNAS, table 1, amounts as in the prototype's recipes.
STATES: dict[str, tuple[tuple[str, float, float], ...]] = {
    "neutral": (),
    "happiness": (("AU12", 0.85, 1), ("AU25", 0.8, 0.9), ("AU6", 0.75, 0.6), ("AU10", 0.3, 0.4),
                  ("AU26", 0.3, 0.25)),
    "sadness": (
        ("AU4", 0.3, 1), ("AU15", 0.65, 1), ("AU1", 0.85, 0.65), ("AU6", 0.4, 0.35), ("AU17", 0.55, 0.67),
        ("AU7", 0.25, 0.3), ("AU43", 0.25, 0.2),
    ),
    "anger": (
        ("AU4", 0.95, 1), ("AU7", 0.5, 0.9), ("AU24", 0.9, 0.7), ("AU5", 0.3, 0.3), ("AU10", 0.4, 0.26),
        ("AU17", 0.4, 0.52), ("AU23", 0.8, 0.35), ("AU9", 0.3, 0.2), ("AU25", 0.9, 0.15),
    ),
    "fear": (
        ("AU1", 0.95, 1), ("AU4", 0.35, 1), ("AU20", 0.75, 1), ("AU25", 0.8, 1), ("AU2", 0.55, 0.57),
        ("AU5", 0.85, 0.75), ("AU26", 0.45, 0.4), ("AU16", 0.3, 0.3),
    ),
    "surprise": (("AU1", 0.85, 1), ("AU2", 0.95, 1), ("AU26", 0.85, 1), ("AU25", 0.5, 0.8),
                 ("AU5", 0.7, 0.66)),
    "disgust": (
        ("AU9", 0.95, 0.95), ("AU10", 0.8, 1), ("AU17", 0.5, 0.9), ("AU4", 0.55, 0.4), ("AU7", 0.5, 0.5),
        ("AU6", 0.4, 0.3), ("AU24", 0.4, 0.2), ("AU15", 0.3, 0.3), ("AU25", 0.5, 0.2),
    ),
    "contempt": (("AU14", 0.85, 0.9), ("AU12", 0.35, 0.7), ("AU10", 0.15, 0.2), ("AU6", 0.2, 0.2)),
}  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """One still: amounts of units by side, and how it is seen. Turns in radians, light 1 as in the studio."""

    label: str
    kind: str
    intensity: float
    left: Weights = field(default_factory=dict)
    right: Weights = field(default_factory=dict)
    gaze: tuple[float, float] = (0.0, 0.0)
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0)
    light: tuple[float, float] = (1.0, -0.58)  # strength; where the key light stands, negative: image left


def shapes(drawing: Drawing) -> Weights:
    """Weights of the prototype's face shapes."""
    total: Weights = {}
    for side, amounts in (("Left", drawing.left), ("Right", drawing.right)):
        for code, amount in amounts.items():
            if code in CENTRAL and side == "Right":
                continue
            for name, weight in {**SIDED, **CENTRAL}[code].items():
                shape = name.replace("_", side)
                total[shape] = total.get(shape, 0.0) + weight * amount
    return {name: min(1.0, weight) for name, weight in total.items()}


def both(amounts: Weights) -> dict[str, Weights]:
    """The same on both sides."""
    return {"left": dict(amounts), "right": dict(amounts)}


def alone() -> Iterator[Drawing]:
    """Every unit alone."""
    for code in UNITS:
        for level in LEVELS:
            amounts = {code: level} | ({"AU26": 1.0} if code == "AU27" else {})
            yield Drawing(code, "alone", level, **both(amounts))
            if code in SIDED:
                yield Drawing(code, "alone", level, left=amounts)
                yield Drawing(code, "alone", level, right=amounts)


def mixture(chance: np.random.Generator) -> Drawing:
    """Two to five units at random, some one-sided, on a head turned a little."""
    left, right = {}, {}
    for code in chance.choice(
        [code for code in UNITS if code != "AU27"], chance.integers(2, 6), replace=False
    ):
        if any(other in left or other in right for other in TOGETHER.get(code, ())):
            continue
        amount = float(chance.uniform(0.2, 1.0))
        sides = ((left, right), (left,), (right,))[
            0 if code in CENTRAL else chance.choice(3, p=(0.6, 0.2, 0.2))
        ]
        for side in sides:
            side[str(code)] = amount
    return Drawing("mixture", "mixture", 1.0, left, right, **seen(chance))


def seen(chance: np.random.Generator) -> dict[str, Any]:
    """How a still is seen: gaze, turn of the head, light."""
    turn = np.radians(chance.normal(0, (9, 6, 5)).clip(-24, 24))
    return {
        "gaze": tuple(chance.normal(0, 0.06, 2) - 0.6 * turn[:2]),
        "turn": tuple(turn),
        "light": (float(np.exp(chance.normal(0, 0.45))), float(chance.uniform(-0.8, 0.8))),
    }


def variant(label: str, intensity: float, chance: np.random.Generator, number: int) -> Drawing:
    """A state as one of many posers might show it."""
    left: Weights = {code: float(chance.uniform(0, 0.06)) for code in ("AU1", "AU4", "AU7", "AU24", "AU43")}
    right = {
        code: amount if code in CENTRAL else float(chance.uniform(0, 0.06)) for code, amount in left.items()
    }
    # Contempt lies on one side by definition; each side in turn.
    one = None if label != "contempt" else ("left", "right")[number % 2]
    for code, full, share in STATES[label]:
        if chance.random() > share:
            continue
        amount = intensity * full * float(chance.uniform(0.65, 1.15))
        lean = 0.0 if code in CENTRAL else float(chance.normal(0, 0.08))
        for name, side, sign in (("left", left, 1), ("right", right, -1)):
            if one in (None, name):
                side[code] = min(1.0, side.get(code, 0.0) + amount * (1 + sign * lean))
    return Drawing(label, "variant", intensity if STATES[label] else 0.0, left, right, **seen(chance))


def recipes(label: str) -> Iterator[Drawing]:
    """The whole prototype at a quarter, half and full strength, and at full also turned and lit otherwise."""
    turns = [(0, 0, 0), (-0.3, 0, 0), (0.3, 0, 0), (0, -0.2, 0), (0, 0.2, 0), (0, 0, 0.25)]
    views = [{"turn": turn} for turn in turns] + [
        {"light": light} for light in ((0.3, -0.58), (1.8, -0.58), (0.8, 0.75))
    ]
    for intensity in (0.25, 0.5, 1.0):
        for view in views if intensity == 1.0 else views[:1]:
            amounts = {code: intensity * full for code, full, share in STATES[label] if share >= 0.5}
            sides = {"left": amounts} if label == "contempt" else both(amounts)
            kind = "recipe" if view == views[0] else "view"
            yield Drawing(label, kind, intensity if STATES[label] else 0.0, **sides, **view)


def drawings(what: str, seed: int) -> Iterator[Drawing]:
    """Everything to draw of one person."""
    chance = np.random.default_rng(seed)
    if what == "units":
        yield Drawing("rest", "rest", 0.0)
        yield from alone()
        yield from (mixture(chance) for _ in range(MIXTURES))
        yield from (Drawing("rest", "mixture", 0.0, **seen(chance)) for _ in range(10))
        return
    yield Drawing("neutral", "rest", 0.0)
    for label in STATES:
        if what == "states":
            yield from recipes(label)
        for number in range(VARIANTS if what == "states" else VARIANTS // 2):
            yield variant(label, float(chance.uniform(0.4, 1.0)), chance, number)


def stranger(number: int) -> dict[str, Any]:
    """Somebody drawn at random: an adult of any age, build and colouring."""
    chance = np.random.default_rng(1000 + number)
    tone = ("fair", "light", "medium", "brown", "dark")[number % 5]
    male, age = float(chance.random()), float(chance.uniform(0.5, 1.0))
    origin = chance.dirichlet((0.35, 0.35, 0.35))
    targets = {}
    for name in (
        "mouth/mouth-scale-horiz",
        "nose/nose-scale-horiz",
        "chin/chin-width",
        "mouth/mouth-scale-vert",
    ):
        targets[f"{name}-{chance.choice(('incr', 'decr'))}"] = float(chance.uniform(0, 0.4))
    for change in ("eye-scale-incr", "eye-height2-incr"):
        amount = float(chance.uniform(0, 0.4))
        targets |= {f"eyes/{side}-{change}": amount for side in "lr"}
    old = age > 0.8
    dark = tone in ("brown", "dark")
    colours = ("grey", "white") if old else ("black",) if dark else ("black", "brown", "darkbrown", "blond")
    return {
        "id": {"gender": male, "age": age, "race": tuple(origin), "muscle": float(chance.uniform(0.3, 0.7)),
               "weight": float(chance.uniform(0.3, 0.75)), "targets": targets},
        "tone": tone,
        "hair": str(chance.choice(("buzz", "crop", "sidepart") if male > 0.5 else ("tied", "crop", "bob"))),
        "haircolor": str(chance.choice(colours)),
        "eye": "darkbrown" if dark else str(chance.choice(("hazel", "blue", "grey", "darkbrown"))),
        "stubble": float(chance.uniform(0, 0.5)) if male > 0.5 else 0.0,
        "lipstick": int(male < 0.5 and chance.random() < 0.5),
        "browthick": float(chance.uniform(0.75, 1.0)), "brow": float(chance.uniform(0.7, 1.0)),
        "wrinkle": max(0.0, 2.2 * (age - 0.55)), "tired": float(chance.uniform(0, 0.6)),
        "blush": float(chance.uniform(0.2, 0.8)), "shirt": "5B6F63", "seed": 50 + number,
        "recede": float(chance.uniform(0, 0.7)) if male > 0.5 else 0.0,
    }  # fmt: skip


class Studio:
    """Draws and measures; everything of the prototype is reached through here."""

    def __init__(self, prototype: Path, tracker: FaceTracker) -> None:
        sys.path.insert(0, str(prototype))
        self._raster, self._character = import_module("raster"), import_module("character")
        self.cast = import_module("people").PEOPLE
        self._renderer = self._raster.Raster(PIXELS, ms=0)
        self._studio_light = {
            name: np.array(self._renderer.u[name]) for name in ("keyC", "fillC", "skyC", "gndC")
        }
        self._tracker = tracker
        self._figure: Any = None

    def seat(self, person: dict[str, Any]) -> None:
        """Draw this person from now on."""
        self._figure = self._character.Character(person, SUBDIVISION, STRANDS)
        self._renderer.load(self._figure)

    def row(self, drawing: Drawing) -> dict[str, Any] | None:
        """What is measured in one still; None where no face is found."""
        self._relight(*drawing.light)
        drawn = self._figure.frame(shapes(drawing), drawing.gaze, drawing.turn)
        rgb = np.ascontiguousarray(self._renderer.draw(drawn, HX=drawn["HX"])[..., ::-1])
        found = self._tracker.measure_picture(rgb)
        if found is None:
            return None
        return {
            "blendshapes": found.blendshapes,
            "landmarks": found.landmarks,
            "matrix": found.matrix,
            "gray64": face_crop(rgb, found.landmarks),
            "label": drawing.label,
            "kind": drawing.kind,
            "intensity": np.float32(drawing.intensity),
            "left": np.array([drawing.left.get(code, 0.0) for code in UNITS], np.float32),
            "right": np.array([drawing.right.get(code, 0.0) for code in UNITS], np.float32),
            "turn_deg": np.degrees(drawing.turn).astype(np.float32),
            "light": np.array(drawing.light, np.float32),
        }

    def _relight(self, strength: float, place: float) -> None:
        key = np.array((place, 0.40, 0.85)) / np.linalg.norm((place, 0.40, 0.85))
        middle, reach = np.array([0, 7.1, 0.6]), 2.3
        shadow = np.diag([1 / reach, 1 / reach, -1 / 6, 1]) @ self._raster.look(middle + key * 0.01, middle)
        for program in self._renderer.p.values():
            if "keyD" in program:
                program["keyD"].value = tuple(map(float, key))
            if "LM" in program:
                program["LM"].write(shadow.T.astype("f4").tobytes())
            for name, colour in self._studio_light.items():
                if name in program:
                    program[name].value = tuple(map(float, colour * strength))
        self._renderer.LM = shadow


def main() -> None:
    """Draw, measure, and write one npz; the file grows person by person."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prototype", type=Path, required=True)
    parser.add_argument("--what", choices=("units", "states", "strangers"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with FaceTracker(find_model(None, options.out.parent)) as tracker:
        studio = Studio(options.prototype, tracker)
        people = {f"stranger{n:02}": stranger(n) for n in range(STRANGERS)}
        if options.what != "strangers":
            people = {name: studio.cast[name] for name in PEOPLE}
        for seed, (name, person) in enumerate(people.items()):
            started = time.monotonic()
            studio.seat(person)
            found = [studio.row(drawing) for drawing in drawings(options.what, seed)]
            rows += [row | {"person": name} for row in found if row is not None]
            partial = options.out.with_suffix(".part.npz")
            columns: dict[str, NDArray[Any]] = {key: np.array([row[key] for row in rows]) for key in rows[0]}
            np.savez_compressed(partial, allow_pickle=False, units=np.array(UNITS), **columns)
            partial.rename(options.out)
            missed = sum(row is None for row in found)
            print(
                f"{name}: {len(found)} stills, {missed} without a face, {time.monotonic() - started:.0f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
