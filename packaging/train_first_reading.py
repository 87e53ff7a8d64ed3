"""Train the first expression model: multinomial logistic regression on the features of attune.perception.

    python packaging/train_first_reading.py DATA.npz [OUT.npz]

DATA holds measured numbers of photographs and one person's labels (see the data's own notes). Contempt is
all but absent from such collections, and fear and disgust are few or confused, so examples of them are
composed: calm faces moved as PROTOTYPES says. Prints macro-F1 on people kept out of training; what it says of
the composed faces is only that they were learned.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from attune.affect.vocabulary import Core
from attune.perception.expression import EYES
from attune.perception.features import DISTANCES, FEATURES, features, logit
from attune.perception.track import BLENDSHAPES

Array = NDArray[np.float64]
CORE = [str(name) for name in Core]
PENALTY = 1e-3
FOLDS = 4
COMPOSED = 800
TOO_FEW = {"press": ("disgust", "fear", "contempt")}  # labels the data's notes call unusable
# Emotion, (feature, share of posers who show it, how far it goes when strong), whether on one side only.
# For what photographs hardly show or their labels confuse. Begun from the prototypes of Du, Tao & Martinez
# 2014, then set by hand with the starter set in view, AU9 through what moves with it: its channel is dead.
PROTOTYPES = (
    (
        "fear",
        (
            ("browInnerUp", 1.0, 0.8),
            ("browDown", 0.6, 0.25),
            ("browOuterUp", 0.57, 0.5),
            ("eyeWide", 0.63, 0.4),
            ("mouthStretch", 1.0, 0.5),
            ("mouthFrown", 0.5, 0.35),
            ("mouthLowerDown", 0.5, 0.4),
            ("jawOpen", 0.6, 0.35),
        ),
        False,
    ),
    (
        "disgust",
        (
            ("browDown", 0.7, 0.6),
            ("eyeSquint", 0.7, 0.7),
            ("mouthUpperUp", 1.0, 0.5),
            ("mouthShrugLower", 0.7, 0.4),
            ("mouthFrown", 0.6, 0.35),
        ),
        False,
    ),
    (
        "contempt",
        (
            ("mouthSmile", 0.9, 0.8),
            ("mouthDimple", 0.9, 0.25),
            ("mouthStretch", 0.3, 0.3),
            ("mouthPress", 0.5, 0.4),
        ),
        True,
    ),
)


def main() -> None:
    """Cross-validate, report, train on everything, write."""
    source = Path(sys.argv[1])
    target = Path(sys.argv[2] if len(sys.argv) > 2 else "assets/models/first_reading.npz")
    data = dict(np.load(source, allow_pickle=False))
    chance = np.random.default_rng(2)
    rows, labels, corpus, people = load(data, chance)
    fold = chance.integers(0, FOLDS, people.max() + 1)[people]
    scores = np.zeros((len(rows), len(CORE)))
    for held_out in range(FOLDS):
        train = fold != held_out
        weights, bias = fit(rows[train], labels[train], importance(labels[train], corpus[train]))
        scores[~train] = rows[~train] @ weights + bias
    temperature = calibrate(scores, labels, importance(labels, corpus))
    report(scores / temperature, labels, corpus)
    weights, bias = fit(rows, labels, importance(labels, corpus))
    write(target, data, rows, labels, (weights / temperature, bias / temperature))


def load(
    data: dict[str, NDArray[np.generic]], chance: np.random.Generator
) -> tuple[Array, NDArray[np.int64], NDArray[np.str_], NDArray[np.int64]]:
    """Features, labels, corpus and person of every usable row, composed contempt at the end."""
    assert tuple(data["blendshape_names"]) == BLENDSHAPES
    shapes = data["blendshapes"].astype(np.float32)
    points, matrix = data["landmarks"].astype(np.float32), data["matrix"].astype(np.float32)
    size = data["image_wh"].astype(np.float64)
    points[..., 1] *= (size[:, 1] / size[:, 0])[:, None]  # one aspect for all
    label, corpus = data["label"].astype(str), data["corpus"].astype(str)
    person = data["person"].astype(np.int64)
    person = np.where(person >= 0, person, person.max() + 1 + np.arange(len(person)))
    usable = np.ones(len(label), dtype=bool)
    for name, without in TOO_FEW.items():
        usable &= ~((corpus == name) & np.isin(label, without))
    rows = features(shapes, points, matrix, 1.0)
    composed, composed_label, base = compose(rows, label, chance)
    labels = np.array([CORE.index(name) for name in (*label[usable], *composed_label)])
    return (
        np.vstack([rows[usable], composed]),
        labels,
        np.concatenate([corpus[usable], np.full(len(composed), "composed")]),
        np.concatenate([person[usable], person[base]]),
    )


def compose(
    rows: Array, label: NDArray[np.str_], chance: np.random.Generator
) -> tuple[Array, list[str], NDArray[np.int64]]:
    """Calm faces given the movements of PROTOTYPES, (n, features), their labels, and the rows they were.

    Blendshape features are logits, so moving one of two sides moves a pair's mean half of the way and its
    difference the whole of it. Distances follow the blendshapes as they do, linearly, in the real rows.
    """
    shapes = len(FEATURES) - len(DISTANCES)
    follow = np.linalg.lstsq(
        np.column_stack([rows, np.ones(len(rows))])[:, [*range(shapes), -1]], rows[:, shapes:]
    )[0]
    calm = np.flatnonzero(label == "neutral")
    made, labels, bases = [], [], []
    for emotion, movements, one_sided in PROTOTYPES:
        base = chance.choice(calm, COMPOSED)
        faces = rows[base]
        step = np.zeros_like(faces)
        for feature, share, strong in movements:
            column = FEATURES.index(feature)
            shown = chance.random(COMPOSED) < share
            amount = chance.uniform(0.25, 1.0, COMPOSED) * strong
            other = amount * chance.uniform(0.0, 0.5, COMPOSED) if one_sided else amount
            near, far = (
                np.where(shown, np.maximum(logit(side) - faces[:, column], 0.0), 0.0)
                for side in (amount, other)
            )
            step[:, column] += (near + far) / 2
            if one_sided:
                step[:, FEATURES.index(f"{feature}_one_sided")] += near - far
        step[:, shapes:] = step[:, :shapes] @ follow[:-1]
        made.append(faces + step)
        bases.append(base)
        labels += [emotion] * COMPOSED
    return np.vstack(made), labels, np.concatenate(bases)


def importance(labels: NDArray[np.int64], corpus: NDArray[np.str_]) -> Array:
    """Weight of every row: rare emotions count more, though not as much as they are rare."""
    counts = np.bincount(labels, minlength=len(CORE))
    weights = (len(labels) / counts[labels]) ** 0.75
    return np.asarray(np.where(corpus == "press", 2.0, 1.0) * weights)  # clearer pictures


def fit(rows: Array, labels: NDArray[np.int64], weight: Array) -> tuple[Array, Array]:
    """Weights (features, 8) and bias (8,) of least penalised cross-entropy."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    inputs = np.column_stack([(rows - mean) / scale, np.ones(len(rows))])
    wanted, share = np.eye(len(CORE))[labels], weight / weight.sum()

    def loss(flat: Array) -> tuple[float, Array]:
        matrix = flat.reshape(inputs.shape[1], len(CORE))
        probability = softmax(inputs @ matrix)
        kept = np.vstack([matrix[:-1], np.zeros(len(CORE))])
        slope = inputs.T @ ((probability - wanted) * share[:, None]) + PENALTY * kept
        likely = np.log(probability[np.arange(len(labels)), labels] + 1e-12)
        return float(-share @ likely + PENALTY * (kept**2).sum() / 2), slope.ravel()

    start = np.zeros(inputs.shape[1] * len(CORE))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150})
    matrix = found.x.reshape(-1, len(CORE))
    weights = matrix[:-1] / scale[:, None]
    return weights, matrix[-1] - mean @ weights


def softmax(scores: Array) -> Array:
    """Probabilities (n, 8) of scores (n, 8)."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def calibrate(scores: Array, labels: NDArray[np.int64], weight: Array) -> float:
    """Temperature that makes held-out probabilities likeliest."""

    def loss(log_temperature: float) -> float:
        probability = softmax(scores / np.exp(log_temperature))
        return float(-np.average(np.log(probability[np.arange(len(labels)), labels] + 1e-12), weights=weight))

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def report(scores: Array, labels: NDArray[np.int64], corpus: NDArray[np.str_]) -> None:
    """Print macro-F1, each emotion's F1 and the calibration error of every corpus and of all."""
    probability = softmax(scores)
    chosen, sure = probability.argmax(axis=1), probability.max(axis=1)
    for name in (*np.unique(corpus), "all"):
        here = (corpus == name) if name != "all" else np.ones(len(labels), dtype=bool)
        score = {}
        for index in np.unique(labels[here]):
            hits = np.sum((chosen == index) & (labels == index) & here)
            score[CORE[index]] = (
                2 * hits / max(1, np.sum((chosen == index) & here) + np.sum((labels == index) & here))
            )
        bins = np.digitize(sure[here], np.linspace(0, 1, 11))
        right = (chosen == labels)[here]
        error = (
            sum(abs((sure[here][bins == b] - right[bins == b]).sum()) for b in np.unique(bins)) / here.sum()
        )
        each = ", ".join(f"{emotion} {value:.2f}" for emotion, value in score.items())
        mean = np.mean(list(score.values()))
        print(f"{name}: {here.sum()} faces, macro-F1 {mean:.3f} ({each}), calibration error {error:.3f}")


def write(
    target: Path,
    data: dict[str, NDArray[np.generic]],
    rows: Array,
    labels: NDArray[np.int64],
    model: tuple[Array, Array],
) -> None:
    """Write the weights and what the reader needs to know about faces at ease."""
    calm = rows[labels == CORE.index("neutral")]
    rest, scale = calm.mean(axis=0), rows.std(axis=0)
    steady = ~np.isin(FEATURES, EYES)
    away = np.sqrt(np.mean(((rows - rest) / scale)[:, steady] ** 2, axis=1))
    moved = away[(labels != CORE.index("neutral")) & (labels != CORE.index("contempt"))]
    target.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        target,
        allow_pickle=False,
        features=np.array(FEATURES),
        weights=model[0],
        bias=model[1],
        rest_features=rest,
        rest_blendshapes=np.median(
            data["blendshapes"][data["label"] == "neutral"].astype(np.float64), axis=0
        ),
        feature_scale=scale,
        intensity_range=np.array([np.median(away[labels == 0]) / 2, np.quantile(moved, 0.9)]),
    )
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
