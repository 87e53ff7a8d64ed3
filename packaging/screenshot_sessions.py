"""Sessions of every protocol, brought to where a picture of them is wanted. Used by screenshots.py."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import sin

from PySide6.QtCore import QEventLoop, QTimer

from attune.app.practice import Answer, PracticeSession, Trial
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.threshold import By, FindTheThreshold
from attune.app.protocols.trial import Brief, Follow, Held
from attune.app.services import Services
from attune.ui.practice import PracticePage

FOLLOWED_MS = 2500  # into a reel
REEL_S = 24
HELD_NS = 1_300_000_000  # into an expression that was drawn, when it is there
LAG_S = 2.0  # of the made-up person
OUTCOMES: dict[str, Setup] = {
    "outcome-read": ReadTheMoment(trials=8),
    "outcome-threshold": FindTheThreshold(emotions=("fear",), most=24),
    "outcome-duration": FindTheThreshold(by=By.DURATION, emotions=("sadness",), most=24),
    "outcome-contrast": Contrast(pair=("fear", "surprise"), bar=1.5),
    "outcome-checkup": CheckUp(),
    "outcome-brief": BriefMoments(trials=20),
    "outcome-daily": Daily(minutes=6),
    "outcome-follow": FollowAlong(trials=2),
}


def wait(milliseconds: int) -> None:
    """Let the window do its work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], bool]) -> None:
    """Let the window do its work until the condition holds."""
    while not condition():
        wait(50)


class Sessions:
    """Goes to places in sessions as a person does; ``places`` by name."""

    def __init__(self, fresh: Callable[[], PracticePage], services: Services) -> None:
        """``fresh`` gives the practice page at its start."""
        self._fresh = fresh
        self._services = services
        self._chance = random.Random(4)  # noqa: S311 - made-up answers
        self.places: dict[str, Callable[[], None]] = {
            "brief": self._brief,
            "brief-feedback": self._brief_feedback,
            "drawn-feedback": self._drawn_feedback,
            "follow": lambda: self._follow(("valence",)),
            "pad": lambda: self._follow(("valence", "arousal")),
            "follow-answer": self._follow_answer,
            **{name: self._outcome(setup) for name, setup in OUTCOMES.items()},
        }

    def _start(self, setup: Setup, *, measure: bool = False) -> PracticeSession:
        clip_set = self._services.library.starter().result()
        return self._services.practice.start(clip_set, setup, measure=measure, seed=3).result()

    def _brief(self) -> None:
        page = self._page = self._fresh()
        page._started(self._start(BriefMoments(), measure=True))  # noqa: SLF001 - the page's own way in
        until(self._page.brief.side.isVisible)
        self._page.brief.side.choices.choose(5)

    def _brief_feedback(self) -> None:
        self._brief()
        self._page.brief.side.confirm()
        until(lambda: self._page.showing is self._page.feedback)
        until(self._page.feedback.replay.lines_button.isEnabled)
        wait(FOLLOWED_MS)

    def _drawn_feedback(self) -> None:
        """Drawn by the processor, where there is no graphics card."""
        page = self._page = self._fresh()
        everybody = tuple({clip.person for clip in self._services.library.starter().result().clips})
        page._started(self._start(Contrast(pair=("fear", "surprise"), drawn=everybody)))  # noqa: SLF001 - as above
        until(lambda: page.trial.stage.drawn.image is not None)
        page.trial.choices.choose(1)
        page.trial.confirm()
        until(lambda: page.showing is page.feedback)
        until(lambda: page.feedback.stills.other._image is not None)  # noqa: SLF001 - as above
        page.feedback.replay.player.seek(HELD_NS)
        wait(FOLLOWED_MS)

    def _follow(self, axes: tuple[str, ...]) -> None:
        self._page = self._fresh()
        self._page._started(self._start(FollowAlong(trials=1, axes=axes)))  # noqa: SLF001 - as above
        self._page.follow.toggle()
        self._page.follow.tracer.move_to(0.5, 0.4)
        wait(FOLLOWED_MS)

    def _follow_answer(self) -> None:
        self._page = self._fresh()
        session = self._start(FollowAlong(trials=1, axes=("valence",)))
        self._answer(session)
        (feedback,) = session.traced
        self._page._session = session  # noqa: SLF001 - as above
        self._page._show(self._page.trace_answer)  # noqa: SLF001 - as above
        self._page.trace_answer.show_trace(session, feedback, last=True)

    def _outcome(self, setup: Setup) -> Callable[[], None]:
        def go() -> None:
            self._page = self._fresh()
            session = self._start(setup)
            while session.current is not None:
                self._answer(session)
            self._page._ended = session, session.finish().result()  # noqa: SLF001 - as above
            self._page._show_outcome()  # noqa: SLF001 - as above

        return go

    def _answer(self, session: PracticeSession) -> None:
        trial = session.current
        assert trial is not None
        if isinstance(trial.ask, Follow):
            self._trace(session)
        else:
            session.advance(session.answer(self._say(trial)).result())

    def _say(self, trial: Trial) -> Answer:
        """The fainter or shorter, the less often it is recognised."""
        meant, show = scored_reference(trial.clip).top, trial.show
        likely = 0.85
        if isinstance(show, Held):
            likely = min(0.95, 0.1 + 1.6 * show.intensity)
        elif isinstance(show, Brief):
            likely = min(0.95, 0.2 + show.asked_ms / 350)
        said = meant if self._chance.random() < likely else self._chance.choice(trial.choices)
        late = 60.0 if self._chance.random() < 0.05 else 0.0
        shown_ms = show.asked_ms + late if isinstance(show, Brief) else None
        sure = self._chance.choice((0.5, 0.7, 0.9))
        return Answer(
            label=said,
            intensity=0.6,
            confidence=max(sure, 1 / len(trial.choices)),
            response_ms=self._chance.uniform(800, 2500),
            shown_ms=shown_ms,
        )

    def _trace(self, session: PracticeSession) -> None:
        """Follows what was drawn, a little late, and at one place goes its own way."""
        session.begin_trace().result()
        material = session._protocol.material  # noqa: SLF001 - what was drawn is not to be had otherwise
        from attune.app.protocols.follow_along import drawn_trace  # noqa: PLC0415

        trial = session.current
        assert trial is not None
        drawn = drawn_trace(material, trial.show, trial.ask.axes)  # type: ignore[arg-type,union-attr]
        assert drawn is not None
        for second in range(REEL_S):
            times = [second + tick / 30 for tick in range(30)]
            session.add_samples(
                [(t, *(self._followed(drawn, axis, t) for axis in trial.ask.axes)) for t in times]  # type: ignore[union-attr]
            ).result()
        session.advance(session.end_trace().result())

    def _followed(self, drawn: object, axis: str, time_s: float) -> float:
        times, values = drawn["time_s"], drawn[axis]  # type: ignore[index]
        place = min(range(len(times)), key=lambda n: abs(times[n] - (time_s - LAG_S)))
        own_way = 0.7 if 11 < time_s < 15 else 0.0
        return max(-1.0, min(1.0, 0.8 * values[place] + own_way + 0.06 * sin(3 * time_s)))
