"""Bringing clips in: choose them, see what is in them, say what is missing, have them copied.

Of several things brought at once each is led through in its turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.importing import Brought, Details, Given, How, Kind, Survey, bring_in, survey
from attune.app.importing_look import look
from attune.app.importing_several import one_by_one
from attune.app.importing_table import is_table
from attune.errors import AttuneError
from attune.ui.library.bring_choose import ChoosePage
from attune.ui.library.bring_queue import QueueBar
from attune.ui.library.bring_report import ReportPage
from attune.ui.library.bring_working import WorkingPage
from attune.ui.library.job import Job
from attune.ui.library.parts import Parts
from attune.ui.widgets import column
from attune.ui.widgets.dialogs import Question
from attune.ui.within import Go

ALWAYS = How()


class BringPage(QWidget):
    """``brought(sets)`` once another set is on the shelf, ``ended`` once nothing is left to look at.

    Nothing is copied before the person has agreed.
    """

    brought = Signal(object)
    ended = Signal()

    def __init__(self, parts: Parts, paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._parts = parts
        self._job = Job(parts.bridge, self)
        self._copying = self._surveying = False
        self._sets: tuple[Brought, ...] = ()
        self.source: Given | None = None
        self.queue = QueueBar(parts.words)
        self.choose = ChoosePage(parts)
        self.working = WorkingPage(parts.words, parts.theme)
        self.report = ReportPage(parts)
        self.stack = QStackedWidget()
        for page in (self.choose, self.working, self.report):
            self.stack.addWidget(page)
        inside = column(spacing=0)
        inside.addWidget(self.queue)
        inside.addWidget(self.stack, 1)
        self.setLayout(inside)
        self.choose.chosen.connect(self.take)
        self.queue.left.connect(self._label)
        self.working.stopping.connect(self._stop)
        self.report.again.connect(self._survey_so)
        self.report.agreed.connect(self._bring_in)
        self.report.closer.connect(self._look)
        self.report.other.connect(self._not_this)
        self._job.advanced.connect(self.working.show_advance)
        self._turn_to(self.choose)
        if paths:
            self.take(paths)

    @property
    def choosing(self) -> bool:
        """Whether it is still to be chosen what to bring in."""
        return self.stack.currentWidget() is self.choose

    def take(self, paths: Sequence[Path]) -> None:
        """Look at what there is in each, one after the other, without copying anything."""
        self._surveying = True
        self.working.begin("looking", paths[0].name)
        self._turn_to(self.working)
        self._job.run(
            lambda _progress, _stopped: one_by_one(paths), self._begin, self._parts.bridge.failed.emit
        )

    def _begin(self, things: tuple[Given, ...]) -> None:
        self.queue.begin(things)
        self._next()

    def _next(self) -> None:
        if (source := self.queue.next()) is None:
            self.ended.emit()
        else:
            self._survey(source, ALWAYS)

    def _survey(self, source: Given, how: How) -> None:
        self.source = source
        self._surveying = True
        library, words = self._parts.services.library, self._parts.words
        self._label()
        self.working.begin("looking", source.name, stop="queue.skip" if self.queue.several else "stop")
        self._turn_to(self.working)
        self._job.run(
            lambda progress, stopped: survey(
                source, how, library=library, words=words, progress=progress, stopped=stopped
            ),
            self._surveyed,
            lambda error: self._not_surveyed(error, how),
        )

    def ask_to_leave(self, go: Go) -> None:
        """Copying is only broken off once the person has agreed to that."""
        if not self._copying:
            self._job.stop()
            go()
            return
        words, theme = self._parts.words, self._parts.theme
        Question(words, "library.bring.leave", agreed=lambda: self._leave(go), parent=self, theme=theme)

    def _turn_to(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        self.setFocusProxy(part)
        part.setFocus()

    def _leave(self, go: Go) -> None:
        self._job.stop()
        go()

    def _survey_so(self, how: How) -> None:
        if self.source is not None:
            self._survey(self.source, how)

    def _surveyed(self, found: Survey) -> None:
        self._surveying = False
        self.report.show_survey(found)
        self._turn_to(self.report)

    def _look(self, found: Survey) -> None:
        """Open each film; the survey made without it stays where that is broken off."""
        services = self._parts.services
        self.working.begin("looking", found.source.name)
        self._turn_to(self.working)
        self._job.run(
            lambda progress, stopped: look(
                found, services.measurer, words=services.words, progress=progress, stopped=stopped
            ),
            self._looked,
            self._not_brought,
        )

    def _looked(self, found: Survey) -> None:
        self.report.show_looked(found)
        self._turn_to(self.report)

    def _not_surveyed(self, error: BaseException, how: How) -> None:
        """Where another way to read it may do, the report stays; else something else is to be chosen."""
        self._surveying = False
        source = self.source
        if not isinstance(error, AttuneError):
            self._parts.bridge.failed.emit(error)
            self._not_this()
        elif error.key == "clipset.column_missing" and isinstance(source, Path) and is_table(source):
            self.report.ask_for_columns(How(kind=Kind.TABLE, table=source, columns=how.columns))
            self._turn_to(self.report)
        elif how is not ALWAYS:
            self.report.show_problem(error)
            self._turn_to(self.report)
        elif self.queue.several:
            self.report.show_unread(error)
            self._turn_to(self.report)
        else:
            self.choose.show_problem(self._parts.words.error(error))
            self._turn_to(self.choose)

    def _bring_in(self, found: Survey, details: Details) -> None:
        library = self._parts.services.library
        self._copying = True
        self.working.begin("copying", details.name)
        self._turn_to(self.working)
        self._job.run(
            lambda progress, stopped: bring_in(
                found, details, library=library, progress=progress, stopped=stopped
            ),
            self._brought,
            self._not_brought,
        )

    def _brought(self, brought: Brought) -> None:
        self._copying = False
        self._sets = (*self._sets, brought)
        self.brought.emit(self._sets)
        self._next()

    def _not_brought(self, error: BaseException) -> None:
        self._copying = False
        self._turn_to(self.report)
        if isinstance(error, AttuneError):
            self.report.show_problem(error)
        else:
            self._parts.bridge.failed.emit(error)

    def _stop(self) -> None:
        """Nothing of it stays; what was found so far can be looked at again."""
        self._job.stop()
        self._copying = False
        if self._surveying:
            self._not_this()
        else:
            self._turn_to(self.report)

    def _not_this(self) -> None:
        """The next one, or something else."""
        self._surveying = False
        if self.queue.several:
            self._next()
        else:
            self._turn_to(self.choose)

    def _label(self) -> None:
        what = "queue.skip" if self.queue.several else "other"
        self.report.other_button.setText(self._parts.words(f"library.bring.{what}"))
