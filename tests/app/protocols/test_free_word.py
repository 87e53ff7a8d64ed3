import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.protocols.free_word import FreeWords, edits, likeness
from attune.app.services import load_vocabulary
from attune.resources import Words

NAMES = load_vocabulary().names
FREE = FreeWords(Words(), load_vocabulary())


@pytest.mark.parametrize(
    ("typed", "name", "grade"),
    [
        ("fear", "fear", 1.0),
        ("Scared", "fear", 1.0),
        ("  TERRIFIED ", "fear", 1.0),
        ("wooried", "fear", 0.7 * 6 / 7),
        ("hapyp", "happiness", 4 / 5),
        ("taken  aback", "surprise", 1.0),
        ("dégoût", "disgust", None),
        ("smug", "contempt", 1.0),
    ],
)
def test_the_nearest_name(typed: str, name: str, grade: float | None) -> None:
    found = FREE.nearest(typed, NAMES)
    assert (found[0].name if found else None) == (name if grade else None)
    if grade:
        assert found[0].grade == pytest.approx(grade)


def test_a_word_between_two_emotions_names_both() -> None:
    assert [match.name for match in FREE.nearest("shocked", NAMES)] == ["fear", "surprise"]
    assert [match.name for match in FREE.nearest("startled", NAMES)] == ["surprise", "fear"]


def test_only_what_is_offered_is_found() -> None:
    assert [match.name for match in FREE.nearest("shocked", ("surprise", "anger"))] == ["surprise"]
    assert FREE.nearest("afraid", ("happiness", "anger")) == ()


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    grades = [match.grade for match in FREE.nearest(text, NAMES)]
    assert grades == sorted(grades, reverse=True)
    assert all(0 < grade <= 1 for grade in grades)


short = st.text("abc", max_size=6)


@given(short, short, short)
def test_edits_are_a_distance(one: str, other: str, third: str) -> None:
    assert (edits(one, other) == 0) == (one == other)
    assert edits(one, other) == edits(other, one)
    assert edits(one, other) <= max(len(one), len(other))
    assert edits(one, other + third) <= edits(one, other) + len(third)


def test_a_swap_is_one_slip() -> None:
    assert edits("fera", "fear") == 1
    assert likeness("fera", "fear") == 0.75
    assert likeness("fe", "fear") == 0.0
