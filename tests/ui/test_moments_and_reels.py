"""Brief moments and following along through the real window with the real starter set, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.trial import Brief, Reel
from attune.ui.practice import PracticePage
from tests.ui.conftest import Begun

PATIENCE_MS = 30_000
TRIALS = 3


def told(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(qtbot: QtBot, page: PracticePage, key: Qt.Key) -> None:
    qtbot.keyClick(page.showing.focusWidget() or page.showing, key)


@pytest.mark.slow
def test_brief_moments_are_shown_measured_answered_and_kept(qtbot: QtBot, begun: Begun) -> None:
    page, services = begun(BriefMoments(trials=TRIALS))
    for number in range(TRIALS):
        qtbot.waitUntil(lambda: page.showing is page.brief, timeout=PATIENCE_MS)
        assert page._session is not None
        trial = page._session.current
        assert trial is not None
        assert isinstance(trial.show, Brief)
        qtbot.waitUntil(page.brief.side.isVisible, timeout=PATIENCE_MS)
        meant = trial.clip.references[0].top
        press(qtbot, page, Qt.Key(Qt.Key.Key_1 + trial.choices.index(meant)))
        press(qtbot, page, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.showing is page.feedback, timeout=PATIENCE_MS)
        (*_, feedback) = page._session.answered
        shown_ms = feedback.record.shown["shown_ms"]
        assert shown_ms >= trial.show.asked_ms - 1
        said = f"{shown_ms:.0f} ms"
        qtbot.waitUntil(lambda said=said: said in told(page.feedback), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: page.feedback.stills.apex._image is not None, timeout=PATIENCE_MS)
        assert len(page._session.answered) == number + 1
        press(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.outcome, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "500 ms" in told(page.outcome), timeout=PATIENCE_MS)
    (session,) = services.history.sessions().result()
    assert session.session.id is not None
    for answer in services.history.session(session.session.id).result().answers:
        assert answer.shown["kind"] == "brief"
        assert answer.shown["shown_ms"] > 0
        assert answer.response_ms is not None


@pytest.mark.slow
def test_a_moment_that_stood_too_long_says_that_it_does_not_count(qtbot: QtBot, begun: Begun) -> None:
    page, _services = begun(BriefMoments(trials=1))
    late = page.brief.stage.put

    def put(place: int) -> int | None:
        when = late(place)
        return None if when is None else when + (place == 0) * 100_000_000  # a screen that was busy

    page.brief.stage.put = put  # type: ignore[method-assign]
    qtbot.waitUntil(page.brief.side.isVisible, timeout=PATIENCE_MS)
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.feedback, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "this moment does not count" in told(page.feedback))
    press(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.outcome, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "counts neither for nor against you" in told(page.outcome))


@pytest.mark.slow
def test_a_reel_is_followed_to_its_end_and_both_curves_are_shown(qtbot: QtBot, begun: Begun) -> None:
    page, services = begun(FollowAlong(trials=1))
    assert page.showing is page.follow
    assert page._session is not None
    trial = page._session.current
    assert trial is not None
    assert isinstance(trial.show, Reel)
    press(qtbot, page, Qt.Key.Key_Space)
    for part in trial.show.parts[1:]:
        qtbot.waitUntil(lambda at=part.starts_s: page.follow.reel.time_s > at + 0.5, timeout=PATIENCE_MS)
        press(qtbot, page, Qt.Key.Key_Left if part.starts_s % 2 < 1 else Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.showing is page.trace_answer, timeout=PATIENCE_MS)
    press(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.outcome, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "You followed one clip" in told(page.outcome))
    (session,) = services.history.sessions().result()
    session_id = session.session.id
    (trace,) = services.history.ask(lambda store: store.traces.of_session(session_id or 0)).result()
    assert trace.ended_at is not None
    assert trace.reference is not None
    assert trace.samples[-1][0] > trial.show.parts[-1].starts_s + 1
    assert len(trace.samples) > 20 * 20  # of 30 a second, however busy the computer is
