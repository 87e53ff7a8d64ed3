"""Mirror, brought to where a picture of it is wanted. Used by screenshots_partner.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screenshot_sessions import until, wait
from screenshots_two import seat_two

from attune.app.partner.couple import Agreed
from attune.app.partner.mirror import Near, Shown
from attune.ui.partner.mirror.near import NearPage
from attune.ui.partner.mirror.page import BeginPage, Mirror
from attune.ui.partner.mirror.partner import PartnerTurn
from attune.ui.partner.mirror.turn import TurnPage

if TYPE_CHECKING:
    from screenshots_partner import PartnerViews

READ = Agreed(camera=True, reading=True)
NOBODY = Agreed()
SHOWN_MS = 2500  # until somebody drawn shows it
HINTED_MS = 2500  # until there is something to say


def mirror_views(partner: PartnerViews) -> dict[str, Callable[[], object]]:
    """Places by name; "-room" is without any camera."""
    return {
        "partner-mirror": lambda: _begin(partner, READ),
        "partner-mirror-room": lambda: _begin(partner, NOBODY),
        "partner-mirror-drawn": lambda: _turn(partner, READ, Shown.DRAWN),
        "partner-mirror-drawn-room": lambda: _turn(partner, NOBODY, Shown.DRAWN),
        "partner-mirror-show": lambda: _turn(partner, READ, Shown.PARTNER),
        "partner-mirror-show-room": lambda: _turn(partner, NOBODY, Shown.PARTNER),
        "partner-mirror-copy": lambda: _copy(partner),
        "partner-mirror-near": lambda: _near(partner, READ),
        "partner-mirror-after": lambda: _after(partner, READ),
        "partner-mirror-after-room": lambda: _after(partner, NOBODY),
    }


def _begin(partner: PartnerViews, agreed: Agreed) -> Mirror:
    partner.people({"Ana": agreed, "Ben": agreed})
    page = partner.page
    seat_two(page)
    page.home.pair = None
    page.home.look()
    until(lambda: page.home.pair is not None and page.home.pair.asked and page.home.doors is not None)
    assert page.home.doors is not None
    page.home.doors.by_key["mirror"].click()
    round_ = page.showing
    assert isinstance(round_, Mirror)
    wait(1000)
    return round_


def _turn(partner: PartnerViews, agreed: Agreed, shown: Shown) -> Mirror:
    round_ = _begin(partner, agreed)
    page = round_.showing
    assert isinstance(page, BeginPage)
    until(page.begun.isEnabled)
    assert page.options is not None
    page.options.buttons[shown].click()
    page.begun.click()
    wait(SHOWN_MS)
    turn = round_.showing
    assert isinstance(turn, TurnPage)
    if turn.measured:
        _choose(turn, -1 if shown is Shown.PARTNER else 0)
        if shown is Shown.DRAWN:
            until(lambda: turn.guide is not None and turn.guide.nearest is not None)
        wait(HINTED_MS)
    return round_


def _choose(turn: TurnPage, place: int) -> None:
    """Say whose face it is, of two."""
    stage = turn.stage
    assert stage is not None
    until(lambda: bool(stage.who.buttons))
    stage.who.buttons[place].click()


def _copy(partner: PartnerViews) -> None:
    turn = _turn(partner, READ, Shown.PARTNER).showing
    assert isinstance(turn, PartnerTurn)
    while turn.taken.isHidden():  # until there is something to take
        turn.take_button.click()
        wait(500)
    until(lambda: turn.guide is not None and turn.guide.nearest is not None)
    wait(HINTED_MS)


def _near(partner: PartnerViews, agreed: Agreed) -> Mirror:
    round_ = _turn(partner, agreed, Shown.DRAWN)
    turn = round_.showing
    assert isinstance(turn, TurnPage)
    turn.done_button.click()
    page = round_.showing
    assert isinstance(page, NearPage)
    page.options.buttons[Near.NEARLY].click()
    return round_


def _after(partner: PartnerViews, agreed: Agreed) -> None:
    round_ = _near(partner, agreed)
    page = round_.showing
    assert isinstance(page, NearPage)
    page.done_button.click()
    until(lambda: round_.showing is not page)
