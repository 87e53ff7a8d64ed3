"""What a face track expresses: the interface, and the model behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core, Vocabulary
from attune.perception.appearance import OUTPUTS, TOWERS
from attune.perception.dynamics import speaking
from attune.perception.evidence import Doubt, evidence
from attune.perception.features import FEATURES, features
from attune.perception.neutral import Neutral
from attune.perception.smoothing import GAP_NS, one_euro
from attune.perception.track import BLENDSHAPES, FaceTrack, read_arrays, with_gaps
from attune.resources import asset

BY = "Attune's reading"
AROUND_NS = 160_000_000  # the whole clip's reading is the mean of this long before and after the apex
SMOOTH = 5  # frames
EYES = ("eyeBlink", "eyeSquint", "lidUpper", "lidLower", "lidGap")  # move with every blink and glance
STEADY = ~np.isin(FEATURES, EYES)
STILL = (0.04, 0.14)  # intensity up to which a face is at its own rest, and from which it is not
LEAST_FRAMES = 10  # a shorter track tells nothing about this face at ease
BLINK = 0.35  # eyes closed further than this are neither calm nor an apex
ENOUGH = 0.25  # trust under which nothing is said of a clip
# How far the landmarks and blendshapes are read relative to a face's own rest. Half of the way, and the
# appearance not at all, is what helps on photographs of people with a calm picture (see the model card).
OWN_REST = 0.5
FAR = 5.0  # features are cut off this many standard deviations from rest


@dataclass(frozen=True, slots=True, eq=False)
class Expressed:
    """What a track shows, frame by frame and as a whole.

    Arrays over the n frames, NaN without a face: ``labels`` (n, 8) probabilities in the order of Core,
    ``intensity`` and ``confidence`` in [0, 1], ``valence`` and ``arousal`` in [-1, 1].
    ``reading``: the whole clip, around ``apex_ns``, where it shows most; both None where there is no face,
    or none that can be read, and then ``doubts`` say why. ``neutral_ns``: the calmest frame with open eyes.
    ``calm`` in [0, 1]: how far this face at ease is known, by that frame or from before; 0 where it is not.
    ``speaking`` (n,): whether the lips move as in speech, never in pictures or without a face.
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
    speaking: NDArray[np.bool_]
    doubts: tuple[Doubt, ...]


class ExpressionModel(Protocol):
    """Anything that reads a track."""

    def read(self, track: FaceTrack, *, still: bool = False, neutral: Neutral | None = None) -> Expressed:
        """Read a track; ``still`` for pictures that are not one film, so that no frame is another's rest.

        ``neutral``: the face at rest, where that is known from before.
        """
        ...


def load_expression_model() -> ExpressionModel:
    """Return the model Attune carries."""
    return load_fused_reading()


def load_fused_reading() -> FusedReading:
    """Return it by its own type, for those who measure its quality."""
    core = Vocabulary.from_mapping(
        tomllib.loads(asset("vocabulary", "core.toml").read_text(encoding="utf-8"))
    )
    places = np.array([(core[name].valence, core[name].arousal) for name in Core])
    return FusedReading(read_arrays(asset("models", "expression.npz")), places)


class FusedReading:
    """Appearance, blendshapes and landmarks weighed together: multinomial logistic regression on all three.

    Trained by packaging/train_expression.py. ``weights`` holds: ``features`` names; ``weights``
    (8 + features, 8) and ``bias`` (8,), temperature included; ``rest_looks`` (8,) and ``rest_features``,
    means over calm faces; ``feature_scale``; ``strength`` (1 + 2 x features,), weights of one, of what rises
    and of what falls, for the intensity; ``intensity_range``, the scaled distances from everybody's rest
    that count as 0 and as 1. ``places`` (8, 2): valence and arousal of the core emotions. Raises ValueError
    for a model of other features.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], places: NDArray[np.float64]) -> None:
        if tuple(weights["features"]) != FEATURES:
            raise ValueError("the model was trained on other features")
        self._weights = weights
        self._places = places

    @property
    def rest(self) -> NDArray[np.float64]:
        """(features,) the average over calm faces."""
        return np.asarray(self._weights["rest_features"])

    def probabilities(self, looks: NDArray[np.floating], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Labels (n, 8) of faces: scores of the appearance network (n, 8) and features (n, features)."""
        inputs = np.column_stack([looks, self._scaled(rows)])
        scores = inputs @ self._weights["weights"] + self._weights["bias"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def relative(
        self, rows: NDArray[np.float64], calm: NDArray[np.float64], *, share: float
    ) -> NDArray[np.float64]:
        """Rows as if this face's rest, seen in the ``calm`` ones, were a ``share`` nearer to the average."""
        return np.asarray(rows - share * (calm.mean(axis=0) - self.rest))

    def read(self, track: FaceTrack, *, still: bool = False, neutral: Neutral | None = None) -> Expressed:
        """Read a track relative to its ``neutral``, else to its calmest frame as far as that one is calm."""
        talking = np.zeros(len(track), dtype=bool) if still else speaking(track)
        seen = _Seen.of(track, talking)
        rows = moved = seen.rows
        calm = None if still else _calmest(seen, self.probabilities(seen.looks, rows)[:, 0])
        rest, own = self._rest(seen, calm, neutral)
        if rest is not None:
            moved = self.relative(rows, rest, share=own)
            rows = self.relative(rows, rest, share=OWN_REST * own)
        labels = self.probabilities(seen.looks, rows)
        intensity = own * self._strength(moved) + (1 - own) * self._oddness(seen.rows)
        if not still:
            smooth = one_euro(seen.time_ns, np.column_stack([labels, intensity]))
            labels, intensity = smooth[:, :-1], smooth[:, -1]
            labels /= labels.sum(axis=1, keepdims=True)
        if rest is not None:
            labels = _settled(seen.time_ns, labels, intensity, own)
        apex = _apex(seen, intensity)
        places, face = labels @ self._places, track.face
        return Expressed(
            time_ns=track.time_ns,
            labels=with_gaps(labels, face),
            intensity=with_gaps(intensity, face),
            valence=with_gaps(places[:, 0], face),
            arousal=with_gaps(places[:, 1], face),
            confidence=with_gaps(labels.max(axis=1, initial=0.0) * seen.trust, face),
            reading=None if apex is None else self._reading(labels, intensity, seen, apex),
            apex_ns=None if apex is None else int(seen.time_ns[apex]),
            neutral_ns=None if calm is None else int(seen.time_ns[calm]),
            calm=own,
            speaking=talking,
            doubts=seen.doubts,
        )

    def _rest(
        self, seen: _Seen, calm: int | None, neutral: Neutral | None
    ) -> tuple[NDArray[np.float64] | None, float]:
        """The face at rest (n, features), and how far it is that."""
        if neutral is not None:
            return neutral.features[None], 1.0
        if calm is None:
            return None, 0.0
        near = _near(seen.time_ns, calm)
        return seen.rows[near], self._calmness(seen.looks[near], seen.rows[near])

    def _scaled(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        return scaled(rows, self.rest, self._weights["feature_scale"])

    def _calmness(self, looks: NDArray[np.float64], rows: NDArray[np.float64]) -> float:
        """How far these frames look like a face at ease, in [0, 1], 1 being the average such face."""
        rest = self._weights["rest_looks"][None], self.rest[None]
        return min(1.0, float(self.probabilities(looks, rows)[:, 0].mean() / self.probabilities(*rest)[0, 0]))

    def _strength(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Intensity in [0, 1] of rows relative to the face's own rest."""
        floor, *weights = self._weights["strength"]
        return np.asarray(np.clip(floor + departed(self._scaled(rows)) @ weights, 0.0, 1.0))

    def _oddness(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """What can be said of intensity without knowing the face's rest: how far it is from everybody's."""
        low, high = self._weights["intensity_range"]
        return np.asarray(np.clip((from_rest(self._scaled(rows)) - low) / (high - low), 0.0, 1.0))

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


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """The m frames with a face: ``looks`` (m, 8), the mean of the towers; ``rows`` (m, features)."""

    time_ns: NDArray[np.int64]
    looks: NDArray[np.float64]
    rows: NDArray[np.float64]
    closed: NDArray[np.bool_]
    trust: NDArray[np.float64]
    doubts: tuple[Doubt, ...]

    @classmethod
    def of(cls, track: FaceTrack, talking: NDArray[np.bool_]) -> _Seen:
        face = track.face
        towers = track.appearance[face].astype(np.float64).reshape(-1, TOWERS, OUTPUTS)
        found = evidence(
            track,
            covered=(1 / (1 + np.exp(-towers[..., -1]))).mean(axis=1),
            speaking=talking[face],
        )
        lids = [BLENDSHAPES.index(f"eyeBlink{side}") for side in ("Left", "Right")]
        return cls(
            time_ns=track.time_ns[face],
            looks=towers[..., :-1].mean(axis=1),
            rows=features(track.blendshapes[face], track.landmarks[face], track.height / track.width),
            closed=track.blendshapes[face][:, lids].mean(axis=1) > BLINK,
            trust=found.trust,
            doubts=found.doubts,
        )


def scaled(
    rows: NDArray[np.float64], rest: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Features (n, features) as distances from rest in standard deviations, cut off at FAR."""
    return np.asarray(np.clip((rows - rest) / scale, -FAR, FAR))


def departed(scaled_rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scaled features (n, features) as what rises and what falls from rest, (n, 2 x features)."""
    return np.column_stack([np.maximum(scaled_rows, 0.0), np.maximum(-scaled_rows, 0.0)])


def from_rest(scaled_rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Root mean square of scaled features (n, features), without those that say nothing of strength."""
    return np.asarray(np.sqrt(np.mean(scaled_rows[:, STEADY] ** 2, axis=1)))


def _calmest(seen: _Seen, neutral: NDArray[np.float64]) -> int | None:
    """Index of the frame that looks most neutral, eyes open and facing the camera."""
    if len(neutral) < LEAST_FRAMES:
        return None
    calm = np.where((seen.trust >= ENOUGH) & ~seen.closed, _smooth(seen.time_ns, neutral), -1.0)
    best = int(calm.argmax())
    return best if calm[best] >= 0 else None


def _settled(
    time_ns: NDArray[np.int64], labels: NDArray[np.float64], intensity: NDArray[np.float64], own: float
) -> NDArray[np.float64]:
    """Labels (n, 8) with neutral raised where a face hardly left its own rest, so far as that is known."""
    low, high = STILL
    rest = (own * np.clip((high - _smooth(time_ns, intensity)) / (high - low), 0.0, 1.0))[:, None]
    return np.asarray((1 - rest) * labels + rest * np.eye(len(Core))[0])


def _apex(seen: _Seen, intensity: NDArray[np.float64]) -> int | None:
    """Index of the frame that shows most, of those that can be read; None where there is none."""
    readable = seen.trust >= ENOUGH
    if not readable.any():
        return None
    shown = np.where(seen.closed, 0.5, 1.0) * _smooth(seen.time_ns, intensity) * seen.trust
    return int(np.where(readable, shown + 1e-9 * seen.trust, -1.0).argmax())


def _smooth(time_ns: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Moving mean over SMOOTH frames, shorter at the ends and where the face was lost for longer."""
    before, after = SMOOTH // 2, SMOOTH - SMOOTH // 2
    places = np.arange(len(values))
    edges = np.concatenate(([0], 1 + np.flatnonzero(np.diff(time_ns) > GAP_NS), [len(values)]))
    run = np.searchsorted(edges, places, side="right")
    start, end = np.maximum(places - before, edges[run - 1]), np.minimum(places + after, edges[run])
    total = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray((total[end] - total[start]) / (end - start))


def _near(time_ns: NDArray[np.int64], index: int) -> NDArray[np.bool_]:
    return np.asarray(np.abs(time_ns - time_ns[index]) <= AROUND_NS)
