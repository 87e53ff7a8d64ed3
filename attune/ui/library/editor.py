"""The editor of a clip set: one clip at a time, or many in a table; steps can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.editing import Edited, open_edited
from attune.app.library import Clip, ClipSet
from attune.ui.library.editor_clip import ClipEditor
from attune.ui.library.editor_desk import Desk
from attune.ui.library.editor_leave import Choice
from attune.ui.library.editor_table import TableEditor
from attune.ui.library.parts import Parts
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import PrimaryButton, announce, column, row, text
from attune.ui.widgets.choices import Segments
from attune.ui.widgets.notice import NoticeBar
from attune.ui.within import Go

CLIP, TABLE = "clip", "table"


def open_editor(parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    """Open the editor in the Library: at the one clip chosen, or in the table with the several."""
    reading = parts.services.background.submit(open_edited, clip_set.folder)

    def opened(edited: Edited) -> None:
        page = EditorPage(parts, edited, tuple(clip.name for clip in clips))
        title = parts.words("editor.page.title", name=clip_set.name)
        parts.open(page, title, leave=page.ask_to_leave)

    parts.bridge.deliver(reading, opened)


class EditorPage(QWidget):
    """Ctrl+S saves, Ctrl+Z and Ctrl+Shift+Z undo and redo, Page Up and Page Down turn to another clip."""

    def __init__(self, parts: Parts, edited: Edited, names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._parts, self._words, self._theme = parts, parts.words, parts.theme
        self.desk = Desk(parts.services, parts.bridge, edited, self)
        self.notice = NoticeBar(self._words)
        self.clip = ClipEditor(self.desk, parts.bridge, parts.theme, parts.services.measurer)
        self.table = TableEditor(self.desk, parts.theme)
        self._stack = QStackedWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_bar(parts.theme)
        self._arrange()
        self._connect()
        self.desk.show(names[0] if names else edited.clips[0].name)
        self.show_view(TABLE if len(names) > 1 else CLIP)
        if len(names) > 1:
            self.table.choose(names)

    def show_view(self, name: str) -> None:
        """One clip, or the table."""
        self.views.choose(name)
        self._stack.setCurrentWidget(self.clip if name == CLIP else self.table)
        for part in (self.previous_button, self.next_button, self._where):
            part.setVisible(name == CLIP)
        if name == TABLE:
            self.clip.replay.player.pause()
            self.table.table.setFocus()
        else:
            self.setFocus()
        self._refresh()

    def ask_to_leave(self, go: Go) -> None:
        """Call ``go`` at once, or once the person has said what becomes of what is not saved."""

        def leave() -> None:
            self.clip.close_clip()
            self.desk.leave()
            go()

        if not self.desk.edited.unsaved:
            leave()
            return
        answers = {"save": lambda: self.desk.save(then=leave), "drop": leave}
        Choice(self._words, "editor.leave", answers, parent=self.window(), theme=self._theme)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the window is not closed over what is not saved."""
        self.window().installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window asks as leaving does; asked for once more, it closes."""
        closing = watched is self.window() and event.type() is QEvent.Type.Close
        if closing and self.desk.edited.unsaved and not self._asked():
            event.ignore()
            self.ask_to_leave(lambda: self._leave_and(self.window().close))
            return True
        return super().eventFilter(watched, event)

    def _asked(self) -> bool:
        return any(question.isVisible() for question in self.window().findChildren(Choice))

    def _leave_and(self, go: Callable[[], object]) -> None:
        """Go, though there may be edits that the person does not want."""
        self.window().removeEventFilter(self)
        go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the clip, wherever on the page the focus is; Page Up and Page Down turn the pages."""
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in turns and self._stack.currentWidget() is self.clip:
            self.desk.turn(turns[Qt.Key(event.key())])
        elif self._stack.currentWidget() is not self.clip or not self.clip.take_key(event):
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        """Show the set as it is being edited."""
        desk, edited = self.desk, self.desk.edited
        self.undo_button.setEnabled(bool(edited.done))
        self.redo_button.setEnabled(bool(edited.undone))
        self.save_button.setEnabled(edited.unsaved and not desk.saving)
        self.save_button.setText(self._words(f"editor.page.{'saving' if desk.saving else 'save'}"))
        clips = len(edited.clips)
        self._where.setText(self._words("editor.page.where", number=desk.place + 1, clips=clips))
        self.previous_button.setEnabled(desk.place > 0)
        self.next_button.setEnabled(desk.place + 1 < clips)
        if self._stack.currentWidget() is self.clip:
            self.clip.show_clip()
        else:
            self.table.refresh()

    def _open_clip(self, name: str) -> None:
        self.desk.show(name)
        self.show_view(CLIP)

    def _saved(self) -> None:
        self.notice.hide()
        self._parts.changed()
        announce(self, self._words("editor.page.saved"))

    def _overtaken(self) -> None:
        """Somebody else changed the table since it was read."""
        answers = {"open": self._open_anew, "over": lambda: self.desk.save(over=True)}
        Choice(self._words, "editor.overtaken", answers, parent=self.window(), theme=self._theme)

    def _open_anew(self) -> None:
        reading = self._parts.services.background.submit(open_edited, self.desk.edited.saved.folder)
        self._parts.bridge.deliver(reading, self.desk.begin_anew)

    def _make_bar(self, theme: Theme) -> None:
        words = self._words

        def sign(name: str, picture: str, key: str) -> SignButton:
            return SignButton(theme, picture, words(f"editor.page.{name}"), key=key)

        self.previous_button = sign("previous", "back", words("editor.keys.previous"))
        self.next_button = sign("next", "forward", words("editor.keys.next"))
        self.undo_button = sign("undo", "undo", "Ctrl+Z")
        self.redo_button = sign("redo", "redo", "Ctrl+Shift+Z")
        self.save_button = PrimaryButton(words("editor.page.save"))
        self.save_button.setToolTip("Ctrl+S")
        self._where = text("", "quiet", wrap=False)
        self.views = Segments(
            {name: words(f"editor.page.views.{name}") for name in (CLIP, TABLE)}, words("editor.page.view")
        )

    def _connect(self) -> None:
        desk = self.desk
        desk.changed.connect(self._refresh)
        desk.turned.connect(self._refresh)
        desk.told.connect(self.notice.say)
        desk.saved.connect(self._saved)
        desk.overtaken.connect(self._overtaken)
        self.previous_button.clicked.connect(lambda: desk.turn(-1))
        self.next_button.clicked.connect(lambda: desk.turn(1))
        self.undo_button.clicked.connect(desk.undo)
        self.redo_button.clicked.connect(desk.redo)
        self.save_button.clicked.connect(lambda _checked: desk.save())
        self.views.chosen.connect(self.show_view)
        self.table.opened.connect(self._open_clip)
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+Z": desk.undo,
            "Ctrl+Shift+Z": desk.redo,
            "Ctrl+S": lambda: desk.save() if desk.edited.unsaved else None,
        }
        for keys, act in acts.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _arrange(self) -> None:
        bar = row(spacing=8)
        for part in (self.previous_button, self.next_button):
            bar.addWidget(part)
        bar.addWidget(self._where)
        bar.addStretch(1)
        bar.addWidget(self.views)
        for button in (self.undo_button, self.redo_button, self.save_button):
            bar.addWidget(button)
        self._stack.addWidget(self.clip)
        self._stack.addWidget(self.table)
        inside = column(spacing=12)
        inside.setContentsMargins(28, 8, 28, 16)
        inside.addLayout(bar)
        inside.addWidget(self._stack, 1)
        whole = column(spacing=0)
        whole.addWidget(self.notice)
        whole.addLayout(inside, 1)
        self.setLayout(whole)
