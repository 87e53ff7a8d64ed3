"""What happened when: movements with their beginning, height and end; blinks, speaking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from attune.perception.geometry import laid_over
from attune.perception.smoothing import GAP_NS
from attune.perception.track import BLENDSHAPES, FaceTrack, stretches

Stretch = tuple[int, int]
Course = NDArray[np.float64]

STEP_NS = 10_000_000  # every course is looked at this finely, whatever the frame rate
SLOPE = 4  # steps over which a slope is taken, about a frame: filmed values come in stairs

LEAST = 0.12  # of a course in [0, 1]: a smaller movement is not worth a word
BRIEF_NS = 500_000_000  # a movement that came and went in less is called brief
REST = 0.1  # quantile of a course that counts as its rest
BEGUN, ARRIVED = 0.2, 0.85  # shares of a rise between which it surely is a rise
SLOW = 0.1  # share of the steepest slope at which a movement has not yet begun, or is over
SETTLING_NS = 200_000_000  # the tracker settles in its first frames: a shorter fall at the start is its own
APART = 0.5  # share of the lower of two heights by which the valley between them makes them two

STILL_NS = 160_000_000  # a face at rest is the mean of this long before and after the moment named
QUIET = tuple(i for i, name in enumerate(BLENDSHAPES) if name != "_neutral" and not name.startswith("eye"))

BLINK_NS = (50_000_000, 500_000_000)
SHUT = 0.7  # share of its opening an eye must lose, each of both; looking down costs up to two thirds
SCORED = 0.25  # and the rise of the eyeBlink score that must go with it
LIDS = 0.2  # share of the opening at which a blink begins and ends
_UPPER_LIDS, _LOWER_LIDS = (159, 386), (145, 374)  # of the subject's right and left eye
_SCORES = tuple(BLENDSHAPES.index(f"eyeBlink{side}") for side in ("Right", "Left"))

SYLLABLE = 0.019  # of the distance between the eyes: lips that open or close by less say nothing
SYLLABLES_HZ = (2.0, 7.0)
PAUSE_NS = 500_000_000  # a shorter silence between two syllables belongs to the speaking
_LIPS = (13, 14)


@dataclass(frozen=True, slots=True)
class Movement:
    """One rise and fall: when it begins, when it first is about as high as it gets, when it is over.

    ``peak``: its greatest value. ``brief``: seen from beginning to end, it lasted less than BRIEF_NS.
    """

    onset_ns: int
    apex_ns: int
    offset_ns: int
    peak: float
    brief: bool


def movements(
    time_ns: NDArray[np.int64], intensity: NDArray[np.floating], *, least: float = LEAST
) -> tuple[Movement, ...]:
    """Movements in a course (n,), NaN without a face, that rise by ``least`` or more and above its noise.

    Times strictly increase and may be irregular; the times found may lie between two frames. A movement
    that is under way where the face or the clip begins or ends is cut there, and is not called brief.
    """
    values = np.asarray(intensity, dtype=np.float64)
    there = np.isfinite(values)
    if not there.any():
        return ()
    rest, noise = float(np.quantile(values[there], REST)), _noise(values[there])
    high = max(least, 6 * noise)
    found: list[Movement] = []
    for run in _runs(time_ns, there):
        start_ns, course = _evenly(time_ns[run], values[run])
        slopes, settled_ns = _slopes(course), start_ns + SETTLING_NS
        for stretch in stretches(course > rest + high / 2):
            for part in _parts(course, stretch, rest, high):
                one = _movement(course, slopes, part, start_ns, rest=rest, still=3 * noise)
                if one.peak > rest + high and (one.apex_ns > start_ns or one.offset_ns > settled_ns):
                    found.append(one)
    return tuple(found)


def departure(track: FaceTrack, *, neutral_ns: int | None, blinked: Sequence[Stretch]) -> Course:
    """(n,) how far brows, nose, mouth and jaw have left their place at ``neutral_ns``, in [0, 1).

    0 at rest and about .8 in a strong expression: the hyperbolic tangent of the Euclidean distance of their
    blendshapes. Unlike an intensity it has no floor, so that the first and last of a movement is seen. What
    the blinks did to the brows is taken off. NaN without a face, or where nothing is known of it at rest.
    """
    shapes = track.blendshapes[:, QUIET].astype(np.float64)
    if neutral_ns is None:
        return np.full(len(track), np.nan)
    still = track.face & (np.abs(track.time_ns - neutral_ns) <= STILL_NS)
    if not still.any():
        return np.full(len(track), np.nan)
    course = np.tanh(np.linalg.norm(shapes - shapes[still].mean(axis=0), axis=1))
    for start_ns, end_ns in blinked:
        inside = (track.time_ns >= start_ns) & (track.time_ns <= end_ns)
        ends = (track.index_at(start_ns), min(track.index_at(end_ns) + 1, len(track) - 1))
        across = np.interp(track.time_ns[inside], track.time_ns[list(ends)], course[list(ends)])
        course[inside] = np.minimum(course[inside], across)
    return np.asarray(course)


def blinks(track: FaceTrack) -> tuple[Stretch, ...]:
    """Beginning and end of each blink: both eyes shut and open again within BLINK_NS.

    Neither a wink, nor lids that only follow a glance down, nor eyes that stay shut; what is under way
    where the face or the clip begins or ends is not told.
    """
    lids = _lid_apertures(track)
    scores = track.blendshapes[:, _SCORES].astype(np.float64)
    found: list[Stretch] = []
    for run in _runs(track.time_ns, track.face):
        start_ns, course = _evenly(track.time_ns[run], np.column_stack([lids[run], -scores[run]]))
        usual = np.column_stack([_without_dips(column) for column in course.T])
        lost = (usual - course)[:, :2] / np.maximum(usual[:, :2], 1e-3)
        shut = (lost.min(axis=1) > SHUT) & ((usual - course)[:, 2:].min(axis=1) > SCORED)
        for start, end in stretches(lost.mean(axis=1) > LIDS):
            length_ns = (end - 1 - start) * STEP_NS
            if shut[start:end].any() and start > 0 and end < len(course) and length_ns >= BLINK_NS[0]:
                found.append((start_ns + start * STEP_NS, start_ns + (end - 1) * STEP_NS))
    return tuple(found)


def speaking(track: FaceTrack) -> NDArray[np.bool_]:
    """(n,) whether the lips open and close the way they do in speech, at the rate of syllables.

    Two openings within the time of a slow syllable and a half, or more: one opening, as of surprise, and
    the parting of the lips in a smile are none. Laughing aloud may pass for it. False without a face.
    """
    flags = np.zeros(len(track), dtype=bool)
    points = laid_over(track.landmarks, track.height / track.width, _LIPS)
    apart = np.linalg.norm(points[:, 0] - points[:, 1], axis=-1)
    shortest, longest = (1.5e9 / rate for rate in reversed(SYLLABLES_HZ))
    for run in _runs(track.time_ns, track.face):
        start_ns, course = _evenly(track.time_ns[run], apart[run])
        turns = _turns(course, max(SYLLABLE, 5 * _noise(apart[run])))
        spans = [
            (start_ns + first * STEP_NS, start_ns + last * STEP_NS)
            for first, last in zip(turns, turns[3:], strict=False)
            if shortest <= (last - first) * STEP_NS <= longest
        ]
        for first, last in _joined(spans):
            flags |= track.face & (track.time_ns >= first) & (track.time_ns <= last)
    return flags


def _parts(course: Course, stretch: Stretch, rest: float, high: float) -> Iterator[Stretch]:
    """The stretch, split in its valleys that are deep beside the heights on both sides."""
    waiting = [stretch]
    while waiting:
        start, end = waiting.pop()
        part = course[start:end]
        heights = np.minimum(np.maximum.accumulate(part), np.maximum.accumulate(part[::-1])[::-1])
        depth = heights - part
        depth[depth < np.maximum(high, APART * (heights - rest))] = 0
        valley = start + int(depth.argmax())
        if depth.any():
            waiting += [(valley, end), (start, valley)]
        else:
            yield start, end


def _movement(
    course: Course, slopes: Course, part: Stretch, start_ns: int, *, rest: float, still: float
) -> Movement:
    """The movement in a part of an even course; slopes up to ``still`` are noise."""
    start, end = part
    top = start + int(course[start:end].argmax())
    last = len(course) - 1
    onset, apex = _rise(course, slopes, start, top, rest=rest, still=still)
    back, _ = _rise(course[::-1], -slopes[::-1], last + 1 - end, last - top, rest=rest, still=still)
    offset = last - back
    whole = onset > 0 and offset < last
    return Movement(
        onset_ns=start_ns + onset * STEP_NS,
        apex_ns=start_ns + apex * STEP_NS,
        offset_ns=start_ns + offset * STEP_NS,
        peak=float(course[top]),
        brief=whole and (offset - onset) * STEP_NS < BRIEF_NS,
    )


def _rise(course: Course, slopes: Course, start: int, top: int, *, rest: float, still: float) -> Stretch:
    """Where the rise to ``top`` begins, at ``start`` or before it, and where it has arrived."""
    part = course[start : top + 1]
    base = part[0] if start > 0 else min(rest, part[0])  # a rise that began unseen began at rest
    share = (part - base) / max(float(part[-1] - base), 1e-9)
    onset = start + int(np.append(0, np.flatnonzero(share <= BEGUN))[-1])
    apex = start + int(np.append(np.flatnonzero(share >= ARRIVED), top - start)[0])
    slow = max(SLOW * float(slopes[onset : top + 1].max()), still)
    while onset > 0 and slopes[onset] > slow:
        onset -= 1
    while apex < top and slopes[apex] > slow:
        apex += 1
    return onset, apex


def _slopes(course: Course) -> Course:
    """Rise over SLOPE steps around each value."""
    padded = np.pad(course, SLOPE // 2, mode="edge")
    return np.asarray(padded[SLOPE:] - padded[:-SLOPE])


def _lid_apertures(track: FaceTrack) -> Course:
    """(n, 2) distance between the lids, right and left, in distances between the eyes."""
    height = laid_over(track.landmarks, track.height / track.width, (*_UPPER_LIDS, *_LOWER_LIDS))[..., 1]
    return height[:, :2] - height[:, 2:]


def _without_dips(course: Course) -> Course:
    """The course (n,) with every dip shorter than the longest blink filled to its lower edge."""
    reach = BLINK_NS[1] // STEP_NS // 2
    return -_highest(-_highest(course, reach), reach)


def _highest(course: Course, reach: int) -> Course:
    """The greatest value within ``reach`` steps of each."""
    padded = np.pad(course, reach, constant_values=-np.inf)
    return np.asarray(sliding_window_view(padded, 2 * reach + 1).max(axis=1))


def _turns(course: Course, least: float) -> list[int]:
    """Where the course (n,) has gone up by ``least`` after it went down, and down after it went up."""
    found: list[int] = []
    low = high = float(course[0])
    rose = fell = False
    for index, value in enumerate(course.tolist()):
        low, high = min(low, value), max(high, value)
        up, down = value - low >= least and not rose, high - value >= least and not fell
        if up or down:
            rose, fell = up, down
            low = high = value
            found.append(index)
    return found


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches, sorted by their beginning, with those joined that are less than PAUSE_NS apart."""
    joined: list[Stretch] = []
    for start, end in stretches:
        if joined and start - joined[-1][1] < PAUSE_NS:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _noise(values: Course) -> float:
    """Standard deviation of a course's jitter, from its second differences; movements hardly count."""
    if len(values) < 3:
        return 0.0
    return float(np.median(np.abs(np.diff(values, 2))) * 1.4826 / np.sqrt(6))


def _runs(time_ns: NDArray[np.int64], there: NDArray[np.bool_]) -> Iterator[slice]:
    """Frames with a face that follow one another without a long pause."""
    for start, end in stretches(there):
        breaks = start + 1 + np.flatnonzero(np.diff(time_ns[start:end]) > GAP_NS)
        edges = [start, *breaks.tolist(), end]
        yield from (slice(*pair) for pair in pairwise(edges))


def _evenly(time_ns: NDArray[np.int64], values: Course) -> tuple[int, Course]:
    """When it begins, and the course (n,) or (n, k) at every STEP_NS from there, between frames linear."""
    steps = np.arange(0, time_ns[-1] - time_ns[0] + 1, STEP_NS)
    since = time_ns - time_ns[0]
    if values.ndim == 1:
        return int(time_ns[0]), np.interp(steps, since, values)
    return int(time_ns[0]), np.column_stack([np.interp(steps, since, column) for column in values.T])
