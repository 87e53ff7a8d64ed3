"""Show and tell, brought to where a picture of it is wanted. Used by screenshots_partner.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from screenshot_sessions import until, wait

from attune.app.partner.show_and_tell import Giving, Watching
from attune.ui.partner.handing import HandOver
from attune.ui.partner.saying import SayStep
from attune.ui.partner.show_and_tell.begin import BeginStep
from attune.ui.partner.show_and_tell.card import CardStep, ListStep, NumberStep, WordStep
from attune.ui.partner.show_and_tell.page import ShowAndTellPage
from attune.ui.partner.show_and_tell.say import SeenStep
from attune.ui.partner.show_and_tell.told import CoveredStep, ToldStep
from attune.ui.partner.show_and_tell.watch import CameraStep, RoomStep

if TYPE_CHECKING:
    from screenshots_partner import PartnerViews

SETTLES_MS = 400
SHOWS_MS = 6000  # until the face in the film has shown something
LABEL = 3  # the number of what is said in a made-up turn: sadness


class ShowViews:
    """Plays a turn by its buttons until a step of the kind wanted shows."""

    def __init__(self, partner: PartnerViews) -> None:
        self._partner = partner
        self._said = 0

    def at(
        self,
        kind: type[QWidget],
        *,
        watching: Watching = Watching.ROOM,
        giving: Giving = Giving.HAND_OVER,
        reading: bool = True,
        differ: bool = False,
        nth: int = 1,
    ) -> None:
        """``nth``: which step of that kind; ``differ``: the two name different feelings."""
        page = self._partner.began("show_and_tell", reading=reading)
        assert isinstance(page, ShowAndTellPage)
        self._said = 0
        met: list[QWidget] = []
        while True:
            step = page.showing
            assert step is not None
            if isinstance(step, kind) and step not in met:
                met.append(step)
                if len(met) == nth:
                    self._settle(page, step, watching)
                    return
            if isinstance(step, BeginStep):
                step.watching.choose(watching)
                step.giving.choose(giving)
            self._go_on(page, step, differ=differ)

    def _settle(self, page: ShowAndTellPage, step: QWidget, watching: Watching) -> None:
        if isinstance(step, CardStep):
            step.private.uncover()
            while not _is_sad(step):
                step.other.click()
                assert isinstance(page.showing, CardStep)
                step = page.showing
        if isinstance(step, CameraStep):
            self._camera(step)
            if watching is Watching.MOMENT:
                step.go.click()
                until(lambda: "4" in step.said.text())
        if isinstance(step, SayStep):
            self._say(step, LABEL)
        wait(SETTLES_MS)

    def _camera(self, step: CameraStep) -> None:
        until(lambda: step.go.isEnabled() or step.stage.asks)
        wait(SETTLES_MS * 3)  # both faces are found by then
        if step.stage.asks:
            step.stage.who.buttons[-1].click()  # Ana, on the right
        until(step.go.isEnabled)

    def _say(self, step: SayStep, number: int) -> None:
        step.feeling.choices.choose(number)
        step.feeling.strength.slider.setValue(60 if self._said else 45)
        step.feeling.sureness.slider.setValue(70)

    def _go_on(self, page: ShowAndTellPage, step: QWidget, *, differ: bool) -> None:
        if isinstance(step, CameraStep):
            self._show(step)
        elif isinstance(step, SayStep):
            self._say(step, LABEL + (differ and self._said == 2))
            self._said += 1
            step.feeling.confirm_button.click()
        else:
            if isinstance(step, NumberStep):
                step.field.setText("4711")
            elif isinstance(step, CardStep):
                step.private.uncover()
            elif isinstance(step, CoveredStep):
                step.measured.setChecked(True)
            sad = not isinstance(step, CardStep) or _is_sad(step)
            (_button(step) if sad else step.other).click()
        until(lambda: page.showing is not step)

    def _show(self, step: CameraStep) -> None:
        self._camera(step)
        begins = step.go.text()
        step.go.click()
        if step._reads and step._watching is Watching.LIVE:  # noqa: SLF001 - as far as a person sees it
            until(lambda: step.go.text() != begins)
            wait(SHOWS_MS)
            step.go.click()


def show_views(partner: PartnerViews) -> dict[str, Callable[[], object]]:
    """Places by name."""
    views = ShowViews(partner)
    live, moment = Watching.LIVE, Watching.MOMENT
    return {
        "show": lambda: views.at(BeginStep),
        "show-plain": lambda: views.at(BeginStep, reading=False),
        "show-hand": lambda: views.at(HandOver),
        "show-card": lambda: views.at(CardStep),
        "show-number": lambda: views.at(NumberStep, giving=Giving.NUMBER),
        "show-word": lambda: views.at(WordStep, giving=Giving.WORD),
        "show-list": lambda: _list(views, partner),
        "show-room": lambda: views.at(RoomStep),
        "show-live": lambda: views.at(CameraStep, watching=live),
        "show-moment": lambda: views.at(CameraStep, watching=moment),
        "show-notice": lambda: views.at(SayStep),
        "show-notice-film": lambda: views.at(SayStep, watching=moment),
        "show-own": lambda: views.at(SayStep, nth=2),
        "show-tell": lambda: views.at(SayStep, nth=3),
        "show-seen": lambda: views.at(SeenStep),
        "show-covered": lambda: views.at(CoveredStep, watching=live),
        "show-told": lambda: views.at(ToldStep, watching=live),
        "show-told-plain": lambda: views.at(ToldStep, differ=True),
    }


def _is_sad(step: CardStep) -> bool:
    """Whether the card fits what the film, and so the picture, shows."""
    return any(label.text() == "Sadness" for label in step.findChildren(QLabel))


def _button(step: QWidget) -> QAbstractButton:
    """What leads on."""
    if isinstance(step, SeenStep):
        return step.buttons[3]
    for name in ("here", "go", "take", "over", "show_it"):
        if hasattr(step, name):
            found = getattr(step, name)
            assert isinstance(found, QAbstractButton)
            return found
    raise TypeError(type(step).__name__)


def _list(views: ShowViews, partner: PartnerViews) -> None:
    views.at(BeginStep)
    page = partner._running.window.page.showing  # noqa: SLF001 - the window these views are of
    page.showing.lists[page._pair.one.id].click()  # noqa: SLF001 - as above
    page.showing.here.click()
    assert isinstance(page.showing, ListStep)
