"""A real face that everybody may show, the real model, and the shared data."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from attune.perception.model_file import find_model
from attune.perception.track import FaceMeasurement
from attune.perception.tracker import FaceTracker

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return find_model(None, tmp_path_factory.mktemp("data"))


@pytest.fixture
def tracker(model: Path) -> Iterator[FaceTracker]:
    with FaceTracker(model) as tracker:
        yield tracker


@pytest.fixture(scope="session")
def astronaut() -> NDArray[np.uint8]:
    """Eileen Collins, NASA, public domain; (512, 512, 3)."""
    return np.ascontiguousarray(data.astronaut())


@pytest.fixture(scope="session")
def face(model: Path, astronaut: NDArray[np.uint8]) -> FaceMeasurement:
    """What the real model measures in the astronaut's picture."""
    with FaceTracker(model) as tracker:
        found = tracker.measure_picture(astronaut)
    assert found is not None
    return found
