"""Brief moments: an expression between two neutral pictures, shorter the better it is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.drawing import DrawnSetup
from attune.app.protocols.material import Material, fresh, is_picture
from attune.app.protocols.past import Past
from attune.app.protocols.protocol import Heard, Protocol, shuffled
from attune.app.protocols.read_the_moment import offer
from attune.app.protocols.trial import Brief, Name, Trial
from attune.clips.clip_set import Channel, Clip
from attune.errors import PracticeError
from attune.storage.records import AnswerRecord

# Long ones first, then shorter: gains are 86, 46 and 6 % at 950, 350 and 50 ms (Bi 2024).
LADDER_MS = (500, 350, 250, 180, 130, 90, 60, 40)
DOWN_AFTER = 2  # recognised in a row before it gets shorter: settles where 71 % are


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefMoments(DrawnSetup):
    """``trials`` moments on a display that shows ``hz`` frames a second, ``choices`` names each, 0 = all.

    ``longest_ms`` and ``shortest_ms``: where it begins, and what it does not go below.
    """

    mode: ClassVar[str] = "brief_moments"
    channel: Channel | None = Channel.PICTURE
    trials: int = 24
    choices: int = 0
    hz: float = 60.0
    longest_ms: int = 500
    shortest_ms: int = 40

    def __post_init__(self) -> None:
        """Raise ValueError for a display or times that cannot be."""
        DrawnSetup.__post_init__(self)
        if not (10 <= self.hz <= 1000 and 0 < self.shortest_ms <= self.longest_ms and self.trials >= 1):
            raise ValueError("hz, shortest_ms, longest_ms, trials: wanted above 0, in their order")

    def begin(self, material: Material, seed: int, past: Past) -> Moments:
        """Find who has a neutral face to show. Raises PracticeError where nobody has."""
        del past
        return Moments(self, material, seed)


class Moments(Protocol):
    """Two recognised in a row, and the next is shorter; one not, and it is longer again."""

    def __init__(self, setup: BriefMoments, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._setup = setup
        self.planned = setup.trials
        self._ladder = ladder(setup)
        self._rung = 0
        self._in_a_row = 0
        self._bag: list[str] = []
        self._last = ""
        self.clips = brief_clips(material)
        if len(self.clips) < 2:
            raise PracticeError("practice.no_brief", clip_set=material.clip_set.name)

    def next(self, position: int) -> Trial | None:
        """An emotion out of the bag, somebody else than just now, for as long as the rung says."""
        if position >= self._setup.trials:
            return None
        self._bag = self._bag or shuffled(self.chance, tuple(self.clips))
        emotion = self._bag.pop()
        clips = self.clips[emotion]
        clip = fresh(self._setup.clips_drawn(clips) or clips, self.chance, people=(self._last,))
        show = self.brief(clip, self._ladder[self._rung])
        return Trial(
            position=position,
            clip=clip,
            channel=Channel.PICTURE,
            show=show,
            ask=Name(choices=offer(emotion, tuple(self.clips), self._setup.choices, self.chance)),
            difficulty=difficulty(self.material.reference(clip), shown_ms=show.asked_ms),
            drawn=self._setup.draw(clip, emotion, 1.0, self.chance),
        )

    def learn(self, trial: Trial, heard: Heard) -> None:
        """Take a step on the ladder; what was not shown as it should have been changes nothing."""
        self._last = trial.clip.person
        if not isinstance(heard, AnswerRecord) or not heard.scored:
            return
        self._in_a_row = self._in_a_row + 1 if heard.agreement.same else 0
        if not heard.agreement.same:
            self._rung = max(0, self._rung - 1)
        elif self._in_a_row == DOWN_AFTER:
            self._rung = min(len(self._ladder) - 1, self._rung + 1)
            self._in_a_row = 0

    def brief(self, clip: Clip, frames: int) -> Brief:
        """One of :attr:`clips`, its expression for so many frames."""
        neutral = neutral_before(clip, self.material)
        assert neutral is not None
        return Brief(
            neutral=neutral, neutral_s=0.0, apex_s=clip.apex_s or 0.0, frames=frames, hz=self._setup.hz
        )


def brief_clips(material: Material) -> dict[str, list[Clip]]:
    """Of each emotion the clips that can be shown between neutral pictures, where there are any."""
    found = {
        emotion: [clip for clip in material.of(emotion) if neutral_before(clip, material) is not None]
        for emotion in material.stirred
    }
    return {emotion: clips for emotion, clips in found.items() if clips}


def neutral_before(clip: Clip, material: Material) -> Clip | None:
    """Whose first frame is this person's neutral face: the clip itself, where it begins with one."""
    if clip.onset_s and clip.apex_s is not None:
        return clip
    neutral = material.neutral_of.get(clip.person)
    return neutral if clip.apex_s is not None or is_picture(clip) else None


def ladder(setup: BriefMoments) -> tuple[int, ...]:
    """Numbers of frames, longest first, each once, at least one."""
    wanted = (ms for ms in LADDER_MS if setup.shortest_ms <= ms <= setup.longest_ms)
    ends = (setup.longest_ms, *wanted, setup.shortest_ms)
    return tuple(dict.fromkeys(max(1, round(ms * setup.hz / 1000)) for ms in ends))
