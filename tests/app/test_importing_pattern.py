"""Patterns as people write them, and what is read out of names by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.importing_pattern import expression_of, read_names
from attune.errors import ClipSetError


def read(written: str, name: str) -> dict[str, str]:
    (seen,) = read_names(expression_of(written), [name])
    assert not seen.parts or "".join(part for _, part in seen.parts) == name
    return {group: part for group, part in seen.parts if group}


@pytest.mark.parametrize(
    ("written", "name", "parts"),
    [
        ("{person}_{emotion}.mp4", "ana_fear.mp4", {"person": "ana", "emotion": "fear"}),
        ("{person}_{emotion}", "ana_fear.mov", {"person": "ana", "emotion": "fear"}),
        ("{person}_{emotion}_*.mp4", "films/ana_fear_02.mp4", {"person": "ana", "emotion": "fear"}),
        ("{person}/{emotion}", "films/ana/fear 2.mp4", {"person": "ana", "emotion": "fear 2"}),
        ("{ Person }-{x}.mp4", "ana-7.mp4", {"person": "ana", "x": "7"}),
        ("{person}_{person}.mp4", "ana_ana.mp4", {"person": "ana"}),
        ("{person}_{person}.mp4", "ana_ben.mp4", {}),
        (r"(?P<person>[a-z]+)\d\.mp4", "ana3.mp4", {"person": "ana"}),
        ("{person}_{emotion}.mp4", "other.mp4", {}),
    ],
)
def test_names_are_read_as_written(written: str, name: str, parts: dict[str, str]) -> None:
    assert read(written, name) == parts


@pytest.mark.parametrize("written", ["ana.mp4", "*", "(?P<person>"])
def test_a_pattern_that_reads_nothing_is_told_of(written: str) -> None:
    with pytest.raises(ClipSetError, match="pattern"):
        read_names(expression_of(written), ["ana.mp4"])


@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_is_typed_is_a_pattern_or_a_known_error(written: str, name: str) -> None:
    try:
        (seen,) = read_names(expression_of(written), [name])
    except ClipSetError:
        return
    assert not seen.parts or "".join(part for _, part in seen.parts) == name
