"""How long an answer took, on the window's own clock."""

from __future__ import annotations

import time
from collections.abc import Callable

from attune.app.protocols.trial import DRAWN_ONSET_S, Held, Trial
from attune.ui.video.player import ROUNDING_NS

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000


class ResponseClock:
    """From when the first frame of the expression was painted to the last choice.

    None when the choice came first, when nothing was painted, or when the clip was hidden in between.
    ``clock`` is monotonic, in ns.
    """

    def __init__(self, clock: Callable[[], int] = time.monotonic_ns) -> None:
        self.clock = clock
        self._onset_ns = 0
        self._seen: int | None = None
        self._chosen: int | None = None
        self._away = False

    def begin(self, trial: Trial) -> None:
        """Wait for the expression to begin."""
        self._onset_ns = round(_onset_s(trial) * NS_PER_S)
        self._seen = self._chosen = None
        self._away = False

    def painted(self, time_ns: int, clock_ns: int) -> None:
        """A frame of this stream time was painted."""
        if self._seen is None and time_ns >= self._onset_ns - ROUNDING_NS:
            self._seen = clock_ns

    def choose(self) -> None:
        """Something was chosen, perhaps not for the last time."""
        self._chosen = self.clock()

    def interrupt(self) -> None:
        """The clip was hidden: a time that ran meanwhile says nothing."""
        self._away = True

    @property
    def response_ms(self) -> float | None:
        """What it came to."""
        if self._seen is None or self._chosen is None or self._away:
            return None
        waited = self._chosen - self._seen
        return waited / NS_PER_MS if waited >= 0 else None


def _onset_s(trial: Trial) -> float:
    """When the expression begins in what is shown, which may end before the clip gets that far."""
    if trial.drawn is not None:
        return DRAWN_ONSET_S
    onset_s = trial.clip.onset_s or 0.0
    return min(onset_s, trial.show.until_s) if isinstance(trial.show, Held) else onset_s
