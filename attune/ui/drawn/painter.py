"""The thread that draws: the UI thread says what it wants to see and goes on; pictures come when they can.

Of several wishes only the newest is drawn, of several pictures only the newest is shown.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from attune.errors import AttuneError, NoOpenGLError, PersonError
from attune.ui.bridge import Bridge
from attune.ui.drawn.surface import OffscreenGl

if TYPE_CHECKING:  # the window does not wait for what draws
    from attune.app.cast import Cast
    from attune.app.faces import Faces, Motion
    from attune.app.studio import Studio, View

FASTEST_S = 1 / 60  # between two pictures of somebody who moves
SETTLES_S = 0.25  # without a new wish, before a picture drawn in haste is drawn finely
LIVES = 3  # contexts that may be lost, one after the other, before it is taken for a fault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Who is to be seen, doing what, from where; ``side`` pixels wide and high.

    ``goes_on``: another motion takes up the clock of the one before, instead of beginning.
    """

    person: str
    motion: Motion
    view: View
    side: int
    goes_on: bool = False


class Easel(QObject):
    """What one widget wants to see. ``came(image, time_s)`` with each picture and the time of its motion.

    ``failed(error)`` once nothing more can come. On the UI thread.
    """

    came = Signal(QImage, float)
    failed = Signal(object)

    def __init__(self, painter: Painter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painter = painter

    def want(self, scene: Scene | None) -> None:
        """See this from now on; a motion that was seen before goes on, another begins. None: nothing."""
        self._painter.want(self, scene)


@dataclass(slots=True)
class _Job:
    """What both threads know of an easel; touched under the painter's lock alone."""

    scene: Scene
    begun_s: float | None = None
    due_s: float = -math.inf
    fine: bool = False
    fresh: tuple[QImage, float] | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    easel: Easel
    scene: Scene
    time_s: float
    fine: bool


class Painter:
    """Draws for any number of easels. Make, use and :meth:`close` it on the UI thread.

    Its thread begins with the first wish. ``software``: whether the processor draws, None until that is
    known; then whoever moves is drawn coarsely, and finely once nothing moves. ``drawn`` counts pictures.
    """

    def __init__(self, cast: Cast, bridge: Bridge, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._cast = cast
        self._bridge = bridge
        self._clock = clock
        self._changed = threading.Condition()
        self._jobs: dict[Easel, _Job] = {}
        self._error: Exception | None = None
        self._asking: list[Callable[[bool], None]] = []
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._gl: OffscreenGl | None = None
        self._faces: Faces | None = None
        self.software: bool | None = None
        self.drawn = 0

    def with_faces(self, have: Callable[[Faces], None], failed: Callable[[BaseException], None]) -> None:
        """Hand over what people can be asked to show, on the UI thread: read once, where nobody waits."""

        def came(faces: Faces) -> None:
            self._faces = faces
            have(faces)

        if self._faces is None:
            self._bridge.deliver(self._cast.faces(), came, failed)
        else:
            have(self._faces)

    def find_out(self, told: Callable[[bool], None]) -> None:
        """Find out whether a graphics card draws here, and tell it, on the UI thread."""
        with self._changed:
            if self.software is None and not self._stopped:
                self._asking.append(told)
                self._begin()
                return
        told(self.software is False)

    def want(self, easel: Easel, scene: Scene | None) -> None:
        """Take an easel's newest wish."""
        with self._changed:
            if scene is None:
                self._jobs.pop(easel, None)
                return
            job = self._jobs.setdefault(easel, _Job(scene))
            if scene.motion is not job.scene.motion and not scene.goes_on:
                job.begun_s = None
            if not _still_wanted(job.scene, scene):
                job.fresh = None
            job.scene, job.fine, job.due_s = scene, False, -math.inf
            if self._error is not None:
                self._give_up(self._error)
            elif not self._stopped:
                self._begin()
            self._changed.notify()

    def close(self) -> None:
        """End the thread. Blocks until the picture it is at is done."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._gl is not None:
            self._gl.destroy()
            self._gl = None

    def _begin(self) -> None:
        if self._thread is None:
            self._gl = OffscreenGl()
            self._thread = threading.Thread(target=self._run, name="painter")
            self._thread.start()

    # On the painter's own thread

    def _run(self) -> None:
        reason = ""
        for _life in range(LIVES):
            drawn = self.drawn
            try:
                with self._studio() as studio:
                    self._draw(studio)
            except AttuneError as error:
                self._give_up(error)
                return
            except Exception as error:  # noqa: BLE001 - a context that is lost shows itself in many ways
                if self.drawn == drawn:  # nothing came of it: another context would do no better
                    self._give_up(error)
                    return
                reason = str(error)
                _log.info("drawing begins anew after %r", error)
                self._all_again()
            else:
                return
        self._give_up(NoOpenGLError("opengl.lost", reason=reason))

    @contextmanager
    def _studio(self) -> Iterator[Studio]:
        from attune.app.studio import Studio  # noqa: PLC0415 - loads numpy and OpenGL, on this thread

        assert self._gl is not None
        with self._gl.current() as load_function, closing(Studio(self._cast, load_function)) as studio:
            self._found_out(software=studio.software)
            yield studio

    def _draw(self, studio: Studio) -> None:
        while (task := self._next()) is not None:
            scene = task.scene
            face = scene.motion(task.time_s)
            try:
                rgb = studio.draw(scene.person, face, view=scene.view, side=scene.side, fine=task.fine)
            except PersonError as error:
                self._cannot(task.easel, error)
                continue
            height, width = rgb.shape[:2]
            image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            self.drawn += 1
            self._hand_over(task, image.copy())  # Qt does not keep the memory it draws from alive

    def _next(self) -> _Task | None:
        """Wait for the easel that is due next; None when it is all over."""
        with self._changed:
            while not self._stopped:
                if not self._jobs:
                    self._changed.wait()
                    continue
                easel, job = min(self._jobs.items(), key=lambda each: each[1].due_s)
                now = self._clock()
                if job.due_s <= now:
                    return self._take_up(easel, job, now)
                self._changed.wait(None if job.due_s == math.inf else job.due_s - now)
        return None

    def _take_up(self, easel: Easel, job: _Job, now: float) -> _Task:
        """What is to be drawn now, and when again."""
        scene = job.scene
        begun_s = now if job.begun_s is None else job.begun_s
        time_s = min(now - begun_s, scene.motion.lasts_s)
        moving = time_s < scene.motion.lasts_s
        fine = job.fine or not self.software
        if moving:
            job.due_s = now + FASTEST_S
        else:
            job.due_s = math.inf if fine else now + SETTLES_S
            job.fine = True
        return _Task(easel, scene, time_s, fine)

    def _hand_over(self, task: _Task, image: QImage) -> None:
        with self._changed:
            job = self._jobs.get(task.easel)
            if job is None or not _still_wanted(task.scene, job.scene):
                return
            if job.begun_s is None:  # until now somebody was being built, perhaps
                job.begun_s = self._clock()
            waiting, job.fresh = job.fresh is not None, (image, task.time_s)
        if not waiting:
            self._bridge.post(lambda: self._deliver(task.easel))

    def _cannot(self, easel: Easel, error: PersonError) -> None:
        """This one person cannot be drawn; others can."""
        with self._changed:
            self._jobs.pop(easel, None)
        self._bridge.post(lambda: easel.failed.emit(error) if shiboken6.isValid(easel) else None)

    def _all_again(self) -> None:
        with self._changed:
            for job in self._jobs.values():
                job.due_s = -math.inf

    def _give_up(self, error: Exception) -> None:
        self._error = error
        self._found_out(software=True)  # whoever asks later is told that there is no graphics card
        self._bridge.post(lambda: self._tell(error))

    def _found_out(self, *, software: bool) -> None:
        with self._changed:
            self.software = software
            asking, self._asking = self._asking, []
        for told in asking:
            self._bridge.post(lambda told=told: told(not software))  # type: ignore[misc]

    # On the UI thread again

    def _deliver(self, easel: Easel) -> None:
        with self._changed:
            job = self._jobs.get(easel)
            if job is None or job.fresh is None:
                return
            fresh, job.fresh = job.fresh, None
        if shiboken6.isValid(easel):
            easel.came.emit(*fresh)

    def _tell(self, error: Exception) -> None:
        for easel in list(self._jobs):
            if shiboken6.isValid(easel):
                easel.failed.emit(error)


def _still_wanted(drawn: Scene, wanted: Scene) -> bool:
    """Whether a picture is worth showing; of a motion that went on into another, late ones are."""
    return drawn.person == wanted.person and (wanted.goes_on or drawn.motion is wanted.motion)
