import gc
import threading
import weakref
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from attune.ui.shell import Shell


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self, told: list[threading.Thread]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: told.append(threading.current_thread()))


def test_garbage_is_found_by_the_ui_thread_however_busy_the_others_are(
    qtbot: QtBot, open_window: Callable[..., Shell]
) -> None:
    open_window()
    told: list[threading.Thread] = []
    Ring(told)

    def busy() -> None:
        kept = [[number] for number in range(200_000)]  # far beyond what makes Python look for garbage
        assert len(kept) == 200_000

    other = threading.Thread(target=busy)
    other.start()
    other.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [threading.main_thread()]
    assert not gc.isenabled()
