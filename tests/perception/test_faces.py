"""Two faces in one film: who is who, with the real model."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from attune.perception import faces
from attune.perception.faces import FacesBuilder, FacesTracker
from attune.perception.track import HOLD, FaceMeasurement
from tests.perception.faces import some_face
from tests.perception.scenes import FRAME_NS, Cutout, Picture, astronaut_head, drawn_head, put, room, sliding

WAITED = 10  # looks, so that nobody waits here as long as in life
Places = list[tuple[float, float] | None]


@pytest.fixture
def tracker(model: Path) -> Iterator[FacesTracker]:
    with FacesTracker(model) as tracker:
        yield tracker


def scene(behind: tuple[Cutout, Places], before: tuple[Cutout, Places]) -> Iterator[Picture]:
    """Frames of two people on their ways, None while somebody is away."""
    for places in zip(behind[1], before[1], strict=True):
        frame = room()
        for (head, _), place in zip((behind, before), places, strict=True):
            frame = frame if place is None else put(frame, head, place)
        yield frame


def names_at(found: dict[int, FaceMeasurement], places: Places) -> list[int | None]:
    """The name of the face at each place, None where there is none or nobody is followed."""
    middles = {name: face.landmarks[:, :2].mean(axis=0) * (1280, 720) for name, face in found.items()}
    return [
        next((name for name, middle in middles.items() if place and np.hypot(*(middle - place)) < 70), None)
        for place in places
    ]


def lit(frame: Picture, light: float) -> Picture:
    """The frame in more or less light."""
    return np.clip(frame * light, 0, 255).astype(np.uint8)


def followed(
    tracker: FacesTracker, behind: tuple[Cutout, Places], before: tuple[Cutout, Places]
) -> list[list[int | None]]:
    """For each of the two, the name given in each frame."""
    rows = [
        names_at(tracker.measure(frame, index * FRAME_NS), [behind[1][index], before[1][index]])
        for index, frame in enumerate(scene(behind, before))
    ]
    return [list(row) for row in zip(*rows, strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize("pair", ["real and drawn", "drawn alike"])
def test_names_are_kept_when_two_cross(tracker: FacesTracker, pair: str) -> None:
    other = "chi" if pair == "drawn alike" else None
    one = drawn_head("finn", 200)
    two = drawn_head(other, 200) if other else astronaut_head(150)
    right, left = list(sliding(200, 1080, 60)), list(sliding(1080, 200, 60, 340))
    behind, before = followed(tracker, (one, right), (two, left))
    assert set(behind[HOLD:18]) == set(behind[-12:]) == {1}
    assert set(before[HOLD:]) == {2}
    # Whoever is covered is nobody for a while, and never the other one once both stand clear.
    clear = [abs(a[0] - b[0]) > 260 for a, b in zip(right, left, strict=True)]
    assert {name for name, alone in zip(behind, clear, strict=True) if alone} <= {None, 1}


@pytest.mark.slow
def test_who_is_away_for_a_second_comes_back_under_the_same_name(tracker: FacesTracker) -> None:
    here: Places = [(330.0, 360.0)] * 55
    away: Places = [(930.0, 360.0)] * 12 + [None] * 30 + [(900.0, 330.0)] * 13
    stayed, returned = followed(tracker, (astronaut_head(150), here), (drawn_head("dayo", 200), away))
    assert set(stayed[HOLD:]) == {1}
    assert set(returned[HOLD:12]) == set(returned[-10:]) == {2}
    assert set(returned[13:41]) == {None}


@pytest.mark.slow
def test_who_changed_places_unseen_is_still_known(tracker: FacesTracker) -> None:
    left, right, nobody = [(330.0, 360.0)] * 8, [(930.0, 360.0)] * 8, [None] * 8
    behind, before = followed(
        tracker,
        (astronaut_head(150), [*left, *nobody, *right]),
        (drawn_head("dayo", 200), [*right, *nobody, *left]),
    )
    assert set(behind[HOLD:8]) == set(behind[-5:]) == {1}
    assert set(before[HOLD:8]) == set(before[-5:]) == {2}


@pytest.mark.slow
def test_a_small_face_on_the_wall_takes_nobodys_place(
    tracker: FacesTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "WAITED", WAITED)
    stays, leaves, picture = astronaut_head(150), drawn_head("dayo", 200), drawn_head("lena", 120)
    numbers = []
    for index in range(20 + 4 * WAITED):
        frame = put(put(room(), stays, (330, 360)), picture, (640, 200))
        if not 12 <= index < 10 + 4 * WAITED:
            frame = put(frame, leaves, (930, 360))
        numbers.append(sorted(tracker.look(frame, index * FRAME_NS)))
    assert numbers[11] == numbers[-1] == [1, 2]
    assert set(map(tuple, numbers[13 : 10 + 4 * WAITED])) == {(1,)}


@pytest.mark.slow
def test_who_sits_down_has_the_place_of_a_picture_on_the_wall(tracker: FacesTracker) -> None:
    stays, comes, picture = astronaut_head(220), drawn_head("dayo", 200), drawn_head("lena", 110)
    numbers, counted = [], []
    for index in range(40):
        frame = put(put(room(), stays, (330, 360)), picture, (640, 200))
        if index >= 10:
            frame = put(frame, comes, (930, 360))
        numbers.append(sorted(tracker.look(frame, index * FRAME_NS)))
        if index % 5 == 4:
            counted.append(tracker.strangers(frame))
    assert numbers[9] == [1, 2]
    assert numbers[-1] == [1, 3]
    assert counted[:4] == [0, 0, 1, 1]


@pytest.mark.slow
def test_somebody_new_gets_a_number_of_their_own_once_they_stayed(
    tracker: FacesTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "WAITED", WAITED)
    stays, leaves, comes = astronaut_head(150), drawn_head("dayo", 200), drawn_head("lena", 200)
    numbers = []
    for index in range(30 + 3 * WAITED):
        frame = put(room(), stays, (330, 360))
        if not 12 <= index < 30:
            frame = put(frame, leaves if index < 12 else comes, (930, 360))
        numbers.append(sorted(tracker.look(frame, index * FRAME_NS)))
    assert numbers[11] == [1, 2]
    assert set(map(tuple, numbers[13 : 30 + WAITED])) == {(1,)}  # whoever is missing may come back
    assert numbers[-1] == [1, 3]


@pytest.mark.slow
@pytest.mark.parametrize(
    "pair",
    [("dayo", "jay"), ("jay", "dayo"), ("chi", "hiro"), ("hiro", "chi"), ("ana", "goli"), ("goli", "ana")],
)
@pytest.mark.parametrize("light", [1.0, 0.9, 1.1])
def test_whoever_sits_down_in_the_place_of_who_left_is_not_taken_for_them(
    tracker: FacesTracker, pair: tuple[str, str], light: float
) -> None:
    """The people who look most alike, within a second."""
    leaves, comes = (drawn_head(name, 200) for name in pair)
    numbers = []
    for index in range(60):
        frame = room() if 8 <= index < 24 else put(room(), leaves if index < 8 else comes, (640, 360))
        numbers.append(sorted(tracker.look(lit(frame, light if index >= 24 else 1.0), index * FRAME_NS)))
    assert numbers[7] == [1]
    assert set(map(tuple, numbers[24:])) == {(), (2,)}
    assert numbers[-1] == [2]


@pytest.mark.slow
def test_nobody_is_followed_over_a_pause(tracker: FacesTracker) -> None:
    """In which the camera gave nothing."""
    before, after = (put(room(), drawn_head(name, 200), (640, 360)) for name in ("dayo", "jay"))
    first = [sorted(tracker.look(before, index * FRAME_NS)) for index in range(8)]
    then = [sorted(tracker.look(after, 3_000_000_000 + index * FRAME_NS)) for index in range(8)]
    again = [sorted(tracker.look(after, 6_000_000_000 + index * FRAME_NS)) for index in range(8)]
    assert first[-1] == [1]
    assert set(map(tuple, then)) == {(), (2,)}
    assert (then[-1], again[-1]) == ([2], [2])


@pytest.mark.slow
def test_who_left_the_room_is_asked_again_in_other_light_who_turned_away_is_not(
    tracker: FacesTracker,
) -> None:
    here, numbers = put(room(), drawn_head("dayo", 200), (640, 360)), []
    for index in range(60):
        frame = room() if 10 <= index < 14 or 20 <= index < 44 else here
        light = 1.0 if index < 10 else 0.85 if index < 20 else 0.7
        numbers.append(sorted(tracker.look(lit(frame, light), index * FRAME_NS)))
    assert numbers[9] == numbers[19] == [1]
    assert numbers[-1] == [2]


def test_a_face_needs_frames_for_a_name_and_nobody_has_none(tracker: FacesTracker) -> None:
    alone = put(room(), astronaut_head(150), (700, 360))
    assert tracker.measure(room(), 0) == {}
    found = [sorted(tracker.measure(alone, (1 + index) * FRAME_NS)) for index in range(3 + HOLD)]
    assert found[0] == []
    assert found[-1] == [1]
    assert tracker.measure(room(), 20 * FRAME_NS) == {}


def test_a_change_of_size_is_a_new_picture_of_the_same_people(tracker: FacesTracker) -> None:
    frame = put(room(), astronaut_head(150), (700, 360))
    for index in range(HOLD):
        tracker.measure(frame, index * FRAME_NS)
    found = tracker.measure(np.ascontiguousarray(frame[:, 300:1100]), HOLD * FRAME_NS)
    assert list(found) == [1]
    assert found[1].landmarks[1, 0] == pytest.approx(0.5, abs=0.05)


def test_a_frame_that_shrank_is_not_looked_at_where_it_no_longer_is(tracker: FacesTracker) -> None:
    frame = put(room(), astronaut_head(110), (1100, 500))
    found = [sorted(tracker.measure(frame, index * FRAME_NS)) for index in range(4 + HOLD)]
    assert found[-1] == [1]
    small = np.ascontiguousarray(room()[:200, :300])
    for index in range(len(found), len(found) + 6):  # by turns everywhere, also where somebody was
        assert tracker.measure(small, index * FRAME_NS) == {}


def test_strangers_are_those_whom_nobody_follows(model: Path) -> None:
    frame = put(put(room(), astronaut_head(150), (330, 360)), drawn_head("dayo", 200), (930, 360))
    counted = []
    for people in (1, 2):
        with FacesTracker(model, people=people) as tracker:
            for index in range(HOLD):
                tracker.look(frame, index * FRAME_NS)
            counted.append(tracker.strangers(frame))
    assert counted == [1, 0]


def test_one_track_for_each_name() -> None:
    builder = FacesBuilder()
    for index in range(8):
        found = {1: some_face(index)} | ({2: some_face(50 + index)} if index > 3 else {})
        builder.add(index * 40, found | ({3: some_face(99)} if index == 5 else {}))
    tracks = builder.finish(width=640, height=480)
    assert [int(track.face.sum()) for track in tracks.values()] == [8, 4]
    assert list(tracks) == [1, 2]
    assert np.array_equal(tracks[2].blendshapes[4], some_face(54).blendshapes)
    assert len(tracks[2]) == 8
