"""What ``attune bench`` measures of the drawn partner: pictures a second, and what they cost the window."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtWidgets import QApplication

from attune.app.cast import Cast
from attune.app.settings import Settings
from attune.ui.bench_loop import until
from attune.ui.bench_pulse import Pulse
from attune.ui.bridge import Bridge
from attune.ui.drawn import Painter, PartnerView
from attune.ui.shell import themed

SIDE = 512
SETTLED = 5  # pictures before counting begins


def partner(app: QApplication, seconds: float) -> dict[str, object]:
    """Let somebody surprised live on in a window of their own.

    ``rate``: pictures shown a second; ``ui_ms``: what each cost the UI thread; ``stall_ms``: the UI loop's
    delay meanwhile, 99th percentile; ``software``: whether the processor drew them.
    """
    with ThreadPoolExecutor(max_workers=1) as background:
        cast, bridge = Cast(background), Bridge()
        faces, person = cast.faces().result(), cast.everybody().result()[0]
        painter = Painter(cast, bridge)
        view = PartnerView(painter, themed(app, Settings()))
        view.resize(SIDE, SIDE)
        view.show()
        shown: list[float] = []
        view.painted.connect(lambda time_s, _clock: shown.append(time_s))
        view.show_motion(person, faces.held(faces.ready["surprise"], 1.0, alive=True))
        until(lambda: len(shown) >= SETTLED)
        shown.clear()
        pulse, begun, spent = Pulse(), time.monotonic(), time.thread_time()
        until(lambda: time.monotonic() >= begun + seconds)
        spent, lasted = time.thread_time() - spent, time.monotonic() - begun
        pulse.stop()
        bridge.close()
        painter.close()
        view.close()
        view.deleteLater()
    return {
        "rate": len(shown) / lasted,
        "ui_ms": 1000 * spent / len(shown),
        "stall_ms": pulse.late_ms(0.99),
        "software": bool(painter.software),
    }
