"""The sets, the clips of one of them as pictures, and the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QStackedWidget, QWidget

from attune.app.consent import limits_of
from attune.app.gallery import Gallery, Wanted
from attune.app.library import ClipSet, Shelved
from attune.ui.library.actions import ask_to_remove, practise_with
from attune.ui.library.cell import INSET
from attune.ui.library.doing import Doing
from attune.ui.library.empty import Invitation, Nothing, Trouble
from attune.ui.library.endings import EndingsBar
from attune.ui.library.filters import Filters
from attune.ui.library.grid import Grid
from attune.ui.library.heading import Heading
from attune.ui.library.hover import Hover
from attune.ui.library.measuring import MeasuringLine
from attune.ui.library.parts import Parts
from attune.ui.library.pictures import Pictures
from attune.ui.library.sets import ALL, SetList
from attune.ui.widgets import Button, column, row, text

if TYPE_CHECKING:  # it plays films, which takes as long to load as all else on the page
    from attune.ui.library.preview import Preview

LIST_FROM = 58  # width of the page from which the sets stand in a list, in heights of the body type
BUTTONS_FROM = 36  # and from which what can be done with a set stands above its pictures
MARGIN = 32


@dataclass(frozen=True, slots=True)
class _Made:
    clip_sets: tuple[ClipSet, ...]
    gallery: Gallery
    limits: tuple[str, ...]


class Browser(QWidget):
    """What the Library shows first; ``bringing`` when clips are to be brought in."""

    bringing = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words, theme = parts.words, parts.theme
        self._sets: tuple[Shelved, ...] = ()
        self._made: _Made | None = None
        self._loading: Future[_Made] | None = None
        self._wished: Path | None = None
        self.preview: Preview | None = None
        self.sets = SetList(words, theme)
        self.bring_button = Button(words("library.bring.button"))
        self.heading = Heading(words, theme)
        self.endings = EndingsBar(parts)
        self.filters = Filters(words, theme)
        self.pictures = Pictures(parts.services.thumbnails, parts.bridge, self)
        self.grid = Grid(words, theme, self.pictures)
        self.hover = Hover(self.grid, theme)
        self.measuring = MeasuringLine(words, parts.bridge, parts.services.measurer)
        self.nothing = Nothing(words)
        self.trouble = Trouble(words, theme)
        self.invitation = Invitation(words, theme)
        self.doing = Doing(parts, self)
        self.doing.fill(self.heading.more.choices)
        self._arrange()
        self._connect()
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def chosen_set(self) -> ClipSet | None:
        """The set whose clips are shown; None where it is several, or one that does not open."""
        return self._made.clip_sets[0] if self._made is not None and len(self._made.clip_sets) == 1 else None

    def look(self, *, again: bool = False) -> None:
        """Show what there is; ``again``: pictures too may be others now."""
        if again:
            self.pictures.forget()
        self.endings.look()
        self._parts.bridge.deliver(self._parts.services.library.sets(), self._got_sets)

    def choose(self, folder: Path) -> None:
        """Show a set once it is among them."""
        self._wished = folder
        self.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the film first; every other key is the page's."""
        if event.key() == Qt.Key.Key_Escape and self._looking:
            self.close_preview()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list becomes a menu where the pictures need the room."""
        super().resizeEvent(event)
        self._fit()

    # Sets and their clips

    def _got_sets(self, sets: tuple[Shelved, ...]) -> None:
        self._sets = sets
        folder = self.sets.folder
        if self._wished in [shelved.folder for shelved in sets]:
            folder, self._wished = self._wished, None
        self.sets.fill(sets, folder)
        self.invitation.setVisible(len(sets) == 1)
        self._load(self.sets.folder)

    def _load(self, folder: Path | None) -> None:
        """Have the clips of a set, or of all sets, made ready."""
        shelved = next((one for one in self._sets if one.folder == folder), None)
        if shelved is not None and (shelved.problem is not None or shelved.locked):
            self._show_trouble(shelved)
            return
        library, words = self._parts.services.library, self._parts.words
        readable = [one.folder for one in self._sets if one.problem is None and not one.locked]
        folders = readable if folder is ALL else [folder]
        known = self._made

        def make() -> _Made:
            clip_sets = tuple(map(library.read, folders))
            if known is not None and _same(known.clip_sets, clip_sets):  # nothing was written meanwhile
                return known
            limits = tuple(dict.fromkeys(limit for each in clip_sets for limit in limits_of(each.licence)))
            return _Made(clip_sets, Gallery(clip_sets, words), limits)

        loading = self._loading = self._parts.services.background.submit(make)
        self._parts.bridge.deliver(loading, lambda made: self._got_clips(loading, made), self._no_clips)

    def _got_clips(self, loading: object, made: _Made) -> None:
        if loading is not self._loading:  # another set was chosen meanwhile
            return
        if made is not self._made:
            self._show_made(made)
        if self.isVisible():  # else somebody is at work on a page over it
            self.grid.setFocus()
        self.grid.begin()

    def _show_made(self, made: _Made) -> None:
        before = [] if self._made is None else [clip_set.folder for clip_set in self._made.clip_sets]
        self._made = made
        self.heading.show_sets(made.clip_sets, made.limits)
        self._choose_clips()
        self.filters.setVisible(True)
        self.filters.offer(made.gallery)
        if before != [clip_set.folder for clip_set in made.clip_sets]:
            self.grid.scrollToTop()

    def _no_clips(self, error: BaseException) -> None:
        self._parts.bridge.failed.emit(error)
        self.look()  # it was readable a moment ago: the list says what it is now

    def _show_trouble(self, shelved: Shelved) -> None:
        self._loading = self._made = None
        self.close_preview()
        self.grid.show_entries(())
        self.heading.show_name(shelved.name)
        self._choose_clips()
        self.filters.setVisible(False)
        self.trouble.show_problem(shelved)
        self._middle.setCurrentWidget(self.trouble)

    def _search(self, wanted: Wanted) -> None:
        if self._made is None:
            return
        gallery = self._made.gallery
        found = gallery.fitting(wanted)
        self.grid.show_entries(found)
        self.heading.show_count(len(found), len(gallery.entries))
        self._middle.setCurrentWidget(self.grid if found else self.nothing)
        self.nothing.show_wanted(wanted)
        self.grid.begin()
        self._look_at()

    # Looking at one

    @property
    def _looking(self) -> bool:
        return self.preview is not None and self.preview.isVisibleTo(self)

    def open_preview(self) -> None:
        """Play the current clip beside the pictures; where it plays already, hold it or go on."""
        if self._looking and self.preview is not None:
            self.preview.toggle()
            return
        if self.preview is None:
            from attune.ui.library.preview import Preview  # noqa: PLC0415 - films, once one is played

            self.preview = Preview(self._parts.words, self._parts.theme)
            self.preview.closed.connect(self.close_preview)
            self._beside.addWidget(self.preview)
        self._edge.show()
        self.preview.show()
        self.hover.stop()
        self.hover.allowed = False
        self._fit()
        self._look_at()
        self.grid.scrollTo(self.grid.currentIndex())

    def close_preview(self) -> None:
        """Give the room back to the pictures."""
        if self.preview is not None:
            self.preview.close_clip()
            self.preview.hide()
            self._edge.hide()
            self.hover.allowed = True
            self._fit()
            focus = QApplication.focusWidget()
            if focus is not None and self.preview.isAncestorOf(focus):  # who searches goes on typing
                self.grid.setFocus()

    def _look_at(self) -> None:
        if self._looking and self.preview is not None:
            entry = self.grid.current
            if entry is None:
                self.close_preview()
            else:
                self.preview.show_entry(entry)

    # What can be done

    def _choose_clips(self) -> None:
        self.doing.offer(self.chosen_set, tuple(entry.clip for entry in self.grid.chosen))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.doing.fill(menu)
        menu.popup(self.grid.viewport().mapToGlobal(place))

    def _practise(self) -> None:
        if self.chosen_set is not None:
            practise_with(self._parts, self.chosen_set)

    def _arrange(self) -> None:
        words = self._parts.words
        left = column(spacing=16)
        left.setContentsMargins(MARGIN, MARGIN, 0, 20)
        left.addWidget(text(words("library.page.title"), "title", wrap=False))
        left.addWidget(self.sets, 1)
        left.addWidget(self.invitation)
        left.addWidget(self.bring_button)
        self._side = QWidget()
        self._side.setLayout(left)
        self._top = QWidget()
        top = row(spacing=8)
        top.addWidget(self.sets.menu)
        top.addStretch(1)
        self._bring_too = Button(words("library.bring.button"))
        top.addWidget(self._bring_too)
        self._top.setLayout(top)
        self._middle = QStackedWidget()
        for middle in (self.grid, self.nothing, self.trouble):
            self._middle.addWidget(middle)
        main = column(spacing=14)
        main.setContentsMargins(MARGIN - INSET, MARGIN - 4, 12, 0)
        above: tuple[QWidget, ...] = (self._top, self.endings, self.heading, self.filters)
        for part in above:
            part.setContentsMargins(INSET, 0, 12, 0)  # as the cells, which have air of their own
            main.addWidget(part)
        main.addWidget(self._middle, 1)
        main.addWidget(self.measuring)
        self.measuring.setContentsMargins(INSET, 0, 12, 0)
        self._edge = QFrame()
        self._edge.setProperty("role", "edge")
        self._edge.setFixedWidth(1)
        self._edge.hide()
        self._beside = row(spacing=0)
        self._beside.addWidget(self._side)
        self._beside.addLayout(main, 1)
        self._beside.addWidget(self._edge)
        self.setLayout(self._beside)

    def _connect(self) -> None:
        self.sets.chosen.connect(self._load)
        self.filters.changed.connect(self._search)
        self.filters.search.going_on.connect(self._to_grid)
        self.grid.typed.connect(self._type)
        self.grid.opened.connect(self.open_preview)
        self.grid.looked_at.connect(self._look_at)
        self.grid.chosen_changed.connect(self._choose_clips)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.heading.practise_button.clicked.connect(self._practise)
        self.trouble.open_button.clicked.connect(self._ask_to_open)
        self.trouble.again_button.clicked.connect(lambda: self.look(again=True))
        self.trouble.folder_button.clicked.connect(self._open_folder)
        self.trouble.remove_button.clicked.connect(self._ask_to_remove)
        self.nothing.all_button.clicked.connect(self.filters.show_all)
        for button in (self.bring_button, self._bring_too):
            button.clicked.connect(self.bringing)

    def _open_folder(self) -> None:
        if (shelved := self.trouble.shelved) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shelved.folder)))

    def _ask_to_open(self) -> None:
        from attune.ui.library.lock import ask_to_open  # noqa: PLC0415 - few sets are locked

        if (shelved := self.trouble.shelved) is not None:
            ask_to_open(self._parts, shelved)

    def _ask_to_remove(self) -> None:
        if (shelved := self.trouble.shelved) is not None:
            ask_to_remove(self._parts, shelved.folder, shelved.name)

    def _type(self, letters: str) -> None:
        self.filters.search.setFocus()
        self.filters.search.insert(letters)

    def _to_grid(self) -> None:
        self.grid.setFocus()
        self.grid.begin()

    def _fit(self) -> None:
        room, body = self.width(), self._parts.theme.sizes.body
        if self._looking and self.preview is not None:
            self.preview.fit(self.size())
            room -= self.preview.width()
        wide, cramped = room >= LIST_FROM * body, room < BUTTONS_FROM * body
        self._side.setVisible(wide)
        self._side.setFixedWidth(self.sets.width() + MARGIN)
        self.heading.set_titled(wide)
        self._top.setVisible(not (wide or cramped))
        self.heading.set_acting(not cramped)


def _same(before: Sequence[ClipSet], now: Sequence[ClipSet]) -> bool:
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))
