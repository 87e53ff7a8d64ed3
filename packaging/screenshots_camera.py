"""The camera in a round, with what may be the matter with it. Used by screenshots_partner.py.

It wants two people in the picture: ``screenshots.py --camera FILM``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from screenshot_sessions import until, wait

from attune.ui.partner.stage import Stage
from attune.ui.video.camera_state import CameraState
from attune.ui.video.camera_watch import Choice
from attune.ui.widgets import column

if TYPE_CHECKING:
    from screenshots_partner import PartnerViews

SETTLES_MS = 600


def camera_views(partner: PartnerViews) -> dict[str, Callable[[], object]]:
    """Places by name: who shows, who it is, and each thing that may be the matter."""
    matters = {f"camera-{state}": partial(_matter, partner, state) for state in CameraState}
    return {"camera-who": partial(_asking, partner), "camera-picked": partial(_picked, partner), **matters}


def _stage(partner: PartnerViews) -> Stage:
    partner.people()
    page = partner.page
    stage, box, inside = Stage(page.parts, readable=lambda: True), QWidget(), column()
    inside.setContentsMargins(32, 8, 32, 24)
    inside.addWidget(stage)
    box.setLayout(inside)
    page.parts.open(
        box, page.parts.words("partner.doors.show_and_tell.title"), leave=lambda go: (stage.end(), go())[-1]
    )
    stage.begin()
    return stage


def _asking(partner: PartnerViews) -> Stage:
    stage = _stage(partner)
    until(lambda: not stage.who.isHidden())
    wait(SETTLES_MS)
    return stage


def _picked(partner: PartnerViews) -> None:
    _asking(partner).who.buttons[-1].click()
    wait(SETTLES_MS)


def _matter(partner: PartnerViews, state: CameraState) -> None:
    """As if that were so, which a film never is."""
    stage = _stage(partner)
    until(lambda: stage.is_on)
    watch = stage.watch
    watch._open.close()  # noqa: SLF001 - only here it is made believe
    watch._timer.stop()  # noqa: SLF001 - as above
    assert watch.chosen is not None
    watch.chosen = Choice(watch.chosen.id, "Integrated Camera")
    watch.state = state
    watch.changed.emit()
    wait(SETTLES_MS)
