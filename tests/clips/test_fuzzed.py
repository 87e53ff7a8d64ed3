"""Inputs the fuzzers found worth keeping, and others a few bytes away from them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clips.fuzzing import TARGETS, make_room

CORPUS = Path(__file__).parent / "corpus"
KEPT = [(name, path.read_bytes()) for name in TARGETS for path in sorted((CORPUS / name).iterdir())]
Change = tuple[int, int, bytes]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    folder = tmp_path_factory.mktemp("room")
    make_room(folder)
    return lambda: folder


@pytest.mark.parametrize(("name", "data"), KEPT)
def test_what_was_kept_still_ends_well(room: Callable[[], Path], name: str, data: bytes) -> None:
    TARGETS[name](data, room())


@settings(max_examples=150)
@given(
    kept=st.sampled_from(KEPT),
    changes=st.lists(st.tuples(st.integers(0, 4096), st.integers(0, 4), st.binary(max_size=4)), max_size=4),
)
def test_so_does_what_is_near_it(
    room: Callable[[], Path], kept: tuple[str, bytes], changes: list[Change]
) -> None:
    name, data = kept
    for place, length, put in changes:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + length :]
    TARGETS[name](data, room())
