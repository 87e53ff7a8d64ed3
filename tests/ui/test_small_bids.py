"""Small bids in the real window, by keys: from the card to both marks, and what comes of many."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from attune.app.partner.couple import Kind, Moment
from attune.app.partner.small_bids import UNNOTICED, Bid, Mark, Turn
from attune.app.services import Services
from attune.ui.partner.handing import HandOver
from attune.ui.partner.small_bids.calm import ShowPage, WaitingPage
from attune.ui.partner.small_bids.card import CardPage
from attune.ui.partner.small_bids.mark import MarkPage
from attune.ui.partner.small_bids.page import BeginPage, SmallBids
from attune.ui.partner.small_bids.together import TogetherPage
from attune.ui.widgets.dialogs import Question
from tests.ui.rounds import Opener, Round, texts


class Bids(Round):
    """The round, with two people who agreed to nothing but being here."""

    round: SmallBids

    @property
    def now(self) -> QWidget:
        assert self.round.showing is not None
        return self.round.showing

    def handed(self, name: str) -> None:
        hand_over = self.now
        assert isinstance(hand_over, HandOver)
        assert name in hand_over.accessibleName()
        self.press(Qt.Key.Key_Return)

    def moments(self) -> tuple[Moment, ...]:
        return self.couple.moments(kind=Kind.SMALL_BIDS).result()

    def until_marked(self) -> None:
        """Begin, take a card, make the bid."""
        assert isinstance(self.now, BeginPage)
        self.press(Qt.Key.Key_Return)
        self.handed("Ana")
        assert isinstance(self.now, CardPage)
        self.press(Qt.Key.Key_Return)
        assert isinstance(self.now, WaitingPage)
        self.press(Qt.Key.Key_Return)


@pytest.fixture
def begun(qtbot: QtBot, open_window: Opener) -> Callable[..., Bids]:
    def begin(fill: Callable[[Services], object] = lambda _: None) -> Bids:
        return Bids(qtbot, open_window, "small_bids", fill=fill)

    return begin


def test_a_round_by_keys(qtbot: QtBot, begun: Callable[..., Bids]) -> None:
    bids = begun()
    assert isinstance(bids.now, BeginPage)
    qtbot.waitUntil(lambda: bids.now.past.said.text().startswith("Nothing"))
    bids.press(Qt.Key.Key_Return)
    bids.handed("Ana")
    card = bids.now
    assert isinstance(card, CardPage)
    assert card.card is not None
    first = card.said.text()
    card.another.setFocus()
    bids.press(Qt.Key.Key_Return)
    assert card.said.text() != first
    kept_card = card.card.key
    card.ready_button.setFocus()
    bids.press(Qt.Key.Key_Return)

    waiting = bids.now
    assert isinstance(waiting, WaitingPage)
    assert not any(card.said.text() in label for label in texts(waiting))  # it stays Ana's
    bids.press(Qt.Key.Key_Return)

    bids.handed("Ben")
    mark = bids.now
    assert isinstance(mark, MarkPage)
    assert not mark.done_button.isEnabled()
    bids.press(Qt.Key.Key_1)
    mark.helps["hands"].setFocus()
    bids.press(Qt.Key.Key_Space)
    mark.done_button.setFocus()
    bids.press(Qt.Key.Key_Return)

    bids.handed("Ana")
    mark = bids.now
    assert isinstance(mark, MarkPage)
    bids.press(Qt.Key.Key_2)
    assert mark.words_field.accessibleName() == bids.services.words("partner_bids.shower.words_away")
    mark.words_field.setFocus()
    bids.type("One moment, then I look")
    bids.press(Qt.Key.Key_Return)

    assert isinstance(bids.now, ShowPage)
    assert bids.moments() == ()  # nothing is kept before she says what becomes of it
    bids.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(bids.now, TogetherPage))
    together = bids.now
    assert isinstance(together, TogetherPage)
    assert together.said.text().startswith("You marked it differently")
    (moment,) = bids.moments()
    assert moment.revealed
    told = Bid.from_json(moment.told)
    assert told.card == kept_card
    assert told.noticer == Mark(turn=Turn.TOWARD, helps=("hands",))
    assert told.shower == Mark(turn=Turn.AWAY, words="One moment, then I look")
    assert [moment.shower, moment.noticer] == [person.id for person in bids.couple.people().result()]


def test_words_that_helped_are_kept_and_taken_away(qtbot: QtBot, begun: Callable[..., Bids]) -> None:
    bids = begun()
    ana = bids.couple.people().result()[0]
    bids.until_marked()
    bids.handed("Ben")
    assert isinstance(bids.now, MarkPage)
    bids.now.pass_button.click()
    bids.handed("Ana")
    bids.press(Qt.Key.Key_1)
    assert isinstance(bids.now, MarkPage)
    bids.now.words_field.setFocus()
    bids.type("Oh, tell me")
    bids.press(Qt.Key.Key_Return)
    bids.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(bids.now, TogetherPage))
    together = bids.now
    assert isinstance(together, TogetherPage)
    together.keep_button.setFocus()
    bids.press(Qt.Key.Key_Return)
    (note,) = bids.couple.notes(kind="bid").result()
    assert (note.person, note.text) == (ana.id, "Oh, tell me")
    together.done.setFocus()
    bids.press(Qt.Key.Key_Return)
    begin = bids.now
    assert isinstance(begin, BeginPage)
    qtbot.waitUntil(lambda: bool(begin.words[ana.id].buttons))
    begin.words[ana.id].buttons[note.id].click()
    qtbot.waitUntil(lambda: not bids.couple.notes(kind="bid").result())


def test_what_is_not_shown_is_in_no_sum(qtbot: QtBot, begun: Callable[..., Bids]) -> None:
    bids = begun()
    bids.until_marked()
    bids.handed("Ben")
    assert isinstance(bids.now, MarkPage)
    bids.now.turns[UNNOTICED].click()
    bids.now.done_button.click()
    bids.handed("Ana")
    bids.press(Qt.Key.Key_3)
    assert isinstance(bids.now, MarkPage)
    bids.now.done_button.click()
    assert isinstance(bids.now, ShowPage)
    bids.now.no.click()
    qtbot.waitUntil(lambda: isinstance(bids.now, TogetherPage))
    shown = " ".join(texts(bids.now))
    assert bids.services.words("partner_bids.turns.shower.against") not in shown
    (moment,) = bids.moments()
    assert not moment.revealed
    assert not Bid.from_json(moment.told).noticed
    assert isinstance(bids.now, TogetherPage)
    bids.now.done.click()
    begin = bids.now
    assert isinstance(begin, BeginPage)
    qtbot.waitUntil(lambda: begin.past.said.text().startswith("Nothing"))


def test_all_of_it_can_be_passed_and_then_nothing_is_kept(begun: Callable[..., Bids]) -> None:
    bids = begun()
    bids.until_marked()
    for name in ("Ben", "Ana"):
        bids.handed(name)
        assert isinstance(bids.now, MarkPage)
        bids.now.pass_button.click()
    together = bids.now
    assert isinstance(together, TogetherPage)
    assert together.deleting.isHidden()
    assert bids.moments() == ()
    together.swapped.click()
    assert isinstance(bids.now, HandOver)
    assert "Ben" in bids.now.accessibleName()


def test_one_of_their_own_and_taken_back(qtbot: QtBot, begun: Callable[..., Bids]) -> None:
    bids = begun()
    bids.press(Qt.Key.Key_Return)
    bids.handed("Ana")
    card = bids.now
    assert isinstance(card, CardPage)
    card.own.setFocus()
    bids.press(Qt.Key.Key_Return)
    bids.type("show him the moon")
    bids.press(Qt.Key.Key_Return)
    bids.press(Qt.Key.Key_Return)
    for name in ("Ben", "Ana"):
        bids.handed(name)
        bids.press(Qt.Key.Key_1)
        assert isinstance(bids.now, MarkPage)
        bids.now.done_button.click()
    assert isinstance(bids.now, ShowPage)
    bids.now.yes.click()
    qtbot.waitUntil(lambda: isinstance(bids.now, TogetherPage))
    assert "show him the moon" in texts(bids.now)
    assert Bid.from_json(bids.moments()[0].told).own == "show him the moon"
    assert isinstance(bids.now, TogetherPage)
    bids.now.deleting.click()
    bids.page.findChildren(Question)[0].yes.click()
    qtbot.waitUntil(lambda: isinstance(bids.now, BeginPage))
    assert bids.moments() == ()


def marked(bids: Bids) -> ShowPage:
    """Both marked it the same, Ana with words."""
    bids.until_marked()
    for name in ("Ben", "Ana"):
        bids.handed(name)
        bids.press(Qt.Key.Key_1)
        assert isinstance(bids.now, MarkPage)
        bids.now.words_field.setText("Oh, tell me")
        bids.now.done_button.click()
    assert isinstance(bids.now, ShowPage)
    return bids.now


def test_pressed_twice_it_is_one_bid_and_goes_with_the_words_of_it(
    qtbot: QtBot, begun: Callable[..., Bids]
) -> None:
    bids = begun()
    show = marked(bids)
    show.yes.click()
    show.yes.click()
    qtbot.waitUntil(lambda: isinstance(bids.now, TogetherPage))
    assert len(bids.moments()) == 1
    together = bids.now
    assert isinstance(together, TogetherPage)
    together.keep_button.click()
    qtbot.waitUntil(lambda: together.keep_button.text() == "Kept for Ana.")
    assert len(bids.couple.notes().result()) == 1
    together.deleting.click()
    bids.page.findChildren(Question)[0].yes.click()
    qtbot.waitUntil(lambda: isinstance(bids.now, BeginPage))
    assert bids.moments() == ()
    assert bids.couple.notes().result() == ()  # “all words of it”


def test_whoever_leaves_while_it_is_deleted_is_at_home(qtbot: QtBot, begun: Callable[..., Bids]) -> None:
    bids = begun()
    marked(bids).yes.click()
    qtbot.waitUntil(lambda: isinstance(bids.now, TogetherPage))
    assert isinstance(bids.now, TogetherPage)
    bids.now.deleting.click()
    bids.page.findChildren(Question)[0].yes.click()
    bids.page.leave()
    came: list[object] = []
    bids.page.parts.bridge.deliver(bids.couple.people(), came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert bids.moments() == ()
    assert bids.page.showing is bids.page.home


def test_leaving_in_the_middle_asks_only_where_something_would_be_lost(
    qtbot: QtBot, begun: Callable[..., Bids]
) -> None:
    bids = begun()
    bids.until_marked()
    bids.handed("Ben")
    bids.press(Qt.Key.Key_1)
    assert isinstance(bids.now, MarkPage)
    bids.press(Qt.Key.Key_Escape)
    (question,) = bids.page.findChildren(Question)
    question.no.click()
    assert bids.page.showing is bids.round
    qtbot.waitUntil(lambda: not bids.page.findChildren(Question))
    bids.now.done_button.click()
    bids.press(Qt.Key.Key_Escape)
    (question,) = bids.page.findChildren(Question)
    assert bids.page.showing is bids.round
    question.yes.click()
    assert bids.page.showing is bids.page.home


def test_many_bids_are_told_with_their_interval(qtbot: QtBot, begun: Callable[..., Bids]) -> None:
    def fill(services: Services) -> None:
        one, other = (person.id for person in services.couple.people().result())
        turns = [Turn.TOWARD] * 7 + [Turn.AWAY] * 2 + [Turn.AGAINST]
        for day, turn in enumerate(turns):
            bid = Bid(card="window", shower=Mark(turn=turn), noticer=Mark(turn=Turn.TOWARD))
            when = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day)
            shower, noticer = (one, other) if day % 2 else (other, one)
            moment = Moment(
                kind=Kind.SMALL_BIDS,
                happened_at=when.isoformat(timespec="milliseconds"),
                shower=shower,
                noticer=noticer,
                told=bid.to_json(),
                revealed=True,
            )
            services.couple.keep(moment).result()

    begin = begun(fill).now
    assert isinstance(begin, BeginPage)
    qtbot.waitUntil(lambda: begin.past.said.text().startswith("Of 10 bids, 7"))
    assert "40%" in begin.past.said.text()
    assert "89%" in begin.past.said.text()
    assert "no number to reach" in begin.past.leans.text()
    assert "7 the same" in begin.past.met.text()
    assert "1 turned against" in begin.past.turns.accessibleName()
