"""The appearance network: its shape, the ways a training face is changed, and the training of one tower.

Needs torch (dependency group "train"); Attune itself runs the finished network through OpenCV.
"""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from attune.perception.appearance import FLAT, OUTPUTS, SIDE

WIDTHS = (16, 32, 64, 96)
BATCH = 128
RATE = 3e-3
DECAY = 0.05
SMOOTHING = 0.05  # labels are one person's, and a second one often disagreed
AVERAGING = 0.995  # the weights kept are a running mean: steadier under noisy labels than the last step's
COVERED = 0.25  # share of training faces of which a part is covered
COVERED_WEIGHT = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """``crops`` (n, SIDE, SIDE), ``labels`` (n,) places in Core, ``weights`` (n,) how much each counts."""

    crops: NDArray[np.uint8]
    labels: NDArray[np.int64]
    weights: NDArray[np.float64]


class _Block(nn.Module):
    """Two convolutions and a way around them; halves the picture."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inside, outside, 3, 2, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outside)
        self.second = nn.Conv2d(outside, outside, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outside)
        self.around = nn.Sequential(
            nn.AvgPool2d(2), nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside)
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Half the width and height."""
        inner = functional.relu(self.first_norm(self.first(pictures)))
        return functional.relu(self.second_norm(self.second(inner)) + self.around(pictures))


class Tower(nn.Module):
    """One network: upright faces (n, 1, SIDE, SIDE), standardised, to OUTPUTS scores."""

    def __init__(self) -> None:
        super().__init__()
        start, *rest = WIDTHS
        self.stem = nn.Sequential(nn.Conv2d(1, start, 5, 2, 2, bias=False), nn.BatchNorm2d(start), nn.ReLU())
        sizes = zip(WIDTHS, rest, strict=False)
        self.blocks = nn.Sequential(*(_Block(inside, outside) for inside, outside in sizes))
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(WIDTHS[-1], OUTPUTS)

    def forward(self, pictures: Tensor) -> Tensor:
        """Scores (n, OUTPUTS)."""
        seen: Tensor = self.out(self.drop(self.blocks(self.stem(pictures)).mean((2, 3))))
        return seen


class Towers(nn.Module):
    """Several towers that look at the same face."""

    def __init__(self, towers: list[Tower]) -> None:
        super().__init__()
        self.towers = nn.ModuleList(towers)

    def forward(self, pictures: Tensor) -> Tensor:
        """Scores (n, towers x OUTPUTS)."""
        return torch.cat([tower(pictures) for tower in self.towers], 1)


def train_tower(examples: Examples, *, epochs: int, seed: int, tell: Callable[[str], None]) -> Tower:
    """Train one tower; the same on every run with the same number of threads."""
    torch.manual_seed(seed)
    chance = torch.Generator().manual_seed(seed)
    tower = Tower().to(memory_format=torch.channels_last)
    steps = len(examples.crops) // BATCH
    optimiser = torch.optim.AdamW(tower.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=epochs * steps, pct_start=0.15
    )
    steady = torch.optim.swa_utils.AveragedModel(
        tower, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGING), use_buffers=True
    )
    crops, labels = torch.from_numpy(examples.crops), torch.from_numpy(examples.labels)
    weights = torch.from_numpy(examples.weights / examples.weights.mean()).float()
    begun = time.monotonic()
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(crops), generator=chance)[: steps * BATCH].split(BATCH):
            faces, covered = changed(crops[batch], chance)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = tower(faces.contiguous(memory_format=torch.channels_last))
            loss = _loss(scores.float(), labels[batch], weights[batch], covered)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            steady.update_parameters(tower)
            total += float(loss.detach())
        tell(f"epoch {epoch + 1} of {epochs}: loss {total / steps:.4f}, {time.monotonic() - begun:.0f} s")
    kept = steady.module
    assert isinstance(kept, Tower)
    return kept.eval()


def _loss(scores: Tensor, labels: Tensor, weights: Tensor, covered: Tensor) -> Tensor:
    """Weighted cross-entropy of the label, and of whether a part of the face is covered."""
    named = functional.cross_entropy(scores[:, :-1], labels, reduction="none", label_smoothing=SMOOTHING)
    seen = functional.binary_cross_entropy_with_logits(scores[:, -1], covered)
    return (named * weights).mean() + COVERED_WEIGHT * seen


def changed(crops: Tensor, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Faces (n, SIDE, SIDE) uint8 as another camera might have seen them, and which of them are covered.

    Standardised. Mirrored, turned, moved and sized a little, at times coarse, in other light, with noise; a
    quarter of them with dark glasses, a mask over the lower half, or something before a part of the face.
    """
    count = len(crops)

    def spread(reach: float) -> Tensor:
        return (torch.rand(count, generator=chance) * 2 - 1) * reach

    turn, size, wide = spread(0.11), torch.exp(spread(0.08)), torch.exp(spread(0.05))
    mirror = torch.where(torch.rand(count, generator=chance) < 0.5, -1.0, 1.0)
    across, down, slant = spread(0.07), spread(0.07), spread(0.06)
    cos, sin = torch.cos(turn), torch.sin(turn)
    moves = torch.stack(
        [
            torch.stack([mirror * cos * size * wide, -sin * size + slant, across], 1),
            torch.stack([mirror * sin * size, cos * size / wide, down], 1),
        ],
        1,
    )
    faces = crops.float().unsqueeze(1)
    places = functional.affine_grid(moves, list(faces.shape), align_corners=False)
    faces = functional.grid_sample(faces, places, padding_mode="border", align_corners=False)
    if torch.rand(1, generator=chance).item() < 0.35:
        coarse = int(22 + torch.rand(1, generator=chance).item() * 30)
        faces = functional.interpolate(faces, size=coarse, mode="area")
        faces = functional.interpolate(faces, size=SIDE, mode="bilinear")
    shade = torch.exp(spread(0.3)).view(-1, 1, 1, 1)
    faces = 255 * (faces.clamp(0, 255) / 255) ** shade
    side = torch.linspace(-1, 1, SIDE)
    one, other = spread(0.25).view(-1, 1, 1, 1), spread(0.25).view(-1, 1, 1, 1)
    faces = faces * (1 + one * side + other * side.view(-1, 1)).clamp(0.25, 2)
    faces, covered = _cover(faces, chance)
    noise = torch.rand(count, 1, 1, 1, generator=chance) ** 2 * 12
    faces = faces + torch.randn(faces.shape, generator=chance) * noise
    faces = faces - faces.mean((2, 3), keepdim=True)
    return faces / (faces.std((2, 3), keepdim=True, unbiased=False) + FLAT), covered


def _cover(faces: Tensor, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Faces (n, 1, SIDE, SIDE), some with glasses, masks or hands, and (n,) 1 where so."""
    count = len(faces)

    def draw(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, 1, 1, generator=chance)

    place = (torch.arange(SIDE) + 0.5) / SIDE
    x, y = place.view(1, 1, SIDE), place.view(1, SIDE, 1)
    high, reach, tall = draw(0.33, 0.41), draw(0.13, 0.18), draw(0.09, 0.15)
    lenses = (((x - 0.5).abs() - 0.2) / reach) ** 4 + ((y - high) / tall) ** 4 < 1
    glasses = lenses | (((y - high + 0.03).abs() < 0.02) & ((x - 0.5).abs() < 0.45))
    mask = y > draw(0.52, 0.62) + draw(0.0, 0.5) * (x - 0.5) ** 2
    middle_x, middle_y = draw(0.15, 0.85), draw(0.25, 0.95)
    hand = ((x - middle_x) / draw(0.15, 0.35)) ** 2 + ((y - middle_y) / draw(0.12, 0.3)) ** 2 < 1
    kind = torch.rand(count, 1, 1, generator=chance) / COVERED
    where = torch.where(kind < 0.35, glasses, torch.where(kind < 0.7, mask, hand)) & (kind < 1)
    grey = torch.where(kind < 0.35, draw(5, 60), draw(20, 245))
    grey = grey * (1 + draw(-0.3, 0.3) * (y - 0.5) + draw(-0.3, 0.3) * (x - 0.5))
    return torch.where(where.unsqueeze(1), grey.unsqueeze(1), faces), (kind.view(count) < 1).float()


@torch.no_grad()
def scores(tower: Tower, standardised: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores (n, OUTPUTS) of upright faces (n, SIDE, SIDE), as the finished network gives them."""
    pictures = torch.from_numpy(standardised).unsqueeze(1)
    return np.concatenate([tower(part).numpy() for part in pictures.split(512)]).astype(np.float64)


def as_onnx(towers: list[Tower]) -> bytes:
    """The towers as one network in ONNX, (1, 1, SIDE, SIDE) to (1, towers x OUTPUTS)."""
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the other exporter needs one more package
        torch.onnx.export(
            Towers(towers).eval(), (torch.zeros(1, 1, SIDE, SIDE),), target, opset_version=13, dynamo=False
        )
    return target.getvalue()
