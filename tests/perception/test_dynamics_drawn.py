"""What happened when, in clips of drawn people, of whom every frame is known exactly.

The bounds are near what was measured: they say how good this is, and fail when it gets worse. A drawn
movement begins with next to nothing (least jerk), so its visible beginning and end, where the units together
pass a twentieth of their height, stand beside those that were ordered.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from attune.affect.vocabulary import Core
from attune.app.measured import measure_file
from attune.media.open import open_media
from attune.perception.dynamics import Movement, blinks, departure, movements, speaking
from attune.perception.expression import load_expression_model
from attune.perception.track import FaceTrack, TrackBuilder, stretches
from attune.perception.tracker import FaceTracker
from tests.perception.scenes import starter_clip

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PEOPLE = ("chi", "dayo", "esi", "finn")
LIDS = ("AU43", "AU45", "eyeBlink")
VISIBLE = 0.05  # share of the height of all units together
BRIEF_EMOTIONS = ("happiness", "surprise", "disgust")
MS = 1_000_000


@dataclass(frozen=True)
class Drawn:
    """One clip: what was ordered and drawn, and what is measured."""

    name: str
    media: Path
    truth: dict[str, Any]
    track: FaceTrack
    neutral_ns: int

    @property
    def course(self) -> NDArray[np.float64]:
        return departure(self.track, neutral_ns=self.neutral_ns, blinked=blinks(self.track))

    @property
    def share(self) -> NDArray[np.float64]:
        """(n,) of the height of the drawn movement, lids aside."""
        units = [values for name, values in self.truth["units"].items() if not name.startswith(LIDS)]
        total = np.sum(units, axis=0)
        rest = np.quantile(total, 0.05)
        return np.asarray((total - rest) / (total.max() - rest))

    @property
    def shut(self) -> list[tuple[int, int]]:
        """Beginning and end of each drawn blink, lids half shut, in ns."""
        lids = [values for name, values in self.truth["units"].items() if name.startswith(LIDS)]
        frames = np.flatnonzero(np.min(lids, axis=0) > 0.5) if lids else np.array([], int)
        if not len(frames):
            return []
        groups = np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1)
        return [(self.truth["time_ns"][one[0]], self.truth["time_ns"][one[-1]]) for one in groups]


@pytest.fixture(scope="module")
def drawn(model: Path) -> list[Drawn]:
    """All starter clips, measured."""
    reading, found = load_expression_model(), []
    with FaceTracker(model) as tracker:
        for media in (starter_clip(person, emotion) for person in PEOPLE for emotion in Core):
            path = media.parents[1] / "truth" / f"{media.stem}.json"
            measured = measure_file(media, tracker, reading)
            assert measured.expressed.neutral_ns is not None
            truth = json.loads(path.read_text(encoding="utf-8"))
            found.append(Drawn(path.stem, media, truth, measured.track, measured.expressed.neutral_ns))
    return found


def strongest(one: Drawn) -> Movement:
    return max(movements(one.track.time_ns, one.course), key=lambda movement: movement.peak)


def test_one_movement_in_each_clip_and_none_in_a_face_at_rest(drawn: list[Drawn]) -> None:
    """What is too many must be few and small: a corner of the mouth that wavers."""
    expected = [int(one.truth["emotion"] != "neutral") for one in drawn]
    found = [len(movements(one.track.time_ns, one.course)) for one in drawn]
    assert all(many >= wanted for many, wanted in zip(found, expected, strict=True))
    assert sum(found) - sum(expected) <= 2
    assert not any(strongest(one).brief for one in drawn if one.truth["emotion"] != "neutral")


def test_errors_of_onset_apex_and_offset(drawn: list[Drawn], tell: Callable[[str], None]) -> None:
    """In ms, median and 90th percentile of the absolute error.

    What was ordered begins before it can be seen, and fades long after: slowly, as muscles do.
    """
    errors = []
    for one in drawn:
        if one.truth["emotion"] == "neutral":
            continue
        movement = strongest(one)
        seen = np.array(one.truth["time_ns"])[np.flatnonzero(one.share > VISIBLE)[[0, -1]]]
        ordered = [one.truth[f"{moment}_s"] * 1e9 for moment in ("onset", "apex", "offset")]
        told = (movement.onset_ns, movement.apex_ns, movement.offset_ns)
        errors.append(np.subtract([told[0], told[2], *told], [*seen, *ordered]) / MS)
    half, most = np.quantile(np.abs(errors), [0.5, 0.9], axis=0)
    names = "visible onset, visible offset, ordered onset, apex, offset"
    tell(f"errors of movements in ms ({names}): median {half.round()}, 90 % {most.round()}")
    assert np.all(half <= [35, 65, 180, 80, 240])
    assert np.all(most <= [90, 140, 300, 250, 350])


def test_every_blink_and_nothing_else(drawn: list[Drawn]) -> None:
    hits = misses = others = 0
    for one in drawn:
        told = blinks(one.track)
        met = [any(start <= after and end >= before for start, end in told) for before, after in one.shut]
        hits, misses = hits + sum(met), misses + len(met) - sum(met)
        others += len(told) - sum(met)
        for start, end in told:
            assert 150 * MS <= end - start <= 300 * MS  # drawn with 260 from the first to the last
    assert (misses, others) == (0, 0)
    assert hits > len(drawn) / 2


def test_nobody_speaks_in_them(drawn: list[Drawn]) -> None:
    """Though mouths open in surprise, smile and press."""
    assert [one.name for one in drawn if speaking(one.track).any()] == []


def hurried(one: Drawn, tracker: FaceTracker) -> tuple[FaceTrack, tuple[int, int, int]]:
    """The same drawn face moving for 133 ms: its frames at rest, half way, all the way, half way, at rest.

    Returns the track at 30 frames a second, and when it begins, is highest and is over.
    """
    with open_media(one.media) as source:
        frames = [frame.rgb for frame in source.frames()]
    top = int(one.share.argmax())
    half = int(np.abs(one.share[:top] - 0.5).argmin())
    # The eyes are open again after the first blink, and the movement has not begun.
    rest = int(np.flatnonzero(one.share[:half] < VISIBLE)[-1])
    order = [rest] * 20 + [half, top, half] + [rest] * 20
    step_ns = 33_333_333
    tracker.restart()
    builder = TrackBuilder()
    for index, frame in enumerate(order):
        builder.add(index * step_ns, tracker.measure(frames[frame], index * step_ns))
    height, width = frames[0].shape[:2]
    return builder.finish(width=width, height=height), (19 * step_ns, 21 * step_ns, 23 * step_ns)


def test_brief_movements_are_seen_through_the_trackers_own_smoothing(
    drawn: list[Drawn], tracker: FaceTracker, tell: Callable[[str], None]
) -> None:
    errors, lengths = [], []
    for one in drawn:
        if one.truth["emotion"] not in BRIEF_EMOTIONS:
            continue
        track, moments = hurried(one, tracker)
        assert track.face.all()
        course = departure(track, neutral_ns=300 * MS, blinked=blinks(track))
        movement, *others = sorted(movements(track.time_ns, course), key=lambda one: -one.peak)
        assert movement.brief
        assert all(other.peak < movement.peak / 4 for other in others)  # before the tracker has settled
        told = (movement.onset_ns, movement.apex_ns, movement.offset_ns)
        errors.append(np.abs(np.subtract(told, moments)) / MS)
        lengths.append((movement.offset_ns - movement.onset_ns) / MS)
    half, most = np.median(errors, axis=0).round(), np.max(errors, axis=0).round()
    tell(f"errors of brief movements in ms (onset, apex, offset): median {half}, most {most}")
    assert len(errors) == 12
    assert np.all(np.max(errors, axis=0) <= [50, 40, 130])
    assert np.median(lengths) < 230  # a movement of 133 ms


def test_a_filmed_smile(tracker: FaceTracker, shared: Path) -> None:
    """A man smiles once, blinks once in it, and says nothing; then the film cuts to another, without him."""
    measured = measure_file(shared / "clips" / "face_noface.mov", tracker, load_expression_model())
    track, neutral_ns = measured.track, measured.expressed.neutral_ns
    assert neutral_ns is not None
    ((start_ns, end_ns),) = blinked = blinks(track)
    (smile,) = movements(track.time_ns, departure(track, neutral_ns=neutral_ns, blinked=blinked))
    assert smile.onset_ns < start_ns < end_ns < smile.offset_ns
    assert not smile.brief
    assert not speaking(track).any()
    assert stretches(track.face) == [(0, 72)]
