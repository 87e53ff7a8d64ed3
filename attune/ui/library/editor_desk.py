"""What the editor's parts share: the set as it is being edited, the clip and the rater at hand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from attune.affect.reading import Reading, Source
from attune.app.editing import Edited, on_top, save
from attune.app.edits import Change, Who
from attune.app.library import Clip
from attune.app.services import Services
from attune.errors import EditError
from attune.ui.bridge import Bridge

MEANT = Who(Source.INTENDED)


class Desk(QObject):
    """``changed`` after each step, ``turned`` to another clip or rater, ``saved`` once the disk has it.

    ``told`` carries a sentence: what could not be done and why; ``overtaken``: the table is not what it was.
    """

    changed = Signal()
    turned = Signal()
    saved = Signal()
    told = Signal(str)
    overtaken = Signal()

    def __init__(
        self, services: Services, bridge: Bridge, edited: Edited, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.words = services.words
        self.vocabulary = edited.vocabulary
        self.background = services.background
        self._bridge = bridge
        self.edited = edited
        self._name = edited.clips[0].name
        self.who = MEANT
        self.saving = False
        self.made: set[Path] = set()  # parts of clips, which are files of the set only once it is saved

    @property
    def clip(self) -> Clip:
        """The clip at hand."""
        return self.edited.clip(self._name)

    @property
    def place(self) -> int:
        """The place of the clip at hand among all."""
        return next(n for n, clip in enumerate(self.edited.clips) if clip.name == self._name)

    @property
    def reading(self) -> Reading | None:
        """What the rater at hand says of it."""
        return self.said_by(self.clip, self.who)

    def said_by(self, clip: Clip, who: Who) -> Reading | None:
        """What somebody says of a clip."""
        return next((each for each in clip.references if Who.of(each) == who), None)

    def show(self, name: str) -> None:
        """Take another clip, and somebody who speaks of it."""
        self._name = name
        if self.reading is None and self.clip.references:
            self.who = Who.of(self.clip.references[0])
        self.turned.emit()

    def turn(self, by: int) -> None:
        """Take the clip so many further on, where there is one."""
        place = self.place + by
        if 0 <= place < len(self.edited.clips):
            self.show(self.edited.clips[place].name)

    def listen_to(self, who: Who) -> None:
        """Take another rater."""
        self.who = who
        self.turned.emit()

    def change(self, change: Change, names: Collection[str] = (), *, going_on: bool = False) -> bool:
        """Change clips, the one at hand where none is named; whether it could be done."""
        try:
            made = self.edited.changed(change, names or (self._name,), going_on=going_on)
        except EditError as error:
            self.told.emit(self.words.error(error))
            self.changed.emit()  # what is shown goes back to what is
            return False
        self._take(made)
        return True

    def begin_anew(self, edited: Edited) -> None:
        """Take the set as somebody else wrote it."""
        self._take(edited)

    def undo(self) -> None:
        """Take the last step back."""
        self._take(self.edited.undo())

    def redo(self) -> None:
        """Do it again."""
        self._take(self.edited.redo())

    def save(self, *, over: bool = False, then: Callable[[], None] | None = None) -> None:
        """Write what was changed, away from this thread; ``then`` once it is on the disk."""
        if self.saving:
            return
        self.saving = True
        self.changed.emit()
        kept = self.edited
        writing: Future[Edited] = self.background.submit(save, kept, over=over)

        def written(saved: Edited) -> None:
            self.saving = False
            # What was changed while it was written is a step still to be saved.
            self._take(saved if self.edited is kept else on_top(self.edited, saved))
            self.saved.emit()
            if then is not None:
                then()

        self._bridge.deliver(writing, written, self._not_saved)

    def leave(self) -> None:
        """Delete the parts of clips that did not become files of the set."""
        left = self.made - {clip.file for clip in self.edited.saved.clips}
        for file in left:
            self._bridge.deliver(self.background.submit(file.unlink, missing_ok=True), lambda _gone: None)

    def _not_saved(self, error: BaseException) -> None:
        self.saving = False
        self.changed.emit()
        if not isinstance(error, EditError):
            self._bridge.failed.emit(error)
        elif error.key == "editing.changed_meanwhile":
            self.overtaken.emit()
        else:
            self.told.emit(self.words.error(error))

    def _take(self, edited: Edited) -> None:
        before = {clip.name for clip in self.edited.clips}
        self.edited = edited
        names = [clip.name for clip in edited.clips]
        if self._name not in names:
            come = [name for name in names if name not in before]  # a cut clip has another name
            self._name = come[0] if come else names[0]
            self.turned.emit()
        self.changed.emit()
