"""The Library, brought to where a picture of it is wanted. Used by screenshots.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from screenshot_sessions import until, wait

from attune.app.library import Clip
from attune.app.services import Services
from attune.ui.library import LibraryPage
from attune.ui.library.bring import BringPage
from attune.ui.shell import Shell

SETTLES_MS = 1500  # until the pictures in sight are made
PEOPLE = ("Amal", "Jo", "Katrin", "Ming", "Sam")
CODES = {"happiness": "joyful", "fear": "anxious"}  # what a made-up therapist calls them


class LibraryViews:
    """What the window shows of sets; ``places`` by name."""

    def __init__(self, running: Shell, services: Services) -> None:
        self._running, self._services = running, services
        self.places: dict[str, Callable[[], object]] = {
            "library": self._page,
            "library-all": lambda: self._choose(None),
            "library-preview": self._preview,
            "library-search": self._search,
            "library-nothing": self._nothing,
            "library-trouble": self._trouble,
            "library-drop": self._drop,
            "library-choose": lambda: self._page().bring(),
            "library-report": self._report,
            "library-pattern": self._pattern,
            "library-details": self._details,
            "library-table": self._table,
            "library-working": self._working,
        }

    def _page(self) -> LibraryPage:
        self._running.window.show_page("library")
        page = self._running.window.page
        assert isinstance(page, LibraryPage)
        while page.showing is not page.browser:
            page.back()
        page.veil.hide()
        page.browser.close_preview()
        page.browser.filters.show_all()
        until(lambda: len(page.browser.grid.entries) > 0 or page.browser.trouble.isVisible())
        wait(SETTLES_MS)
        return page

    def _put(self, name: str) -> Path:
        folder = self._services.folders.library / "sets" / name.lower().replace(" ", "-")
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "media").mkdir(parents=True)
        rows = ["file,emotion,intensity,apex_s,person"]
        for number, clip in enumerate(self._clips()[::2]):
            file = f"media/{number:02}.webm"
            shutil.copy(clip.file, folder / file)
            strong = 1.0 - number % 4 * 0.25
            said = clip.references[0].top if number % 7 else ""
            rows.append(
                f"{file},{said},{strong if said else ''},{clip.apex_s or ''},{PEOPLE[number % len(PEOPLE)]}"
            )
        (folder / "clips.csv").write_text("\n".join(rows) + "\n", "utf-8")
        (folder / "set.toml").write_text(f'name = "{name}"\nlicence = "CC BY-NC-SA 4.0"\n', "utf-8")
        return folder

    def _clips(self) -> tuple[Clip, ...]:
        return self._services.library.starter().result().clips

    def _choose(self, folder: Path | None) -> LibraryPage:
        for name in ("Our evenings", "Training group, spring"):
            self._put(name)
        page = self._page()
        page.read_again()
        until(lambda: page.browser.sets.list.count() > 2)
        page.browser.sets.choose(folder)
        wait(SETTLES_MS)
        return page

    def _preview(self) -> None:
        page = self._choose(self._put("Our evenings"))
        page.browser.grid.setCurrentIndex(page.browser.grid.model().index(2, 0))
        page.browser.open_preview()
        wait(SETTLES_MS)

    def _search(self) -> None:
        self._page().browser.filters.search.setText("fear")

    def _nothing(self) -> None:
        self._page().browser.filters.search.setText("zebra")

    def _trouble(self) -> None:
        folder = self._put("Our evenings")
        table = folder / "clips.csv"
        table.write_text(table.read_text("utf-8").replace("sadness", "sadnes"), "utf-8")
        self._choose_damaged(folder)

    def _choose_damaged(self, folder: Path) -> None:
        page = self._page()
        page.read_again()
        until(lambda: page.browser.sets.list.count() > 1)
        page.browser.sets.choose(folder)

    def _drop(self) -> None:
        page = self._page()
        page.veil.cover(page)

    def _films(self) -> Path:
        folder = self._services.folders.data / "Films of spring"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for number, clip in enumerate(self._clips()):
            said = clip.references[0].top
            name = f"{PEOPLE[number % 5].lower()}_{CODES.get(said, said)}_{number:02}.webm"
            (folder / name).write_bytes(clip.file.read_bytes() + b"\xec\x80")
        (folder / "jo_fear_40.mp4").write_bytes(b"")
        shutil.copy(self._clips()[0].file, folder / "amal_neutral_41.webm")
        return folder

    def _bringing(self) -> BringPage:
        page = self._page()
        page.bring(self._films())
        bringing = page.showing
        assert isinstance(bringing, BringPage)
        until(bringing.report.isVisible)
        wait(SETTLES_MS)
        return bringing

    def _pattern(self) -> BringPage:
        bringing = self._bringing()
        way = bringing.report.way
        way.menu.setCurrentIndex(1)
        way.menu.activated.emit(1)
        way.pattern.setText("{person}_{emotion}_*")
        return bringing

    def _report(self) -> None:
        bringing = self._pattern()
        bringing.report.way.read_button.click()
        until(bringing.report.isVisible)

    def _details(self) -> None:
        self._report()
        report = self._running.window.findChild(BringPage).report  # type: ignore[union-attr] # it was just opened
        report.sheet.verticalScrollBar().setValue(report.sheet.verticalScrollBar().maximum())

    def _table(self) -> None:
        folder = self._films()
        names = sorted(file.name for file in folder.iterdir())[:9]
        rows = ["Aufnahme;Was gezeigt wird;Wer;Bemerkung"]
        rows += [f"{name};{name.split('_')[1]};{name.split('_')[0]};im Garten" for name in names]
        (folder / "liste.csv").write_text("\n".join(rows), "utf-8")
        page = self._page()
        page.bring(folder / "liste.csv")
        bringing = page.showing
        assert isinstance(bringing, BringPage)
        until(bringing.report.isVisible)
        wait(SETTLES_MS)

    def _working(self) -> None:
        from attune.app.importing import Advance, Step  # noqa: PLC0415 - as it says how far it is

        bringing = self._bringing()
        bringing.working.begin("copying", "Films of spring")
        bringing.working.show_advance(Advance(step=Step.COPYING, done=300, total=1000, left_s=41.0))
        bringing.stack.setCurrentWidget(bringing.working)
