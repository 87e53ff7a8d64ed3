"""Find the threshold: the faintest, or the shortest, expression of an emotion that is still caught."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self

from attune.app.protocols.brief_moments import BriefMoments, Moments, brief_clips
from attune.app.protocols.difficulty import GUESSES, difficulty
from attune.app.protocols.drawing import DrawnSetup
from attune.app.protocols.material import Material, fresh
from attune.app.protocols.past import Past
from attune.app.protocols.protocol import Heard, Protocol, shuffled
from attune.app.protocols.trial import Brief, Drawn, Held, Name, Trial, When, Whole
from attune.clips.clip_set import Channel, Clip
from attune.errors import PracticeError
from attune.storage.records import AnswerRecord

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.scoring.questplus import QuestPlus

LEVELS = tuple(step / 20 for step in range(1, 21))  # of intensity
GROWN_S = 1.0  # in which a drawn expression grows to its strength, where it is held
FRAMES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
LEAST_LEVELS = 4  # ratings that differ, before a threshold can be found among rated clips
AT_ONCE = 3  # emotions, where the person names none
FEWEST_ANSWERS = 8  # before precision is believed


class By(StrEnum):
    """What gets less."""

    INTENSITY = "intensity"
    DURATION = "duration"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTheThreshold(DrawnSetup):
    """The thresholds of ``emotions``, in turns, each until ``precision`` is reached or after ``most`` trials.

    ``precision``: standard deviation of the threshold's natural logarithm; 0.2 is about a fifth of it.
    Without emotions: those agreed on least lately. ``hz``: frames the display shows a second.
    ``levels``, filled in at the start: what can be shown of each emotion, ascending.
    """

    mode: ClassVar[str] = "threshold"
    channel: Channel | None = Channel.PICTURE
    by: By = By.INTENSITY
    emotions: tuple[str, ...] = ()
    precision: float = 0.2
    most: int = 40
    hz: float = 60.0
    levels: tuple[tuple[float, ...], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a precision or number that cannot be."""
        DrawnSetup.__post_init__(self)
        object.__setattr__(self, "by", By(self.by))
        if not (self.precision > 0 and self.most >= 1 and 10 <= self.hz <= 1000):
            raise ValueError("precision, most, hz: wanted above 0")

    @property
    def feedback(self) -> When:
        """At the end: hearing it each time would teach, and move what is being measured."""
        return When.END

    def settled(self, material: Material, past: Past, chance: random.Random) -> Self:
        """Name the emotions."""
        able = tuple(name for name in material.stirred if levels_of(self, material, name))
        emotions = tuple(name for name in self.emotions if name in able)
        if not emotions:
            missed = [answer.reference for answer in past.answers if not answer.same]
            ranked = sorted(shuffled(chance, able), key=missed.count, reverse=True)
            emotions = tuple(ranked[:AT_ONCE])
        if not emotions or len(material.stirred) < 2:
            raise PracticeError("practice.no_levels", clip_set=material.clip_set.name, least=LEAST_LEVELS)
        levels = tuple(levels_of(self, material, name) for name in emotions)
        return replace(self, emotions=emotions, levels=levels)

    def begin(self, material: Material, seed: int, past: Past) -> Thresholds:
        """Start with nothing known of any threshold."""
        del past
        return Thresholds(self, material, seed)


class Thresholds(Protocol):
    """QUEST+ for each emotion, the emotions mixed by chance."""

    def __init__(self, setup: FindTheThreshold, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._setup = setup
        self.planned = setup.most * len(setup.emotions)
        self._choices = material.stirred
        self._last = ""
        self._brief = None
        if setup.by is By.DURATION:
            self._brief = Moments(BriefMoments(hz=setup.hz), material, seed)
        self.quests = {
            emotion: make_quest(levels, len(self._choices))
            for emotion, levels in zip(setup.emotions, setup.levels, strict=True)
        }

    def next(self, position: int) -> Trial | None:
        """The emotion by chance among those not yet known well enough, the stimulus by QUEST+."""
        left = [emotion for emotion, quest in self.quests.items() if not finished(self._setup, quest)]
        if not left:
            return None
        emotion = self.chance.choice(left)
        clip, show, drawn = self._stimulus(emotion, self.quests[emotion].next())
        reference = self.material.reference(clip)
        return Trial(
            position=position,
            clip=clip,
            channel=self.material.shown_as(clip),
            show=show,
            ask=Name(choices=self._choices, rated=False),
            difficulty=difficulty(
                reference,
                intensity=show.intensity if isinstance(show, Held) else None,
                shown_ms=show.asked_ms if isinstance(show, Brief) else None,
            ),
            drawn=drawn,
        )

    def learn(self, trial: Trial, heard: Heard) -> None:
        """Tell QUEST+ what was really shown."""
        self._last = trial.clip.person
        if isinstance(heard, AnswerRecord) and heard.scored and (level := level_of(heard)) is not None:
            self.quests[self.material.reference(trial.clip).top].update(level, heard.agreement.same)

    def _stimulus(self, emotion: str, level: float) -> tuple[Clip, Held | Brief | Whole, Drawn | None]:
        if self._brief is not None:
            clips = self._brief.clips[emotion]
            clip = fresh(self._setup.clips_drawn(clips) or clips, self.chance, people=(self._last,))
            show = self._brief.brief(clip, round(level * self._setup.hz / 1000))
            return clip, show, self._setup.draw(clip, emotion, 1.0, self.chance)
        if drawn := self._setup.clips_drawn(self.material.of(emotion)):
            clip = fresh(drawn, self.chance, people=(self._last,))
            held = Held(until_s=GROWN_S, intensity=level, replay=False)
            return clip, held, self._setup.draw(clip, emotion, level, self.chance)
        return *self._from_clips(emotion, level), None

    def _from_clips(self, emotion: str, level: float) -> tuple[Clip, Held | Whole]:
        """The nearest to a level that the clips have."""
        known = [clip for clip in self.material.of(emotion) if clip.truth is not None]
        while known:
            clip = fresh(known, self.chance, people=(self._last,))
            course = self.material.course(clip)
            if course is not None:
                stated = self.material.reference(clip).intensity or 1.0
                until_s, reached = course.reaches(level / stated)
                return clip, Held(until_s=until_s, intensity=reached * stated, replay=False)
            known.remove(clip)
        rated = [
            clip for clip in self.material.of(emotion) if self.material.reference(clip).intensity == level
        ]
        return fresh(rated, self.chance, people=(self._last,)), Whole(replay=False)


def levels_of(setup: FindTheThreshold, material: Material, emotion: str) -> tuple[float, ...]:
    """The stimuli that can be shown of an emotion, ascending; empty where there are too few."""
    if setup.by is By.DURATION:
        return (
            tuple(1000 * frames / setup.hz for frames in FRAMES) if emotion in brief_clips(material) else ()
        )
    clips = material.of(emotion)
    if setup.clips_drawn(clips) or any(material.course(clip) is not None for clip in clips):
        return LEVELS
    rated = {intensity for clip in clips if (intensity := material.reference(clip).intensity)}
    return tuple(sorted(rated)) if len(rated) >= LEAST_LEVELS else ()


def level_of(answer: AnswerRecord) -> float | None:
    """What was shown of the expression: ms, or intensity; None where nobody knows, or nothing was."""
    if answer.shown.get("kind") == "brief":
        return answer.shown.get("shown_ms")
    if answer.shown.get("kind") == "held":
        level: float | None = answer.shown["intensity"]
        return level or None
    return next(r for r in answer.references if r.source is answer.agreement.reference).intensity or None


def make_quest(levels: Sequence[float], choices: int) -> QuestPlus:
    """Nothing known of the threshold yet; it may lie a little beyond what can be shown."""
    from math import log  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415 - not before it is needed

    from attune.scoring.questplus import QuestPlus  # noqa: PLC0415 - loads numpy

    low, high = log(levels[0] / 1.5), log(levels[-1] * 1.5)
    return QuestPlus(
        stimuli=levels,
        thresholds=np.exp(np.linspace(low, high, 41)),
        slopes=(1.5, 2.5, 4.0, 6.0),
        lapses=(0.02, 0.06),
        guess=1 / choices,
    )


def finished(setup: FindTheThreshold, quest: QuestPlus) -> bool:
    """Whether a threshold is known well enough, or was asked for long enough."""
    asked = len(quest.trials)
    return asked >= setup.most or (asked >= FEWEST_ANSWERS and quest.done(setup.precision))


def thresholds(setup: FindTheThreshold, answers: Sequence[AnswerRecord]) -> dict[str, QuestPlus]:
    """What the answers of a session say of each emotion's threshold, without its clips."""
    choices = len(answers[0].choices) if answers else GUESSES
    quests = {
        emotion: make_quest(levels, choices)
        for emotion, levels in zip(setup.emotions, setup.levels, strict=True)
    }
    for answer in answers:
        if answer.scored and answer.reference in quests and (level := level_of(answer)) is not None:
            quests[answer.reference].update(level, answer.agreement.same)
    return quests
