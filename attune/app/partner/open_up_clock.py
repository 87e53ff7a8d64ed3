"""The time of speaking: it stands still while the round pauses, and knows when it did."""

from __future__ import annotations

NS_PER_S = 1_000_000_000


class SpeakingClock:
    """Times come in as ns of one monotonic clock. Begin it once."""

    def __init__(self) -> None:
        self.began_ns: int | None = None
        self.pauses: list[tuple[float, float]] = []  # (s of speaking, s it lasted)
        self._paused_ns: int | None = None

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused_ns is not None

    def begin(self, now_ns: int) -> None:
        """Somebody begins to speak."""
        self.began_ns = now_ns

    def pause(self, now_ns: int) -> None:
        """Stand still, unless it does."""
        if self.began_ns is not None and self._paused_ns is None:
            self._paused_ns = now_ns

    def go_on(self, now_ns: int) -> None:
        """Go on, unless it goes."""
        if self._paused_ns is not None:
            spoken, self._paused_ns = self.seconds(now_ns), None
            lasted = (
                (now_ns - (self.began_ns or 0)) / NS_PER_S - spoken - sum(each for _, each in self.pauses)
            )
            self.pauses.append((spoken, lasted))

    def seconds(self, now_ns: int) -> float:
        """How long was spoken, without the pauses; 0 before it began."""
        if self.began_ns is None:
            return 0.0
        until_ns = now_ns if self._paused_ns is None else self._paused_ns
        return max(0.0, (until_ns - self.began_ns) / NS_PER_S - sum(lasted for _, lasted in self.pauses))
