"""What every test of the window needs."""

import pytest

from attune.ui.emitting import keep_true


@pytest.fixture(autouse=True, scope="session")
def _true_is_kept() -> None:
    keep_true()
