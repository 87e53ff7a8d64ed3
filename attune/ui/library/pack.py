"""A set as one file that another Attune opens: where to, then how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from attune.app.library import ClipSet
from attune.app.packing import ENDING, pack_set
from attune.ui.library.bring_working import WorkingPage
from attune.ui.library.job import Job
from attune.ui.library.parts import Parts
from attune.ui.widgets import column
from attune.ui.widgets.asking import ask_where_to
from attune.ui.within import Go


def ask_where(parts: Parts, clip_set: ClipSet) -> None:
    """Ask for the file, then write it."""
    words = parts.words
    ask_where_to(
        parts.page,
        words("library.pack.title"),
        words("library.pack.files"),
        f"{clip_set.folder.name}{ENDING}",
        lambda target: _open(parts, clip_set, target),
    )


def _open(parts: Parts, clip_set: ClipSet, target: Path) -> None:
    page = PackPage(parts, clip_set, target)
    parts.open(page, parts.words("library.pack.title"), leave=page.leave)


class PackPage(QWidget):
    """Writes at once and goes back by itself. What is broken off leaves no file."""

    def __init__(self, parts: Parts, clip_set: ClipSet, target: Path) -> None:
        super().__init__()
        self._parts, self._target = parts, target
        self._job = Job(parts.bridge, self)
        self.working = WorkingPage(parts.words, parts.theme)
        inside = column(spacing=0)
        inside.addWidget(self.working)
        self.setLayout(inside)
        self.setFocusProxy(self.working)
        self._job.advanced.connect(self.working.show_advance)
        self.working.stopping.connect(lambda: self.leave(parts.back))
        self.working.begin("packing", clip_set.name)
        library = parts.services.library
        self._job.run(
            lambda progress, stopped: pack_set(
                clip_set.folder, target, library=library, progress=progress, stopped=stopped
            ),
            self._packed,
            self._not_packed,
        )

    def leave(self, go: Go) -> None:
        """Stop, and go."""
        self._job.stop()
        go()

    def _packed(self, _done: None) -> None:
        self._parts.back()
        self._parts.say(self._parts.words("library.pack.done", path=self._target))

    def _not_packed(self, error: BaseException) -> None:
        self._parts.back()
        self._parts.bridge.failed.emit(error)
