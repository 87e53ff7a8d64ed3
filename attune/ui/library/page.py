"""The Library page: the pictures, and in their place what is opened about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from attune.app.library import ClipSet
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.library.browser import Browser
from attune.ui.library.drop_veil import DropVeil
from attune.ui.library.parts import Parts
from attune.ui.theme import Theme
from attune.ui.within import PageWithin

if TYPE_CHECKING:  # made when somebody brings something
    from attune.app.importing import Brought
    from attune.ui.library.bring import BringPage


class LibraryPage(PageWithin):
    """Sets on the left, their clips as pictures beside them; other pages open over both and come back."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        words = services.words
        super().__init__(words, theme, words("library.page.back"), parent)
        self.parts = Parts(
            services=services,
            bridge=bridge,
            theme=theme,
            open=self.open,
            back=self.back,
            changed=self.read_again,
            say=self.notice.say,
            measure=self._measure,
            page=self,
        )
        self._bringing: BringPage | None = None
        self.veil = DropVeil(words, theme, self)
        self.setAcceptDrops(True)
        self.browser = Browser(self.parts)
        self.browser.bringing.connect(self.bring)
        self.begin_with(self.browser)

    def entered(self) -> None:
        """Bring the pictures up to date; what is open stays."""
        if not self._opened:
            self.browser.look()

    def _measure(self, clip_set: ClipSet) -> None:
        self.browser.measuring.begin(clip_set)

    def read_again(self) -> None:
        """Sets on the disk are not what they were."""
        self.browser.look(again=True)

    def bring(self, *paths: Path) -> None:
        """Lead through bringing clips in: those of folders and files, or what the person chooses."""
        from attune.ui.library.bring import BringPage  # noqa: PLC0415 - when it is wanted

        words = self.parts.words
        page = self._bringing = BringPage(self.parts, paths)
        page.brought.connect(self._brought)
        page.ended.connect(self._ended)
        self.open(page, words("library.bring.title"), leave=page.ask_to_leave)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere among the pictures, and where they are chosen."""
        if self._takes_drops and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.veil.cover(self)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """See what is in it."""
        self.veil.hide()
        event.acceptProposedAction()
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if self._bringing is not None:
            self._bringing.take(paths)
        else:
            self.bring(*paths)

    @property
    def _takes_drops(self) -> bool:
        return not self._opened or (self.showing is self._bringing and self._bringing.choosing)

    def _brought(self, sets: tuple[Brought, ...]) -> None:
        """Another set is there; more may be about to be looked at."""
        words, clips = self.parts.words, sum(brought.clips for brought in sets)
        key = "done_one" if clips == 1 else "done_many" if len(sets) == 1 else "done_sets"
        said = [words(f"library.bring.{key}", clips=clips, sets=len(sets))]
        if left := sum(len(brought.found) for brought in sets):
            said.append(words("library.bring.some_left", count=left))
        self.notice.say(" ".join(said))
        self.browser.choose(sets[-1].folder)

    def _ended(self) -> None:
        if self.showing is self._bringing:
            self.back()

    def back(self) -> None:
        """What was being brought goes with its page."""
        if self.showing is self._bringing:
            self._bringing = None
        super().back()
