"""Partner in the real window, by keys: names, consent of each alone, who sits here, handing over."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source
from attune.app.partner.couple import Agreed, Moment, Person
from attune.app.services import Services
from attune.ui.partner.consent import ConsentPage
from attune.ui.partner.handing import Feeling, HandOver, Private
from attune.ui.partner.parts import Pair
from attune.ui.partner.who import WhoPage, couples
from tests.ui.partner_window import ALL, CONTROL, ENTER, SPACE, Opener, Partner, a_moment, two


def test_from_names_to_the_doors_by_keys_alone(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window)
    assert partner.home.names is not None
    one, other = partner.home.names.fields
    one.setFocus()
    qtbot.keyClicks(one, "Ana")
    partner.press(ENTER)
    assert other.hasFocus()
    qtbot.keyClicks(other, " B. ")
    partner.press(ENTER)
    qtbot.waitUntil(lambda: partner.home.begin_button is not None)
    assert partner.home.doors is not None
    assert not any(door.isEnabled() for door in partner.home.doors.by_key.values())
    assert list(partner.people()) == ["Ana", "B."]

    assert partner.home.begin_button is not None
    partner.push(partner.home.begin_button)
    partner.shows(HandOver)
    partner.reads("Ana")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleDescription().startswith("Please hand the screen to Ana.")
    partner.press(SPACE)
    form = partner.now
    assert isinstance(form, ConsentPage)
    assert not any(switch.isChecked() for switch in form.uses.values())
    partner.press(SPACE)  # the camera, which has the focus
    partner.push(form.yes)
    partner.shows(HandOver)
    partner.reads("B.")
    assert partner.people()["Ana"].agreed == Agreed(camera=True)
    assert partner.people()["B."].agreed is None

    partner.press(ENTER)
    form = partner.now
    assert isinstance(form, ConsentPage)
    assert form.yes.text() == "None of these, and go on"
    partner.push(form.yes)
    qtbot.waitUntil(lambda: partner.now is partner.home)
    qtbot.waitUntil(lambda: partner.home.doors is not None and partner.home.begin_button is None)
    assert partner.home.doors is not None
    assert all(door.isEnabled() for door in partner.home.doors.by_key.values())
    assert partner.people()["B."].agreed == Agreed()
    partner.reads("No camera, nothing recorded, nothing measured.")


def test_names_are_needed_and_told_apart(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window)
    names = partner.home.names
    assert names is not None
    partner.push(names.go_on)
    assert names.problem.text() == "A name for each of you is needed; one letter is enough."
    for field, typed in zip(names.fields, ("Ana", "ana"), strict=True):
        field.setFocus()
        qtbot.keyClicks(field, typed)
    partner.press(ENTER)
    assert names.problem.text() == "“ana” is there twice. A letter more tells the two apart."
    assert partner.couple.people().result() == ()


def test_not_now_leaves_everything_open(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window, two())
    assert partner.home.begin_button is not None
    partner.push(partner.home.begin_button)
    partner.press(SPACE)
    form = partner.now
    assert isinstance(form, ConsentPage)
    partner.press(SPACE)
    partner.push(form.no)
    assert partner.now is partner.home
    assert all(person.agreed is None for person in partner.people().values())


def test_whoever_was_asked_is_not_asked_again(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two()(services)
        services.couple.agree(pair.one.id, Agreed()).result()

    partner = Partner(qtbot, open_window, fill)
    assert partner.home.begin_button is not None
    assert partner.home.begin_button.text() == "Begin with Ben"


def test_what_needs_something_else_is_off_without_it(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window, two(ALL))
    form = ConsentPage(
        partner.services.words, partner.page.parts.theme, Person(id=9, name="C", made_at=""), ""
    )
    qtbot.addWidget(form)
    camera, recording, practice, reading = form.uses.values()
    assert not any(each.isEnabled() for each in (recording, practice, reading))
    assert recording.accessibleDescription().startswith("For this the camera has to be on. Short films")
    camera.click()
    assert recording.isEnabled()
    assert reading.isEnabled()
    assert not practice.isEnabled()
    recording.click()
    practice.click()
    reading.click()
    form.keep.button("week").click()
    with qtbot.waitSignal(form.agreed) as told:
        form.yes.click()
    assert told.args == [Agreed(camera=True, recording=True, reading=True, practice=True, keep_days=7)]
    recording.click()
    assert not practice.isChecked()
    assert reading.isChecked()
    camera.click()
    with qtbot.waitSignal(form.agreed) as told:
        form.yes.click()
    assert told.args == [Agreed()]


def test_nothing_may_be_seen_or_kept_unless_both_agreed() -> None:
    ana = Person(id=1, name="Ana", made_at="", agreed=ALL)
    for agreed, camera in ((None, False), (Agreed(), False), (Agreed(camera=True), True)):
        pair = Pair(one=ana, other=Person(id=2, name="Ben", made_at="", agreed=agreed))
        assert (pair.camera, pair.recording) == (camera, False)
        assert (pair.readable(1), pair.readable(2)) == (camera, False)
        assert pair.asked == (agreed is not None)
    assert pair.after(1).one.name == "Ben"
    assert pair.after(2) == pair
    assert pair.beside(1).name == "Ben"
    with pytest.raises(KeyError):
        pair.of(3)


def test_the_couple_of_last_time_sits_here_and_others_can_be_chosen(
    qtbot: QtBot, open_window: Opener
) -> None:
    def fill(services: Services) -> None:
        first = two(Agreed())(services)
        second = two(Agreed(), ("M.", "K."))(services)
        for pair, hour in ((second, 11), (first, 12)):
            at = datetime.now(UTC).replace(hour=hour, minute=0).isoformat(timespec="milliseconds")
            when = a_moment(pair.one.id, pair.other.id)
            services.couple.keep(Moment(**{**_fields(when), "happened_at": f"2099{at[4:]}"})).result()

    partner = Partner(qtbot, open_window, fill)
    partner.reads("Ana and Ben")
    assert partner.home.who_button is not None
    partner.push(partner.home.who_button)
    page = partner.now
    assert isinstance(page, WhoPage)
    assert [button.text() for button in page.couples.values()] == ["Ana and Ben", "M. and K."]
    chips = {chip.text(): chip for chip in page.people.values()}
    for name in ("K.", "Ana"):
        partner.push(chips[name])
    partner.push(page.together)
    assert partner.now is partner.home
    partner.reads("K. and Ana")
    assert partner.home.pair is not None
    assert partner.home.pair.one.name == "K."

    partner.push(partner.home.who_button)
    page = partner.now
    assert isinstance(page, WhoPage)
    for field, typed in zip(page.names.fields, ("New", "Newer"), strict=True):
        field.setFocus()
        qtbot.keyClicks(field, typed)
    partner.press(ENTER)
    partner.reads("New and Newer")
    assert partner.home.begin_button is not None


def _fields(moment: Moment) -> dict[str, object]:
    return {name: getattr(moment, name) for name in Moment.__dataclass_fields__}


def test_couples_are_found_among_moments() -> None:
    def came(*minutes: int) -> list[Person]:
        return [
            Person(id=n, name=str(n), made_at=f"2026-01-01T10:{minute:02}:00+00:00")
            for n, minute in enumerate(minutes, 1)
        ]

    people = came(1, 1, 8, 8)
    assert [(pair.one.id, pair.other.id) for pair in couples(people, [])] == [(3, 4)]
    assert couples(came(1, 8, 9), []) == ()  # they came one by one: nobody knows who belongs together
    assert len(couples(came(1, 8), [])) == 1
    moments = [a_moment(2, 1, day=1), a_moment(1, 3, day=3), a_moment(1, 2, day=2)]
    found = [(pair.one.id, pair.other.id) for pair in couples(people, moments)]
    assert found == [(1, 3), (1, 2)]  # those of the last moment first; nobody who is older than it
    assert couples(people[:1], moments) == ()


def test_where_nobody_knows_who_belongs_together_it_is_asked(
    qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attune.ui.partner.who.AT_ONCE", timedelta(microseconds=-1))

    def fill(services: Services) -> None:
        two()(services)
        services.couple.add_person("Cem").result()

    partner = Partner(qtbot, open_window, fill)
    assert partner.home.pair is None
    assert partner.home.who_button is not None
    partner.push(partner.home.who_button)
    page = partner.now
    assert isinstance(page, WhoPage)
    for place in (0, 2):
        partner.push(list(page.people.values())[place])
    partner.push(page.together)
    partner.reads("Ana and Cem")


def test_a_private_card_is_covered_until_it_is_asked_for(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window, two(Agreed()))
    secret = QLabel("sadness")
    card = Private(partner.page.parts, "Ana", secret)
    partner.page.open(card, "A card")
    assert not secret.isVisible()
    with qtbot.waitSignal(card.opened):
        partner.press(SPACE)
    assert secret.isVisible()
    qtbot.keyClick(partner.window, Qt.Key.Key_1, CONTROL)
    qtbot.keyClick(partner.window, Qt.Key.Key_2, CONTROL)
    assert card.isVisible()
    assert not secret.isVisible()


def test_a_feeling_is_said_by_keys_or_passed(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window, two(Agreed()))
    feeling = Feeling(partner.page.parts)
    partner.page.open(feeling, "A feeling")
    feeling.ask("What did you see?", source=Source.USER, by="Ben", action="That is it", sure=True)
    feeling.setFocus()
    names = partner.services.vocabulary.names
    given: list[Reading] = []
    feeling.given.connect(given.append)
    qtbot.keyClick(feeling, Qt.Key(Qt.Key.Key_1 + names.index("fear")))
    partner.press(Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_End, ENTER)
    (reading,) = given
    assert (reading.source, reading.by, reading.top) == (Source.USER, "Ben", "fear")
    assert (reading.intensity, reading.confidence) == (0.0, 1.0)

    feeling.ask("And you?", source=Source.SELF_REPORT, by="Ana", action="That is it", sure=False)
    qtbot.keyClick(feeling, Qt.Key(Qt.Key.Key_1 + names.index("neutral")))
    qtbot.waitUntil(feeling.confirm_button.hasFocus)
    partner.press(ENTER)
    assert (given[1].top, given[1].confidence, given[1].intensity) == ("neutral", None, 0.0)
    assert given[1].source is Source.SELF_REPORT

    feeling.ask("And you?", source=Source.SELF_REPORT, by="Ana", action="That is it")
    with qtbot.waitSignal(feeling.passed):
        qtbot.keyClick(feeling, Qt.Key.Key_0)
    assert len(given) == 2
