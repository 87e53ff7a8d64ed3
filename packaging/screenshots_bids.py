"""Small bids, brought to where a picture of it is wanted. Used by screenshots_partner.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from screenshot_sessions import wait

from attune.app.partner.couple import Kind, Moment
from attune.app.partner.small_bids import Bid, Mark, Turn
from attune.app.services import Services
from attune.ui.partner.handing import HandOver
from attune.ui.partner.small_bids.calm import ShowPage, WaitingPage
from attune.ui.partner.small_bids.card import CardPage
from attune.ui.partner.small_bids.mark import MarkPage
from attune.ui.partner.small_bids.page import BeginPage, SmallBids
from attune.ui.partner.small_bids.together import TogetherPage

if TYPE_CHECKING:
    from screenshots_partner import PartnerViews

KEPT = ("Oh, where?", "One minute, then I want to hear it", "Tell me more about the heron")


def bid_views(partner: PartnerViews, services: Services) -> dict[str, Callable[[], object]]:
    """Places by name."""

    def at(until: type, *, own: bool = False) -> Callable[[], object]:
        return lambda: _play(partner, services, until, own=own)

    return {
        "partner-bids": at(BeginPage),
        "partner-bids-card": at(CardPage),
        "partner-bids-own": at(CardPage, own=True),
        "partner-bids-waiting": at(WaitingPage),
        "partner-bids-mark": at(MarkPage),
        "partner-bids-show": at(ShowPage),
        "partner-bids-together": at(TogetherPage),
    }


def _play(partner: PartnerViews, services: Services, until: type, *, own: bool) -> None:
    """Go on as the two would, until a page of this kind shows as it is to be seen."""
    partner.people()
    _past(services)
    bids = partner.began("small_bids")
    assert isinstance(bids, SmallBids)
    marked = 0
    while not (isinstance(bids.showing, until) and (until is not MarkPage or marked)):
        page = bids.showing
        if isinstance(page, BeginPage):
            page.begun.click()
        elif isinstance(page, HandOver):
            page.here.click()
        elif isinstance(page, CardPage):
            page.ready_button.click()
        elif isinstance(page, WaitingPage):
            page.yes.click()
        elif isinstance(page, MarkPage):
            _mark(page, marked)
            page.done_button.click()
            marked += 1
        elif isinstance(page, ShowPage):
            page.yes.click()
        wait(50)
    if isinstance(bids.showing, MarkPage):
        _mark(bids.showing, 1)
    if isinstance(bids.showing, CardPage) and own:
        bids.showing.own.click()


def _mark(page: MarkPage, marked: int) -> None:
    page.turns[Turn.AWAY if marked else Turn.TOWARD].click()
    for key in ("look", "later") if marked else ("hands", "for_me"):
        page.helps[key].click()
    if marked:
        page.words_field.setText(KEPT[1])


def _past(services: Services) -> None:
    """Fourteen bids that both looked at, and words that worked."""
    couple = services.couple
    one, other = [person.id for person in couple.people().result() if person.name in {"Ana", "Ben"}]
    if couple.moments(kind=Kind.SMALL_BIDS).result():
        return
    away, against = {2, 5, 11}, {8}
    for day in range(14):
        turn = Turn.AWAY if day in away else Turn.AGAINST if day in against else Turn.TOWARD
        answer = Turn.TOWARD if day in {2, 8} else turn
        when = datetime.now(UTC) - timedelta(days=20 - day)
        shower, noticer = (one, other) if day % 2 else (other, one)
        moment = Moment(
            kind=Kind.SMALL_BIDS,
            happened_at=when.isoformat(timespec="milliseconds"),
            shower=shower,
            noticer=noticer,
            told=Bid(card="window", shower=Mark(turn=turn), noticer=Mark(turn=answer)).to_json(),
            revealed=True,
        )
        couple.keep(moment).result()
    for place, words in enumerate(KEPT):
        person = other if place == 1 else one
        couple.note(person, kind="bid", text=words, key="window", by=person).result()
