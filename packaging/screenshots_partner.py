"""Partner, brought to where a picture of it is wanted. Used by screenshots.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget
from screenshot_sessions import until, wait
from screenshots_bids import bid_views
from screenshots_camera import camera_views
from screenshots_mirror import mirror_views
from screenshots_open import open_views
from screenshots_show import show_views
from screenshots_together import together_views
from screenshots_two import seat_two

from attune.affect.reading import Source, certain
from attune.app.partner.couple import Agreed, Kind, Moment, Person
from attune.app.services import Services
from attune.ui.partner import PartnerPage
from attune.ui.partner.consent import ConsentPage
from attune.ui.partner.doors import go_through
from attune.ui.partner.handing import HandOver
from attune.ui.partner.neutral import NeutralPage
from attune.ui.partner.parts import Pair
from attune.ui.partner.person import PersonPage
from attune.ui.shell import Shell
from attune.ui.widgets.dialogs import Question

NAMES = ("Ana", "Ben")
OTHERS = ("M. K.", "J. L.")  # another couple of the same profile
ALL = Agreed(camera=True, recording=True, reading=True, practice=True, keep_days=30)
SOME = Agreed(camera=True, recording=True)
SETTLES_MS = 400


class PartnerViews:
    """What the window shows of two people; ``places`` by name.

    Of a round another module shows more: :meth:`began` gives its page, with both asked.
    """

    def __init__(self, running: Shell, services: Services) -> None:
        self._running = running
        self._services = services
        self.places: dict[str, Callable[[], object]] = {
            "partner": self.home,
            "partner-welcome": self._welcome,
            "partner-before": self._before,
            "partner-who": self._who,
            "partner-hand": self._hand,
            "partner-consent": self._consent,
            "partner-consent-begun": lambda: self._consent("camera", "recording"),
            "partner-consent-ticked": lambda: self._consent("camera", "recording", "practice", "reading"),
            "partner-neutral": self._neutral,
            "partner-person": self._person,
            "partner-delete": self._delete,
            "partner-gone": self._gone,
            "partner-stored": self._stored,
        }
        self.places |= bid_views(self, services)
        self.places |= mirror_views(self)
        self.places |= show_views(self)
        self.places |= camera_views(self)
        self.places |= open_views(self)
        self.places |= together_views(self, services)

    @property
    def page(self) -> PartnerPage:
        """The Partner page, shown and with nothing open."""
        self._running.window.show_page("partner")
        page = self._running.window.page
        assert isinstance(page, PartnerPage)
        seat_two(page)
        while page.showing is not page.home:
            page.back()
        wait(SETTLES_MS)
        return page

    def people(self, agreed: dict[str, Agreed] | None = None, *, others: bool = False) -> None:
        """Two people who agreed to this; by default to all, and to some."""
        couple = self._services.couple
        known = {person.name: person for person in couple.people().result()}
        wanted = {"Ana": ALL, "Ben": SOME} if agreed is None else agreed
        for name in (*OTHERS, *NAMES) if others else NAMES:
            person = known.get(name) or couple.add_person(name).result()
            if name in wanted:
                couple.agree(person.id, wanted[name]).result()

    def home(self, *, reading: bool = True) -> PartnerPage:
        """The two and their doors."""
        page = self.page
        self.people(None if reading else {"Ana": Agreed(), "Ben": Agreed()})
        by_name = {person.name: person for person in self._services.couple.people().result()}
        page.home.choose(Pair(one=by_name[NAMES[0]], other=by_name[NAMES[1]]))
        until(lambda: page.home.doors is not None)
        wait(SETTLES_MS)
        return page

    def began(self, key: str, *, reading: bool = True) -> QWidget:
        """The page behind a door."""
        page = self.home(reading=reading)
        pair = page.home.pair
        assert pair is not None
        go_through(key, page.parts, pair)
        wait(SETTLES_MS)
        return page.showing

    def _welcome(self) -> None:
        couple = self._services.couple
        for person in couple.people().result():
            couple.forget(person.id).result()
        page = self.page
        page.home.look()
        until(lambda: page.home.names is not None)

    def _before(self) -> PartnerPage:
        self._welcome()
        self.people({})
        page = self.page
        page.home.look()
        until(lambda: page.home.begin_button is not None)
        return page

    def _who(self) -> None:
        page = self.home()
        self.people({}, others=True)
        self._moments()
        page.home.look()
        wait(SETTLES_MS)
        assert page.home.who_button is not None
        page.home.who_button.click()

    def _moments(self) -> None:
        """A few moments of both couples."""
        couple = self._services.couple
        if couple.moments().result():
            return
        people = {person.name: person.id for person in couple.people().result()}
        now = datetime.now(UTC)
        for days, (one, other) in enumerate((NAMES, OTHERS, NAMES, NAMES)):
            if one in people:
                moment = Moment(
                    kind=Kind.SHOW_AND_TELL,
                    happened_at=(now - timedelta(days=days * 3 + 1)).isoformat(timespec="milliseconds"),
                    shower=people[one],
                    noticer=people[other],
                    felt=certain(Source.SELF_REPORT, "sadness", intensity=0.6),
                    perceived=certain(Source.USER, "fear", intensity=0.5, confidence=0.7),
                )
                couple.keep(moment).result()
        for key in ("fact", "question"):
            couple.note(people[NAMES[0]], kind=key, text="Rain on the roof is home.").result()

    def _hand(self) -> None:
        page = self._before()
        assert page.home.begin_button is not None
        page.home.begin_button.click()
        assert isinstance(page.showing, HandOver)

    def _consent(self, *ticked: str) -> None:
        page = self.home()
        person = Person(id=0, name="Ana", made_at="2026-01-01T00:00:00Z")
        words = self._services.words
        form = ConsentPage(words, self._running.theme, person, "Ben")
        page.open(form, words("partner.consent.title", name="Ana"))
        for use in ticked:
            form.uses[use].click()

    def _neutral(self) -> None:
        page = self.home()
        person = page.home.pair.one if page.home.pair else None
        assert person is not None
        view = NeutralPage(page.parts, person)
        page.open(view, self._services.words("partner.neutral.title", name="Ana"), leave=view.leave)
        view.button.click()
        until(lambda: bool(view.stage.who.buttons))
        view.stage.who.buttons[-1].click()
        until(lambda: view.bar.value() > 0 or view.kept)

    def _person(self) -> PersonPage:
        page = self.home()
        self._moments()
        assert page.home.pair is not None
        page.home.tiles[page.home.pair.one.id].button.click()
        view = page.showing
        assert isinstance(view, PersonPage)
        until(lambda: view.stored is not None)
        return view

    def _delete(self) -> None:
        self._person().delete.click()

    def _stored(self) -> None:
        self._person().see.click()

    def _gone(self) -> None:
        view = self._person()
        view.delete.click()
        view.findChildren(Question)[0].yes.click()
        page = self._running.window.page
        assert isinstance(page, PartnerPage)
        until(lambda: page.showing is not view)
