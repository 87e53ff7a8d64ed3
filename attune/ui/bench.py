"""What ``attune bench`` measures of the window: how soon it can be used, how it plays, its memory."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject

from attune.app.folders import HOME_VARIABLE
from attune.resources import Words
from attune.ui.bench_couple import couple
from attune.ui.bench_history import looked_back
from attune.ui.bench_library import looked_through
from attune.ui.bench_loop import until
from attune.ui.bench_moments import moments
from attune.ui.bench_partner import partner
from attune.ui.bench_pulse import Pulse
from attune.ui.bridge import Bridge
from attune.ui.reports import everything_reported
from attune.ui.shell import Shell, application

if TYPE_CHECKING:  # a start is measured as it is: the window loads these when it needs them
    from attune.app.services import Services
    from attune.ui.practice import PracticePage
    from attune.ui.video.replay import SlowReplay

TRIALS = 2  # answered before anything is measured, so that all of a session's parts are loaded
SETTLED_FRAMES = 15  # shown before counting begins


def run(make_services: Callable[[], Services], arguments: Sequence[str]) -> int:
    """Print what was measured as one JSON object.

    ``start``; ``practise CLIP SECONDS``; ``history HOME`` or ``library HOME TABLE``, on that home;
    or in windows of their own ``couple CLIP SECONDS MODEL`` and
    ``moments COUNT``.
    """
    if arguments[0] == "couple":
        print(json.dumps(couple(application(), Path(arguments[1]), float(arguments[2]), Path(arguments[3]))))  # noqa: T201 - read by attune bench
        return 0
    if arguments[0] == "moments":
        print(json.dumps(moments(application(), int(arguments[1]))))  # noqa: T201 - as above
        return 0
    if arguments[0] in ("history", "library"):
        os.environ[HOME_VARIABLE] = arguments[1]
    if arguments[0] == "partner":
        print(json.dumps(partner(application(), float(arguments[1]))))  # noqa: T201 - as above
        return 0
    with _running_shell(make_services) as (shell, opened):
        if arguments[0] == "start":
            found: dict[str, object] = _started(shell)
        elif arguments[0] == "history":
            _practice_page(shell)
            found = looked_back(shell.window, opened[0], _resident_mb)
        elif arguments[0] == "library":
            start = _practice_page(shell).start
            until(lambda: start.sets.isVisibleTo(start))  # all of the start is there, the choice of sets too
            found = looked_through(shell.window, Path(arguments[2]), _resident_mb)
        else:
            found = _practise(shell, opened, Path(arguments[1]), float(arguments[2]))
    print(json.dumps(found))  # noqa: T201 - read by attune bench
    return 0


@contextmanager
def _running_shell(make_services: Callable[[], Services]) -> Iterator[tuple[Shell, list[Services]]]:
    app, bridge = application(), Bridge()
    opened: list[Services] = []

    def make() -> Services:
        opened.append(make_services())
        return opened[0]

    with everything_reported(lambda error: bridge.post(lambda: bridge.failed.emit(error))) as recent:
        shell = Shell(app, make, words=Words(), bridge=bridge, recent=recent)
        try:
            yield shell, opened
        finally:
            shell.close()


class _FirstPaint(QObject):
    """Notes the clock when a window is first painted, in s."""

    at_s: float | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.at_s is None and event.type() == QEvent.Type.Paint:
            self.at_s = time.monotonic()
        return super().eventFilter(watched, event)


def _started(shell: Shell) -> dict[str, object]:
    """The clock when the window was first painted, and when a session could be begun and that was painted."""
    first = _FirstPaint()
    shell.window.installEventFilter(first)
    _practice_page(shell)
    return {"painted_s": first.at_s, "shown_s": time.monotonic()}


def _practice_page(shell: Shell) -> PracticePage:
    """Wait until a session can be begun."""

    def can_begin() -> bool:
        start = getattr(shell.window.page, "start", None)
        return start is not None and start.begin_button.isEnabled()

    until(can_begin)
    shell.window.repaint()
    return cast("PracticePage", shell.window.page)


def _practise(shell: Shell, opened: list[Services], clip: Path, seconds: float) -> dict[str, object]:
    page = _practice_page(shell)
    measuring = opened[0].measurer.measure(clip)
    page.start.begin_button.click()
    for number in range(TRIALS):
        until(lambda: page.showing is page.trial and page.trial.player.frame is not None)
        page.trial.choices.choose(1)
        page.trial.confirm()
        until(lambda: page.showing is page.feedback)
        if number < TRIALS - 1:
            page.feedback.going_on.emit()
    until(measuring.done)
    replay = page.feedback.replay
    replay.open(clip)
    replay.set_track(measuring.result().track, ())
    replay.player.set_rate(1.0)
    return {**_played(replay, seconds), "resident_mb": _resident_mb()}


def _played(replay: SlowReplay, seconds: float) -> dict[str, object]:
    """Let a clip play; count the frames painted and those left out, and how late the UI loop was."""
    painted: list[int] = []
    replay.view.painted.connect(lambda time_ns, _clock_ns: painted.append(time_ns))
    until(lambda: len(painted) >= SETTLED_FRAMES)
    painted.clear()
    pulse, end = Pulse(), time.monotonic() + seconds
    until(lambda: time.monotonic() >= end)
    pulse.stop()
    steps = [later - earlier for earlier, later in pairwise(painted) if later > earlier]
    usual = sorted(steps)[len(steps) // 2]
    late_ms = sorted(1000 * late for late in pulse.late_s)
    return {
        "painted": len(painted),
        "dropped": sum(round(step / usual) - 1 for step in steps),
        "stall_ms": late_ms[math.ceil(0.99 * len(late_ms)) - 1],
        "worst_ms": late_ms[-1],
    }


def _resident_mb() -> float:
    """Memory of this process and its measuring process, in MB; NaN where the system does not tell."""
    try:
        held = [_held_kb(process) for process in ("self", *_children())]
    except OSError:
        return math.nan
    return sum(held) / 1024


def _children() -> Iterator[str]:
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # that thread ended meanwhile
            yield from (task / "children").read_text().split()


def _held_kb(process: str) -> int:
    for line in Path("/proc", process, "status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0  # it ended
