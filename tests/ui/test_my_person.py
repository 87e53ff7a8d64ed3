"""My person in the real window, by keys: a question answered, confirmed by the one it is about, forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.history import History
from attune.app.partner.couple import Agreed, Kind, Moment, clip_hash
from attune.app.partner.love_map import FACT
from attune.app.partner.own_clips import OwnClips
from attune.app.practised import practised
from attune.app.services import Services
from attune.scoring.agreement import spread
from attune.ui.partner.handing import HandOver
from attune.ui.partner.my_person.confirm import ConfirmPage
from attune.ui.partner.my_person.page import MyPersonPage
from attune.ui.partner.share_bar import ShareBar
from attune.ui.practice import PracticePage
from attune.ui.widgets.dialogs import Question
from tests.app.partner.couples import filmed, left_behind
from tests.ui.rounds import NOTHING, Opener, Round, texts

ALL = Agreed(camera=True, recording=True, reading=True, practice=True)
NOW = datetime.now(UTC)


class Person(Round):
    """The page, asked about Ben by Ana: the first of the two reads what the other one told."""

    round: MyPersonPage

    def notes(self) -> list[tuple[str, bool]]:
        found = self.couple.notes().result()
        return [(note.text, note.by == note.person) for note in found]

    def has_asked(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.round.question.question.text()))


@pytest.fixture
def begun(qtbot: QtBot, open_window: Opener) -> Callable[..., Person]:
    def begin(fill: Callable[[Services], object] = lambda _: None, agreed: Agreed = NOTHING) -> Person:
        return Person(qtbot, open_window, "my_person", ana=agreed, ben=agreed, fill=fill)

    return begin


def moment(days: float, felt: str, *units: str, shower: int = 2, **rest: object) -> Moment:
    made = Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at=(NOW - timedelta(days=days)).isoformat(timespec="milliseconds"),
        shower=shower,
        noticer=3 - shower,
        felt=certain(Source.SELF_REPORT, felt, intensity=0.5),
        perceived=Reading(source=Source.USER, labels=spread(felt, 0.6, list(Core)), confidence=0.6),
        units=tuple((unit, "both", 0.6) for unit in units),
        expressed=certain(Source.MEASURED, felt) if units else None,
        told={"card": "free.own", "watching": "live", "measured": True},
        revealed=True,
    )
    return replace(made, **rest)  # type: ignore[arg-type]


def test_a_question_is_answered_and_the_other_says_it_is_so(
    qtbot: QtBot, begun: Callable[..., Person]
) -> None:
    person = begun()
    page = person.round
    assert isinstance(page, MyPersonPage)
    assert page.about.name == "Ben"
    person.has_asked()
    assert page.waiting.isHidden()
    asked = page.question.question.text()
    assert "Ben" in asked or "you" in asked
    person.type("Tea with nobody talking.")
    page.question.keep.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.waiting.isVisible)
    assert person.notes() == [("Tea with nobody talking.", False)]
    assert page.question.question.text() != asked
    assert not any("Tea" in label for label in texts(page))  # nothing counts as told before Ben said so

    page.waiting.begin.setFocus()
    person.press(Qt.Key.Key_Return)
    hand = person.page.showing
    assert isinstance(hand, HandOver)
    assert "Ben" in hand.accessibleName()
    person.press(Qt.Key.Key_Return)
    confirm = person.page.showing
    assert isinstance(confirm, ConfirmPage)
    qtbot.waitUntil(lambda: confirm.text.text() == "Tea with nobody talking.")
    assert confirm.question.text() == asked
    person.press(Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: person.page.showing is page)
    qtbot.waitUntil(lambda: any("Tea" in label for label in texts(page)))
    assert person.notes() == [("Tea with nobody talking.", True)]
    assert page.waiting.isHidden()


def test_it_can_be_put_in_ones_own_words_or_let_go_of(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    def fill(services: Services) -> None:
        for key, said in (("now.good_day", "A walk."), ("days.food", "Fish.")):
            services.couple.note(2, kind=FACT, text=said, key=key, by=1).result()

    person = begun(fill)
    page = person.round
    qtbot.waitUntil(page.waiting.isVisible)
    page.waiting.begin.setFocus()
    person.press(Qt.Key.Key_Return)
    person.press(Qt.Key.Key_Return)
    confirm = person.page.showing
    assert isinstance(confirm, ConfirmPage)
    qtbot.waitUntil(lambda: confirm.text.text() == "A walk.")
    confirm.words.setFocus()
    person.press(Qt.Key.Key_Return)
    assert confirm.own.hasFocus()
    person.type("A walk with you, y")  # a letter is a letter there
    person.press(Qt.Key.Key_Escape)
    (question,) = confirm.findChildren(Question)
    qtbot.keyClick(question.no, Qt.Key.Key_Return)  # and is not lost by one key
    assert person.page.showing is confirm
    confirm.yes.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: confirm.text.text() == "Fish.")
    confirm.drop.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: person.page.showing is page)
    assert person.notes() == [("A walk with you, y", True)]


def test_what_is_old_comes_back_and_what_is_still_so_takes_its_place(
    qtbot: QtBot, begun: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = begun()
    long_ago = (NOW - timedelta(days=400)).isoformat(timespec="milliseconds")
    with monkeypatch.context() as patch:
        patch.setattr(person.couple, "_now", lambda: NOW - timedelta(days=400))
        person.couple.note(2, kind=FACT, text="The boat.", key="now.looking_forward", by=2).result()
    assert person.couple.notes().result()[0].at[:10] == long_ago[:10]
    page = person.round
    page.look()
    qtbot.waitUntil(page.question.still.isVisible)
    assert "looking forward" in page.question.question.text()
    page.question.still.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.waiting.isVisible)
    page.waiting.begin.setFocus()
    person.press(Qt.Key.Key_Return)
    person.press(Qt.Key.Key_Return)
    confirm = person.page.showing
    assert isinstance(confirm, ConfirmPage)
    qtbot.waitUntil(lambda: confirm.text.text() == "The boat.")
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: person.page.showing is page)
    (kept,) = person.couple.notes().result()
    assert kept.by == 2
    assert kept.at[:10] != long_ago[:10]


def test_passing_notes_nothing_and_own_things_can_be_written(
    qtbot: QtBot, begun: Callable[..., Person]
) -> None:
    person = begun()
    page = person.round
    person.has_asked()
    seen = {page.question.question.text()}
    page.question.another.setFocus()
    for _ in range(5):
        person.press(Qt.Key.Key_Return)
        seen.add(page.question.question.text())
    assert len(seen) == 6
    assert person.notes() == []
    page.question.keep.setFocus()
    person.press(Qt.Key.Key_Return)
    assert page.question.problem.isVisible()  # nothing was written
    assert person.notes() == []
    page.question.own.setFocus()
    person.press(Qt.Key.Key_Return)
    person.type("Hums when content.")
    page.question.keep.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.waiting.isVisible)
    assert person.couple.notes().result()[0].key == ""


def test_what_is_half_written_is_not_lost(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    person = begun()
    page = person.round
    person.has_asked()
    asked = page.question.question.text()
    person.type("Half a")
    page.who.button("1").setFocus()
    person.press(Qt.Key.Key_Space)
    assert page.question.answer.said == ""
    page.who.button("2").setFocus()
    person.press(Qt.Key.Key_Space)
    assert page.question.answer.said == "Half a"
    qtbot.waitUntil(lambda: page.question.question.text() == asked)
    page.question.answer.setFocus()
    person.press(Qt.Key.Key_Escape)
    (question,) = page.findChildren(Question)
    qtbot.keyClick(question.no, Qt.Key.Key_Return)
    assert person.page.showing is page
    page.question.answer.clear()
    page.question.answer.setFocus()
    person.press(Qt.Key.Key_Escape)
    assert person.page.showing is person.page.home


def test_what_is_being_kept_takes_no_words_about_the_other_with_it(
    qtbot: QtBot, begun: Callable[..., Person]
) -> None:
    person = begun()
    page = person.round
    person.has_asked()
    page.who.button("1").click()
    page.question.answer.setPlainText("Half a word about Ana")
    page.who.button("2").click()
    page.question.answer.setPlainText("Whistles.")
    page.question.keep.click()
    page.who.button("1").click()  # before it is kept
    qtbot.waitUntil(lambda: person.notes() == [("Whistles.", False)])
    qtbot.waitUntil(page.question.keep.isEnabled)
    assert page.question.answer.said == "Half a word about Ana"
    page.question.answer.clear()
    assert not page.question.is_half_written


def test_what_was_told_can_be_forgotten(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    person = begun(lambda services: services.couple.note(2, kind=FACT, text="Xylophone.", by=2).result())
    page = person.round
    qtbot.waitUntil(lambda: bool(page.told.forget_buttons))
    (button,) = page.told.forget_buttons.values()
    button.setFocus()
    person.press(Qt.Key.Key_Return)
    (asked,) = page.findChildren(Question)
    asked.yes.setFocus()
    qtbot.keyClick(asked.yes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.told.forget_buttons)
    assert person.notes() == []
    assert left_behind(person.services.profile.file.parent, b"Xylophone") == []


def test_signs_stand_with_their_counts_and_go_with_the_agreement(
    qtbot: QtBot, begun: Callable[..., Person]
) -> None:
    def fill(services: Services) -> None:
        for day in range(7):
            services.couple.keep(moment(day, "fear", *(("AU4",) if day < 5 else ("AU17",)))).result()
        for day in range(4):
            services.couple.keep(moment(10 + day, "happiness", "AU12")).result()

    person = begun(fill, agreed=ALL)
    page = person.round
    qtbot.waitUntil(lambda: "5 of 7" in texts(page.signs))
    (bar,) = page.signs.findChildren(ShareBar)
    assert "in 5 of 7 such moments, which is likely 36% to 92% of all; in 0 of 4" in bar.accessibleName()
    assert any("happiness (4)" in label for label in texts(page.signs))

    person.couple.agree(2, replace(ALL, reading=False)).result()
    page.look()
    qtbot.waitUntil(lambda: any("machine reading off" in label for label in texts(page.signs)))
    assert not page.signs.findChildren(ShareBar)
    assert all(not each.units for each in person.couple.moments().result())


def with_films(services: Services) -> None:
    """Three moments of Ben's that were filmed, one of them not opened."""
    for days, emotion in enumerate(("happiness", "fear", "sadness")):
        recording = filmed(services.couple, 1, 2)
        made = moment(days, emotion, recording=recording.id, revealed=days != 2)
        services.couple.keep(made).result()


def test_practice_on_ones_own_person_and_how_it_ends(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    person = begun(with_films, agreed=ALL)
    page, services = person.round, person.services
    qtbot.waitUntil(page.clips.go.isVisible)
    assert any(label.startswith("2 recorded moments of Ben") for label in texts(page.clips))
    page.clips.go.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(person.window.page, PracticePage))
    practice = person.window.page
    assert isinstance(practice, PracticePage)
    qtbot.waitUntil(lambda: "Ben, recorded" in practice.start.sets.menu.currentText())
    qtbot.waitUntil(practice.start.begin_button.isEnabled)

    own = OwnClips(couple=services.couple, words=services.words)
    name = services.settings.current.practise_with
    clip_set = practised(services.library, name, NOW.date(), own)
    assert "Ben" not in clip_set.name  # sessions keep it for good
    assert not clip_set.measurable
    assert [clip.references[0].source for clip in clip_set.clips] == [Source.SELF_REPORT] * 2
    hashes = {clip_hash(each) for each in services.couple.recordings(2).result()}
    assert {clip.content_hash for clip in clip_set.clips} < hashes

    services.couple.agree(1, replace(ALL, practice=False)).result()  # Ana is in the picture too
    assert practised(services.library, name, NOW.date(), own).name != clip_set.name
    services.couple.agree(1, ALL).result()
    opened = [each for each in services.couple.moments().result() if each.revealed]
    services.couple.veto(opened[0].id or 0).result()
    (left,) = practised(services.library, name, NOW.date(), own).clips
    assert left.references[0] == opened[1].felt
    services.couple.forget(2).result()
    assert services.couple.recordings().result() == ()
    assert practised(services.library, name, NOW.date(), own).name == services.library.starter().result().name
    assert left_behind(services.profile.file.parent, b"Ben") == []


def test_where_nothing_can_be_changed_it_says_why(
    qtbot: QtBot, begun: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(services: Services) -> None:
        services.couple.note(2, kind=FACT, text="Of Ben.", by=2).result()
        services.couple.note(2, kind=FACT, text="Waiting.", by=1).result()
        monkeypatch.setattr(History, "read_only", property(lambda _self: True))

    page = begun(fill).round
    qtbot.waitUntil(lambda: "Of Ben." in texts(page.told))
    qtbot.waitUntil(page.waiting.isVisible)
    for button in (page.question.keep, page.waiting.begin, *page.told.forget_buttons.values()):
        assert not button.isEnabled()
        assert button.toolTip()
    monkeypatch.undo()


def test_the_other_way_round(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    def fill(services: Services) -> None:
        services.couple.note(1, kind=FACT, text="Of Ana.", by=1).result()
        services.couple.note(2, kind=FACT, text="Of Ben.", by=2).result()

    person = begun(fill)
    page = person.round
    qtbot.waitUntil(lambda: "Of Ben." in texts(page.told))
    page.who.button("1").setFocus()
    person.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Of Ana." in texts(page.told))
    assert "Of Ben." not in texts(page.told)
    assert page.reader.name == "Ben"


def test_what_a_third_person_wrote_is_not_read_out(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    person = begun()
    cleo = person.couple.add_person("Cleo").result()
    person.couple.note(2, kind=FACT, text="Between us.", by=cleo.id).result()
    person.couple.note(2, kind=FACT, text="Mine.", by=1).result()
    page = person.round
    page.look()
    qtbot.waitUntil(page.waiting.isVisible)
    assert any("one thing" in label for label in texts(page.waiting))


def test_a_moment_of_ones_own_person_is_practised_on(qtbot: QtBot, begun: Callable[..., Person]) -> None:
    person = begun(with_films, agreed=ALL)
    qtbot.waitUntil(person.round.clips.go.isVisible)
    person.round.clips.go.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(person.window.page, PracticePage))
    practice = person.window.page
    assert isinstance(practice, PracticePage)
    qtbot.waitUntil(lambda: "read_the_moment" in practice.start.ways)
    qtbot.waitUntil(lambda: any(label.startswith("Own recordings") for label in texts(practice.start)))
    practice.start.ways["read_the_moment"].begin_button.setFocus()
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: practice.showing is practice.trial)
    qtbot.waitUntil(lambda: practice.trial.player.frame is not None)
    practice.trial.choices.choose(1)
    practice.trial.confirm()
    qtbot.waitUntil(lambda: practice.showing is practice.feedback)
    session = person.services.history.sessions().result()[0].session
    review = person.services.history.session(session.id or 0).result()
    (answer,) = review.answers
    assert answer.agreement.reference is Source.SELF_REPORT
    assert answer.person == "Ben"
    person.couple.forget(2).result()
    (answer,) = person.services.history.session(session.id or 0).result().answers
    assert answer.person == ""
    assert left_behind(person.services.profile.file.parent, b"Ben") == []
