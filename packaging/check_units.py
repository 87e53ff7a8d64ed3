"""How action units come out in photographs of real faces, whose units nobody has coded.

    python packaging/check_units.py DATA.npz

DATA: measured photographs with one person's labels. Prints, for every unit and emotion, how well the unit
tells photographs of that emotion from calm ones (area under the curve, .5 for not at all), and the share of
them in which the unit stands out from what other units explain, nothing being known of the face's own rest.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attune.perception.units import LEAST, SIDES, average_rest, channels, units

EMOTIONS = ("neutral", "happiness", "sadness", "anger", "fear", "surprise", "disgust")
TURNED_DEG = 25.0


def photographs(path: Path) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Channels (n, CHANNELS) and labels (n,) of photographs that face the camera."""
    with np.load(path) as archive:
        data = {name: archive[name] for name in ("blendshapes", "landmarks", "matrix", "image_wh", "label")}
    turn = data["matrix"][:, :3, :3] / np.linalg.norm(data["matrix"][:, :3, :3], axis=1, keepdims=True)
    facing = turn[:, 2, 2] > np.cos(np.radians(TURNED_DEG))
    landmarks = data["landmarks"][facing].astype(np.float32)
    aspect = data["image_wh"][facing, 1] / data["image_wh"][facing, 0]
    landmarks[..., 1] *= aspect[:, None]  # so that every picture is as high as wide
    return channels(data["blendshapes"][facing], landmarks, 1.0), data["label"][facing]


def area(there: NDArray[np.float64], calm: NDArray[np.float64]) -> float:
    """Share of pairs in which the first is greater: the area under the curve (Mann and Whitney 1947)."""
    ranks = np.concatenate([there, calm]).argsort().argsort()[: len(there)] + 1
    return float((ranks.sum() - len(there) * (len(there) + 1) / 2) / (len(there) * len(calm)))


def main() -> None:
    """Print the table in Markdown."""
    values, labels = photographs(Path(sys.argv[1]))
    change = values - average_rest()
    print(f"| unit | {' | '.join(EMOTIONS)} |\n|---{'|---' * len(EMOTIONS)}|")
    totals = {unit.code: np.max([change @ unit.column(side) for side in SIDES], axis=0) for unit in units()}
    amounts = {unit.code: unit.amount(totals[unit.code], calm=0.0) for unit in units()}
    for unit in units():
        most, own = totals[unit.code], amounts[unit.code]
        calm = most[labels == "neutral"]
        explained = [share * amounts[other] for other, share in unit.lit_by.items()]
        named = own - np.max([0.0 * own, *explained], axis=0) >= LEAST
        cells = [
            f"{area(most[labels == emotion], calm):.2f} / {named[labels == emotion].mean():.0%}"
            for emotion in EMOTIONS
        ]
        print(f"| {unit.code} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
