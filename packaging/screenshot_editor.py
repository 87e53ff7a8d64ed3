"""A clip set being edited, brought to where a picture of it is wanted. Used by screenshots.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from screenshot_sessions import until, wait

from attune.affect.reading import Source
from attune.app.editing import open_edited, save
from attune.app.edits import About, Said, Who
from attune.app.library import load_clip_set
from attune.app.services import Services
from attune.ui.library import LibraryPage
from attune.ui.library.editor import TABLE, EditorPage, open_editor
from attune.ui.shell import Shell

SETTLES_MS = 600
SAYING = {  # what three made-up raters say of some emotions
    "fear": ({"fear": 0.7, "surprise": 0.3}, {"fear": 1.0}, {"surprise": 1.0}),
    "sadness": ({"sadness": 1.0}, {"sadness": 1.0}, {"sadness": 0.6, "fear": 0.4}),
}


class EditorViews:
    """What the window shows of a set being edited; ``places`` by name."""

    def __init__(self, running: Shell, services: Services) -> None:
        self._running = running
        self._services = services
        self.places: dict[str, Callable[[], object]] = {
            "editor": self._clip,
            "editor-low": self._low,
            "editor-cut": self._cut,
            "editor-table": self._table,
            "editor-leave": self._leave,
        }

    def _page(self) -> EditorPage:
        starter = self._services.library.starter().result()
        folder = self._services.folders.library / "sets" / "tuesday-group"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(starter.folder, folder)
        named = (folder / "set.toml").read_text("utf-8").replace(f'"{starter.name}"', '"Tuesday group"')
        (folder / "set.toml").write_text(named, "utf-8")
        edited = open_edited(folder)
        for clip in edited.clips:
            meant = clip.references[0].top
            for name, labels in zip(
                ("Ada", "Cem", "Noor"), SAYING.get(meant, ({meant: 1.0},) * 3), strict=True
            ):
                said = Said(Who(Source.EXPERT, name), {"labels": labels, "intensity": 0.6})
                edited = edited.changed(said, [clip.name])
        save(edited)
        self._running.window.show_page("library")
        page = self._running.window.page
        assert isinstance(page, LibraryPage)
        while page.showing is not page.browser:
            page.back()
        clip_set = load_clip_set(folder)
        wanted = next(clip for clip in clip_set.clips if clip.references[0].top == "fear")
        open_editor(page.parts, clip_set, (wanted,))
        until(lambda: isinstance(page.showing, EditorPage))
        assert isinstance(page.showing, EditorPage)
        return page.showing

    def _clip(self) -> EditorPage:
        page = self._page()
        until(lambda: bool(page.clip.suggestions))
        page.desk.listen_to(Who(Source.EXPERT, "Ada"))
        page.desk.change(Said(page.desk.who, {"valence": -0.6, "arousal": 0.55}))
        page.clip.replay.player.seek(1_000_000_000)
        wait(SETTLES_MS)
        return page

    def _low(self) -> None:
        """The lower end of the column beside the picture."""
        bar = self._clip().clip.side.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _cut(self) -> None:
        """Two ends on the timeline, and what would stay."""
        page = self._clip()
        page.clip.cut_button.click()
        for name, at in (("start", 300_000_000), ("end", 2_400_000_000)):
            page.clip.timeline.marked.emit(name, at, False)  # noqa: FBT003 - a signal has no keywords
        wait(SETTLES_MS)

    def _table(self) -> None:
        page = self._page()
        names = [clip.name for clip in page.desk.edited.clips[2:6]]
        page.desk.change(About({"note": "Seen again on Tuesday"}), names)
        page.show_view(TABLE)
        page.table.choose(names)
        wait(SETTLES_MS)

    def _leave(self) -> None:
        page = self._clip()
        page.ask_to_leave(lambda: None)
