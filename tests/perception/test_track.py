import contextlib
import io
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.perception.track import BLENDSHAPES, HOLD, MEASURED, FaceTrack, TrackBuilder, lasting, read_arrays
from tests.perception.faces import some_face, track_of, turned

PRESENCE = st.lists(st.booleans(), max_size=12)


def test_there_are_52_blendshapes() -> None:
    assert len(set(BLENDSHAPES)) == 52


@given(PRESENCE)
def test_what_was_saved_is_loaded_to_a_fraction_of_a_pixel(presence: list[bool]) -> None:
    track = track_of([some_face(index) if there else None for index, there in enumerate(presence)])
    again = FaceTrack.from_arrays(track.arrays())
    assert np.array_equal(again.time_ns, track.time_ns)
    assert (again.width, again.height) == (track.width, track.height)
    for name in MEASURED.keys() - {"landmarks"}:
        assert np.array_equal(getattr(again, name), getattr(track, name), equal_nan=True)
    assert np.array_equal(np.isnan(again.landmarks), np.isnan(track.landmarks))
    off = np.abs(again.landmarks - track.landmarks)[track.face]
    assert off.max(initial=0.0) * 1280 < 0.1


def test_a_file_is_written_in_one_step_and_kept_small(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "track.npz"
    track = track_of([some_face(index) for index in range(25)])
    track.save(path)
    track.save(path, note=np.array("written again"))
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_size < 25 * 5000
    assert np.array_equal(FaceTrack.load(path).blendshapes, track.blendshapes)
    assert str(read_arrays(path)["note"]) == "written again"


def _npz(**arrays: object) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def _altered(**changes: object) -> bytes:
    arrays = track_of([some_face(), None]).arrays()
    return _npz(**{name: value for name, value in (arrays | changes).items() if value is not None})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not really an archive",
        _npz(something=np.arange(3)),
        _npz(time_ns=np.array([object()], dtype=object)),
        _altered()[:-400],
        _altered(track_format=np.array(99)),
        _altered(track_format=np.array(1)),
        _altered(face=None),
        _altered(face=np.array([True, True])),
        _altered(size=np.array([0, 512])),
        _altered(size=np.array([512])),
        _altered(time_ns=np.array([5, 5])),
        _altered(landmarks=np.zeros((1, 3, 3), np.uint16)),
        _altered(landmarks_step=np.full(3, np.inf)),
        _altered(blendshapes=np.full((1, 52), np.nan)),
        _altered(matrix=np.array("text")),
        _altered(appearance=None),
        _altered(light=np.zeros((1, 3))),
    ],
)
def test_anything_foreign_is_a_value_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "track.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError):  # noqa: PT011 - which one, is nobody's business
        FaceTrack.load(path)


@given(st.binary(max_size=40), st.integers(0, 1 << 16))
def test_a_damaged_file_loads_or_is_a_value_error(damage: bytes, place: int) -> None:
    content = _altered()
    place %= len(content)
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(ValueError):
        path = Path(folder, "damaged.npz")
        path.write_bytes(content[:place] + damage + content[place + len(damage) :])
        FaceTrack.load(path)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FaceTrack.load(tmp_path / "absent.npz")


@pytest.mark.parametrize(
    ("time_ns", "index"), [(-5, 0), (0, 0), (39, 0), (40, 1), (79, 1), (80, 2), (10_000, 2)]
)
def test_the_frame_shown_at_a_time(time_ns: int, index: int) -> None:
    assert track_of([None, some_face(), None], step_ns=40).index_at(time_ns) == index


def test_an_empty_track_shows_nothing() -> None:
    with pytest.raises(IndexError):
        track_of([]).index_at(0)


def test_arrays_must_fit_together_and_cannot_be_changed() -> None:
    track = track_of([some_face()])
    with pytest.raises(ValueError, match="read-only"):
        track.blendshapes[0, 0] = 1
    with pytest.raises(ValueError, match="landmarks"):
        replace(track, landmarks=track.landmarks[:, :400])
    two = track_of([some_face(), some_face()])
    with pytest.raises(ValueError, match="increase"):
        replace(two, time_ns=two.time_ns[::-1])


@given(st.floats(-80, 80), st.floats(-80, 80), st.floats(-170, 170))
def test_pose_is_read_back(yaw: float, pitch: float, roll: float) -> None:
    face = some_face()
    track = track_of([replace(face, matrix=turned(yaw, pitch, roll)), None])
    assert track.pose_deg[0] == pytest.approx([yaw, pitch, roll], abs=0.05)
    assert np.isnan(track.pose_deg[1]).all()


def test_a_detection_must_hold() -> None:
    builder = TrackBuilder()
    seen = [False] * 5 + [True] * (HOLD - 1) + [False] * 3 + [True] * HOLD + [False]
    for index, there in enumerate(seen):
        builder.add(index * 40, some_face(index) if there else None)
    track = builder.finish(width=640, height=480)
    assert np.flatnonzero(track.face).tolist() == list(range(10, 10 + HOLD))
    assert np.array_equal(track.blendshapes[10], some_face(10).blendshapes)


@pytest.mark.parametrize("count", range(1, HOLD))
def test_in_a_clip_shorter_than_that_it_must_hold_throughout(count: int) -> None:
    builder = TrackBuilder()
    for index in range(count):
        builder.add(index, some_face())
    assert builder.finish(width=1, height=1).face.all()


def test_nothing_makes_an_empty_track() -> None:
    assert len(TrackBuilder().finish(width=4, height=3)) == 0


@given(PRESENCE, st.integers(1, 5))
def test_lasting_keeps_whole_runs_or_nothing_of_them(flags: list[bool], least: int) -> None:
    text = "".join("x" if flag else " " for flag in flags)
    wanted = [run if len(run) >= least else " " * len(run) for run in _runs(text)]
    kept = lasting(np.array(flags, dtype=bool), least)
    assert "".join("x" if flag else " " for flag in kept) == "".join(wanted)


def _runs(text: str) -> list[str]:
    found: list[str] = []
    for letter in text:
        if found and found[-1][-1] == letter:
            found[-1] += letter
        else:
            found.append(letter)
    return found


@given(frames=st.lists(st.booleans(), max_size=300), most=st.sampled_from([None, 1, 5, 200]))
def test_a_builder_keeps_the_newest(frames: list[bool], most: int | None) -> None:
    face = some_face()
    builder, of_the_last = TrackBuilder(most=most), TrackBuilder()
    for time_ns, there in enumerate(frames):
        builder.add(time_ns, face if there else None)
        if most is None or time_ns >= len(frames) - most:
            of_the_last.add(time_ns, face if there else None)
    kept, wanted = (each.finish(width=64, height=48) for each in (builder, of_the_last))
    assert kept.time_ns.tolist() == list(range(len(frames)))[-(most or 300) :]
    np.testing.assert_array_equal(kept.landmarks, wanted.landmarks)
    np.testing.assert_array_equal(kept.face, wanted.face)
