"""What every protocol is: a setup that can be kept, and a running thing that says what comes next."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Self, TypeVar

from attune.app.protocols.material import Material
from attune.app.protocols.past import Past
from attune.app.protocols.trial import Trial, When
from attune.clips.clip_set import Channel, Clip
from attune.storage.records import AnswerRecord, CardRecord, TraceRecord

Heard = AnswerRecord | TraceRecord | None
"""What became of a trial; None: it could not be shown."""


class Protocol(ABC):
    """One protocol under way. Its state is a fold over what it heard, so that it can be gone on with.

    All chance is drawn from ``chance``, in the same order each time: the same seed, setup, clips and answers
    give the same trials. Use from one thread.
    """

    planned: int
    """The most trials it will ask."""

    def __init__(self, material: Material, seed: int) -> None:
        self.material = material
        self.chance = random.Random(seed)  # noqa: S311 - decides what to practise, nothing secret
        self._position = 0
        self._current: Trial | None = None
        self._chosen = False

    @property
    def current(self) -> Trial | None:
        """The trial to be shown now; None when it is over."""
        if not self._chosen:
            self._current = self.next(self._position)
            self._chosen = True
        return self._current

    @property
    def upcoming(self) -> Sequence[Clip]:
        """Clips that are sure to come, for those who can use the time until then."""
        return () if self.current is None else (self.current.clip,)

    def hear(self, heard: Heard) -> None:
        """Go on with what became of the current trial. Raises RuntimeError when it is over."""
        trial = self.current
        if trial is None:
            raise RuntimeError("the session is over")
        self.learn(trial, heard)
        self._position += 1
        self._chosen = False

    @abstractmethod
    def next(self, position: int) -> Trial | None:
        """Choose the trial at this position; asked once for each."""

    def learn(self, trial: Trial, heard: Heard) -> None:
        """Take in what became of a trial; nothing, for those whose plan is fixed."""
        del trial, heard

    def card(self, trial: Trial, answer: AnswerRecord) -> CardRecord | None:
        """What an answer to the current trial makes of its card, to be kept with it; None for most."""
        del trial, answer
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup(ABC):
    """What a protocol is told at the start, all of it plain enough for JSON.

    ``channel``: what of the clips is to be seen or heard; None = each clip as it comes.
    """

    mode: ClassVar[str]
    channel: Channel | None = None

    @property
    def feedback(self) -> When:
        """When the person hears what the references say."""
        return When.EACH

    def settled(self, material: Material, past: Past, chance: random.Random) -> Self:
        """The same with everything filled in that hangs on earlier sessions. Raises PracticeError."""
        del material, past, chance
        return self

    @abstractmethod
    def begin(self, material: Material, seed: int, past: Past) -> Protocol:
        """The protocol at its first trial. Raises PracticeError where the clips do not fit it."""

    def to_json(self) -> dict[str, Any]:
        """Plain data; :meth:`from_json` makes the same setup of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote, after a way through JSON. Raises TypeError or ValueError."""
        known = {field.name for field in fields(cls)}
        if unknown := data.keys() - known:
            raise ValueError(f"{cls.mode}: {', '.join(sorted(unknown))} is no setting")
        return cls(**{name: _frozen(value) for name, value in data.items()})

    def __post_init__(self) -> None:
        """JSON gives the channel as text."""
        if self.channel is not None:
            object.__setattr__(self, "channel", Channel(self.channel))


T = TypeVar("T")


def _frozen(value: object) -> Any:  # noqa: ANN401 - JSON may be anything
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def shuffled(chance: random.Random, things: Sequence[T]) -> list[T]:
    """The things in an order of chance."""
    return chance.sample(things, len(things))
