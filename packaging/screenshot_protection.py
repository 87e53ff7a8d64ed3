"""People in clip sets, brought to where a picture of them is wanted. Used by screenshots.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from screenshot_sessions import until, wait

from attune.app.consent import Purpose
from attune.app.library import ClipSet
from attune.app.services import Services
from attune.clips.manifest import Consent, Manifest
from attune.clips.writing import manifest_text
from attune.ui.library import LibraryPage
from attune.ui.library.lock import lock
from attune.ui.library.programme import ProgrammePage, open_programme
from attune.ui.library.protection import ProtectionPage, open_protection
from attune.ui.library.record import RecordPage, open_recorder
from attune.ui.library.withdrawal import ListPage, WithdrawalPage
from attune.ui.practice import PracticePage
from attune.ui.shell import Shell

SETTLES_MS = 400
PEOPLE = ("Amal", "Jo", "Katrin", "Ming", "R. B.", "Sam")


class ProtectionViews:
    """What the window shows of people's consent; ``places`` by name."""

    def __init__(self, running: Shell, services: Services) -> None:
        self._running = running
        self._services = services
        self.places: dict[str, Callable[[], object]] = {
            "protection": self._people,
            "protection-consent": lambda: self._press("consent"),
            "protection-withdraw": self._withdraw,
            "protection-list": self._list,
            "protection-endings": self._page,
            "programme": self._programme,
            "record": self._record,
            "record-running": lambda: self._record(running=True),
            "record-review": self._review,
            "lock": self._lock,
            "locked-set": self._locked,
            "assigned": self._assigned,
        }

    def _prepare(self) -> Path:
        """A set of six people, filmed as far as anybody can see."""
        folder = self._services.folders.library / "sets" / "our-evenings"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "media").mkdir(parents=True)
        starter = self._services.library.starter().result()
        rows = ["file,emotion,person"]
        for number, clip in enumerate(starter.clips[:18]):
            name = f"media/{number:02}.webm"
            shutil.copy(clip.file, folder / name)
            rows.append(f"{name},{clip.references[0].top},{PEOPLE[number % len(PEOPLE)]}")
        (folder / "clips.csv").write_text("\n".join(rows) + "\n", "utf-8")
        (folder / "set.toml").write_text(manifest_text(manifest()), "utf-8")
        return folder

    def _page(self) -> LibraryPage:
        self._prepare()
        self._running.window.show_page("library")
        page = self._running.window.page
        assert isinstance(page, LibraryPage)
        while page.showing is not page.browser:
            page.leave()
        page.entered()
        wait(SETTLES_MS)
        return page

    def _people(self) -> ProtectionPage:
        page = self._page()
        folder = self._services.folders.library / "sets" / "our-evenings"
        open_protection(page.parts, self._services.library.read(folder), ())
        assert isinstance(page.showing, ProtectionPage)
        wait(SETTLES_MS)
        return page.showing

    def _press(self, button: str) -> None:
        getattr(self._people().people.lines[0], button).click()
        wait(SETTLES_MS)

    def _withdraw(self) -> WithdrawalPage:
        self._press("withdraw")
        page = self._running.window.page
        assert isinstance(page, LibraryPage)
        found = page.showing
        assert isinstance(found, WithdrawalPage)
        until(found.yes.isEnabled)
        return found

    def _programme(self) -> ProgrammePage:
        page = self._page()
        open_programme(page.parts, self._services.library.starter().result(), ())
        assert isinstance(page.showing, ProgrammePage)
        page.showing.way.setCurrentIndex(1)
        page.showing.name.setText("Fear and surprise, five evenings")
        page.showing.note.setText("Ten minutes before dinner, the two of you side by side.")
        page.showing.made_by.setText("Dr. L.")
        wait(SETTLES_MS)
        return page.showing

    def _assigned(self) -> None:
        programme = self._programme().programme()
        file = self._services.folders.data / "given.attune-programme"
        self._services.programmes.give(programme, file).result()
        self._services.programmes.take_in(file).result()
        self._running.window.show_page("practise")
        page = self._running.window.page
        assert isinstance(page, PracticePage)
        page.entered()
        until(lambda: bool(page.start.assigned.cards))

    def _record(self, *, running: bool = False) -> RecordPage:
        page = self._page()
        open_recorder(page.parts, self._read(), ())
        assert isinstance(page.showing, RecordPage)
        recording = page.showing
        recording.form.person.setText("Jo")
        recording.form.uses[Purpose.TRAINING].setChecked(True)
        recording.form.yes.click()
        camera = recording.camera
        assert camera is not None
        wait(SETTLES_MS * 3)
        if running:
            camera.button.click()
            until(lambda: camera.sign.said.startswith("Recording:") and "0:00" not in camera.sign.said)
        return recording

    def _review(self) -> None:
        recording = self._record(running=True)
        assert recording.camera is not None
        recording.camera.button.click()
        until(lambda: recording.review is not None and recording.review.player.frame is not None)
        wait(SETTLES_MS * 2)

    def _lock(self) -> None:
        page = self._page()
        lock(page.parts, self._read(), ())

    def _locked(self) -> None:
        page = self._page()
        locking, folder = self._services.locking, self._read().folder
        made = locking.lock(folder, "a quiet blue lamp", lambda _done, _all: None).result()
        self._services.library.close_lock(made)
        page.browser.choose(made)
        until(page.browser.trouble.isVisible)

    def _read(self) -> ClipSet:
        return self._services.library.read(self._services.folders.library / "sets" / "our-evenings")

    def _list(self) -> None:
        self._withdraw().yes.click()
        page = self._running.window.page
        assert isinstance(page, LibraryPage)
        until(lambda: isinstance(page.showing, ListPage))


def manifest() -> Manifest:
    """What everybody agreed to: all, some of it, until soon, until before now; one was not asked."""
    today = date.today()  # noqa: DTZ011 - as the window counts it
    given = today - timedelta(days=200)
    ends = {"Jo": today + timedelta(days=12), "Katrin": today - timedelta(days=3)}
    uses = {"Ming": (Purpose.PLAYBACK, Purpose.SUPERVISION)}
    return Manifest(
        name="Our evenings",
        made_by="A practice in Bern",
        consent=tuple(
            Consent(
                person=person,
                given_on=given,
                purposes=uses.get(person, tuple(Purpose)),
                may_view="The two of us and Dr. L.",
                stored_at="On this computer only",
                delete_by=ends.get(person, today + timedelta(days=400)),
            )
            for person in PEOPLE[:-1]
        ),
    )
