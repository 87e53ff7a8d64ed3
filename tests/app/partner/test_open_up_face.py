"""What a face showed beside what was told, on the clock of speaking; holes where it could not be read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from attune.app.measured import measure_file
from attune.app.partner.open_up import Mark
from attune.app.partner.open_up_face import Spoken, shown
from attune.perception.expression import load_expression_model
from attune.perception.model_file import find_model
from attune.perception.track import BLENDSHAPES, MEASURED, FaceTrack
from attune.perception.tracker import FaceTracker
from tests.partner_films import alone

SECONDS = 6.0
PLAYED = ("lena-neutral-100-1", "lena-happiness-100")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> FaceTrack:
    """At rest, then smiling."""
    folder = tmp_path_factory.mktemp("films")
    film = alone(folder, PLAYED, seconds=SECONDS)
    with FaceTracker(find_model(None, Path(folder))) as tracker:
        return measure_file(film, tracker, load_expression_model()).track


def smile_s(track: FaceTrack) -> float:
    smile = track.blendshapes[:, BLENDSHAPES.index("mouthSmileLeft")]
    return float(track.time_ns[np.nanargmax(smile)] / 1e9)


def test_a_smile_is_told_at_the_mark_it_belongs_to(track: FaceTrack) -> None:
    then = smile_s(track)
    found = shown(track, None, Spoken(began_ns=0, lasts_s=SECONDS), [Mark(time_s=then, label="happiness")])
    assert found is not None
    ((*units,),) = found["units"]
    assert "AU12" in {code for code, _, _ in units}
    assert len(units) <= 3
    assert found["time_s"] == [float(second) for second in range(round(SECONDS))]
    values = found["valence"]
    assert values[int(then)] > values[0] + 0.2


def test_a_pause_takes_its_time_out(track: FaceTrack) -> None:
    then, paused_s = smile_s(track), 0.5
    spoken = Spoken(began_ns=0, lasts_s=SECONDS - paused_s, pauses=((0.2, paused_s),))
    plain = shown(track, None, Spoken(began_ns=0, lasts_s=SECONDS), [])
    found = shown(track, None, spoken, [Mark(time_s=then - paused_s)])
    assert plain is not None
    assert found is not None
    assert len(found["time_s"]) < len(plain["time_s"]) + 1
    assert "AU12" in {code for code, _, _ in found["units"][0]}


def test_where_no_face_was_there_is_no_value_and_without_any_nothing(track: FaceTrack) -> None:
    gone = (track.time_ns >= 2_000_000_000) & (track.time_ns < 4_000_000_000)
    found = shown(without(track, gone), None, Spoken(began_ns=0, lasts_s=SECONDS), [Mark(time_s=3.0)])
    assert found is not None
    assert found["valence"][2:4] == [None, None]
    assert found["valence"][0] is not None
    everywhere = np.ones(len(track), dtype=bool)
    assert shown(without(track, everywhere), None, Spoken(began_ns=0, lasts_s=SECONDS), []) is None


def without(track: FaceTrack, gone: NDArray[np.bool_]) -> FaceTrack:
    """The same without a face in these frames."""
    holes = {name: getattr(track, name).copy() for name in MEASURED}
    for values in holes.values():
        values[gone] = np.nan
    return replace(track, **holes)
