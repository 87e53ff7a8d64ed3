"""What ``attune bench`` measures of brief moments: whether they stand as long as they should."""

from __future__ import annotations

import time

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from attune.app.settings import Settings
from attune.ui.bench_loop import until
from attune.ui.shell import themed
from attune.ui.video.moment import Moment, Stage

HZ = 60.0
FRAMES = (2, 3, 5, 8, 11, 15)  # of the screen: 33 to 250 ms
CALM_MS = 60.0
SIDE = 512  # px, of the pictures


def moments(app: QApplication, count: int) -> dict[str, float]:
    """Show ``count`` moments in a window of their own: ``within`` one frame of what was asked, as a share.

    ``worst_ms``: the largest difference between what was asked and what was measured.
    """
    stage = Stage(themed(app, Settings()))
    stage.set_pictures(*(_picture(grey) for grey in (90, 160)))
    stage.resize(SIDE, SIDE)
    stage.show()
    until(lambda: stage.put(0) is not None)
    moment = Moment(stage, stage, clock=time.monotonic_ns)
    shown: list[float | None] = []
    moment.over.connect(shown.append)
    slips, differences = 0, []
    for number in range(count):
        frames = FRAMES[number % len(FRAMES)]
        moment.run(frames=frames, hz=HZ, calm_ms=CALM_MS)
        until(lambda wanted=number + 1: len(shown) == wanted)  # type: ignore[misc]
        found = shown[-1]
        slips += found is None or abs(found - 1000 * frames / HZ) > 1000 / HZ
        differences += [] if found is None else [abs(found - 1000 * frames / HZ)]
    stage.close()
    stage.deleteLater()
    return {"within": 1 - slips / count, "shown": count, "worst_ms": max(differences, default=0.0)}


def _picture(grey: int) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(grey * 0x010101)
    return image
