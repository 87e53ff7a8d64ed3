"""What ``attune bench`` measures of History: how soon it shows a long history, and how it moves."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from attune.ui.bench_loop import until

if TYPE_CHECKING:  # the window loads these when it needs them
    from attune.app.services import Services
    from attune.ui.history import HistoryPage
    from attune.ui.history.course_chart import CourseChart
    from attune.ui.history.overview import OverviewTopic
    from attune.ui.history.pace import PaceTopic
    from attune.ui.history.report import ReportTopic
    from attune.ui.main_window import MainWindow

FRAMES = 120
ROUNDS = 5


def looked_back(
    window: MainWindow, services: Services, resident_mb: Callable[[], float]
) -> dict[str, object]:
    """Open History for the first time, then anew after each change of it; a report; then move its dots.

    ``plain_ms``: all rows loaded and counted in Python; ``added_mb``: memory beyond what was held before.
    """
    before_mb = resident_mb()
    first_ms = _opened(window)
    again = []
    for _round in range(ROUNDS):
        window.show_page("settings")
        _touch(services)
        again.append(_opened(window))
    added_mb = resident_mb() - before_mb
    report_ms = _reported(window, services)
    begun = time.perf_counter()
    services.history.ask(lambda store: store.plain_tally()).result()
    plain_ms = 1000 * (time.perf_counter() - begun)
    frames = sorted(_moved(window))
    return {
        "first_ms": first_ms,
        "again_ms": sorted(again)[ROUNDS // 2],
        "report_ms": report_ms,
        "plain_ms": plain_ms,
        "frame_ms": frames[len(frames) // 2],
        "worst_frame_ms": frames[math.ceil(0.95 * len(frames)) - 1],
        "added_mb": added_mb,
    }


def _opened(window: MainWindow) -> float:
    """Milliseconds from choosing History until the overview is painted with its figures."""
    begun = time.perf_counter()
    window.show_page("history")
    page = cast("HistoryPage", window.page)
    until(lambda: page.topic is not None)
    topic = cast("OverviewTopic", page.topic)
    topic.skills.said.setText("")
    until(lambda: bool(topic.skills.said.text()))
    window.repaint()
    return 1000 * (time.perf_counter() - begun)


def _reported(window: MainWindow, services: Services) -> float:
    """Milliseconds from choosing the report, everything being made anew, until its pages are painted."""
    _touch(services)
    page = cast("HistoryPage", window.page)
    begun = time.perf_counter()
    page.go("report")
    topic = cast("ReportTopic", page.topic)
    until(lambda: topic.pages is not None)
    window.repaint()
    return 1000 * (time.perf_counter() - begun)


def _touch(services: Services) -> None:
    """Change the history, so that everything is read and computed anew."""
    newest = services.history.sessions().result()[0].session
    ended = newest.ended_at or newest.started_at
    services.history.ask(lambda store: store.end_session(newest.id or 0, ended)).result()


def _moved(window: MainWindow) -> list[float]:
    """Milliseconds of each frame while the dots of all answers are zoomed and moved."""
    page = cast("HistoryPage", window.page)
    page.go("pace")
    topic = cast("PaceTopic", page.topic)
    until(lambda: bool(topic.course.said.text()))
    chart = cast("CourseChart", topic.course.chart)
    low, high = chart.viewRange()[0]
    took = []
    for frame in range(FRAMES):
        share = 0.5 + 0.5 * math.cos(frame / 9)
        width = (high - low) * (0.05 + 0.95 * share)
        begin = low + (high - low - width) * (0.5 + 0.5 * math.sin(frame / 7))
        begun = time.perf_counter()
        chart.setXRange(begin, begin + width, padding=0)
        chart.viewport().repaint()
        took.append(1000 * (time.perf_counter() - begun))
    return took
