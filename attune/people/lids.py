"""Lids that slide over the eye and never cut it, whatever the units and the gaze ask for."""

from __future__ import annotations

import numpy as np

from attune.people.eyes import DOME, FIT, IRIS_DM
from attune.people.head import Head
from attune.people.parts import Floats, Ints
from attune.people.sculpt import Eye, Shape

NEAR = 1.6  # eye radii from the centre within which skin slides over the eye
GAP = 1.012  # how far a lid's inner side stays off the eye, in times the eye's own reach
GIVE = 0.35  # how much of a lid's thickness is left where it is pressed
FRONT = -0.02  # decimetres ahead of the eye's centre; what lies further back is the socket
EDGE = 1.15  # eye radii: lashes begin inside the lid and pass its edge before this
MIDDLE = 0.4  # eye radii to both sides that count as the middle of a lid


class Lids:
    """Points around one eye, of skin or of lashes, that must not enter it."""

    def __init__(self, points: Floats, eye: Eye) -> None:
        self._centre, self._radius = eye
        self._rim = float(np.arcsin(IRIS_DM / (self._radius * FIT)))
        away = points - self._centre
        distance = np.linalg.norm(away, axis=1) / self._radius
        near = (distance < NEAR) & (away[:, 2] > FRONT)
        self.rows: Ints = np.flatnonzero(near).astype(np.int32)
        slack = GIVE * np.maximum(distance[near] - GAP, 0)
        self._slack: Floats = (self._radius * slack).astype(np.float32)
        furthest = max(FIT * (1.004 + DOME), 1.0) * GAP  # where the cornea stands out most
        self._safe: Floats = np.square(self._radius * (furthest + slack)).astype(np.float32)

    def reach(self, directions: Floats, gaze: Floats) -> Floats:
        """How far the eye and its cornea reach (n,) in decimetres, in directions (n, 3) from its centre."""
        yaw, pitch = float(gaze[0]), float(gaze[1])
        axis = (np.sin(yaw) * np.cos(pitch), -np.sin(pitch), np.cos(yaw) * np.cos(pitch))
        polar = np.arccos(np.clip(directions @ np.array(axis, np.float32), -1, 1))
        ball = FIT * (1.004 + DOME * np.exp(-((polar / (0.85 * self._rim)) ** 2)))
        return np.asarray(self._radius * np.maximum(ball, 1.0), np.float32)

    def keep_out(self, points: Floats, gaze: Floats) -> None:
        """Push points (n, 3) out of the eye, each as far as its share of the lid's thickness."""
        away = points.take(self.rows, axis=0) - self._centre
        square = np.einsum("ni,ni->n", away, away)
        near = np.flatnonzero(square < self._safe)
        distance = np.sqrt(square[near])
        direction = away[near] / distance[:, None]
        least = self.reach(direction, gaze) * GAP + self._slack[near]
        inside = distance < least
        points[self.rows[near[inside]]] = self._centre + direction[inside] * least[inside, None]


class LidEdges:
    """The middle of both lids' edges at one eye, by the roots of the lashes: rows of the base mesh."""

    def __init__(self, head: Head, shape: Shape, side: str, eye: Eye) -> None:
        centre, radius = eye
        edges = []
        for part in ("2", "1"):  # the upper lid's lashes, then the lower's
            rows = head.groups[f"{side}-eyelashes-{part}"]
            away = np.linalg.norm(shape.base[rows] - centre, axis=1) / radius
            aside = np.abs(shape.base[rows, 0] - centre[0]) / radius
            edges.append(rows[(aside < MIDDLE) & (away > 1.0) & (away < EDGE)])
        self.upper, self.lower = edges

    def gap(self, base: Floats) -> float:
        """How far the lids are apart in decimetres; negative where they would cross."""
        return float(base[self.upper, 1].mean() - base[self.lower, 1].mean())
