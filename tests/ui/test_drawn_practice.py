"""Practising with somebody who is drawn, in the real window, as where a graphics card is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from attune.app import studio
from attune.app.cast import Cast
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.contrast import ALONE, Contrast
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.protocols.trial import Beside, Brief, Held
from attune.errors import PersonError
from attune.ui.drawn.player import DrawnPlayer
from attune.ui.practice import PracticePage
from tests.ui.conftest import Begun

PATIENCE_MS = 60_000


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor passes for a graphics card, and does not refine what it draws."""
    monkeypatch.setattr(studio, "is_software", lambda _context: False)
    monkeypatch.setattr(studio, "FINE", studio.COARSE)
    monkeypatch.setattr(studio, "SAMPLES", 0)


def answer(qtbot: QtBot, page: PracticePage, *keys: Qt.Key) -> None:
    assert page._session is not None
    count = len(page._session.answered)
    for key in keys:
        qtbot.keyClick(page.showing.focusWidget() or page.showing, key)
    session = page._session
    qtbot.waitUntil(lambda: len(session.answered) == count + 1, timeout=PATIENCE_MS)


@pytest.mark.slow
@pytest.mark.usefixtures("card")
def test_a_threshold_is_drawn_held_and_answered(qtbot: QtBot, begun: Begun) -> None:
    page, services = begun(FindTheThreshold(emotions=("surprise",), most=2))
    assert not page.notice.isVisible()
    session = page._session
    assert session is not None
    for _ in range(2):
        trial = session.current
        assert trial is not None
        assert trial.drawn is not None
        assert isinstance(trial.show, Held)
        with qtbot.waitSignal(page.trial.stage.ended, timeout=PATIENCE_MS):
            pass  # it has grown to its strength
        assert page.trial.stage.drawn.image is not None
        answer(qtbot, page, Qt.Key.Key_1, Qt.Key.Key_Return)
    (first, second) = services.history.ask(lambda store: store.answers(session.session_id)).result()
    for kept in (first, second):
        assert kept.shown["drawn"]["intensity"] == kept.shown["intensity"]
        assert kept.response_ms is not None
    assert first.shown["drawn"] != second.shown["drawn"]


@pytest.mark.slow
@pytest.mark.usefixtures("card")
def test_a_pair_is_drawn_side_by_side(qtbot: QtBot, begun: Begun) -> None:
    page, _services = begun(Contrast(pair=("fear", "surprise"), most=ALONE + 1))
    session = page._session
    assert session is not None
    while not isinstance(session.current and session.current.show, Beside):
        answer(qtbot, page, Qt.Key.Key_1, Qt.Key.Key_Return)
        qtbot.keyClick(page.showing.focusWidget() or page.showing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.beside)
    left, right = (stage.drawn for stage in page.beside.stages)
    qtbot.waitUntil(lambda: left.image is not None and right.image is not None, timeout=PATIENCE_MS)
    assert left._person == right._person
    answer(qtbot, page, Qt.Key.Key_Left)


@pytest.mark.slow
@pytest.mark.usefixtures("card")
def test_a_moment_is_drawn_before_it_is_shown(qtbot: QtBot, begun: Begun) -> None:
    page, _services = begun(BriefMoments(trials=1))
    qtbot.waitUntil(page.brief.side.isVisible, timeout=PATIENCE_MS)
    calm, stirred = page.brief.stage._images
    assert calm.size() == stirred.size()
    assert calm != stirred
    answer(qtbot, page, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert page._session is not None
    (feedback,) = page._session.answered
    assert feedback.record.scored
    assert feedback.record.shown["drawn"]["expression"] == feedback.trial.clip.references[0].top


def drawn_again(qtbot: QtBot, page: PracticePage) -> DrawnPlayer:
    """The replay of what was just answered, once its first picture shows."""
    qtbot.waitUntil(lambda: page.showing is page.feedback)
    replay = page.feedback.replay
    qtbot.waitUntil(lambda: replay.player.frame is not None, timeout=PATIENCE_MS)
    assert isinstance(replay.player, DrawnPlayer)
    return replay.player


@pytest.mark.slow
@pytest.mark.usefixtures("card")
def test_an_answer_opened_again_shows_the_very_face_that_was_drawn(qtbot: QtBot, begun: Begun) -> None:
    page, services = begun(FindTheThreshold(emotions=("surprise",), most=1))
    assert page._session is not None
    trial = page._session.current
    assert trial is not None
    assert trial.drawn is not None
    with qtbot.waitSignal(page.trial.stage.ended, timeout=PATIENCE_MS):
        pass
    answer(qtbot, page, Qt.Key.Key_1, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.review, timeout=PATIENCE_MS)
    page.review.buttons[0].setFocus()
    qtbot.keyClick(page.review.buttons[0], Qt.Key.Key_Space)
    player = drawn_again(qtbot, page)
    feedback, replay = page.feedback, player._replay
    assert replay is not None
    assert (replay.drawn, player.playing) == (trial.drawn, True)
    assert [curve.name for curve in feedback.replay.curves.shown]
    qtbot.waitUntil(lambda: feedback.stills.apex._image is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: feedback.stills.neutral._image is not None, timeout=PATIENCE_MS)
    assert feedback.stills.apex._image != feedback.stills.neutral._image
    # Space holds it, a full stop and a comma step by frames.
    qtbot.keyClick(page.showing, Qt.Key.Key_Space)
    assert not player.playing
    for key, frame in ((Qt.Key.Key_Period, 1), (Qt.Key.Key_Period, 2), (Qt.Key.Key_Comma, 1)):
        if frame == 1 and key is Qt.Key.Key_Period:
            player.seek(0)
        with qtbot.waitSignal(
            player.frame_came,
            timeout=PATIENCE_MS,
            check_params_cb=lambda shown, frame=frame: shown.time_ns == replay.begins_ns(frame),
        ):
            qtbot.keyClick(page.showing, key)
    said = services.words("feedback.drawn.moved", units="").removesuffix(".")
    assert any(label.text().startswith(said) for label in feedback.findChildren(QLabel))


@pytest.mark.slow
@pytest.mark.usefixtures("card")
def test_a_brief_moment_is_shown_again_as_brief(qtbot: QtBot, begun: Begun) -> None:
    page, _services = begun(BriefMoments(trials=1))
    qtbot.waitUntil(page.brief.side.isVisible, timeout=PATIENCE_MS)
    assert page._session is not None
    show = page._session.current and page._session.current.show
    assert isinstance(show, Brief)
    answer(qtbot, page, Qt.Key.Key_1, Qt.Key.Key_Return)
    replay = drawn_again(qtbot, page)._replay
    assert replay is not None
    assert replay.fps == show.hz
    assert replay.amounts.any(axis=1).sum() == show.frames


@pytest.mark.usefixtures("card")
def test_who_cannot_be_drawn_is_left_out_of_the_count(
    qtbot: QtBot, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_args: object, **_rest: object) -> None:
        raise PersonError("person.unreadable", file="x.toml", problem="gone")

    monkeypatch.setattr(Cast, "figure", nobody)
    page, services = begun(FindTheThreshold(emotions=("surprise",), most=40))
    session = page._session
    assert session is not None
    qtbot.waitUntil(lambda: session.current is None or session.current.position > 0, timeout=PATIENCE_MS)
    skips = services.history.ask(lambda store: store.skips(session.session_id)).result()
    assert skips
    page.header.leaving.emit()


def test_without_a_card_clips_are_shown_and_that_is_said_once(qtbot: QtBot, begun: Begun) -> None:
    page, services = begun(BriefMoments(trials=2))
    assert page.notice.isVisible()
    assert page.notice.message == services.words("practice.drawn.not_here")
    assert page._session is not None
    assert page._session.current is not None
    assert page._session.current.drawn is None
    assert services.settings.current.told_of_clips
    page._finish()
    qtbot.waitUntil(lambda: page.showing is page.start)
    page.notice.hide()
    page.start.begun.emit(services.library.starter().result(), BriefMoments(trials=2))
    qtbot.waitUntil(lambda: page.showing is not page.start, timeout=PATIENCE_MS)
    assert not page.notice.isVisible()
