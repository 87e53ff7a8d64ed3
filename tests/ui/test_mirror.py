"""Mirror in the real window: as a game of two, and with films for a camera and the real model."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from attune.app import studio
from attune.app.cast import Cast, _load_faces
from attune.app.faces import Faces
from attune.app.futures import after
from attune.app.partner import mirror
from attune.app.partner.couple import Agreed, Kind, Moment
from attune.app.partner.mirror import Mirrored, Model, Models, Near, Shown
from attune.ui.partner.mirror.drawn import DrawnTurn
from attune.ui.partner.mirror.near import AfterPage, NearPage
from attune.ui.partner.mirror.page import BeginPage, Mirror
from attune.ui.partner.mirror.partner import PartnerTurn
from attune.ui.partner.mirror.turn import TurnPage
from attune.ui.video.camera_state import CameraState
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.widgets.dialogs import Question
from tests.partner_films import alone, side_by_side
from tests.ui.rounds import Opener, Round, texts

LOADS_MS = 30_000
NOTHING = Agreed()
CAMERA = Agreed(camera=True)
READ = Agreed(camera=True, reading=True)


class Game(Round):
    """The round; Ben mirrors unless somebody says otherwise."""

    round: Mirror

    @property
    def now(self) -> Any:
        return self.round.showing

    def moments(self) -> tuple[Moment, ...]:
        return self.couple.moments(kind=Kind.MIRROR).result()

    def begin(self, shown: Shown) -> TurnPage:
        page = self.now
        assert isinstance(page, BeginPage)
        assert page.options is not None
        page.options.buttons[shown].click()
        self.qtbot.waitUntil(page.begun.isEnabled, timeout=LOADS_MS)
        page.begun.setFocus()
        self.press(Qt.Key.Key_Return)
        assert isinstance(self.now, TurnPage)
        return self.now

    def say(self, near: Near) -> AfterPage:
        assert isinstance(self.now, NearPage)
        self.press({Near.ALIKE: Qt.Key.Key_1, Near.NEARLY: Qt.Key.Key_2}[near])
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: isinstance(self.now, AfterPage))
        assert isinstance(self.now, AfterPage)
        return self.now


Begun = Callable[..., Game]


@pytest.fixture
def begun(qtbot: QtBot, open_window: Opener) -> Begun:
    quiet_multimedia()

    def begin(**rest: Any) -> Game:
        return Game(qtbot, open_window, "mirror", **rest)

    return begin


@pytest.fixture
def _soon_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clips hold an expression for a second or two, of which a loaded machine measures little."""
    monkeypatch.setattr(mirror, "HELD_NS", 300_000_000)


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def test_between_the_two_of_them_by_keys(begun: Begun) -> None:
    game = begun()
    words = game.services.words
    page = game.now
    assert isinstance(page, BeginPage)
    assert page.note.text() == words("partner_mirror.measure.no_camera")
    turn = game.begin(Shown.PARTNER)
    assert isinstance(turn, PartnerTurn)
    assert turn.stage is None
    assert turn.card.isHidden()
    assert "Ana, show something" in turn.title.text()
    idea = turn.idea.text()
    turn.another_idea.setFocus()
    game.press(Qt.Key.Key_Return)
    assert turn.idea.text() != idea
    turn.done_button.setFocus()
    game.press(Qt.Key.Key_Space)
    after = game.say(Near.NEARLY)
    assert after.said.text() == "Ana says: Nearly alike."
    (moment,) = game.moments()
    assert [moment.shower, moment.noticer] == [person.id for person in game.couple.people().result()]
    assert moment.units == ()
    assert Mirrored.from_json(moment.told) == Mirrored(shown=Shown.PARTNER, near=Near.NEARLY)
    after.swap_button.setFocus()
    game.press(Qt.Key.Key_Return)
    assert isinstance(game.now, PartnerTurn)
    assert "Ben, show something" in game.now.title.text()


@pytest.mark.slow
def test_somebody_drawn_is_mirrored_without_any_camera(qtbot: QtBot, begun: Begun) -> None:
    game = begun()
    turn = game.begin(Shown.DRAWN)
    assert isinstance(turn, DrawnTurn)
    assert turn.stage is None
    first = turn.model
    qtbot.waitUntil(
        lambda: turn.view.held or (turn.view._drawing and turn.view.drawn.image is not None), timeout=LOADS_MS
    )
    game.press(Qt.Key.Key_R)
    assert turn.model is first
    game.press(Qt.Key.Key_N)
    assert turn.model is not None
    assert first is not None
    assert turn.model.expression != first.expression
    turn.done_button.setFocus()
    game.press(Qt.Key.Key_Return)
    assert isinstance(game.now, NearPage)
    assert not game.now.done_button.isEnabled()
    game.now.pass_button.click()
    qtbot.waitUntil(lambda: isinstance(game.now, AfterPage))
    (moment,) = game.moments()
    told = Mirrored.from_json(moment.told)
    assert (told.expression, told.near, told.held) == (turn.model.expression, None, None)
    game.now.delete_button.click()
    game.page.findChildren(Question)[0].yes.click()
    qtbot.waitUntil(lambda: isinstance(game.now, BeginPage))
    assert game.moments() == ()


def test_whoever_leaves_before_anybody_can_be_drawn_is_at_home(
    qtbot: QtBot, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: Future[Faces] = Future()
    monkeypatch.setattr(Cast, "faces", lambda _self: late)
    game = begun()
    assert isinstance(game.now, BeginPage)
    game.page.leave()
    qtbot.waitUntil(lambda: not isValid(game.round))
    late.set_result(_load_faces())
    came: list[object] = []
    bridge = game.page.parts.bridge
    found = after(game.services.library.starter(), lambda _clips: game.couple.people())
    bridge.deliver(found, came.append)
    qtbot.waitUntil(lambda: bool(came), timeout=LOADS_MS)
    bridge.post(lambda: came.append(None))
    qtbot.waitUntil(lambda: len(came) == 2)
    assert game.page.showing is game.page.home


def test_said_twice_it_is_one_moment(qtbot: QtBot, begun: Begun) -> None:
    game = begun()
    game.begin(Shown.PARTNER).done_button.click()
    near = game.now
    assert isinstance(near, NearPage)
    near.pass_button.click()
    near.pass_button.click()
    qtbot.waitUntil(lambda: isinstance(game.now, AfterPage))
    assert len(game.moments()) == 1


@pytest.mark.slow
@pytest.mark.usefixtures("built_once")
def test_with_a_graphics_card_they_are_drawn_live(
    qtbot: QtBot, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "is_software", lambda _context: False)
    monkeypatch.setattr(studio, "FINE", studio.COARSE)
    monkeypatch.setattr(studio, "SAMPLES", 0)
    only(monkeypatch, "Ana", "surprise")
    turn = begun().begin(Shown.DRAWN)
    assert isinstance(turn, DrawnTurn)
    qtbot.waitUntil(lambda: turn.view.drawn.image is not None, timeout=2 * LOADS_MS)
    assert turn.view.drawn.isVisible()
    qtbot.keyClick(turn, Qt.Key.Key_R)
    assert turn.view.drawn.isVisible()


@pytest.mark.parametrize(("person", "said"), [("Lena", "Lena shows it"), ("Ben", "Somebody drawn shows it")])
def test_somebody_drawn_is_not_called_as_one_of_the_two_is(
    begun: Begun, monkeypatch: pytest.MonkeyPatch, person: str, said: str
) -> None:
    only(monkeypatch, person, "surprise")
    turn = begun().begin(Shown.DRAWN)
    assert isinstance(turn, DrawnTurn)
    assert turn.caption.text() == said


@pytest.mark.parametrize(
    ("ana", "ben", "drawn", "partner"),
    [
        (NOTHING, READ, "no_camera", "no_camera"),
        (CAMERA, CAMERA, "nobody", "nobody"),
        (READ, CAMERA, "nobody", "nobody"),
        (CAMERA, READ, "drawn", "not_other"),
        (READ, READ, "drawn", "partner"),
    ],
)
def test_it_is_said_who_is_measured_and_why_not(
    begun: Begun, ana: Agreed, ben: Agreed, drawn: str, partner: str
) -> None:
    game = begun(ana=ana, ben=ben)
    names = {"name": "Ben", "other": "Ana"}
    words, page = game.services.words, game.now
    assert isinstance(page, BeginPage)
    assert page.options is not None
    assert page.note.text() == words(f"partner_mirror.measure.{drawn}", **names)
    page.options.buttons[Shown.PARTNER].click()
    assert page.note.text() == words(f"partner_mirror.measure.{partner}", **names)
    page.who.button("one").click()
    assert (
        page.options.buttons[Shown.PARTNER]
        .accessibleName()
        .endswith(words("partner_mirror.begin.partner.title", other="Ben"))
    )


def until_on(qtbot: QtBot, turn: TurnPage) -> None:
    assert turn.stage is not None
    stage = turn.stage
    qtbot.waitUntil(lambda: stage.watch.state is CameraState.ON, timeout=LOADS_MS)


def only(monkeypatch: pytest.MonkeyPatch, person: str, expression: str) -> None:
    """This one is drawn, showing this."""
    draw = Models.draw

    def wanted(models: Models) -> Model:
        model = draw(models)
        while (model.person, model.expression) != (person, expression):
            model = draw(models)
        return model

    monkeypatch.setattr(Models, "draw", wanted)


@pytest.mark.slow
def test_without_the_camera_they_go_on_between_the_two_of_them(
    qtbot: QtBot, begun: Begun, tmp_path: Path
) -> None:
    game = begun(ana=READ, ben=READ, film=tmp_path / "unplugged.mkv")
    turn = game.begin(Shown.PARTNER)
    assert isinstance(turn, PartnerTurn)
    assert turn.stage is not None
    qtbot.waitUntil(turn.stage.trouble.isVisible, timeout=LOADS_MS)
    assert turn.card.said.text() == game.services.words("partner_mirror.guide.paused")
    turn.stage.go_without.click()
    assert turn.stage.isHidden()
    assert turn.card.isHidden()
    assert turn.done_button.isVisible()
    turn.done_button.click()
    game.say(Near.ALIKE)
    (moment,) = game.moments()
    assert Mirrored.from_json(moment.told) == Mirrored(shown=Shown.PARTNER, near=Near.ALIKE)


@pytest.mark.slow
def test_the_camera_is_a_mirror_where_nobody_is_read(qtbot: QtBot, begun: Begun, films: Path) -> None:
    game = begun(ana=READ, ben=CAMERA, film=alone(films, "ben-happiness-100"))
    turn = game.begin(Shown.DRAWN)
    until_on(qtbot, turn)
    assert turn.stage is not None
    assert turn.stage.sign.isVisible()
    assert turn.stage.seeing is None
    assert turn.card.isHidden()
    turn.enough_button.click()
    assert game.page.parts.watch.state is CameraState.OFF


@pytest.mark.slow
@pytest.mark.usefixtures("_soon_held")
def test_who_shows_the_same_is_told_so_and_it_is_kept(
    qtbot: QtBot, begun: Begun, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, "Ben", "happiness")
    film = alone(films, ("ben-neutral-100-1", "ben-happiness-100"), seconds=8.0)
    game = begun(ana=CAMERA, ben=READ, film=film)
    turn = game.begin(Shown.DRAWN)
    until_on(qtbot, turn)
    # Ana may be the one before the camera, and did not agree to be measured: nobody is before it is said.
    stage = turn.stage
    assert stage is not None
    qtbot.waitUntil(lambda: stage.asks, timeout=LOADS_MS)
    assert turn.following is not None
    assert turn.following.face is None
    game.press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: turn.card.said.text().startswith("There it is"), timeout=LOADS_MS)
    turn.done_button.click()
    after = game.say(Near.ALIKE)
    assert "near, too" in " ".join(texts(after))
    (moment,) = game.moments()
    assert Mirrored.from_json(moment.told).held is True
    assert "AU12" in {code for code, _, _ in moment.units}
    assert game.page.parts.watch.state is CameraState.OFF


@pytest.mark.slow
def test_who_shows_another_face_hears_what_would_bring_it_nearer(
    qtbot: QtBot, begun: Begun, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, "Ana", "anger")
    game = begun(ana=READ, ben=READ, film=alone(films, "ben-happiness-100"))
    turn = game.begin(Shown.DRAWN)
    words = game.services.words
    brows = words("partner_mirror.more.AU4")
    qtbot.waitUntil(lambda: turn.card.said.text() == brows, timeout=LOADS_MS)
    assert turn.guide is not None
    assert turn.guide.held is False


@pytest.mark.slow
@pytest.mark.usefixtures("_soon_held")
def test_of_two_the_one_who_shows_is_taken_and_the_other_followed(
    qtbot: QtBot, begun: Begun, films: Path
) -> None:
    calm_then_happy = "ana-neutral-100-1", "ana-happiness-100"
    film = side_by_side(films, calm_then_happy, calm_then_happy, seconds=12.0)
    game = begun(ana=READ, ben=READ, film=film)
    turn = game.begin(Shown.PARTNER)
    assert isinstance(turn, PartnerTurn)
    assert turn.stage is not None
    who = turn.stage.who
    qtbot.waitUntil(lambda: len(who.buttons) == 2, timeout=LOADS_MS)
    assert game.services.words("partner_mirror.turn.whose_shown", other="Ana") in texts(who)
    assert turn.card.said.text() == game.services.words("partner_mirror.guide.take_looking", other="Ana")
    game.press(Qt.Key.Key_Space)
    assert turn.take_button.isVisible()  # there is nothing to take yet
    game.press(Qt.Key.Key_1)
    stage = turn.stage
    qtbot.waitUntil(lambda: stage.chosen is not None)
    shown = stage.chosen
    ready = game.services.words("partner_mirror.guide.take_ready")
    qtbot.waitUntil(lambda: turn.card.said.text() == ready, timeout=LOADS_MS)
    taking = turn._taking
    assert taking is not None
    qtbot.waitUntil(lambda: min(taking.units.get("AU12", (0.0, 0.0))) > 0.6, timeout=LOADS_MS)
    game.press(Qt.Key.Key_Space)
    assert turn.title.text() == "Ben, now you."
    assert turn.still._image is not None
    qtbot.waitUntil(lambda: turn.following is not None and turn.following.face not in (None, shown))
    guide = turn.guide
    assert guide is not None
    qtbot.waitUntil(lambda: guide.held is True, timeout=LOADS_MS)
    turn.done_button.click()
    game.say(Near.ALIKE)
    (moment,) = game.moments()
    assert Mirrored.from_json(moment.told) == Mirrored(shown=Shown.PARTNER, near=Near.ALIKE, held=True)
    assert "AU12" in {code for code, _, _ in moment.units}
