"""How it has been in the real window, by keys: what shows, what stays covered, opening, taking back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.history import History
from attune.app.partner.couple import Agreed, Kind, Moment
from attune.app.partner.looking_back import ENOUGH
from attune.app.partner.open_up import Told as Opened
from attune.app.partner.open_up import Way
from attune.app.partner.prompts import Depth
from attune.app.partner.show_and_tell import Told, Watching
from attune.app.partner.small_bids import Bid, Mark, Turn
from attune.app.services import Services
from attune.scoring.agreement import spread
from attune.ui.partner.handing import HandOver
from attune.ui.partner.looking_back.heard import HeardCard
from attune.ui.partner.looking_back.moment import MomentPage
from attune.ui.partner.looking_back.noticing import EdgesCard, NoticingCard
from attune.ui.partner.looking_back.page import LookingBackPage
from attune.ui.partner.stored import FilmPage
from attune.ui.widgets.dialogs import Question
from tests.app.partner.couples import filmed, left_behind
from tests.ui.rounds import NOTHING, Opener, Round, texts

ALL = Agreed(camera=True, recording=True, reading=True, practice=True)
NOW = datetime.now(UTC)


class Back(Round):
    """The page, with the moments in which Ana showed."""

    round: LookingBackPage

    def shows(self) -> bool:
        return self.round.moments is not None and self.round.moments.isVisible()

    def said(self) -> str:
        return " ".join(texts(self.round))


@pytest.fixture
def begun(qtbot: QtBot, open_window: Opener) -> Callable[..., Back]:
    def begin(*moments: Moment, agreed: Agreed = NOTHING) -> Back:
        def fill(services: Services) -> None:
            for each in moments:
                services.couple.keep(each).result()

        return Back(qtbot, open_window, "looking_back", ana=agreed, ben=agreed, fill=fill)

    return begin


def moment(days: float = 0, *, felt: str = "sadness", seen: str = "sadness", **rest: object) -> Moment:
    made = Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at=(NOW - timedelta(days=days)).isoformat(timespec="milliseconds"),
        shower=1,
        noticer=2,
        felt=certain(Source.SELF_REPORT, felt, intensity=0.5),
        perceived=Reading(
            source=Source.USER, labels=spread(seen, 0.6, list(Core)), intensity=0.6, confidence=0.6
        ),
        told=Told(card="free.own", watching=Watching.ROOM, seen=0.8, measured=True).to_json(),
        revealed=True,
    )
    return replace(made, **rest)  # type: ignore[arg-type]


def spoken(days: float, understood: float, *, revealed: bool = True) -> Moment:
    told = Opened(
        prompt="x",
        text="A place.",
        depth=Depth.LIGHTNESS,
        way=Way.LISTEN,
        lasts_s=60.0,
        felt_heard={"understood": understood, "cared_for": 0.9},
        guessed={"understood": 0.11},
    )
    made = moment(days, kind=Kind.OPEN_UP, told=told.to_json(), perceived=None, revealed=revealed)
    return replace(made, felt=None)


def test_before_the_first_round(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    back = begun()
    assert isinstance(back.round, LookingBackPage)
    qtbot.waitUntil(lambda: "Nothing yet" in back.said())


def test_how_it_felt_comes_first_and_covered_guesses_stay_covered(
    qtbot: QtBot, begun: Callable[..., Back]
) -> None:
    back = begun(*(spoken(day, 0.5 + day / 10, revealed=False) for day in range(4)))
    qtbot.waitUntil(back.shows)
    (heard,) = back.round.findChildren(HeardCard)
    assert heard.y() < back.round.moments.y() if back.round.moments else False
    said = back.said()
    assert "65% on average of 4 rounds" in said
    assert "11%" not in said
    assert heard.chart is not None
    heard.chart.setFocus()
    back.press(Qt.Key.Key_End)
    assert any("Cared for: 90%" in label for label in texts(heard))


def test_a_covered_moment_says_nothing_until_its_owner_opens_it(
    qtbot: QtBot, begun: Callable[..., Back]
) -> None:
    back = begun(moment(1, felt="fear", seen="disgust", revealed=False), agreed=ALL)
    qtbot.waitUntil(back.shows)
    page = back.round
    assert "Covered" in back.said()
    for word in ("ear", "isgust"):
        assert word not in " ".join(
            label for label in texts(page) if label != "How it felt to Ana, with Ben there"
        )
    (look,) = page.moments.look_buttons.values() if page.moments else ()
    look.setFocus()
    back.press(Qt.Key.Key_Return)
    hand = back.page.showing
    assert isinstance(hand, HandOver)
    assert "Ana" in hand.accessibleName()
    back.press(Qt.Key.Key_Return)
    view = back.page.showing
    assert isinstance(view, MomentPage)
    assert any("disgust" in label for label in texts(view))
    assert back.window.focusWidget() is view.reveal
    back.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: back.page.showing is page)
    qtbot.waitUntil(lambda: "Ben noticed: Disgust. Ana said: Fear." in back.said())
    (kept,) = back.couple.moments().result()
    assert kept.revealed
    assert kept.told["measured"] is False  # that is asked by itself


def test_leaving_it_covered_changes_nothing(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    back = begun(moment(1, revealed=False))
    qtbot.waitUntil(back.shows)
    assert back.round.moments is not None
    next(iter(back.round.moments.look_buttons.values())).setFocus()
    back.press(Qt.Key.Key_Return)
    back.press(Qt.Key.Key_Return)
    view = back.page.showing
    assert isinstance(view, MomentPage)
    view.leave.setFocus()
    back.press(Qt.Key.Key_Return)
    assert back.page.showing is back.round
    assert not back.couple.moments().result()[0].revealed


def see_the_film(back: Back) -> None:
    """It plays from its sealed bytes, and is let go of."""
    assert back.round.moments is not None
    next(iter(back.round.moments.look_buttons.values())).setFocus()
    back.press(Qt.Key.Key_Return)
    view = back.page.showing
    assert isinstance(view, MomentPage)
    back.qtbot.waitUntil(view.film.isVisible)
    view.film.setFocus()
    back.press(Qt.Key.Key_Return)
    film = back.page.showing
    assert isinstance(film, FilmPage)
    back.qtbot.waitUntil(lambda: film.replay.player.frame is not None)
    for _ in range(2):
        back.page.leave()
    back.qtbot.waitUntil(lambda: back.page.showing is back.round)
    back.qtbot.waitUntil(lambda: "with a film" in back.said())


def take_back(back: Back) -> None:
    assert back.round.moments is not None
    (button,) = back.round.moments.veto_buttons.values()
    button.setFocus()
    back.press(Qt.Key.Key_Return)


def test_either_takes_any_moment_back_and_nothing_is_left(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    back = begun(moment(1), agreed=ALL)
    recording = filmed(back.couple, 1, 2)
    (kept,) = back.couple.moments().result()
    told = {**kept.told, "card": "free.Xylophone"}
    back.couple.keep(replace(kept, told=told, recording=recording.id)).result()
    back.round.look()
    qtbot.waitUntil(lambda: "with a film" in back.said())
    see_the_film(back)
    take_back(back)
    (asked,) = back.round.findChildren(Question)
    asked.no.setFocus()
    qtbot.keyClick(asked.no, Qt.Key.Key_Return)
    assert len(back.couple.moments().result()) == 1
    take_back(back)
    asked = back.round.findChildren(Question)[-1]
    asked.yes.setFocus()
    qtbot.keyClick(asked.yes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Nothing yet" in back.said())
    assert back.couple.moments().result() == ()
    assert back.couple.recordings().result() == ()
    assert not recording.path.exists()
    assert left_behind(back.services.profile.file.parent, b"Xylophone") == []


def test_noticing_is_spoken_of_from_enough_opened_moments_on(
    qtbot: QtBot, begun: Callable[..., Back]
) -> None:
    few = [moment(day) for day in range(ENOUGH - 1)]
    back = begun(*few, *(moment(20 + day, revealed=False) for day in range(3)))
    qtbot.waitUntil(back.shows)
    (card,) = back.round.findChildren(NoticingCard)
    assert any(f"there are {ENOUGH - 1}, and 3 more that Ana keeps covered" in label for label in texts(card))
    feelings = ("sadness", "happiness", "fear", "anger", "surprise")
    for day in range(15):
        felt = feelings[day % 5]
        back.couple.keep(moment(40 + day, felt=felt, seen=felt if day % 4 else "neutral")).result()
    back.round.look()
    qtbot.waitUntil(lambda: "Following up and down" in back.said())
    said = back.said()
    assert "In 20 of 24 moments Ben named what Ana said it was" in said
    assert "more than chance" in said

    assert "has not said often enough how they felt" in said  # nobody asked Ben
    (edges,) = back.round.findChildren(EdgesCard)
    assert edges.chart is not None
    edges.chart.setFocus()
    back.press(Qt.Key.Key_Home)
    assert any("the same name in" in label for label in texts(edges))


def test_one_evening_says_little_of_how_it_is_on_the_whole(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    feelings = ("sadness", "happiness", "fear", "anger", "surprise")
    evening = datetime.fromisoformat(moment(1).happened_at)
    pairs = [(feelings[n % 5], feelings[(n + (n > 9)) % 5]) for n in range(12)]
    back = begun(
        *(
            replace(
                moment(1, felt=felt, seen=seen),
                happened_at=(evening + timedelta(minutes=5 * n)).isoformat(timespec="milliseconds"),
            )
            for n, (felt, seen) in enumerate(pairs)
        )
    )
    qtbot.waitUntil(lambda: "Following up and down" in back.said())
    said = back.said()
    assert "goes along with what Ana tells, more than chance would do" in said
    assert "There are too few moments with what is needed for it." in said
    assert "brighter than" not in said


def test_where_nothing_can_be_changed_it_can_be_looked_at(
    qtbot: QtBot, begun: Callable[..., Back], monkeypatch: pytest.MonkeyPatch
) -> None:
    back = begun(moment(1), moment(2, revealed=False))
    qtbot.waitUntil(back.shows)
    monkeypatch.setattr(History, "read_only", property(lambda _self: True))
    back.round.look()
    card = back.round.moments
    qtbot.waitUntil(lambda: back.round.moments is not card)
    assert back.round.moments is not None
    shown, covered = back.round.moments.look_buttons.values()
    assert shown.isEnabled()
    assert not covered.isEnabled()
    assert covered.toolTip()
    assert not any(button.isEnabled() for button in back.round.moments.veto_buttons.values())
    monkeypatch.undo()


def test_one_way_round_at_a_time(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    other = moment(2, felt="anger", seen="anger", shower=2, noticer=1)
    back = begun(moment(1, felt="fear", seen="fear"), other)
    qtbot.waitUntil(back.shows)
    assert "Ana said: Fear" in back.said()
    assert "Anger" not in back.said()
    back.round.ways.button("2").setFocus()
    back.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Ben said: Anger" in back.said())
    assert "Fear" not in back.said()


def test_a_long_list_comes_in_parts(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    back = begun(*(moment(day) for day in range(30)))
    qtbot.waitUntil(back.shows)
    card = back.round.moments
    assert card is not None
    for shown in (6, 26, 30):
        assert len(card.look_buttons) == shown
        assert card.more.isVisible() is (shown < 30)
        card.more.setFocus()
        card.more.click()


def test_something_to_say_next_and_others(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    back = begun(moment(1, felt="fear", seen="anger"), moment(5, felt="happiness", seen="happiness"))
    qtbot.waitUntil(back.shows)
    assert back.round.say is not None
    first = texts(back.round.say)
    assert "Something Ben could say to Ana" in first
    assert sum(label.startswith("“") for label in first) == 3
    back.round.say.others.setFocus()
    back.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(back.round.say or back.round) not in ([], first))


def test_of_a_covered_bid_only_the_own_mark_shows(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    marks = {"shower": Mark(turn=Turn.AGAINST), "noticer": Mark(turn=Turn.AWAY)}
    told = Bid(card="x", noticed=False, **marks).to_json()
    bid = replace(moment(kind=Kind.SMALL_BIDS, told=told, perceived=None, revealed=False), felt=None)
    back = begun(bid)
    words = back.services.words

    def read() -> tuple[bool, ...]:
        qtbot.waitUntil(back.shows)
        assert back.round.moments is not None
        next(iter(back.round.moments.look_buttons.values())).click()
        if isinstance(hand := back.page.showing, HandOver):
            assert words("partner_back.decide.why_bid", shower="Ana", noticer="Ben") in texts(hand)
            back.press(Qt.Key.Key_Return)
        view = back.page.showing
        assert isinstance(view, MomentPage)
        said = " ".join(texts(view))
        turns = ("shower.against", "noticer.unnoticed", "noticer.away")
        return tuple(words(f"partner_bids.turns.{each}") in said for each in turns)

    assert read() == (True, False, False)
    view = back.page.showing
    assert isinstance(view, MomentPage)
    assert view.reveal is not None
    view.reveal.click()
    qtbot.waitUntil(lambda: back.page.showing is back.round)
    qtbot.waitUntil(lambda: "made a bid" in back.said())
    assert read() == (True, True, False)


def test_of_a_turn_of_open_up_all_is_opened_at_once(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    """A switch that would do nothing is none."""
    turn = replace(
        spoken(1, 0.8, revealed=False),
        felt=certain(Source.SELF_REPORT, "fear"),
        expressed=certain(Source.MEASURED, "anger"),
    )
    back = begun(turn, agreed=ALL)
    qtbot.waitUntil(back.shows)
    assert back.round.moments is not None
    next(iter(back.round.moments.look_buttons.values())).click()
    back.press(Qt.Key.Key_Return)
    view = back.page.showing
    assert isinstance(view, MomentPage)
    assert view.measured is None


def test_a_drawn_face_was_mirrored_and_not_the_partner(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    drawn = moment(kind=Kind.MIRROR, told={"shown": "drawn", "near": "nearly"}, perceived=None)
    back = begun(replace(drawn, felt=None))
    qtbot.waitUntil(back.shows)
    assert "Ben mirrored a drawn face" in back.said()
    assert "Ben mirrored Ana" not in back.said()


def test_open_up_and_small_bids_can_be_looked_at_too(qtbot: QtBot, begun: Callable[..., Back]) -> None:
    bid = Bid(card="x", shower=Mark(turn=Turn.AWAY), noticer=Mark(turn=Turn.TOWARD)).to_json()
    bids = moment(2, kind=Kind.SMALL_BIDS, told=bid, perceived=None)
    told = {"shown": "partner", "near": "nearly"}
    mirror = replace(moment(3, kind=Kind.MIRROR, told=told, perceived=None), felt=None)
    back = begun(spoken(1, 0.8), replace(bids, felt=None), mirror)
    qtbot.waitUntil(back.shows)
    for place, word in ((0, "11%"), (1, "turned"), (2, "Nearly alike")):
        assert back.round.moments is not None
        list(back.round.moments.look_buttons.values())[place].setFocus()
        back.press(Qt.Key.Key_Return)
        view = back.page.showing
        assert isinstance(view, MomentPage)
        qtbot.waitUntil(lambda word=word, view=view: any(word in label for label in texts(view)))
        qtbot.keyClick(view, Qt.Key.Key_Escape)
        assert back.page.showing is back.round
        qtbot.waitUntil(back.shows)
