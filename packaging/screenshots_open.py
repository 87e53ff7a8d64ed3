"""Open up, brought to where a picture of it is wanted. Used by screenshots_partner.py.

What the face showed over a minute is made up, as the listener's hand is: nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import sin
from random import Random
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from screenshot_sessions import until, wait

from attune.affect.reading import Reading, Source
from attune.app.partner.open_up import Mark, Told, Way
from attune.app.partner.prompts import Depth, prompts
from attune.ui.partner.handing import HandOver
from attune.ui.partner.open_up.choose import ChoosePage
from attune.ui.partner.open_up.deeper import DeeperPage
from attune.ui.partner.open_up.enough import EnoughPage
from attune.ui.partner.open_up.felt import FeltPage
from attune.ui.partner.open_up.marks import MarksPage
from attune.ui.partner.open_up.page import OpenUpPage
from attune.ui.partner.open_up.rating import RatingPage
from attune.ui.partner.open_up.speaking import SpeakingPage
from attune.ui.partner.saying import SayStep

if TYPE_CHECKING:
    from screenshots_partner import PartnerViews

SETTLES_MS = 400
SPOKEN_S = 62.0  # of which two or three really pass before a camera
PROMPT = "wished_you_there"
TOLD = ((4.0, "sadness", 0.4, -0.3), (21.0, "fear", 0.6, -0.7), (40.0, "happiness", 0.7, 0.6))
RATINGS, GUESSES = (80, 65, 90), (75, 40, 85)
SECONDS = range(round(SPOKEN_S))
SHOWN = {
    "time_s": [float(second) for second in SECONDS],
    "valence": [None if 30 < second < 34 else 0.35 * sin((second - 38) / 9) - 0.05 for second in SECONDS],
    "arousal": [0.2 * sin(second / 7) for second in SECONDS],
    "units": [[("AU15", "both", 0.4), ("AU1", "both", 0.3)], [], [("AU12", "both", 0.6)]],
}
MEASURED = Reading(
    source=Source.MEASURED, labels={"happiness": 0.7, "sadness": 0.3}, intensity=0.5, by="Attune's reading"
)


class OpenViews:
    """Plays a turn by its buttons until a page of the kind wanted shows."""

    def __init__(self, partner: PartnerViews) -> None:
        self._partner = partner

    def at(
        self,
        kind: type[QWidget],
        *,
        nth: int = 1,
        way: Way = Way.DIAL,
        reading: bool = False,
        revealed: bool = False,
        begun: bool = True,
    ) -> QWidget:
        """``nth``: which page of that kind; ``begun``: to speak; ``revealed``: they want to see more."""
        page = self._partner.began("open_up", reading=reading)
        assert isinstance(page, OpenUpPage)
        until(lambda: page.showing is not None)
        random = Random(3)  # noqa: S311 - a made-up hand
        page.chosen.way = way
        page.sitting.depth = Depth.EVERYDAY
        page.sitting.prompt = next(prompt for prompt in prompts() if prompt.key == PROMPT)
        met: list[QWidget] = []
        while True:
            step = page.showing
            assert step is not None
            if isinstance(step, kind) and step not in met:
                met.append(step)
                if len(met) == nth:
                    break
            self._go_on(page, step, kind, random)
            until(lambda step=step: page.showing is not step)
        if isinstance(step, ChoosePage):
            step.look()
        if isinstance(step, SpeakingPage) and begun:
            self._speak(step, random)
        elif isinstance(step, MarksPage):
            self._mark(step)
        elif isinstance(step, RatingPage):
            self._rate(step, GUESSES if nth == 2 else RATINGS)
        elif isinstance(step, FeltPage) and revealed:
            step.reveal_button.click()
            until(lambda: step.score is not None)
        wait(SETTLES_MS)
        return step

    def read(self) -> None:
        """How it felt, uncovered, with what the face showed."""
        felt = self.at(FeltPage)
        assert isinstance(felt, FeltPage)
        page = felt.parentWidget()
        assert isinstance(page, OpenUpPage)
        moment = felt._moment  # noqa: SLF001 - the turn that was played
        told = replace(Told.from_json(moment.told), shown=SHOWN)
        read = replace(moment, told=told.to_json(), expressed=MEASURED, revealed=True)
        page._show(FeltPage(page._parts, read, speaker="Ana", listener="Ben"))  # noqa: SLF001 - as above
        wait(SETTLES_MS)

    def _go_on(self, page: OpenUpPage, step: QWidget, kind: type[QWidget], random: Random) -> None:
        if isinstance(step, ChoosePage):
            if kind is DeeperPage:
                step.deeper.emit()
            else:
                step.begin_button.click()
        elif isinstance(step, HandOver):
            step.here.click()
        elif isinstance(step, SpeakingPage):
            self._speak(step, random)
            step.stop() if kind is EnoughPage else step.finish()
        elif isinstance(step, MarksPage):
            self._mark(step)
            step.done_button.click()
        elif isinstance(step, RatingPage):
            first = page.turn is not None and page.turn.kept is None
            self._rate(step, RATINGS if first else GUESSES)
            step.done_button.click()
        elif isinstance(step, SayStep):
            step.feeling.choices.choose(5)
            step.feeling.confirm_button.click()

    def _speak(self, step: SpeakingPage, random: Random) -> None:
        until(lambda: step.ready or (step.stage is not None and step.stage.asks))
        if step.stage is not None:
            wait(SETTLES_MS * 3)
            if step.stage.asks:
                step.stage.who.buttons[-1].click()  # on the right, as a mirror shows it
        step.begin()
        wait(2500)
        began_ns = step.clock.began_ns
        assert began_ns is not None
        step.clock.began_ns = began_ns - round((SPOKEN_S - 2.5) * 1e9)  # a minute is not waited for
        step._timer.timeout.emit()  # noqa: SLF001 - the ring of a minute later
        step._timer.stop()  # noqa: SLF001 - no other hand from here on
        step._samples = [  # noqa: SLF001 - as a hand would have moved it
            (
                place / 10,
                *(
                    max(-1.0, min(1.0, 0.5 * sin(place / 60 + axis) - 0.25 + random.gauss(0, 0.008)))
                    for axis in range(len(step.tracer.values))
                ),
            )
            for place in range(round(SPOKEN_S * 10))
        ]
        step.tracer.move_to(*(-0.35, 0.3)[: len(step.tracer.values)])
        wait(SETTLES_MS)

    def _mark(self, step: MarksPage) -> None:
        wide = len(step._way.axes)  # noqa: SLF001 - as above
        for time_s, label, strength, value in TOLD:
            step._put(  # noqa: SLF001 - as by the mouse
                Mark(time_s=time_s, label=label, intensity=strength, values=(value, -value / 2)[:wide])
            )
        step.line.go_to(TOLD[1][0])
        step.line.moved.emit(step.line.time_s)
        wait(SETTLES_MS * 3)

    def _rate(self, step: RatingPage, ratings: tuple[int, ...]) -> None:
        for line, percent in zip(step.lines.values(), ratings, strict=True):
            line.slider.setSliderDown(True)
            line.slider.setValue(percent)
            line.slider.setSliderDown(False)


def open_views(partner: PartnerViews) -> dict[str, Callable[[], object]]:
    """Places by name."""
    views = OpenViews(partner)
    return {
        "open": lambda: views.at(ChoosePage),
        "open-film": lambda: views.at(ChoosePage, reading=True),
        "open-deeper": lambda: views.at(DeeperPage),
        "open-hand": lambda: views.at(HandOver),
        "open-ready": lambda: views.at(SpeakingPage, begun=False),
        "open-who": lambda: (views.at(SpeakingPage, reading=True, begun=False), wait(SETTLES_MS * 8)),
        "open-speaking": lambda: views.at(SpeakingPage),
        "open-pad": lambda: views.at(SpeakingPage, way=Way.PAD),
        "open-listen": lambda: views.at(SpeakingPage, way=Way.LISTEN),
        "open-camera": lambda: views.at(SpeakingPage, reading=True),
        "open-camera-pad": lambda: views.at(SpeakingPage, reading=True, way=Way.PAD),
        "open-enough": lambda: views.at(EnoughPage),
        "open-marks": lambda: views.at(MarksPage),
        "open-marks-pad": lambda: views.at(MarksPage, way=Way.PAD),
        "open-marks-listen": lambda: views.at(MarksPage, way=Way.LISTEN),
        "open-marks-film": lambda: views.at(MarksPage, reading=True),
        "open-ratings": lambda: views.at(RatingPage),
        "open-guesses": lambda: views.at(RatingPage, nth=2),
        "open-noticed": lambda: views.at(SayStep),
        "open-felt": lambda: views.at(FeltPage),
        "open-score": lambda: views.at(FeltPage, revealed=True),
        "open-score-reading": views.read,
    }
