"""Open up before a camera: the film that is scrubbed, what is measured only where that was agreed to."""

from concurrent.futures import Future
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from attune.affect.reading import Source
from attune.app.partner.couple import Agreed, Kind, Moment
from attune.app.partner.open_up import Told
from attune.errors import StorageError
from attune.ui.partner.handing import HandOver
from attune.ui.partner.open_up import speaking
from attune.ui.partner.open_up.choose import ChoosePage
from attune.ui.partner.open_up.enough import EnoughPage
from attune.ui.partner.open_up.felt import FeltPage
from attune.ui.partner.open_up.marks import MarksPage
from attune.ui.partner.open_up.page import OpenUpPage
from attune.ui.partner.open_up.rating import RatingPage
from attune.ui.partner.open_up.speaking import SpeakingPage
from attune.ui.partner.saying import SayStep
from attune.ui.partner.stage import recorder
from attune.ui.widgets.dialogs import Question
from tests.futures import settled
from tests.partner_films import alone, dark, in_turn, side_by_side
from tests.ui import rounds
from tests.ui.rounds import Opener

ANA = ("lena-happiness-100",)  # smiles every few seconds
BEN = ("hiro-neutral-100-1",)
SPOKEN_S = 4.0


class Round(rounds.Round):
    """Ana, on the right of her mirror's picture, and Ben; they agreed to this."""

    round: OpenUpPage

    def __init__(
        self, qtbot: QtBot, open_window: Opener, film: Path, agreed: Agreed, ben: Agreed | None = None
    ) -> None:
        super().__init__(qtbot, open_window, "open_up", ana=agreed, ben=ben or agreed, film=film)
        qtbot.waitUntil(lambda: self.round.showing is not None)

    def at(self, kind: type) -> object:
        self.qtbot.waitUntil(lambda: isinstance(self.round.showing, kind))
        return self.round.showing

    def begin(self, *, reading: bool) -> SpeakingPage:
        """Ana begins; where faces are looked for, it is said first which is hers."""
        assert isinstance(self.round.showing, ChoosePage)
        self.press(Qt.Key.Key_Return)
        page = self.round.showing
        assert isinstance(page, SpeakingPage)
        stage = page.stage
        assert stage is not None
        if reading:
            self.qtbot.waitUntil(lambda: len(stage.who.buttons) == 2)
            assert not page.ready
            self.press(Qt.Key.Key_2)
            self.qtbot.waitUntil(lambda: page.ready)
        self.qtbot.waitUntil(page.act_button.isEnabled)
        self.press(Qt.Key.Key_Space)
        assert page.clock.began_ns is not None
        return page

    def speak(self, *, reading: bool) -> None:
        page = self.begin(reading=reading)
        self.press(Qt.Key.Key_Right)

        def spoken() -> bool:
            speech = page.speech
            return speech is not None and speech.lasts_s >= SPOKEN_S

        self.qtbot.waitUntil(spoken)
        self.press(Qt.Key.Key_Space)
        assert isinstance(self.round.showing, HandOver)
        assert not self.page.parts.watch.is_on

    def tell(self) -> None:
        """Ana marks and rates, Ben guesses, up to how it felt."""
        self.press(Qt.Key.Key_3)
        self.press(Qt.Key.Key_Right)
        self.press(Qt.Key.Key_Right)
        self.press(Qt.Key.Key_2)
        self.press(Qt.Key.Key_Return)
        self.at(RatingPage)
        self.press(Qt.Key.Key_Return)
        self.at(HandOver)
        self.press(Qt.Key.Key_Return)
        step = self.at(SayStep)
        assert isinstance(step, SayStep)
        self.qtbot.keyClick(step.feeling, Qt.Key.Key_0)
        self.at(RatingPage)
        self.press(Qt.Key.Key_Return)
        self.at(FeltPage)

    def uncovered(self) -> str:
        page = self.round.showing
        assert isinstance(page, FeltPage)
        self.qtbot.keyClick(page.reveal_button, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: page.score is not None)
        assert page.score is not None
        return "\n".join(label.text() for label in page.score.findChildren(QLabel))

    def moment(self) -> Moment:
        (kept,) = self.couple.moments(kind=Kind.OPEN_UP).result(10)
        return kept


@pytest.fixture(autouse=True)
def _no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is one here, Qt would find out aloud."""
    monkeypatch.setattr(recorder, "usual_microphone", lambda: None)


@pytest.fixture(scope="session")
def couple_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return side_by_side(tmp_path_factory.mktemp("films"), ANA, BEN)


@pytest.mark.slow
def test_a_film_is_scrubbed_sealed_and_what_the_face_showed_stands_beside_what_was_told(
    qtbot: QtBot, open_window: Opener, couple_film: Path
) -> None:
    all_of_it = Agreed(camera=True, recording=True, reading=True)
    a_round = Round(qtbot, open_window, couple_film, all_of_it)
    a_round.speak(reading=True)
    a_round.press(Qt.Key.Key_Return)
    page = a_round.at(MarksPage)
    assert isinstance(page, MarksPage)
    qtbot.waitUntil(lambda: page.player.frame is not None)
    page.line.setFocus()
    a_round.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.player.frame is not None and page.player.frame.time_ns > 2.5e9)
    a_round.press(Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: page.player.frame is not None and page.player.frame.time_ns < 0.3e9)
    a_round.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.line.time_s > 0.5)  # it plays, and the line goes along
    a_round.press(Qt.Key.Key_Home)
    a_round.tell()

    kept = a_round.moment()
    (film,) = a_round.couple.recordings().result(10)
    assert kept.recording == film.id
    assert film.seconds == pytest.approx(SPOKEN_S, abs=1.5)
    assert film.path.read_bytes()[:4] != b"\x1aE\xdf\xa3"  # no plain Matroska
    assert kept.expressed is not None
    assert kept.expressed.source is Source.MEASURED
    told = Told.from_json(kept.told)
    assert told.shown is not None
    assert len(told.shown["units"]) == len(told.marks) == 2
    assert any("AU12" in {code for code, _, _ in units} for units in told.shown["units"])
    said = a_round.uncovered()
    assert "face showed" in said
    assert "mouth corners pulled up" in said
    assert "never all of it" in said

    page_felt = a_round.round.showing
    assert isinstance(page_felt, FeltPage)
    page_felt.vetoed.emit()
    a_round.at(ChoosePage)
    assert a_round.couple.recordings().result(10) == ()
    assert not film.path.exists()


@pytest.mark.slow
def test_with_the_camera_alone_nothing_is_filmed_or_measured(
    qtbot: QtBot, open_window: Opener, couple_film: Path
) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True))
    assert isinstance(a_round.round.showing, ChoosePage)
    assert a_round.round.showing.film.isHidden()
    a_round.speak(reading=False)
    a_round.press(Qt.Key.Key_Return)
    page = a_round.at(MarksPage)
    assert isinstance(page, MarksPage)
    assert page.view.isHidden()
    a_round.tell()
    kept = a_round.moment()
    assert kept.recording is None
    assert kept.expressed is None
    assert Told.from_json(kept.told).shown is None
    assert a_round.couple.recordings().result(10) == ()
    assert "face" not in a_round.uncovered()


@pytest.mark.slow
def test_who_stops_leaves_no_film(qtbot: QtBot, open_window: Opener, couple_film: Path) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True, recording=True))
    page = a_round.begin(reading=False)
    stage = page.stage
    assert stage is not None
    qtbot.waitUntil(lambda: stage.sign.said.startswith("Recording"))
    qtbot.waitUntil(lambda: page.speech is not None)
    a_round.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(page))  # nobody presses before the page is gone
    assert isinstance(a_round.round.showing, EnoughPage)
    assert not a_round.page.parts.watch.is_on
    a_round.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: a_round.couple.recordings().result(10) == ())
    assert a_round.couple.moments().result(10) == ()


@pytest.mark.slow
def test_closing_the_window_while_it_is_filmed_leaves_no_thread(
    qtbot: QtBot, open_window: Opener, couple_film: Path
) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True, recording=True))
    page = a_round.begin(reading=False)
    stage = page.stage
    assert stage is not None
    qtbot.waitUntil(lambda: stage.sign.said.startswith("Recording"))
    busy = Event()
    a_round.services.background.submit(busy.wait, 5)  # so that what is asked of it may be dropped
    a_round.window.close()
    assert not a_round.page.parts.watch.is_on
    busy.set()


@pytest.mark.slow
def test_going_elsewhere_while_speaking_turns_the_camera_off_and_loses_nothing(
    qtbot: QtBot, open_window: Opener, couple_film: Path
) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True))
    page = a_round.begin(reading=False)
    qtbot.waitUntil(lambda: page.speech is not None)
    qtbot.keyClick(a_round.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert not a_round.page.parts.watch.is_on
    qtbot.keyClick(a_round.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    enough = a_round.round.showing
    assert isinstance(enough, EnoughPage)
    assert enough.keep_button.isVisible()


@pytest.mark.slow
def test_only_whoever_speaks_is_measured_and_only_where_they_agreed(
    qtbot: QtBot, open_window: Opener, couple_film: Path
) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True, reading=True), Agreed(camera=True))
    choosing = a_round.round.showing
    assert isinstance(choosing, ChoosePage)
    qtbot.keyClick(choosing.swap_button, Qt.Key.Key_Return)
    choosing.begin_button.setFocus()
    page = a_round.begin(reading=False)  # Ben speaks
    assert page.stage is not None
    assert page.stage.seeing is None


@pytest.mark.slow
def test_a_camera_that_is_covered_stops_the_time_and_they_go_on_without_it(
    qtbot: QtBot, open_window: Opener, tmp_path: Path
) -> None:
    film = in_turn(tmp_path, alone(tmp_path, ANA, seconds=4), dark(tmp_path, ANA, seconds=6, light=0.0))
    a_round = Round(qtbot, open_window, film, Agreed(camera=True, recording=True))
    page = a_round.begin(reading=False)
    stage = page.stage
    assert stage is not None
    qtbot.waitUntil(lambda: page.clock.paused)
    assert page.time.said == "The time stands still."
    spoken = page.clock.seconds(speaking.now_ns())
    assert stage.go_without.isVisible()
    qtbot.keyClick(stage.go_without, Qt.Key.Key_Return)
    assert not page.clock.paused
    assert not a_round.page.parts.watch.is_on
    ((at_s, lasted_s),) = page.clock.pauses
    assert at_s == pytest.approx(spoken)
    assert lasted_s > 0
    qtbot.waitUntil(lambda: page.act_button.isEnabled() and page.speech is not None)
    page.setFocus()
    a_round.press(Qt.Key.Key_Space)
    assert isinstance(a_round.round.showing, HandOver)
    qtbot.waitUntil(lambda: a_round.couple.recordings().result(10) == ())


@pytest.mark.slow
def test_a_film_whole_only_after_they_have_left_is_gone(
    qtbot: QtBot, open_window: Opener, couple_film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True, recording=True))
    slowly: Future[None] = Future()
    asked: list[int] = []
    monkeypatch.setattr(a_round.couple, "end_recording", lambda film, _s: asked.append(film) or slowly)
    a_round.speak(reading=False)
    a_round.press(Qt.Key.Key_Return)
    page = a_round.at(MarksPage)
    assert isinstance(page, MarksPage)
    qtbot.waitUntil(lambda: bool(asked))
    a_round.page.leave()
    a_round.page.findChildren(Question)[-1].yes.click()
    qtbot.waitUntil(lambda: not isValid(page))
    slowly.set_result(None)
    heard: list[object] = []
    a_round.page.parts.bridge.post(lambda: heard.append(1))
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.waitUntil(lambda: a_round.couple.recordings().result(10) == ())


@pytest.mark.slow
def test_a_film_that_cannot_be_made_whole_is_told_and_gone(
    qtbot: QtBot, open_window: Opener, couple_film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_round = Round(qtbot, open_window, couple_film, Agreed(camera=True, recording=True))
    full = StorageError("storage.locked", path="here")
    monkeypatch.setattr(a_round.couple, "end_recording", lambda _film, _s: settled(full))
    failed: list[BaseException] = []
    a_round.page.parts.bridge.failed.connect(failed.append)
    a_round.speak(reading=False)
    qtbot.waitUntil(lambda: failed == [full])
    qtbot.waitUntil(lambda: a_round.couple.recordings().result(10) == ())
