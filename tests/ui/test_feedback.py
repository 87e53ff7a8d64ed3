"""What feedback teaches with: curves, stills, what it is taken for, what to look for; how it was shown."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source, certain
from attune.app.cast import Cast
from attune.app.practice import Answer, Feedback, PracticeSession
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.protocols.trial import Brief, Held
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.drawn import Painter
from attune.ui.practice.feedback import FeedbackPage
from attune.ui.theme import Theme
from attune.ui.video.quiet import quiet_multimedia
from tests.futures import settled

MS = 1_000_000


def told(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


class Decoder:
    """Stands in for the measuring process: a still for every time asked for, and notes of what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[int]]] = []
        self.broken = ""

    def stills(self, path: Any, times_ns: list[int]) -> Future[Any]:
        self.asked.append((path.name, list(times_ns)))
        if self.broken and self.broken in path.name:
            return settled(OSError("damaged"))
        return settled([np.full((40, 40, 3), 90, dtype=np.uint8) for _ in times_ns])


Heard = tuple[FeedbackPage, Feedback, Decoder]


@pytest.fixture
def hear(
    qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Heard]]:
    """Answer trials of the starter set until one is wanted, and hear back."""
    quiet_multimedia()
    clip_set = services.library.starter().result(20)

    def go(
        setup: Setup,
        wanted: Callable[[Any], bool] = lambda _trial: True,
        *,
        measured: Any = None,
        broken: str = "",
        late_ms: float | None = 0.0,
    ) -> Heard:
        session = services.practice.start(clip_set, setup, measure=False, seed=5).result(20)
        feedback = answered_until(session, wanted, late_ms)
        page = FeedbackPage(services, bridge, theme)
        qtbot.addWidget(page, before_close_func=lambda widget: widget.close_clip())
        decoder = Decoder()
        decoder.broken = broken
        page._measurer = decoder  # type: ignore[assignment]
        if measured is not None:
            monkeypatch.setattr(session, "measured", lambda _trial: settled(measured))
        page.resize(1000, 800)
        page.show()
        page.show_feedback(feedback, session, last=False)
        return page, feedback, decoder

    return go


def answered_until(
    session: PracticeSession, wanted: Callable[[Any], bool], late_ms: float | None
) -> Feedback:
    while (trial := session.current) is not None:
        asked_ms = trial.show.asked_ms if isinstance(trial.show, Brief) else None
        shown_ms = None if asked_ms is None or late_ms is None else asked_ms + late_ms
        label = trial.clip.references[0].top
        said = Answer(label=label, intensity=0.5, confidence=0.7, response_ms=900.0, shown_ms=shown_ms)
        feedback = session.answer(said).result(10)
        if wanted(trial):
            return feedback
        session.advance(feedback)
    raise AssertionError("no such trial")


def fear(trial: Any) -> bool:
    return bool(trial.clip.references[0].top == "fear")


def a_measurement() -> Any:
    landmarks = np.full((3, 478, 3), 0.5, dtype=np.float32)
    landmarks[:, 0, :2], landmarks[:, 1, :2] = 0.25, 0.75
    track = SimpleNamespace(
        time_ns=np.array([0, 40 * MS, 80 * MS]),
        face=np.ones(3, dtype=np.bool_),
        landmarks=landmarks,
        index_at=lambda _time_ns: 0,
    )
    units = tuple(SimpleNamespace(code=code, side="both", amount=0.8) for code in ("AU4", "AU20"))
    expressed = SimpleNamespace(
        reading=certain(Source.MEASURED, "fear", intensity=0.8), neutral_ns=0, apex_ns=80 * MS
    )
    return SimpleNamespace(
        track=track, units=units, expressed=expressed, course=lambda _unit: np.array([0.0, 0.5, 0.8])
    )


def test_what_moved_is_drawn_over_time_and_one_sentence_says_what_to_look_for(
    qtbot: QtBot, hear: Callable[..., Heard]
) -> None:
    page, _feedback, decoder = hear(ReadTheMoment(trials=8), fear, measured=a_measurement())
    qtbot.waitUntil(lambda: len(page.replay.curves.shown) == 2)
    assert page.replay.curves.shown[0].amounts == (0.0, 0.5, 0.8)
    qtbot.waitUntil(lambda: "What tells fear from surprise here" in told(page))
    assert "lips stretched" in told(page)
    assert decoder.asked[0][1] == [0, 80 * MS]


def test_the_same_person_shows_what_it_is_easily_taken_for(qtbot: QtBot, hear: Callable[..., Heard]) -> None:
    page, feedback, decoder = hear(ReadTheMoment(trials=8), fear, measured=a_measurement())
    qtbot.waitUntil(lambda: page.stills.other._image is not None)
    assert feedback.beside is not None
    assert feedback.beside.person == feedback.trial.clip.person
    assert decoder.asked[1] == (feedback.beside.file.name, [round((feedback.beside.apex_s or 0) * 1e9)])
    assert "Surprise, for which it is easily taken" in told(page)


def test_a_picture_of_the_other_that_cannot_be_had_leaves_the_rest(
    qtbot: QtBot, hear: Callable[..., Heard]
) -> None:
    page, _feedback, _decoder = hear(
        ReadTheMoment(trials=8), fear, measured=a_measurement(), broken="surprise"
    )
    qtbot.waitUntil(lambda: page.stills.apex._image is not None)
    qtbot.waitUntil(lambda: not page.stills.other.isVisible())
    assert page.stills.isVisible()


def test_without_measuring_the_stills_are_those_the_set_states(
    qtbot: QtBot, hear: Callable[..., Heard]
) -> None:
    page, feedback, decoder = hear(ReadTheMoment(trials=8), fear)
    qtbot.waitUntil(lambda: page.stills.apex._image is not None)
    assert decoder.asked[0][1] == [0, round((feedback.trial.clip.apex_s or 0) * 1e9)]
    assert not page.replay.curves.isVisible()


@pytest.mark.parametrize(
    ("late_ms", "part"),
    [
        (0.0, "You saw it for 500 ms"),
        (90.0, "for 590 ms instead of 500 ms, so this moment does not count"),
        (None, "how long it really was cannot be told"),
    ],
)
def test_a_brief_moment_says_how_long_it_was_and_whether_it_counts(
    qtbot: QtBot, hear: Callable[..., Heard], late_ms: float | None, part: str
) -> None:
    page, feedback, _decoder = hear(BriefMoments(trials=2), late_ms=late_ms)
    assert feedback.record.scored is (late_ms == 0.0)
    qtbot.waitUntil(lambda: part in told(page))


def test_a_clip_that_was_held_says_how_far_it_had_come(qtbot: QtBot, hear: Callable[..., Heard]) -> None:
    page, feedback, _decoder = hear(FindTheThreshold(emotions=("fear",)))
    assert isinstance(feedback.trial.show, Held)
    said = f"You saw it up to {feedback.trial.show.intensity:.0%}"
    qtbot.waitUntil(lambda: said in told(page))


def test_a_drawn_face_that_cannot_be_drawn_again_leaves_a_clip(
    qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet_multimedia()
    monkeypatch.setattr(Cast, "replay", lambda *_args, **_rest: settled(None))
    clip_set = services.library.starter().result(20)
    everybody = tuple({clip.person for clip in clip_set.clips})
    setup = FindTheThreshold(emotions=("surprise",), most=1, drawn=everybody)
    session = services.practice.start(clip_set, setup, measure=True, seed=5).result(20)
    feedback = answered_until(session, lambda trial: trial.drawn is not None, None)
    assert session.measured(feedback.trial) is None  # a clip nobody saw is no reference
    page = FeedbackPage(services, bridge, theme, painter=Painter(services.cast, bridge))
    qtbot.addWidget(page, before_close_func=lambda widget: widget.close_clip())
    page.resize(1000, 800)
    page.show()
    page.show_feedback(feedback, session, last=True)
    qtbot.waitUntil(lambda: page.replay.player.frame is not None)
    assert services.words("feedback.drawn.clip_instead") in told(page)
    assert page.stills.isHidden()
