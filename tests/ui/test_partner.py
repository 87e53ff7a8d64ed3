"""Partner in the real window, by keys: names, consent of each alone, each one's page, everything gone."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source, certain
from attune.app.partner.couple import Agreed, Kind, Moment, Person
from attune.app.services import Services, make_services
from attune.ui.partner import PartnerPage
from attune.ui.partner.consent import ConsentPage
from attune.ui.partner.handing import Feeling, HandOver, Private
from attune.ui.partner.neutral import NeutralPage
from attune.ui.partner.parts import Pair
from attune.ui.partner.person import GonePage, PersonPage
from attune.ui.partner.stored import FilmPage, StoredPage
from attune.ui.partner.who import WhoPage, couples
from attune.ui.profiles.form import Form
from attune.ui.shell import Shell
from attune.ui.widgets.dialogs import Question
from tests.app.partner.couples import film
from tests.partner_films import alone, leaving, side_by_side

Opener = Callable[..., Shell]
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, SPACE, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Tab
ALL = Agreed(camera=True, recording=True, reading=True, practice=True)
PATIENCE_MS = 60_000  # until the face model is loaded and four seconds are seen


class Partner:
    """The page, gone to by keys, in a window of its own; ``fill`` puts people into the history before."""

    def __init__(
        self,
        qtbot: QtBot,
        open_window: Opener,
        fill: Callable[[Services], object] = lambda _services: None,
        camera: str = "",
    ) -> None:
        opened: list[Services] = []

        def make() -> Services:
            services = make_services(camera=camera)
            opened.append(services)
            fill(services)
            return services

        self.qtbot = qtbot
        self.window = open_window(make).window
        (self.services,) = opened
        self.couple = self.services.couple
        qtbot.waitExposed(self.window)
        qtbot.keyClick(self.window, Qt.Key.Key_2, CONTROL)
        page = self.window.page
        assert isinstance(page, PartnerPage)
        self.page, self.home = page, page.home
        qtbot.waitUntil(lambda: self.home.names is not None or self.home.doors is not None)

    @property
    def now(self) -> QWidget:
        return self.page.showing

    def press(self, *keys: Qt.Key) -> None:
        """Keys to whatever has the focus."""
        for key in keys:
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
            focus = QApplication.focusWidget()
            assert focus is not None
            self.qtbot.keyClick(focus, key)

    def push(self, button: QWidget) -> None:
        """A button, by the keyboard."""
        self.qtbot.waitUntil(button.isVisible)
        button.setFocus()
        self.qtbot.keyClick(button, SPACE)

    def shows(self, kind: type[QWidget]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.now, kind))

    def said(self) -> str:
        return "\n".join(label.text() for label in self.now.findChildren(QLabel) if label.isVisible())

    def people(self) -> dict[str, Person]:
        return {person.name: person for person in self.couple.people().result()}

    def question(self) -> Question:
        def asked() -> list[Question]:
            return [each for each in self.window.findChildren(Question) if each.isVisible()]

        self.qtbot.waitUntil(lambda: bool(asked()))
        return asked()[0]


def two(agreed: Agreed | None = None, names: tuple[str, str] = ("Ana", "Ben")) -> Callable[[Services], Pair]:
    """Puts two people into a history, who were asked where ``agreed`` is given."""

    def fill(services: Services) -> Pair:
        made = [services.couple.add_person(name).result() for name in names]
        if agreed is not None:
            made = [services.couple.agree(person.id, agreed).result() for person in made]
        return Pair(one=made[0], other=made[1])

    return fill


def a_moment(shower: int, noticer: int, day: int = 1, **rest: object) -> Moment:
    return Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at=datetime(2026, 3, day, 10, tzinfo=UTC).isoformat(timespec="milliseconds"),
        shower=shower,
        noticer=noticer,
        felt=certain(Source.SELF_REPORT, "sadness", intensity=0.5),
        perceived=certain(Source.USER, "fear", confidence=0.5),
        **rest,  # type: ignore[arg-type] # fields of a Moment
    )


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
    assert "Ana" in partner.said()
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
    assert "B." in partner.said()
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
    qtbot.waitUntil(lambda: "No camera, nothing recorded, nothing measured." in partner.said())


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
    assert "Ana and Ben" in partner.said()
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
    qtbot.waitUntil(lambda: "K. and Ana" in partner.said())
    assert partner.home.pair is not None
    assert partner.home.pair.one.name == "K."

    partner.push(partner.home.who_button)
    page = partner.now
    assert isinstance(page, WhoPage)
    for field, typed in zip(page.names.fields, ("New", "Newer"), strict=True):
        field.setFocus()
        qtbot.keyClicks(field, typed)
    partner.press(ENTER)
    qtbot.waitUntil(lambda: "New and Newer" in partner.said())
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
    qtbot.waitUntil(lambda: "Ana and Cem" in partner.said())


def test_each_page_tells_what_is_stored_and_changes_it(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        services.couple.keep(
            a_moment(pair.one.id, pair.other.id, expressed=certain(Source.MEASURED, "fear"))
        ).result()
        services.couple.note(pair.one.id, kind="fact", text="likes rain").result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    qtbot.waitUntil(lambda: "1 moment, of 1 March 2026" in partner.said())
    assert "1 note about you" in partner.said()

    partner.push(page.change)
    form = partner.now
    assert isinstance(form, ConsentPage)
    assert all(switch.isChecked() for switch in form.uses.values())
    partner.push(form.uses["reading"])
    assert "all that was measured of you are deleted when you confirm this" in partner.said()
    partner.push(form.yes)
    qtbot.waitUntil(lambda: partner.now is page)
    qtbot.waitUntil(lambda: "machine reading" not in partner.said())
    ana = partner.people()["Ana"]
    assert ana.agreed is not None
    assert not ana.agreed.reading
    (moment,) = partner.couple.moments().result()
    assert moment.expressed is None

    partner.push(page.rename)
    (form_,) = partner.window.findChildren(Form)
    form_.fields["name"].selectAll()
    qtbot.keyClicks(form_.fields["name"], "Ben")
    qtbot.keyClick(form_.fields["name"], ENTER)
    assert form_.problem.isVisible()
    form_.fields["name"].selectAll()
    qtbot.keyClicks(form_.fields["name"], "A.")
    qtbot.keyClick(form_.fields["name"], ENTER)
    qtbot.waitUntil(lambda: "A." in partner.people())
    qtbot.waitUntil(lambda: "A.\n" in partner.said())
    qtbot.keyClick(page, ESCAPE)
    qtbot.waitUntil(lambda: "A. and Ben" in partner.said())


def test_everything_of_one_is_deleted_with_a_list(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        services.couple.keep(a_moment(pair.one.id, pair.other.id)).result()
        recording = services.couple.begin_recording((pair.one.id, pair.other.id), sound=False).result()
        services.couple.end_recording(recording.id, film(recording.path)).result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    qtbot.waitUntil(lambda: "1 recording, 0 min 1 s" in partner.said())
    (recording,) = partner.couple.recordings().result()
    partner.push(page.delete)
    partner.question().no.click()
    assert "Ana" in partner.people()
    partner.push(page.delete)
    partner.question().yes.click()
    partner.shows(GonePage)
    gone = partner.now
    assert isinstance(gone, GonePage)
    assert "Moments: 1" in gone.lines
    assert "Recordings, with their keys: 1" in gone.lines
    assert list(partner.people()) == ["Ben"]
    assert partner.couple.moments().result() == ()
    assert not recording.path.exists()
    partner.push(gone.done)
    assert partner.now is partner.home
    qtbot.waitUntil(lambda: partner.home.names is not None)
    assert partner.home.names is not None
    (field,) = partner.home.names.fields  # Ben is there: one name is asked for
    field.setFocus()
    qtbot.keyClicks(field, "Cem")
    qtbot.keyClick(field, ENTER)
    qtbot.waitUntil(lambda: "Ben and Cem" in partner.said())


def test_what_is_stored_is_seen_and_deleted_one_by_one(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        one, other = pair.one.id, pair.other.id
        recording = services.couple.begin_recording((one, other), sound=False).result()
        services.couple.end_recording(recording.id, film(recording.path)).result()
        services.couple.keep(a_moment(one, other, recording=recording.id)).result()
        services.couple.keep(a_moment(other, one, day=2)).result()
        services.couple.note(one, kind="fact", text="likes rain", by=other).result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.push(page.see)
    stored = partner.now
    assert isinstance(stored, StoredPage)
    qtbot.waitUntil(lambda: bool(stored.lines))
    told = [(line.title, line.said) for line in stored.lines["moments"]]
    assert told == [
        ("Show and tell with Ben, 2 March 2026", "You noticed: Fear"),
        ("Show and tell with Ben, 1 March 2026", "You said you felt: Sadness"),
    ]
    assert "likes rain" in partner.said()
    play = stored.lines["recordings"][0].buttons.itemAt(0).widget()
    partner.push(play)
    shown = partner.now
    assert isinstance(shown, FilmPage)
    qtbot.waitUntil(lambda: shown.replay.player.frame is not None)
    partner.press(ESCAPE)
    assert partner.now is stored
    partner.push(stored.lines["moments"][1].delete)
    partner.question().yes.click()
    qtbot.waitUntil(lambda: len(stored.lines["moments"]) == 1)
    assert partner.couple.recordings().result() == ()
    partner.push(stored.lines["notes"][0].delete)
    partner.question().yes.click()
    qtbot.waitUntil(lambda: not stored.lines["notes"])
    assert len(partner.couple.moments().result()) == 1


def test_what_is_stored_is_taken_along(
    qtbot: QtBot, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(services: Services) -> None:
        pair = two(Agreed())(services)
        services.couple.keep(a_moment(pair.one.id, pair.other.id)).result()

    monkeypatch.setattr(
        "attune.ui.partner.person.ask_which", lambda _parent, _title, _kinds, chosen, _mode: chosen(tmp_path)
    )
    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.push(page.export)
    target = tmp_path / partner.services.words("partner.person.export_folder", name="Ana")
    qtbot.waitUntil(partner.page.notice.isVisible)
    assert str(target) in partner.page.notice.message
    assert "sadness" in json.dumps(json.loads((target / "about.json").read_text(encoding="utf-8")))


def test_a_window_that_only_reads_shows_and_changes_nothing(qtbot: QtBot, open_window: Opener) -> None:
    with_people = make_services()
    pair = two(Agreed())(with_people)
    with_people.couple.keep(a_moment(pair.one.id, pair.other.id)).result()
    partner = Partner(qtbot, open_window)
    assert partner.couple.read_only
    doors = partner.home.doors
    assert doors is not None
    assert not doors.by_key["open_up"].isEnabled()
    assert doors.by_key["open_up"].accessibleDescription()
    assert doors.by_key["looking_back"].isEnabled()
    page = person_page(partner, "Ana")
    assert page.see.isEnabled()
    assert page.export.isEnabled()
    assert not any(each.isEnabled() for each in (page.change, page.delete, page.rename))
    with_people.close()


@pytest.mark.slow
def test_a_calm_face_is_kept_after_both_agreed(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    camera = alone(tmp_path, "ana-neutral-100-1", seconds=6)

    def fill(services: Services) -> None:
        pair = two()(services)
        services.couple.agree(pair.one.id, ALL).result()

    partner = Partner(qtbot, open_window, fill, camera=f"file:{camera}")
    assert partner.home.begin_button is not None
    partner.push(partner.home.begin_button)
    partner.press(SPACE)
    form = partner.now
    assert isinstance(form, ConsentPage)
    partner.press(SPACE)
    partner.push(form.yes)
    partner.shows(NeutralPage)
    page = partner.now
    assert isinstance(page, NeutralPage)
    assert not page.stage.watch.is_on
    partner.push(page.button)
    assert page.stage.watch.is_on
    qtbot.waitUntil(lambda: page.stage.sign.isVisible() and bool(page.stage.sign.said))
    qtbot.waitUntil(lambda: page.kept, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not page.stage.watch.is_on)
    kept = partner.people()["Ana"].neutral
    assert kept
    partner.press(ENTER)
    qtbot.waitUntil(lambda: partner.now is partner.home)
    page_of_ana = person_page(partner, "Ana")
    partner.push(page_of_ana.forget_rest)
    qtbot.waitUntil(lambda: partner.people()["Ana"].neutral is None)


@pytest.mark.slow
def test_of_two_before_the_camera_the_one_who_is_meant_is_kept(
    qtbot: QtBot, open_window: Opener, tmp_path: Path
) -> None:
    camera = side_by_side(tmp_path, "ana-neutral-100-1", "ana-happiness-100", seconds=6)
    partner = Partner(qtbot, open_window, two(ALL), camera=f"file:{camera}")
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    partner.push(neutral.button)
    qtbot.waitUntil(lambda: len(neutral.stage.who.buttons) == 2, timeout=PATIENCE_MS)
    assert "Which of you is Ana?" in partner.said()
    assert neutral.bar.value() == 0  # nobody is looked at before that
    qtbot.keyClick(partner.window, Qt.Key.Key_2)  # the picture is mirrored: the calm one is on the right
    qtbot.waitUntil(lambda: neutral.kept, timeout=PATIENCE_MS)
    assert partner.people()["Ana"].neutral
    qtbot.keyClick(neutral, ESCAPE)
    assert not partner.page.parts.watch.is_on


@pytest.mark.slow
def test_nobody_is_taken_for_somebody_who_left(qtbot: QtBot, open_window: Opener, tmp_path: Path) -> None:
    camera = leaving(tmp_path, "ben-neutral-100-1", "ana-neutral-100-1", leaves_s=3.0)
    partner = Partner(qtbot, open_window, two(ALL), camera=f"file:{camera}")
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    partner.push(neutral.button)
    qtbot.waitUntil(lambda: len(neutral.stage.who.buttons) == 2, timeout=PATIENCE_MS)
    partner.push(neutral.stage.who.buttons[0])  # on the left in the mirror: who leaves
    qtbot.waitUntil(neutral.button.isVisible, timeout=PATIENCE_MS)
    assert "Go on once Ana is back." in partner.said()
    assert not partner.page.parts.watch.is_on
    assert not neutral.kept


def test_a_calm_face_can_be_put_off(qtbot: QtBot, open_window: Opener) -> None:
    partner = Partner(qtbot, open_window, two(ALL))
    page = person_page(partner, "Ana")
    partner.push(page.rest)
    neutral = partner.now
    assert isinstance(neutral, NeutralPage)
    partner.push(neutral.later)
    assert partner.now is page
    assert partner.people()["Ana"].neutral is None


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


def person_page(partner: Partner, name: str) -> PersonPage:
    """Go to somebody's page by their tile."""
    partner.qtbot.waitUntil(lambda: bool(partner.home.tiles))
    partner.push(partner.home.tiles[partner.people()[name].id].button)
    page = partner.now
    assert isinstance(page, PersonPage)
    partner.qtbot.waitUntil(lambda: page.stored is not None)
    return page
