from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.quality import (
    CORE,
    Pictures,
    calibration_error,
    judge,
    load_pictures,
    measure_quality,
    own_neutral,
)
from attune.errors import AppError
from attune.perception.appearance import TOWERS
from attune.perception.expression import OWN_REST, load_fused_reading
from attune.perception.features import FEATURES

SHARED = Path(__file__).parents[3] / "shared" / "data"


def faces(labels: list[str], people: list[str] | None = None) -> Pictures:
    count = len(labels)
    return Pictures(
        rows=np.zeros((count, len(FEATURES))),
        crops=np.zeros((count, 64, 64), dtype=np.uint8),
        label=np.array([CORE.index(label) for label in labels]),
        corpus=np.full(count, "here"),
        person=np.array(people or [f"person {index}" for index in range(count)]),
    )


def says(*labels: str, sure: float = 0.9) -> np.ndarray:
    rows = np.full((len(labels), len(CORE)), (1 - sure) / (len(CORE) - 1))
    rows[np.arange(len(labels)), [CORE.index(label) for label in labels]] = sure
    return rows


def test_f1_and_confusion_are_those_of_the_textbook() -> None:
    shown = faces(["anger", "anger", "fear", "happiness"])
    found = judge(says("anger", "fear", "fear", "happiness"), shown)
    assert found.f1 == pytest.approx({"happiness": 1.0, "anger": 2 / 3, "fear": 2 / 3})
    assert found.macro_f1 == pytest.approx((1 + 4 / 3) / 3)
    assert found.accuracy == 0.75
    assert found.confusion[CORE.index("anger"), CORE.index("fear")] == 1
    assert found.valence_f1 == 1.0  # anger and fear are both unpleasant
    assert found.ece == pytest.approx(0.15)


def test_forecasts_of_the_science_notes_have_their_calibration_error() -> None:
    sure = np.array([0.6] * 5 + [0.9] * 5)
    right = np.array([True] * 3 + [False] * 2 + [True] * 4 + [False])
    assert calibration_error(sure, right) == pytest.approx(0.05)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=30))
def test_one_person_is_always_left_to_the_same_tower(people: list[str]) -> None:
    towers = faces(["neutral"] * len(people), people).tower
    assert ((towers >= 0) & (towers < TOWERS)).all()
    assert len({(who, int(tower)) for who, tower in zip(people, towers, strict=True)}) == len(set(people))


def test_a_calm_face_that_looks_stern_is_taken_into_account() -> None:
    """Who lowers the brows at rest is not read as angry for it: half of that is taken away."""
    model, shown = load_fused_reading(), faces(["neutral", "neutral", "anger"], ["a", "a", "a"])
    shown.rows[:] = model.rest
    shown.rows[:, FEATURES.index("browDown")] += 3.0
    read = model.probabilities(np.zeros((3, len(CORE))), shown.rows)
    moved = model.relative(shown.rows[2:], shown.rows[:2], share=OWN_REST)
    anger = CORE.index("anger")
    assert model.probabilities(np.zeros((1, len(CORE))), moved)[0, anger] < read[2, anger]
    assert own_neutral(model, np.zeros((3, len(CORE))), shown)[2] == 1


def test_a_folder_without_the_data_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        load_pictures(tmp_path)
    assert caught.value.key == "app.no_quality_data"


def test_a_folder_with_other_data_under_that_name_is_said_in_a_sentence(tmp_path: Path) -> None:
    for name in ("expression_train", "expression_train_crops"):
        np.savez(tmp_path / f"{name}.npz", gray64=np.zeros((1, 64, 64)), blendshape_names=np.array(["smile"]))
    with pytest.raises(AppError) as caught:
        load_pictures(tmp_path)
    assert caught.value.key == "app.no_quality_data"


@pytest.mark.slow
def test_real_faces_nobody_trained_on_are_read_well() -> None:
    """Bounds a little under what was measured: a worse model must not slip in unnoticed."""
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    every = load_pictures(SHARED)
    chance = np.random.default_rng(1)
    some = np.sort(
        np.concatenate(
            [
                np.flatnonzero(every.corpus == "press"),
                chance.choice(np.flatnonzero(every.corpus == "web48"), 3000, replace=False),
            ]
        )
    )
    found = measure_quality(every.of(some))
    press, web = found.collections["press"], found.collections["web48"]
    assert press.macro_f1 >= 0.70
    assert press.valence_f1 >= 0.75
    assert web.macro_f1 >= 0.56
    assert press.ece <= 0.08
    assert web.ece <= 0.06
