"""What can be done with a set and the clips chosen in it, as actions of Qt: in menus and by keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from attune.app.library import Clip, ClipSet, is_locked, is_starter
from attune.ui.library.actions import ACTIONS, Action
from attune.ui.library.parts import Parts


class Doing(QObject):
    """Offers every action that fits what is shown and chosen."""

    def __init__(self, parts: Parts, page: QWidget) -> None:
        super().__init__(page)
        self._parts = parts
        self._clip_set: ClipSet | None = None
        self._clips: tuple[Clip, ...] = ()
        self._made = {action.name: self._make(action, page) for action in ACTIONS}
        self.offer(None, ())

    def action(self, name: str) -> QAction:
        """One of them."""
        return self._made[name]

    def fill(self, menu: QMenu) -> None:
        """Put them into a menu: those about the clips chosen, then those about the whole set."""
        for about_clips in (True, False):
            menu.addSeparator()
            for action in ACTIONS:
                if action.clips is about_clips:
                    menu.addAction(self._made[action.name])

    def offer(self, clip_set: ClipSet | None, clips: tuple[Clip, ...]) -> None:
        """Take what is shown, None where it is no single set, and which of its clips are chosen."""
        self._clip_set, self._clips = clip_set, clips
        locked = clip_set is not None and is_locked(clip_set)
        for action in ACTIONS:
            there = clip_set is not None and (bool(clips) or not action.clips)
            may = action.starter or (clip_set is not None and not is_starter(clip_set))
            fits = action.locked is None or action.locked == locked
            self._made[action.name].setEnabled(there and may and fits)
            self._made[action.name].setVisible(fits or action.locked is False)

    def _make(self, action: Action, page: QWidget) -> QAction:
        made = QAction(self._parts.words(f"library.actions.{action.name}"), self)
        if action.keys:
            made.setShortcuts([QKeySequence(keys) for keys in action.keys.split()])
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(partial(self._do, action))
        page.addAction(made)
        return made

    def _do(self, action: Action, *_checked: object) -> None:
        if self._clip_set is not None:
            action.act(self._parts, self._clip_set, self._clips)
