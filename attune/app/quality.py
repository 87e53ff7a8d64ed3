"""How well faces are read: the tables that ``attune bench --quality`` prints and the model card holds.

Measured on pictures of people whom the model that judges them never saw: the appearance network is three
towers, each trained without a third of the people, and here every picture is judged by that one tower alone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.affect.vocabulary import Core
from attune.errors import AppError
from attune.perception.appearance import OUTPUTS, TOWERS, Appearance, load_appearance
from attune.perception.expression import OWN_REST, FusedReading, load_fused_reading
from attune.perception.features import features
from attune.perception.track import BLENDSHAPES

CORE = tuple(str(name) for name in Core)
POSITIVE, CALM = ("happiness",), ("neutral", "surprise")  # surprise is neither pleasant nor unpleasant
# Labels that a collection's own notes call unusable: too few, or most of them confused.
UNUSABLE = {"press": ("disgust", "fear", "contempt")}
BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """Faces in n pictures.

    ``rows`` (n, features), ``crops`` (n, 64, 64), ``label`` (n,) places in Core, ``corpus``, ``person`` (n,).
    """

    rows: NDArray[np.float64]
    crops: NDArray[np.uint8]
    label: NDArray[np.int64]
    corpus: NDArray[np.str_]
    person: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.label)

    def of(self, chosen: NDArray[Any]) -> Pictures:
        """Those chosen by a mask or by numbers."""
        return Pictures(
            self.rows[chosen],
            self.crops[chosen],
            self.label[chosen],
            self.corpus[chosen],
            self.person[chosen],
        )

    @property
    def tower(self) -> NDArray[np.int64]:
        """(n,) the one tower that is trained without this picture's person."""
        return np.array([zlib.crc32(name.encode()) % TOWERS for name in self.person], dtype=np.int64)


def load_pictures(folder: Path) -> Pictures:
    """The measured pictures of a data folder, without labels known to be unusable. Raises AppError."""
    try:
        with np.load(folder / "expression_train.npz", allow_pickle=False) as archive:
            data = dict(archive)
        with np.load(folder / "expression_train_crops.npz", allow_pickle=False) as archive:
            crops = archive["gray64"]
        _check_order(data["blendshape_names"])
        return pictures(data, crops)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise AppError("app.no_quality_data", path=folder, reason=error) from error


def _check_order(names: NDArray[np.str_]) -> None:
    if tuple(names) != BLENDSHAPES:
        raise ValueError("other blendshapes, or in another order")


def pictures(data: dict[str, NDArray[Any]], crops: NDArray[np.uint8]) -> Pictures:
    """Faces as the data folder's notes describe them, and their crops."""
    label, corpus = data["label"].astype(str), data["corpus"].astype(str)
    person = [
        f"{where} {who}" if who >= 0 else f"{where} picture {index}"
        for index, (where, who) in enumerate(zip(corpus, data["person"].astype(int), strict=True))
    ]
    points = data["landmarks"].astype(np.float32)
    points[..., 1] *= (data["image_wh"][:, 1] / data["image_wh"][:, 0])[:, None]  # one aspect for all
    usable = np.isin(label, CORE)
    for name, without in UNUSABLE.items():
        usable &= ~((corpus == name) & np.isin(label, without))
    rows = features(data["blendshapes"].astype(np.float32), points, 1.0)
    places = np.array([CORE.index(name) if name in CORE else -1 for name in label], dtype=np.int64)
    return Pictures(rows, crops, places, corpus, np.array(person)).of(usable)


def unseen_scores(appearance: Appearance, faces: Pictures) -> NDArray[np.float64]:
    """Scores (n, 8) of each face by the tower that was trained without its person."""
    every = np.stack([appearance(crop) for crop in faces.crops]).reshape(len(faces), TOWERS, OUTPUTS)
    return every[np.arange(len(faces)), faces.tower, :-1].astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What one collection of pictures says: all shares in [0, 1].

    ``f1`` by emotion, of those that occur; ``macro_f1`` their mean; ``valence_f1`` the mean over negative,
    neither and positive; ``ece`` the expected calibration error over ten bins of the top probability;
    ``confusion`` (shown, read) counts in the order of Core.
    """

    faces: int
    people: int
    f1: dict[str, float]
    macro_f1: float
    accuracy: float
    valence_f1: float
    ece: float
    confusion: NDArray[np.int64]


def judge(probabilities: NDArray[np.float64], faces: Pictures) -> Quality:
    """Compare probabilities (n, 8) with the labels."""
    read, shown = probabilities.argmax(axis=1), faces.label
    confusion = np.zeros((len(CORE), len(CORE)), dtype=np.int64)
    np.add.at(confusion, (shown, read), 1)
    f1 = {name: value for name, value in zip(CORE, _f1(confusion), strict=True) if np.isfinite(value)}
    kinds = np.array([0 if name in CALM else 1 if name in POSITIVE else 2 for name in CORE])
    sums = np.stack([probabilities[:, kinds == kind].sum(axis=1) for kind in range(3)], axis=1)
    valence = np.zeros((3, 3), dtype=np.int64)
    np.add.at(valence, (kinds[shown], sums.argmax(axis=1)), 1)
    return Quality(
        faces=len(faces),
        people=len(np.unique(faces.person)),
        f1=f1,
        macro_f1=float(np.mean(list(f1.values()))),
        accuracy=float((read == shown).mean()),
        valence_f1=float(np.nanmean(_f1(valence))),
        ece=calibration_error(probabilities.max(axis=1), read == shown),
        confusion=confusion,
    )


def _f1(confusion: NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of each kind; NaN for one that never occurs."""
    shown, read, both = confusion.sum(axis=1), confusion.sum(axis=0), np.diag(confusion)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(shown > 0, 2 * both / (shown + read), np.nan))


def calibration_error(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error: mean gap of sureness and success over ten equal bins (Naeini 2015)."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs((sure[bins == one] - right[bins == one]).sum()) for one in range(BINS)]
    return float(np.sum(gaps) / len(sure))


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """``collections``: what each shows; ``own_neutral``: what a person's calm face adds, see there."""

    collections: dict[str, Quality]
    own_neutral: tuple[float, float, int]


def measure_quality(faces: Pictures) -> Findings:
    """Read every face by what never saw its person, and compare with the labels."""
    model, looks = load_fused_reading(), unseen_scores(load_appearance(), faces)
    read = model.probabilities(looks, faces.rows)
    return Findings(
        collections={
            str(name): judge(read[faces.corpus == name], faces.of(faces.corpus == name))
            for name in np.unique(faces.corpus)
        },
        own_neutral=own_neutral(model, looks, faces),
    )


def own_neutral(model: FusedReading, looks: NDArray[np.float64], faces: Pictures) -> tuple[float, float, int]:
    """What knowing a person's calm face adds: macro-F1 without and with it, and on how many faces.

    Of people with a calm picture and others, all but the calm ones; ``looks`` (n, 8).
    """
    neutral = faces.label == CORE.index("neutral")
    asked = np.flatnonzero(~neutral & np.isin(faces.person, faces.person[neutral]))
    rows = faces.rows[asked].copy()
    for index, number in enumerate(asked):
        calm = neutral & (faces.person == faces.person[number])
        rows[index] = model.relative(rows[index], faces.rows[calm], share=OWN_REST)
    without = judge(model.probabilities(looks[asked], faces.rows[asked]), faces.of(asked))
    with_own = judge(model.probabilities(looks[asked], rows), faces.of(asked))
    return without.macro_f1, with_own.macro_f1, len(asked)
