"""What a face track expresses: the interface, and the first model behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core, Vocabulary
from attune.perception.features import FEATURES, features
from attune.perception.track import BLENDSHAPES, FaceTrack, read_arrays
from attune.resources import asset

BY = "Attune's first reading"
YAW_DEG, PITCH_DEG = (25.0, 40.0), (20.0, 30.0)  # the measurement fades out from the first to the second
AROUND_NS = 160_000_000  # the whole clip's reading is the mean of this long before and after the apex
SMOOTH = 5  # frames
EYES = ("eyeBlink", "eyeSquint", "eye_open")  # move with every blink and glance; they say nothing of strength
STILL = (0.04, 0.14)  # intensity up to which a face is at its own rest, and from which it is not
LEAST_FRAMES = 10  # a shorter track tells nothing about this face at ease
BLINK = 0.35  # eyes closed further than this are neither calm nor an apex


@dataclass(frozen=True, slots=True, eq=False)
class Expressed:
    """What a track shows, frame by frame and as a whole.

    Arrays over the n frames, NaN without a face: ``labels`` (n, 8) probabilities in the order of Core,
    ``intensity`` and ``confidence`` in [0, 1], ``valence`` and ``arousal`` in [-1, 1].
    ``reading``: the whole clip, around ``apex_ns``, where it shows most; both None where there is no face,
    or none turned far enough to the camera. ``neutral_ns``: the calmest frame with open eyes.
    ``calm`` in [0, 1]: how far that frame is this face at ease, 0 where there is none.
    """

    time_ns: NDArray[np.int64]
    labels: NDArray[np.float32]
    intensity: NDArray[np.float32]
    valence: NDArray[np.float32]
    arousal: NDArray[np.float32]
    confidence: NDArray[np.float32]
    reading: Reading | None
    apex_ns: int | None
    neutral_ns: int | None
    calm: float


class ExpressionModel(Protocol):
    """Anything that reads a track."""

    def read(self, track: FaceTrack, *, still: bool = False) -> Expressed:
        """Read a track; ``still`` for pictures that are not one film, so that no frame is another's rest."""
        ...


def load_expression_model() -> ExpressionModel:
    """Return the model Attune carries."""
    core = Vocabulary.from_mapping(
        tomllib.loads(asset("vocabulary", "core.toml").read_text(encoding="utf-8"))
    )
    places = np.array([(core[name].valence, core[name].arousal) for name in Core])
    return FirstReading(read_arrays(asset("models", "first_reading.npz")), places)


class FirstReading:
    """Multinomial logistic regression on :mod:`features`; trained by packaging/train_first_reading.py.

    ``weights`` holds: ``features`` names; ``weights`` (features, 8) and ``bias`` (8,), temperature included;
    ``rest_features`` and ``rest_blendshapes``, means over calm faces; ``feature_scale``, and
    ``intensity_range``, the scaled distances from rest that count as 0 and as 1. ``places`` (8, 2): valence
    and arousal of the core emotions. Raises ValueError for a model of other features.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], places: NDArray[np.float64]) -> None:
        if tuple(weights["features"]) != FEATURES:
            raise ValueError("the model was trained on other features")
        self._weights = weights
        self._places = places

    def read(self, track: FaceTrack, *, still: bool = False) -> Expressed:
        """Read a track, each frame relative to the calmest one as far as that one is calm."""
        face = track.face
        seen = _Seen(track.time_ns[face], track.blendshapes[face], _trust(track.pose_deg[face]))
        rows = features(
            seen.blendshapes, track.landmarks[face], track.matrix[face], track.height / track.width
        )
        own = 0.0
        calm = None if still else _calmest(seen, self._labels(rows)[:, 0])
        if calm is not None:
            own = self._calmness(rows[_near(seen.time_ns, calm)])
            rows = rows - own * (
                rows[_near(seen.time_ns, calm)].mean(axis=0) - self._weights["rest_features"]
            )
        labels, intensity = self._labels(rows), self._intensity(rows)
        if calm is not None:
            labels = _settled(labels, intensity, own)
        apex = _apex(seen, intensity)
        places = labels @ self._places
        return Expressed(
            time_ns=track.time_ns,
            labels=_spread(labels, face),
            intensity=_spread(intensity, face),
            valence=_spread(places[:, 0], face),
            arousal=_spread(places[:, 1], face),
            confidence=_spread(labels.max(axis=1, initial=0.0) * seen.trust, face),
            reading=None if apex is None else self._reading(labels, intensity, seen, apex),
            apex_ns=None if apex is None else int(seen.time_ns[apex]),
            neutral_ns=None if calm is None else int(seen.time_ns[calm]),
            calm=own,
        )

    def _labels(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = rows @ self._weights["weights"] + self._weights["bias"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def _calmness(self, rows: NDArray[np.float64]) -> float:
        """How far these frames look like a face at ease, in [0, 1], 1 being the average such face."""
        average = self._labels(self._weights["rest_features"][None])[0, 0]
        return min(1.0, float(self._labels(rows)[:, 0].mean() / average))

    def _intensity(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Distance from rest: root mean square over the features, in units of how much each varies."""
        away = (rows - self._weights["rest_features"]) / self._weights["feature_scale"]
        low, high = self._weights["intensity_range"]
        steady = ~np.isin(FEATURES, EYES)
        return np.asarray(
            np.clip((np.sqrt(np.mean(away[:, steady] ** 2, axis=1)) - low) / (high - low), 0.0, 1.0)
        )

    def _reading(
        self, labels: NDArray[np.float64], intensity: NDArray[np.float64], seen: _Seen, apex: int
    ) -> Reading:
        near = _near(seen.time_ns, apex) & (seen.trust > 0)
        mean = np.average(labels[near], axis=0, weights=seen.trust[near])
        mean /= mean.sum()
        valence, arousal = mean @ self._places
        return Reading(
            source=Source.MEASURED,
            labels={str(name): float(share) for name, share in zip(Core, mean, strict=True)},
            intensity=float(intensity[near].mean()),
            valence=float(valence),
            arousal=float(arousal),
            confidence=float(mean.max() * seen.trust[near].mean()),
            by=BY,
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """The frames with a face: times, blendshapes, and trust in [0, 1] by how far the head is turned."""

    time_ns: NDArray[np.int64]
    blendshapes: NDArray[np.float32]
    trust: NDArray[np.float64]


def _trust(pose_deg: NDArray[np.float32]) -> NDArray[np.float64]:
    trust = np.ones(len(pose_deg))
    for angle, (good, bad) in ((pose_deg[:, 0], YAW_DEG), (pose_deg[:, 1], PITCH_DEG)):
        trust *= np.clip((bad - np.abs(angle.astype(np.float64))) / (bad - good), 0.0, 1.0)
    return trust


def _calmest(seen: _Seen, neutral: NDArray[np.float64]) -> int | None:
    """Index of the frame that looks most neutral, eyes open and facing the camera."""
    if len(neutral) < LEAST_FRAMES:
        return None
    calm = np.where((seen.trust > 0) & ~_blinking(seen), _smooth(neutral), -1.0)
    best = int(calm.argmax())
    return best if calm[best] >= 0 else None


def _settled(labels: NDArray[np.float64], intensity: NDArray[np.float64], own: float) -> NDArray[np.float64]:
    """Labels (n, 8) with neutral raised where a face hardly left its own rest, so far as that is known."""
    low, high = STILL
    rest = (own * np.clip((high - _smooth(intensity)) / (high - low), 0.0, 1.0))[:, None]
    return np.asarray((1 - rest) * labels + rest * np.eye(len(Core))[0])


def _apex(seen: _Seen, intensity: NDArray[np.float64]) -> int | None:
    """Index of the frame that shows most; None where no face is turned to the camera."""
    if not (seen.trust > 0).any():
        return None
    shown = np.where(_blinking(seen), 0.5, 1.0) * _smooth(intensity) * seen.trust
    return int((shown + 1e-9 * seen.trust).argmax())


def _blinking(seen: _Seen) -> NDArray[np.bool_]:
    lids = [BLENDSHAPES.index(f"eyeBlink{side}") for side in ("Left", "Right")]
    return np.asarray(seen.blendshapes[:, lids].mean(axis=1) > BLINK)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Moving mean over SMOOTH frames, shorter at the ends."""
    before, after = SMOOTH // 2, SMOOTH - SMOOTH // 2
    places = np.arange(len(values))
    start, end = np.maximum(places - before, 0), np.minimum(places + after, len(values))
    total = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray((total[end] - total[start]) / (end - start))


def _near(time_ns: NDArray[np.int64], index: int) -> NDArray[np.bool_]:
    return np.asarray(np.abs(time_ns - time_ns[index]) <= AROUND_NS)


def _spread(values: NDArray[np.float64], face: NDArray[np.bool_]) -> NDArray[np.float32]:
    full = np.full((len(face), *values.shape[1:]), np.nan, dtype=np.float32)
    full[face] = values
    return full
