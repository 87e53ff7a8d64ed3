from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from attune.affect.reading import Reading, Source
from attune.app.measured import Measured
from attune.errors import MediaError
from attune.media.frames import MediaInfo, MediaKind
from attune.perception.dynamics import Movement
from attune.perception.expression import Expressed
from attune.perception.track import MEASURED, FaceTrack
from attune.perception.units import UNITS, Moved, Side, UnitCurves

LABELS = {
    **dict.fromkeys(("neutral", "sadness", "anger", "fear", "surprise", "disgust", "contempt"), 0.05),
    "happiness": 0.65,
}


def measured(*, path: Path = Path("clip.mp4"), face: bool = True, frames: int = 3) -> Measured:
    """What measuring a clip of some frames would give, in the last of which the face is lost."""
    times = np.arange(frames, dtype=np.int64) * 40_000_000
    seen = np.arange(frames) < (frames - 1 if face else 0)

    def full(value: float, *shape: int) -> np.ndarray:
        array = np.full((frames, *shape), value, np.float32)
        array[~seen] = np.nan
        return array

    arrays = {name: full(0.25, *shape) for name, shape in MEASURED.items()}
    arrays["matrix"][seen] = np.eye(4)
    reading = Reading(
        source=Source.MEASURED, labels=LABELS, intensity=0.5, valence=-0.25, arousal=0.125, confidence=0.65
    )
    return Measured(
        info=MediaInfo(
            path=path, kind=MediaKind.VIDEO, width=64, height=48, frame_rate=25.0, frames=frames,
            duration_s=frames * 0.04, codec="vp9",
        ),
        track=FaceTrack(times, **arrays, width=64, height=48),
        expressed=Expressed(
            time_ns=times, labels=full(0.125, 8), intensity=full(0.5), valence=full(-0.25),
            arousal=full(0.125), confidence=full(0.65), reading=reading if face else None,
            apex_ns=40_000_000 if face else None, neutral_ns=0 if face else None,
            calm=1.0 if face else 0.0, speaking=seen & (times > 0), doubts=(),
        ),
        units=(Moved("AU12", Side.BOTH, 0.75), Moved("AU2", Side.LEFT, 0.5)) if face else (),
        curves=UnitCurves(left=full(0.75, len(UNITS)), right=full(0.5, len(UNITS))),
        away=np.asarray(full(0.5), dtype=np.float64),
        movements=(Movement(0, 40_000_000, 80_000_000, 0.5, brief=True),) if face else (),
        blinks=((0, 20_000_000),) if face else (),
        warnings=() if face else ("no_face",),
    )  # fmt: skip


class FakeParts:
    """Measures nothing: files called *no_face* have none, files called *broken* cannot be read."""

    def __init__(self) -> None:
        self.measurer = SimpleNamespace(measure=self._measure, processes=2)
        self.closed = False

    def _measure(self, path: Path, **_progress: object) -> Future[Measured]:
        future: Future[Measured] = Future()
        if "broken" in path.name:
            future.set_exception(MediaError("media.empty", path=str(path)))
        else:
            future.set_result(measured(path=path, face="no_face" not in path.name))
        return future

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> FakeParts:
    fake = FakeParts()
    monkeypatch.setattr("attune.cli.analyze.open_parts", lambda _model, _workers: fake)
    return fake


@pytest.fixture(name="measured")
def a_measured_clip() -> Measured:
    return measured()
