"""One trial: which clip, how it is shown, what is asked; and what the person answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from attune.clips.clip_set import Channel, Clip


class When(StrEnum):
    """When the person hears what the references say."""

    EACH = "each"
    END = "end"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The clip from beginning to end; ``replay``: again as often as the person likes."""

    replay: bool = True

    def noted(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return {"kind": "whole"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The clip until ``until_s``, where it stands still: the face has reached ``intensity`` in [0, 1]."""

    until_s: float
    intensity: float
    replay: bool = True

    def noted(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return {"kind": "held", "until_s": self.until_s, "intensity": self.intensity}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """``neutral`` at ``neutral_s``, the clip's frame at ``apex_s`` for ``frames``, the neutral one again.

    ``frames`` are those of a display that shows ``hz`` of them a second.
    """

    neutral: Clip
    neutral_s: float
    apex_s: float
    frames: int
    hz: float

    @property
    def asked_ms(self) -> float:
        """How long the expression is to be seen."""
        return 1000 * self.frames / self.hz

    def slipped(self, shown_ms: float | None) -> bool:
        """Whether it was seen more than one frame longer or shorter, or nobody knows how long."""
        return shown_ms is None or abs(round(shown_ms * self.hz / 1000) - self.frames) > 1

    def noted(self) -> dict[str, Any]:
        """What the history keeps of it; the time measured is added once it is known."""
        return {"kind": "brief", "frames": self.frames, "hz": self.hz}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The trial's clip and ``other`` side by side; ``on_left``: the trial's own stands on the left."""

    other: Clip
    on_left: bool

    def noted(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return {"kind": "beside", "other": self.other.name, "on_left": self.on_left}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A clip within a reel, from ``starts_s`` on the reel's clock."""

    clip: Clip
    starts_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """Clips of one person, one after the other, each when the one before is over.

    ``reference``: what is known of it moment by moment, as :mod:`attune.app.protocols.tracing` compares it;
    None where only a measurement may tell.
    """

    parts: tuple[Part, ...]
    reference: Mapping[str, Any] | None = None

    def noted(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return {"kind": "reel", "clips": [part.clip.name for part in self.parts]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What is it? One of ``choices``, among them NONE where that is offered.

    ``blends``: two of them may be said. ``typed``: the person writes a word, for which the nearest of the
    choices is found. ``rated``: how strong and how sure is asked too.
    """

    choices: tuple[str, ...]
    blends: bool = False
    typed: bool = False
    rated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of the two shows ``emotion``? The other one shows ``instead``."""

    emotion: str
    instead: str

    @property
    def choices(self) -> tuple[str, str]:
        """Pointing at the trial's own clip says the first of it, pointing at the other the second."""
        return self.emotion, self.instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """How is it, moment by moment? A dial for one of ``axes``, "valence" or "arousal", a pad for two."""

    axes: tuple[str, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """Nothing is chosen."""
        return ()


DRAWN_ONSET_S = 0.3  # from the beginning of what is drawn to that of its expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Somebody drawn for this trial alone: ``expression`` by name, ``intensity`` in [0, 1], exactly.

    The same person, expression, intensity and ``seed`` are drawn alike every time.
    """

    person: str
    expression: str
    intensity: float
    seed: int

    def noted(self) -> dict[str, Any]:
        """What the history keeps of it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One question. ``difficulty``: what is expected of it, on the scale of abilities; None = unknown.

    ``drawn``: who is drawn in the clip's place, in the way ``show`` says; the clip then names the person and
    the reference. In a pair the other one is drawn as strong, by the same seed.
    """

    position: int
    clip: Clip
    channel: Channel
    show: Whole | Held | Brief | Beside | Reel
    ask: Name | Which | Follow
    difficulty: float | None = None
    drawn: Drawn | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be answered, in the order shown."""
        return self.ask.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person said of one clip.

    ``label`` one of the choices; ``second`` another of them where two were said, ``share`` in [0.5, 1] being
    the first one's. ``intensity`` in [0, 1] and ``confidence`` in [1/K, 1], a probability; None = not asked.
    ``response_ms`` from the first shown frame of the expression to the choice, None when the timing could not
    be told; ``replays`` ≥ 0; ``word``: what was typed; ``shown_ms``: how long a brief expression was seen.
    """

    label: str
    intensity: float | None
    confidence: float | None
    response_ms: float | None
    replays: int = 0
    second: str | None = None
    share: float = 1.0
    word: str = ""
    shown_ms: float | None = None
