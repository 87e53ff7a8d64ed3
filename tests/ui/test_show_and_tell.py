"""Show and tell in the real window, by keys: in the room, before a camera, with and without reading."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from attune.affect.reading import Source
from attune.app.partner.couple import Agreed, Kind, Moment
from attune.app.partner.show_and_tell import MOMENT_S, Told, Watching
from attune.errors import StorageError
from attune.ui.partner.handing import HandOver
from attune.ui.partner.saying import SayStep
from attune.ui.partner.show_and_tell.begin import BeginStep
from attune.ui.partner.show_and_tell.card import CardStep, ListStep, NumberStep, WordStep
from attune.ui.partner.show_and_tell.page import ShowAndTellPage
from attune.ui.partner.show_and_tell.say import SeenStep
from attune.ui.partner.show_and_tell.told import BetweenStep, CoveredStep, ToldStep
from attune.ui.partner.show_and_tell.watch import CameraStep, RoomStep
from attune.ui.partner.stage import recorder
from attune.ui.video.camera_state import CameraState
from attune.ui.video.quiet import quiet_multimedia
from tests.futures import settled
from tests.partner_films import alone, dark, empty, in_turn, side_by_side
from tests.ui.rounds import CONTROL, Opener, Round, texts

LOADS_MS = 60_000
CAMERA = Agreed(camera=True)
FILMED = Agreed(camera=True, recording=True)
ALL = Agreed(camera=True, recording=True, reading=True)
ANA = ("ana-sadness-100", "ana-sadness-065")
BEN = ("finn-happiness-035", "finn-happiness-065")


class Sitting(Round):
    """The round; Ana shows first."""

    round: ShowAndTellPage

    @property
    def now(self) -> Any:
        return self.round.showing

    def at(self, kind: type) -> Any:
        self.qtbot.waitUntil(lambda: isinstance(self.now, kind), timeout=LOADS_MS)
        return self.now

    def moments(self) -> tuple[Moment, ...]:
        return self.couple.moments(kind=Kind.SHOW_AND_TELL).result()

    def go(self) -> None:
        """Enter, on whatever the step gave the keyboard to."""
        self.press(Qt.Key.Key_Return)

    def handed(self, name: str) -> None:
        step = self.at(HandOver)
        assert name in step.accessibleName()
        self.go()

    def take_card(self, name: str) -> CardStep:
        """Hand over, look, have it."""
        self.handed(name)
        step = self.at(CardStep)
        self.go()
        self.go()
        assert isinstance(step, CardStep)
        return step

    def until_card(self, watching: Watching = Watching.ROOM) -> None:
        begin = self.at(BeginStep)
        begin.watching.buttons[watching].setFocus()
        self.press(Qt.Key.Key_Space)
        begin.go.setFocus()
        self.go()
        self.at(HandOver)

    def until_shown(self) -> None:
        """Ana had her card, and showed it face to face."""
        self.until_card()
        self.take_card("Ana")
        self.go()

    def until_camera(self, watching: Watching) -> CameraStep:
        """Ana had her card, and sits before the camera."""
        self.until_card(watching)
        self.take_card("Ana")
        step = self.at(CameraStep)
        assert isinstance(step, CameraStep)
        return step

    def until_sees(self, watching: Watching) -> CameraStep:
        """The same, and the camera is ready."""
        step = self.until_camera(watching)
        self.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)
        return step

    def say(self, key: Qt.Key) -> None:
        """A feeling by its number, as strong and sure as it stands there."""
        step = self.at(SayStep)
        self.press(key)
        self.qtbot.waitUntil(lambda: not step.feeling.pass_button.hasFocus())
        self.go()
        self.qtbot.waitUntil(lambda: self.now is not step)

    def until_told(
        self,
        *,
        noticed: Qt.Key = Qt.Key.Key_3,
        own: Qt.Key = Qt.Key.Key_1,
        felt: Qt.Key = Qt.Key.Key_3,
    ) -> SeenStep:
        """What Ben noticed, how he is himself, and what it was."""
        for key in (noticed, own, felt):
            self.say(key)
        step = self.at(SeenStep)
        assert isinstance(step, SeenStep)
        return step

    def until_covered(self, *, seen: Qt.Key = Qt.Key.Key_5, **told: Qt.Key) -> CoveredStep:
        self.until_told(**told)
        self.press(seen)
        covered = self.at(CoveredStep)
        assert isinstance(covered, CoveredStep)
        return covered

    def until_heard(self) -> None:
        """What was told to the window by now has arrived there."""
        heard: list[object] = []
        self.page.parts.bridge.post(lambda: heard.append(1))
        self.qtbot.waitUntil(lambda: bool(heard))

    def until_no_film_lies_there(self) -> None:
        folder = self.services.profile.folder
        self.qtbot.waitUntil(lambda: not list(folder.rglob("*.sealed")), timeout=LOADS_MS)


Begun = Callable[..., Sitting]


@pytest.fixture
def begun(qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch) -> Begun:
    quiet_multimedia()
    # Whether there is one here, Qt would find out aloud.
    monkeypatch.setattr(recorder, "usual_microphone", lambda: None)

    def begin(**rest: Any) -> Sitting:
        return Sitting(qtbot, open_window, "show_and_tell", **rest)

    return begin


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def test_a_turn_in_the_room_by_keys_alone(begun: Begun) -> None:
    sitting = begun()
    begin = sitting.at(BeginStep)
    assert begin.watching.choice == Watching.ROOM
    for way in (Watching.LIVE, Watching.MOMENT):  # nobody agreed to a camera
        assert not begin.watching.buttons[way].isEnabled()
        assert begin.watching.buttons[way].toolTip()
    assert begin.measured.text() == sitting.services.words("partner_show.measured.none")
    sitting.go()
    sitting.handed("Ana")
    card = sitting.at(CardStep)
    text = sitting.round._at.turn.card.text
    assert text not in texts(card)  # covered until she asks for it
    assert not card.take.isEnabled()
    sitting.go()
    assert text in texts(card)
    sitting.go()
    room = sitting.at(RoomStep)
    assert text not in texts(room)
    sitting.go()
    covered = sitting.until_covered(
        noticed=Qt.Key.Key_6, own=Qt.Key.Key_1, felt=Qt.Key.Key_5, seen=Qt.Key.Key_4
    )
    assert "Ana felt quite seen by Ben." in texts(covered)  # first how it was to be looked at
    assert not any(name in line for line in texts(covered) for name in ("Surprise", "surprise", "fear"))
    assert covered.measured.isHidden()
    (moment,) = sitting.moments()
    assert not moment.revealed
    assert (moment.perceived and moment.perceived.top, moment.felt and moment.felt.top) == (
        "surprise",
        "fear",
    )
    assert moment.felt is not None
    assert moment.felt.source is Source.SELF_REPORT
    assert moment.felt.confidence is None  # nobody asks how sure somebody is of what they feel
    told = Told.from_json(moment.told)
    assert (told.seen, told.own and told.own.top, told.watching) == (0.75, "neutral", Watching.ROOM)
    sitting.go()
    step = sitting.at(ToldStep)
    assert "Ben noticed surprise; Ana said it was fear." in texts(step)
    assert set(step.view.corners.cards) == {"perceived", "felt"}
    assert any(line.startswith("Ben might say: “") for line in texts(step))
    assert sitting.moments()[0].revealed
    sitting.go()  # turns alternate
    sitting.handed("Ben")
    assert "Ben shows, Ana watches" in texts(sitting.at(CardStep))


def test_passing_is_possible_at_every_step_and_keeps_nothing(begun: Begun) -> None:
    sitting = begun()
    sitting.until_card()
    for name, until in (("Ana", CardStep), ("Ben", RoomStep), ("Ana", SayStep)):
        sitting.handed(name)
        if until is not CardStep:
            sitting.at(CardStep)
            sitting.go()
            sitting.go()
        if until is SayStep:
            sitting.at(RoomStep)
            sitting.go()
            sitting.at(SayStep)
            sitting.press(Qt.Key.Key_0)  # Ben passes, Ana may tell all the same
            step = sitting.at(SayStep)
            assert step.feeling.accessibleName().startswith("Ana, what was it")
            sitting.press(Qt.Key.Key_0)
        else:
            sitting.at(until).skip.setFocus()
            sitting.go()
        between = sitting.at(BetweenStep)
        assert "Nothing of this turn was kept" in between.accessibleName()
        sitting.go()
    assert sitting.moments() == ()


def test_who_watches_may_pass_and_it_can_stay_covered(begun: Begun) -> None:
    sitting = begun()
    sitting.until_shown()
    sitting.at(SayStep)
    sitting.press(Qt.Key.Key_0)
    sitting.say(Qt.Key.Key_2)
    sitting.at(SeenStep)
    sitting.press(Qt.Key.Key_0)
    covered = sitting.at(CoveredStep)
    assert any("Ben passed" in line for line in texts(covered))
    covered.leave.setFocus()
    sitting.go()
    sitting.at(HandOver)
    (moment,) = sitting.moments()
    assert not moment.revealed
    assert moment.perceived is None
    assert "seen" not in moment.told
    assert "own" not in moment.told


@pytest.mark.parametrize("revealed", [False, True])
def test_either_deletes_the_moment(begun: Begun, revealed: bool) -> None:
    sitting = begun()
    sitting.until_shown()
    last: Any = sitting.until_covered()
    if revealed:
        sitting.go()
        last = sitting.at(ToldStep)
    assert len(sitting.moments()) == 1
    last.veto.setFocus()
    sitting.go()
    assert "deleted" in sitting.at(BetweenStep).accessibleName()
    assert sitting.moments() == ()


def test_a_card_opens_with_the_number_of_the_one_it_is_for(begun: Begun) -> None:
    sitting = begun()
    begin = sitting.at(BeginStep)
    begin.giving.buttons["number"].click()
    sitting.go()
    sitting.handed("Ana")
    step = sitting.at(NumberStep)
    sitting.type("12")
    sitting.go()
    assert step.problem.isVisible()  # too short for one
    sitting.type("1234")
    sitting.go()
    card = sitting.at(CardStep)
    first = sitting.round._at.turn.card
    assert first.text in texts(card)
    if first.emotion is not None:
        card.free.setFocus()
        sitting.go()
        card = sitting.at(CardStep)
        assert "It needs no card." in " ".join(texts(card))
        assert card.free.isHidden()
    card.skip.setFocus()
    sitting.go()
    sitting.go()  # Ben's turn, which he passes
    sitting.handed("Ben")
    sitting.at(NumberStep).skip.setFocus()
    sitting.go()
    sitting.go()
    sitting.handed("Ana")
    step = sitting.at(NumberStep)
    sitting.type("4321")
    sitting.go()
    assert sitting.now is step
    assert step.problem.isVisible()
    lay_there = sitting.round._at.turn.card
    step.new.setFocus()
    sitting.go()
    again = sitting.at(NumberStep)
    assert again is not step
    sitting.type("555")
    sitting.go()
    card = sitting.at(CardStep)
    assert lay_there.text not in texts(card)  # whoever chose the new number sees another card


def test_a_card_of_a_number_that_was_covered_asks_for_it_again(begun: Begun) -> None:
    sitting = begun()
    begin = sitting.at(BeginStep)
    begin.giving.buttons["number"].click()
    sitting.go()
    sitting.handed("Ana")
    sitting.at(NumberStep)
    sitting.type("1234")
    sitting.go()
    card = sitting.at(CardStep)
    lay_there = sitting.round._at.turn.card
    sitting.qtbot.keyClick(sitting.window, Qt.Key.Key_1, CONTROL)
    sitting.qtbot.keyClick(sitting.window, Qt.Key.Key_2, CONTROL)
    assert sitting.now is card
    assert lay_there.text not in texts(card)
    assert not card.other.isEnabled()  # it would show a card that lies open
    assert not card.free.isEnabled()
    card.private.button.click()
    sitting.at(NumberStep)
    sitting.type("1234")
    sitting.go()
    card = sitting.at(CardStep)
    assert sitting.round._at.turn.card is lay_there
    assert lay_there.text in texts(card)
    assert card.other.isEnabled()


def test_a_code_word_says_nothing_to_who_has_no_list(begun: Begun) -> None:
    sitting = begun()
    begin = sitting.at(BeginStep)
    begin.giving.buttons["word"].click()
    ana = sitting.round._pair.one
    begin.lists[ana.id].setFocus()
    sitting.go()
    sitting.handed("Ana")
    lines = texts(sitting.at(ListStep))
    sitting.go()
    assert sitting.at(BeginStep).giving.choice == "word"  # as it was
    sitting.go()
    step = sitting.at(WordStep)
    card = sitting.round._at.turn.card
    assert not any(card.emotion and card.emotion in line.lower() for line in texts(step))
    place = lines.index(step.word.text())
    expected = "any feeling" if card.emotion is None else str(card.way)
    assert lines[place + 1].startswith(expected)
    step.no_list.setFocus()  # she left it at home
    sitting.go()
    sitting.handed("Ana")
    sitting.at(ListStep)
    sitting.go()
    assert sitting.at(WordStep).word.text() == step.word.text()


def test_a_list_can_be_taken_along(begun: Begun, tmp_path: Path) -> None:
    sitting = begun()
    ana = sitting.round._pair.one
    sitting.at(BeginStep).giving.buttons["word"].click()
    sitting.now.lists[ana.id].click()
    sitting.handed("Ana")
    step = sitting.at(ListStep)
    step._save(tmp_path / "list.txt")
    sitting.qtbot.waitUntil((tmp_path / "list.txt").is_file)
    lines = (tmp_path / "list.txt").read_text("utf-8").splitlines()
    assert lines[0] == "Ana's list"
    assert all(":" in line for line in lines[2:])
    sitting.qtbot.waitUntil(lambda: bool(sitting.page.notice.message))


@pytest.mark.slow
def test_before_a_camera_with_nothing_measured(begun: Begun, films: Path) -> None:
    sitting = begun(ana=CAMERA, ben=CAMERA, film=alone(films, ANA))
    step = sitting.until_sees(Watching.LIVE)
    assert step.stage.seeing is None
    assert step.stage.sign.isVisible()
    assert step.go.text() == "That was it"
    sitting.go()
    covered = sitting.until_covered()
    assert sitting.page.parts.watch.state is CameraState.OFF
    assert covered.measured.isHidden()
    sitting.go()
    assert set(sitting.at(ToldStep).view.corners.cards) == {"perceived", "felt"}
    (moment,) = sitting.moments()
    assert moment.expressed is None
    assert moment.units == ()


@pytest.mark.slow
@pytest.mark.parametrize("shown", [False, True])
def test_two_faces_one_of_them_read_and_shown_only_if_she_wants(
    begun: Begun, films: Path, shown: bool
) -> None:
    sitting = begun(ana=ALL, ben=CAMERA, film=side_by_side(films, ANA, BEN, seconds=8))
    step = sitting.until_camera(Watching.LIVE)
    sitting.qtbot.waitUntil(lambda: len(step.stage.who.buttons) == 2, timeout=LOADS_MS)
    assert not step.go.isEnabled()  # nobody is read before it is clear who shows
    sitting.press(Qt.Key.Key_2)  # the picture is mirrored: Ana, left in the film, sits on the right
    sitting.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)
    seen: list[int] = []
    sitting.go()
    step.stage.shot.connect(lambda shot: seen.append(shot.time_ns))
    sitting.qtbot.waitUntil(lambda: bool(seen) and seen[-1] - seen[0] > 3e9, timeout=LOADS_MS)
    sitting.go()
    covered = sitting.until_covered()
    (moment,) = sitting.moments()
    assert moment.expressed is not None
    assert moment.expressed.top == "sadness"  # hers, not his smile
    assert moment.units
    assert covered.measured.isVisible()
    assert not covered.measured.isChecked()
    if shown:
        covered.measured.setFocus()
        sitting.press(Qt.Key.Key_Space)
        covered.show_it.setFocus()
    sitting.go()
    told = sitting.at(ToldStep)
    assert ("expressed" in told.view.corners.cards) is shown
    said = [line for line in texts(told) if "Legibility" in line or "Reading the face" in line]
    assert len(said) == (2 if shown else 0)


@pytest.mark.slow
@pytest.mark.parametrize("ana", [FILMED, ALL])
def test_a_moment_is_filmed_seen_again_and_goes_with_a_veto(begun: Begun, films: Path, ana: Agreed) -> None:
    sitting = begun(ana=ana, ben=FILMED, film=side_by_side(films, ANA, BEN, seconds=8))
    step = sitting.until_camera(Watching.MOMENT)
    if ana.reading:
        sitting.qtbot.waitUntil(lambda: len(step.stage.who.buttons) == 2, timeout=LOADS_MS)
        sitting.press(Qt.Key.Key_2)
    sitting.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)
    sitting.go()
    assert "3" in step.said.text()  # counted down before anything is filmed
    assert sitting.couple.recordings().result() == ()
    say = sitting.at(SayStep)
    sitting.qtbot.waitUntil(lambda: say.player.frame is not None, timeout=LOADS_MS)
    (recording,) = sitting.couple.recordings().result()
    assert recording.seconds is not None
    assert MOMENT_S - 0.2 <= recording.seconds <= MOMENT_S + 1.5
    sitting.until_covered()
    (moment,) = sitting.moments()
    assert moment.recording == recording.id
    assert (moment.expressed is not None and moment.expressed.top == "sadness") is ana.reading
    sitting.go()
    sitting.at(ToldStep).veto.setFocus()
    sitting.go()
    sitting.at(BetweenStep)
    assert sitting.couple.recordings().result() == ()
    assert not recording.path.exists()


@pytest.mark.slow
def test_a_covered_camera_breaks_a_film_off_and_they_go_on_without(begun: Begun, films: Path) -> None:
    film = in_turn(films, alone(films, ANA, seconds=5), dark(films, ANA, seconds=3, light=0.0))
    sitting = begun(ana=FILMED, ben=FILMED, film=film)
    step = sitting.until_sees(Watching.MOMENT)
    sitting.go()
    broke_off = sitting.services.words("partner_show.watch.again")
    sitting.qtbot.waitUntil(lambda: step.note.text() == broke_off, timeout=LOADS_MS)
    sitting.qtbot.waitUntil(lambda: sitting.couple.recordings().result() == (), timeout=LOADS_MS)
    sitting.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)  # it sees again: once more, or
    sitting.qtbot.waitUntil(step.stage.go_without.isVisible, timeout=LOADS_MS)
    step.stage.go_without.setFocus()
    sitting.go()
    sitting.at(RoomStep)
    assert sitting.page.parts.watch.state is CameraState.OFF
    sitting.go()
    assert sitting.at(SayStep).player.frame is None


@pytest.mark.slow
@pytest.mark.parametrize("leaving", ["esc", "other page"])
def test_leaving_while_it_is_filmed_leaves_nothing(begun: Begun, films: Path, leaving: str) -> None:
    sitting = begun(ana=FILMED, ben=FILMED, film=alone(films, ANA))
    sitting.until_sees(Watching.MOMENT)
    sitting.go()
    sitting.qtbot.waitUntil(lambda: len(sitting.couple.recordings().result()) == 1, timeout=LOADS_MS)
    if leaving == "esc":
        sitting.press(Qt.Key.Key_Escape)
        sitting.qtbot.waitUntil(lambda: sitting.page.showing is sitting.page.home)
    else:
        sitting.qtbot.keyClick(sitting.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert sitting.page.parts.watch.state is CameraState.OFF
    sitting.qtbot.waitUntil(lambda: sitting.couple.recordings().result() == (), timeout=LOADS_MS)
    sitting.until_no_film_lies_there()
    assert sitting.moments() == ()


@pytest.mark.slow
def test_a_film_that_breaks_off_while_it_is_written_to_its_end_is_gone(begun: Begun, films: Path) -> None:
    sitting = begun(ana=FILMED, ben=FILMED, film=alone(films, ANA))
    failed: list[BaseException] = []
    sitting.page.parts.bridge.failed.connect(failed.append)
    step = sitting.until_sees(Watching.MOMENT)
    sitting.go()
    sitting.qtbot.waitUntil(lambda: step._film is not None, timeout=LOADS_MS)
    going_on = Event()
    sitting.services.background.submit(going_on.wait)
    sitting.qtbot.waitUntil(lambda: step._film is None, timeout=LOADS_MS)
    step._paused(paused=True)
    going_on.set()
    sitting.until_no_film_lies_there()
    told: list[object] = []
    for count in (1, 2):  # what the history said before was heard before
        sitting.page.parts.bridge.deliver(sitting.couple.people(), told.append)
        sitting.qtbot.waitUntil(lambda count=count: len(told) == count)  # type: ignore[misc]
    assert failed == []
    assert sitting.couple.recordings().result() == ()


@pytest.mark.slow
def test_a_face_alone_is_asked_about_where_it_may_be_of_who_did_not_agree(begun: Begun, films: Path) -> None:
    sitting = begun(ana=ALL, ben=CAMERA, film=alone(films, ANA))
    step = sitting.until_camera(Watching.LIVE)
    sitting.qtbot.waitUntil(lambda: len(step.stage.who.buttons) == 1, timeout=LOADS_MS)
    assert not step.go.isEnabled()
    assert "Ben did not agree" in step.note.text()
    sitting.press(Qt.Key.Key_1)
    sitting.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)


@pytest.mark.slow
def test_who_comes_late_is_not_read_where_it_may_be_who_did_not_agree(begun: Begun, films: Path) -> None:
    film = in_turn(films, empty(films, seconds=8), alone(films, BEN, seconds=20))
    sitting = begun(ana=ALL, ben=CAMERA, film=film)
    step = sitting.until_sees(Watching.LIVE)
    sitting.go()  # with nobody in the picture
    seen: list[Any] = []
    step.stage.faces.connect(seen.extend)
    sitting.qtbot.waitUntil(lambda: len(seen) > 20, timeout=LOADS_MS)
    assert step.stage.asks
    assert all(face.landmarks is None for face in seen)


def test_what_cannot_be_kept_is_said_and_tried_again(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = begun()
    sitting.until_shown()
    step = sitting.until_told()
    with monkeypatch.context() as full:
        full.setattr(
            sitting.couple, "keep", lambda _moment: settled(StorageError("storage.locked", path="here"))
        )
        sitting.press(Qt.Key.Key_3)
        sitting.qtbot.waitUntil(step.isEnabled)
    assert sitting.now is step
    sitting.press(Qt.Key.Key_3)
    sitting.at(CoveredStep)
    assert len(sitting.moments()) == 1


def test_leaving_while_it_is_kept_keeps_it_and_shows_nothing_more(
    begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun()
    sitting.until_shown()
    sitting.until_told()
    slowly: Future[Moment] = Future()
    keep, kept = sitting.couple.keep, []
    with monkeypatch.context() as slow:
        slow.setattr(sitting.couple, "keep", lambda moment: kept.append(keep(moment).result()) or slowly)
        sitting.press(Qt.Key.Key_3)
    gone = sitting.round
    sitting.page.leave()
    sitting.qtbot.waitUntil(lambda: not isValid(gone))
    slowly.set_result(kept[0])
    sitting.until_heard()
    assert sitting.page.showing is sitting.page.home
    assert sitting.moments() == tuple(kept)


@pytest.mark.slow
def test_passing_while_it_is_measured_stays_passed(
    begun: Begun, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(ana=ALL, ben=ALL, film=alone(films, ANA))
    step = sitting.until_sees(Watching.LIVE)
    sitting.go()
    slowly: Future[Any] = Future()
    monkeypatch.setattr(step.stage.seeing, "end", lambda _neutral: slowly)
    sitting.go()
    step.skip.click()
    sitting.qtbot.waitUntil(lambda: not isValid(step))
    slowly.set_result(None)
    sitting.until_heard()
    sitting.at(BetweenStep)


@pytest.mark.slow
def test_a_measurement_that_fails_is_told_and_it_begins_anew(
    begun: Begun, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(ana=ALL, ben=ALL, film=alone(films, ANA))
    failed: list[BaseException] = []
    sitting.page.parts.bridge.failed.connect(failed.append)
    step = sitting.until_sees(Watching.LIVE)
    sitting.go()
    monkeypatch.setattr(
        step.stage.seeing, "end", lambda _neutral: settled(StorageError("storage.locked", path="here"))
    )
    sitting.go()
    sitting.qtbot.waitUntil(lambda: bool(failed))
    sitting.qtbot.waitUntil(step.go.isEnabled, timeout=LOADS_MS)
    assert step.go.text() == "Ana begins"
