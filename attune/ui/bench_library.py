"""What ``attune bench`` measures of the Library: how soon it shows many clips, searches and scrolls."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer

from attune.ui.bench_loop import until
from attune.ui.bench_pulse import Pulse

if TYPE_CHECKING:  # the window loads these when it needs them
    from attune.ui.library import LibraryPage
    from attune.ui.library.grid import Grid
    from attune.ui.main_window import MainWindow

TYPED = ("fear person 17", "take 3 anger", "1042", "zzz")
SCROLLED_S = 5.0
FRAME_MS = 16
STEP = 40  # pixels a frame: ten rows of pictures a second
ROUNDS = 5


def looked_through(window: MainWindow, table: Path, resident_mb: Callable[[], float]) -> dict[str, object]:
    """Open the Library for the first time, then again; search in it; scroll through it.

    ``plain_ms``: the set's table read as rows of texts. ``added_mb``: memory beyond what was held before.
    """
    before_mb = resident_mb()
    with table.open(encoding="utf-8", newline="") as file:
        begun = time.perf_counter()
        clips = len(list(csv.DictReader(file)))
        plain_ms = 1000 * (time.perf_counter() - begun)
    first_ms = _opened(window, clips)
    again = sorted(_opened(window, clips) for _round in range(ROUNDS))
    page = cast("LibraryPage", window.page)
    searched = sorted(_searched(page))
    late = _scrolled(page.browser.grid)
    return {
        "clips": clips,
        "plain_ms": plain_ms,
        "first_ms": first_ms,
        "again_ms": again[ROUNDS // 2],
        "search_ms": searched[-1],
        "usual_search_ms": searched[len(searched) // 2],
        "stall_ms": late.late_ms(0.99),
        "worst_ms": late.late_ms(1.0),
        "added_mb": resident_mb() - before_mb,
    }


def _opened(window: MainWindow, clips: int) -> float:
    """Milliseconds from choosing the Library until its clips are painted."""
    window.show_page("settings")
    begun = time.perf_counter()
    window.show_page("library")
    page = cast("LibraryPage", window.page)
    page.browser.sets.list.clear()  # it is filled again once the sets are known to be as they were
    until(lambda: len(page.browser.grid.entries) >= clips and page.browser.sets.list.count() > 0)
    window.repaint()
    return 1000 * (time.perf_counter() - begun)


def _searched(page: LibraryPage) -> list[float]:
    """Milliseconds from each letter until what fits is painted."""
    search = page.browser.filters.search
    took = []
    for words in TYPED:
        for letters in range(1, len(words) + 1):
            begun = time.perf_counter()
            search.setText(words[:letters])
            page.repaint()
            took.append(1000 * (time.perf_counter() - begun))
        search.clear()
    return took


def _scrolled(grid: Grid) -> Pulse:
    """How late the window's loop was while pictures scrolled by and were made for the first time."""
    bar, timer = grid.verticalScrollBar(), QTimer()
    bar.setValue(0)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: bar.setValue(bar.value() + STEP))
    pulse, end = Pulse(), time.monotonic() + SCROLLED_S
    timer.start(FRAME_MS)
    until(lambda: time.monotonic() >= end)
    timer.stop()
    pulse.stop()
    return pulse
