"""Several faces in one film, each followed by itself under a name of its own.

MediaPipe smooths only when it follows a single face, and gives faces no names. So each person has a
landmarker of their own, a detector finds who is not followed, and what people look like says who is who:
after they crossed, and when somebody comes back.

Likenesses do not part people. Of the twelve drawn ones, with all their expressions, 99 of 100 faces are
within .085 of how the same person looked in another clip; other people come as near as .054, and with a tenth
more or less light as .041. A head turned by 20 degrees is .18 from itself. Leaving brightness out, or looking
at the shape of the face instead, parts them less well. So the error that harms less is chosen: whoever comes
back may get a new number and be asked again; who sits down in another's place must not be read by that one's
consent. Somebody out of sight is only known by a likeness that no other of them had: three of four faces in
the same light, each looked at anew until one is; hardly any in other light.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from attune.perception.landmarker import SAME, Detector, Landmarker, Seen
from attune.perception.likeness import likeness, unlike
from attune.perception.track import HOLD, FaceMeasurement, FaceTrack, TrackBuilder
from attune.perception.tracker import Finishing
from attune.perception.window import Box, Window

LOOK_EVERY = 3  # frames between two looks for somebody never seen; for who is missing, it is every frame
CLEAR = 1.2  # faces nearer than this, in sizes of a face, cover parts of each other
# Somebody less alike than this is not who was out of sight, nor, less alike than that, who was lost for a
# MOMENT where they were: they turned their head.
RETURNED, STRANGER = 0.04, 0.18
MOMENT_NS = 300_000_000  # in which nobody gets up and another sits down
PAUSE_NS = 1_000_000_000  # so long without a frame, and anybody may sit there
SURER = 0.02  # names change places if that makes people this much more like themselves
WAITED = 60  # looks at somebody without a name until they get one in the place of who is away
TWICE = 2  # the detector errs for a frame or two on title text
SMALLER = 0.6  # a face so much smaller than that of who is away never gets it
SLOWLY = 0.02  # the share of a new frame in what is known of somebody's likeness


@dataclass(slots=True, eq=False)
class _Person:
    """Somebody as known: ``name`` once seen for HOLD frames in a row, ``place`` where followed last.

    ``size`` of the face when it was seen last, in pixels, ``box`` where and ``seen_ns`` when that was.
    """

    likeness: NDArray[np.float32]
    size: float = 0.0
    box: Box | None = None
    seen_ns: int = 0
    place: Window | None = None
    frames: int = 0
    name: int | None = None

    def learn(self, seen: NDArray[np.float32]) -> None:
        self.likeness = self.likeness + max(SLOWLY, 1 / (self.frames + 1)) * (seen - self.likeness)

    def may_be(self, face: _Face, time_ns: int) -> bool:
        """Whether a face nobody followed is alike enough to be theirs."""
        turned = (
            self.box is not None and self.box.apart(face.box) < SAME and time_ns - self.seen_ns <= MOMENT_NS
        )
        return unlike(face.likeness, self.likeness) < (STRANGER if turned else RETURNED)


@dataclass(slots=True, eq=False)
class _Follower:
    """A landmarker and the person it follows, if any, in a window."""

    landmarker: Landmarker
    window: Window
    person: _Person | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """A face in the frame at hand."""

    follower: _Follower
    seen: Seen
    box: Box
    likeness: NDArray[np.float32]


class FacesTracker:
    """Finds and follows up to ``people`` faces; every method from one thread at a time.

    Raises ModelError ``model.unusable`` if MediaPipe cannot load the file.
    """

    def __init__(self, model: Path, *, people: int = 2) -> None:
        self._finishing = Finishing()
        self._detector = Detector(model)
        nowhere = Window(0, 0, 0, 0)
        self._followers = [_Follower(Landmarker(model, video=True), nowhere) for _ in range(people)]
        # MediaPipe works on one core for each face; this thread looks at one of them.
        self._beside = ThreadPoolExecutor(max(1, people - 1), thread_name_prefix="faces")
        self._people: list[_Person] = []
        self._frame: Window | None = None
        self._last_ns = 0
        self._turn = 0
        self._boxes: list[Box] = []
        self._refused = self._larger = self._names = 0

    def measure(self, rgb: NDArray[np.uint8], time_ns: int) -> dict[int, FaceMeasurement]:
        """Measure the next frame as :meth:`look` finds its faces."""
        seen = self.look(rgb, time_ns)
        return {name: self._finishing.alone(rgb, face) for name, face in seen.items()}

    def look(self, rgb: NDArray[np.uint8], time_ns: int) -> dict[int, Seen]:
        """Look at the next frame, (H, W, 3) contiguous, of a video; times must not go back.

        Who is seen, by name: 1 for the first (of several at once, the one to the left), 2 for the next, for
        as long as the tracker lives. A face gets its name when it was seen for HOLD frames in a row.
        """
        frame = Window.whole(rgb)
        anew = frame != self._frame or time_ns - self._last_ns > PAUSE_NS
        self._last_ns = time_ns
        if anew:
            self._frame = frame
            for follower in self._followers:
                self._lose(follower)
            for person in self._people:
                person.place = person.box = None  # of another frame: maybe outside this one
        faces = self._without_doubles(self._followed(rgb, time_ns))
        self._settle(faces, time_ns)
        if len(faces) == len(self._people):
            self._refused = 0  # nobody is away
        if len(faces) < len(self._followers):
            faces += self._newcomers(rgb, time_ns, faces, thoroughly=anew)
        named = [self._known(face, faces, time_ns) for face in faces]
        self._boxes = [face.box for face in faces]
        return {
            person.name: face.seen
            for person, face in zip(named, faces, strict=True)
            if person.name is not None
        }

    def strangers(self, rgb: NDArray[np.uint8]) -> int:
        """How many more faces there are in the frame looked at last, whom nobody follows; takes 2 ms.

        One that is much larger than a face that is followed has its place, once it was there twice: whoever
        sits before the camera, not somebody on a picture on the wall.
        """
        seen = self._detector.look(rgb, Window.whole(rgb))
        found = [box for box in seen if all(box.apart(other) >= SAME for other in self._boxes)]
        smallest = min(self._followers, key=lambda one: one.person.size if one.person else 0.0)
        larger = smallest.person is not None and any(
            SMALLER * box.size > smallest.person.size for box in found
        )
        self._larger = self._larger + 1 if larger else 0
        if smallest.person is not None and self._larger >= TWICE:
            self._larger = 0
            self._people.remove(smallest.person)
            smallest.person = None
            smallest.landmarker.forget()
        return len(found)

    def close(self) -> None:
        """Free what is native and join its threads; twice does no harm."""
        self._beside.shutdown()
        self._detector.close()
        for follower in self._followers:
            follower.landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _followed(self, rgb: NDArray[np.uint8], time_ns: int) -> list[_Face]:
        frame, found = Window.whole(rgb), []
        following = [follower for follower in self._followers if follower.person is not None]
        others = [
            self._beside.submit(follower.landmarker.look, rgb, follower.window, time_ns)
            for follower in following[1:]
        ]
        looked = [follower.landmarker.look(rgb, follower.window, time_ns) for follower in following[:1]]
        looked += [other.result() for other in others]
        for follower, seen in zip(following, looked, strict=True):
            if seen is None:
                self._lose(follower)
                continue
            face = _face(follower, seen, rgb)
            found.append(face)
            if not follower.window.holds(face.box, frame):
                follower.window = frame.around(face.box, turned=follower.window.turned)
                follower.landmarker.aim(rgb, follower.window, face.box, time_ns)
        return found

    def _without_doubles(self, faces: list[_Face]) -> list[_Face]:
        """Where two follow one face, as happens when one person covers another, the better likeness stays."""
        gone: list[_Face] = []
        for one, other in combinations(faces, 2):
            if one.box.apart(other.box) < SAME:
                gone.append(max(one, other, key=_strangeness))
        for face in gone:
            self._lose(face.follower)
        return [face for face in faces if face not in gone]

    def _settle(self, faces: list[_Face], time_ns: int) -> None:
        """Let faces that stand clear change names, with each other or with somebody missing.

        Whoever has no name yet may still be somebody missing, once they look as they did before.
        """
        clear = [face for face in faces if _is_clear(face, faces)]
        for one, other in combinations(clear, 2):
            mine, theirs = one.follower.person, other.follower.person
            assert mine is not None
            assert theirs is not None
            now = _strangeness(one) + _strangeness(other)
            if (
                unlike(one.likeness, theirs.likeness) + unlike(other.likeness, mine.likeness)
                < now - 2 * SURER
            ):
                one.follower.person, other.follower.person = theirs, mine
        for face in clear:
            missing = self._missing()
            if not missing:
                return
            best = min(missing, key=lambda person: unlike(face.likeness, person.likeness))
            person = face.follower.person
            assert person is not None
            alike = unlike(face.likeness, best.likeness) < _strangeness(face) - SURER
            if (alike or person.name is None) and best.may_be(face, time_ns):
                self._forget_unnamed(person)
                face.follower.person = best

    def _newcomers(
        self, rgb: NDArray[np.uint8], time_ns: int, faces: list[_Face], *, thoroughly: bool
    ) -> list[_Face]:
        """Faces nobody follows yet, as far as there are followers left."""
        frame, found = Window.whole(rgb), list[_Face]()
        for box in self._seen_somewhere(rgb, thoroughly=thoroughly):
            free = next((follower for follower in self._followers if follower.person is None), None)
            if free is None:
                break
            if any(face.box.apart(box) < SAME for face in (*faces, *found)):
                continue
            fallen = self._detector.on_its_head(rgb, box)
            free.window = frame.around(fallen or box, turned=fallen is not None)
            seen = free.landmarker.aim(rgb, free.window, fallen or box, time_ns)
            if (
                seen is not None
                and (person := self._who(face := _face(free, seen, rgb), time_ns)) is not None
            ):
                free.person = person
                found.append(face)
        return found

    def _seen_somewhere(self, rgb: NDArray[np.uint8], *, thoroughly: bool) -> list[Box]:
        """One look: by turns at the whole frame, where somebody was, and at the windows one by one.

        Looking costs less than following whoever is missing. Everything is looked at in the first frame only.
        """
        frame = Window.whole(rgb)
        if thoroughly:
            boxes = self._detector.look(rgb, frame)
            if len(boxes) < len(self._followers):
                boxes += self._detector.everywhere(rgb)
            most = len(self._followers)
            return sorted(boxes[:most], key=lambda box: box.middle) + boxes[most : 2 * most]
        missing = self._missing()
        self._turn += 1
        if not missing and self._turn % LOOK_EVERY:
            return []
        places = [frame, *(person.place for person in missing if person.place not in {None, frame}), None]
        turn = self._turn if missing else self._turn // LOOK_EVERY
        place = places[turn % len(places)]
        return self._detector.onward(rgb) if place is None else self._detector.look(rgb, place)

    def _who(self, face: _Face, time_ns: int) -> _Person | None:
        """Who is missing and may be it, else somebody new, else, where all names are given, nobody."""
        missing = sorted(self._missing(), key=lambda person: unlike(face.likeness, person.likeness))
        room = len(self._people) < len(self._followers)
        if known := next((person for person in missing if person.may_be(face, time_ns)), None):
            return known
        if not room and not self._give_way(face, missing):
            return None
        self._people.append(person := _Person(face.likeness))
        return person

    def _give_way(self, face: _Face, missing: list[_Person]) -> bool:
        """Let somebody new come in the place of who is missing and least like them, if it is time.

        Not before they were seen WAITED times, nor for a smaller face, as on a picture on the wall. They get
        a name of their own: nobody is taken for another.
        """
        if not missing or face.box.size < SMALLER * missing[-1].size:
            return False
        self._refused += 1
        if self._refused < WAITED:
            return False
        self._refused = 0
        self._people.remove(missing[-1])
        return True

    def _known(self, face: _Face, faces: list[_Face], time_ns: int) -> _Person:
        """The person of a face, better known now, and named if it is time."""
        person = face.follower.person
        assert person is not None
        if _is_clear(face, faces):
            person.learn(face.likeness)
        person.frames += 1
        person.size, person.box, person.seen_ns = face.box.size, face.box, time_ns
        if person.name is None and person.frames >= HOLD:
            self._names += 1
            person.name = self._names
        return person

    def _missing(self) -> list[_Person]:
        here = [follower.person for follower in self._followers]
        return [person for person in self._people if person not in here]

    def _lose(self, follower: _Follower) -> None:
        if follower.person is not None:
            follower.person.place = follower.window
            self._forget_unnamed(follower.person)
        follower.person = None
        follower.landmarker.forget()

    def _forget_unnamed(self, person: _Person | None) -> None:
        if person is not None and person.name is None:
            self._people.remove(person)


class FacesBuilder:
    """Collects what a FacesTracker measured; one thread at a time."""

    def __init__(self) -> None:
        self._found: list[tuple[int, dict[int, FaceMeasurement]]] = []

    def add(self, time_ns: int, found: dict[int, FaceMeasurement]) -> None:
        """Append one frame; times must strictly increase."""
        self._found.append((time_ns, found))

    def finish(self, *, width: int, height: int) -> dict[int, FaceTrack]:
        """One track over all frames for each name, without names whose face never held for HOLD frames."""
        tracks = {}
        for name in sorted({name for _, found in self._found for name in found}):
            builder = TrackBuilder()
            for time_ns, found in self._found:
                builder.add(time_ns, found.get(name))
            tracks[name] = builder.finish(width=width, height=height)
        return {name: track for name, track in tracks.items() if track.face.any()}


def _face(follower: _Follower, seen: Seen, rgb: NDArray[np.uint8]) -> _Face:
    box = Box.of(seen.landmarks, Window.whole(rgb))
    return _Face(follower, seen, box, likeness(rgb, seen.landmarks))


def _strangeness(face: _Face) -> float:
    assert face.follower.person is not None
    return unlike(face.likeness, face.follower.person.likeness)


def _is_clear(face: _Face, faces: list[_Face]) -> bool:
    return all(face is other or face.box.apart(other.box) > CLEAR for other in faces)
