"""Profiles, brought to where a picture of them is wanted. Used by screenshots.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from screenshot_sessions import until, wait

from attune.app.keeping import Backup, Trouble
from attune.app.profiles import Profile
from attune.app.services import Services
from attune.errors import StorageError
from attune.ui.profiles import ProfilesPage
from attune.ui.profiles.closed import ClosedPage
from attune.ui.profiles.reading import ReadingBar
from attune.ui.shell import Shell

NOTES = (
    "First meeting. She reads faces quickly but doubts herself; we agreed on ten minutes a day.",
    "Fear and surprise are apart now, most days. Sound alone is still hard: begin there next time.",
)
OTHERS = ("Client 7", "Client 12")


class ProfileViews:
    """What the window shows of profiles; ``places`` by name."""

    def __init__(self, running: Shell, services: Services) -> None:
        self._running = running
        self._services = services
        self.places: dict[str, Callable[[], None]] = {
            "profiles": self._page,
            "profiles-new": self._new,
            "profiles-delete": self._delete,
            "profiles-only-read": self._only_read,
            "locked": lambda: self._closed("storage.passphrase_needed"),
            "refused": lambda: self._closed("storage.wrong_passphrase"),
            "damaged": lambda: self._closed("storage.damaged"),
        }

    def prepare(self) -> None:
        """Some more people, notes and a backup; before the page is first shown."""
        known = {profile.name for profile in self._services.profiles.all()}
        for name in OTHERS:
            if name not in known:
                self._services.profiles.create(name)
        if not self._services.history.notes().result():
            for note in NOTES:
                self._services.history.add_note(note).result()
        self._services.history.back_up().result()

    def _page(self) -> ProfilesPage:
        self.prepare()
        self._running.window.show_page("profiles")
        page = self._running.window.page
        assert isinstance(page, ProfilesPage)
        until(lambda: len(page.people.rows) == len(OTHERS) + 1 and bool(page.notes.lines))
        return page

    def _new(self) -> None:
        self._page().people.new.click()

    def _delete(self) -> None:
        page = self._page()
        page.people.rows[self._services.profile.name].delete.click()

    def _only_read(self) -> None:
        self._page()
        bar = ReadingBar(self._services, self._running.window._bridge)  # noqa: SLF001 - as the window does
        self._running.window._beside.insertWidget(0, bar)  # noqa: SLF001 - as above

    def _closed(self, key: str) -> None:
        profile = self._services.profile
        today = date.fromisoformat("2026-11-21")
        backups = [
            Backup(
                file=profile.file, number=n, day=today - timedelta(days=9 - n), size=212_992 - 4096 * (9 - n)
            )
            for n in (9, 8, 6, 5)
        ]
        trouble = Trouble(
            error=StorageError(key, path="/home/ana/.local/share/attune/profiles/Ana/history.sqlite3"),
            profile=Profile("Ana", profile.folder),
            others=tuple(Profile(name, profile.folder) for name in OTHERS),
            backups=[] if key == "storage.passphrase_needed" else backups,
            locked=key == "storage.wrong_passphrase",
        )
        window, theme = self._running.window, self._running.theme
        page = ClosedPage(self._services.words, theme, trouble, "")
        window.navigation.allow(allowed=False)
        window.show_aside(page)
        page.begin()
        wait(50)
