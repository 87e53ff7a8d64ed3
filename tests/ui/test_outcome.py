"""What each protocol came to, out of real sessions over the starter set, on its page."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.app.practice import Answer, CardRecord, Outcome, PracticeSession, Trial
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.threshold import By, FindTheThreshold
from attune.app.protocols.trial import Brief, Follow
from attune.app.services import Services
from attune.resources import Words
from attune.ui.practice.outcome import OutcomePage
from attune.ui.practice.outcome_cards import cards_card
from attune.ui.practice.outcome_summary import channels
from attune.ui.practice.threshold_chart import ThresholdChart
from attune.ui.theme import Theme
from attune.ui.widgets.table import Table

Answering = Callable[[Trial], Answer]


def told(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel))


def meant(trial: Trial) -> str:
    top = scored_reference(trial.clip).top
    return top if top in trial.choices else trial.choices[-1]


def answer(trial: Trial, label: str, *, late_ms: float = 0.0) -> Answer:
    shown_ms = trial.show.asked_ms + late_ms if isinstance(trial.show, Brief) else None
    return Answer(label=label, intensity=0.5, confidence=0.7, response_ms=900.0, shown_ms=shown_ms)


def knowing(trial: Trial) -> Answer:
    return answer(trial, meant(trial))


@pytest.fixture
def run(
    qtbot: QtBot, services: Services, theme: Theme
) -> Callable[..., tuple[OutcomePage, PracticeSession, Outcome]]:
    """Drive a session to its end, or for ``most`` trials, and show what it came to."""
    clip_set = services.library.starter().result(20)

    def go(setup: Setup, answering: Answering = knowing, *, most: int = 10_000) -> Any:
        session = services.practice.start(clip_set, setup, measure=False, seed=5).result(20)
        for _ in range(most):
            trial = session.current
            if trial is None:
                break
            if isinstance(trial.ask, Follow):
                session.begin_trace().result(10)
                for second in range(24):
                    times = [second + tick / 30 for tick in range(30)]
                    session.add_samples([(t, (t % 7) / 7 - 0.5) for t in times]).result(10)
                session.advance(session.end_trace().result(10))
            else:
                session.advance(session.answer(answering(trial)).result(10))
        outcome = session.finish().result(10)
        page = OutcomePage(services, theme)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        page.show_outcome(session, outcome)
        return page, session, outcome

    return go


def test_reading_the_moment_tells_shares_and_answers(qtbot: QtBot, run: Callable[..., Any]) -> None:
    def missing_one(trial: Trial) -> Answer:
        other = "anger" if meant(trial) != "anger" else "fear"
        return answer(trial, other if trial.position == 0 else meant(trial))

    page, session, _outcome = run(ReadTheMoment(trials=5), missing_one)
    missed = f"You said {session.answered[0].record.chosen}. "
    for part in ("4 of 5", "somewhere between", "Emotion by emotion", missed):
        assert part in told(page)
    with qtbot.waitSignal(page.again):
        qtbot.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.history_wanted):
        page.history_button.click()


def test_a_session_left_early_says_so(run: Callable[..., Any]) -> None:
    page, _session, outcome = run(ReadTheMoment(trials=5), most=2)
    assert not outcome.complete
    assert "you can go on with it" in told(page)


def test_brief_moments_are_told_by_duration_and_late_ones_do_not_count(run: Callable[..., Any]) -> None:
    page, _session, outcome = run(
        BriefMoments(trials=6), lambda t: answer(t, meant(t), late_ms=100.0 if t.position == 2 else 0.0)
    )
    assert outcome.unscored == 1
    for part in ("500 ms", "350 ms", "One moment was on the screen", "(Not counted", "5 of 5"):
        assert part in told(page)


@pytest.mark.parametrize("by", list(By))
def test_a_threshold_is_told_in_words_as_a_chart_and_in_a_table(
    qtbot: QtBot, run: Callable[..., Any], by: By
) -> None:
    page, _session, outcome = run(FindTheThreshold(by=by, emotions=("fear",), most=12))
    assert "You recognise fear" in told(page)
    assert "likely between" in told(page)
    (chart,) = page.findChildren(ThresholdChart)
    quest = outcome.thresholds["fear"]
    assert chart.count() == len(quest.points)
    with qtbot.waitSignal(chart.chosen) as chosen:
        qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chosen.args == [0]
    assert f"{quest.points[0].caught} of {quest.points[0].shown}" in told(page)
    (table,) = page.findChildren(Table)
    assert len(table.words()) == len(quest.points)


def test_a_contrast_is_told_beside_its_bar(run: Callable[..., Any]) -> None:
    page, _session, outcome = run(Contrast(pair=("fear", "surprise")))
    assert outcome.d_prime >= 1.5
    assert "Telling fear from surprise" in told(page)
    assert f" = {outcome.d_prime:.1f}: you tell the two apart" in told(page)
    page, _session, outcome = run(Contrast(pair=("fear", "surprise")), most=4)
    assert outcome.d_prime is None
    assert "Too few clips" in told(page)


def test_a_check_up_says_nothing_of_single_clips_and_tells_change_with_care(
    run: Callable[..., Any],
) -> None:
    page, session, _outcome = run(CheckUp())
    assert "first check-up" in told(page)
    assert "scale of abilities" in told(page)
    assert session.answered[0].sentences[0] not in told(page)
    page, _session, outcome = run(CheckUp(), lambda trial: answer(trial, trial.choices[0]))
    change = outcome.checked.since_first
    assert change.reliable
    assert "Since the first check-up it has become less, by more than chance explains" in told(page)
    assert "Since the last" not in told(page)


def test_daily_practice_says_what_comes_next_and_when(
    qtbot: QtBot, run: Callable[..., Any], theme: Theme
) -> None:
    page, _session, outcome = run(Daily(minutes=4))
    assert outcome.cards
    assert "What comes next, and when" in told(page)
    cards = [
        CardRecord(
            one="fear",
            other="surprise",
            channel="picture",
            band="full",
            due=f"2026-03-{day:02}T12:00:00.000+00:00",
            state={"last_share": 0.75},
        )
        for day in (2, 1, 8)
    ]
    card = cards_card(Words(), theme, cards, date(2026, 3, 1))
    qtbot.addWidget(card)
    for part in ("again today", "again tomorrow", "again in 7 days, 8 March"):
        assert part in told(card)


def test_traces_are_told_clip_by_clip(run: Callable[..., Any]) -> None:
    page, session, _outcome = run(FollowAlong(trials=2))
    assert "You followed 2 clips to their ends" in told(page)
    for feedback in session.traced:
        assert feedback.record.person in told(page)


def test_channels_are_told_apart(run: Callable[..., Any], theme: Theme, qtbot: QtBot) -> None:
    _page, _session, outcome = run(ReadTheMoment(trials=5))
    (summary,) = outcome.channels.values()
    card = channels(Words(), theme, {"picture": summary, "sound": summary})
    qtbot.addWidget(card)
    assert "Picture |" in told(card)
    assert "Sound" in told(card)
