from pathlib import Path

import pytest

from attune.app.protocols.speed import time_next_trial
from tests.app.protocols.driving import VOCABULARY


def test_it_times_what_it_says(tmp_path: Path) -> None:
    found = time_next_trial(tmp_path, VOCABULARY, clips=200, answers=300)
    assert 0 < found.median <= found.p95 <= found.worst
    assert found.start > 0


@pytest.mark.slow
def test_the_next_trial_is_chosen_within_five_milliseconds(tmp_path: Path) -> None:
    assert time_next_trial(tmp_path, VOCABULARY).p95 <= 5
