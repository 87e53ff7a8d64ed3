"""Careful words about one answered moment. The words themselves are in ``words/…/feedback.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core
from attune.app.library import PeopleKind
from attune.resources import Words

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.measured import Measured
    from attune.perception.units import Moved

SAME_STRENGTH = 0.2  # a difference in intensity below a fifth of the scale is not worth a sentence
UNSURE = 0.4  # under this probability the measured label is not named
MOST_UNITS = 4


class Speaker:
    """Says what was seen, said and meant, and who says so."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def about_answer(self, perceived: Reading, reference: Reading, people: PeopleKind) -> tuple[str, ...]:
        """What the person said beside what the reference says; first the headline, then what helps."""
        said, meant = perceived.top, reference.top
        key = "same" if said == meant else "differs"
        lines = [
            self._words(
                f"feedback.heard.{key}",
                said=self._noun(said),
                reference=self._reference(reference, people),
            )
        ]
        if said != meant:
            pair = "_".join(sorted((said, meant)))
            lines += [text] if (text := self._words.table("feedback.pairs").get(pair)) else []
        elif perceived.intensity is not None and reference.intensity is not None and meant != Core.NEUTRAL:
            lines.append(self._strength(perceived.intensity, reference.intensity))
        return tuple(lines)

    def about_measurement(
        self, reference: Reading, measured: Measured, people: PeopleKind
    ) -> tuple[str, ...]:
        """What the measurement saw, and a word where it reads differently from the reference."""
        reading = measured.expressed.reading
        if reading is None:
            return (self._words("feedback.measured.no_face"),)
        units = self._words("feedback.list_comma").join(
            self._unit(moved) for moved in measured.units[:MOST_UNITS]
        )
        if not units:
            return (self._words("feedback.measured.still"),)
        sure = reading.labels[reading.top] >= UNSURE
        lines = [
            self._words(
                f"feedback.measured.{'moved' if sure else 'moved_unsure'}",
                units=units,
                emotion=self._noun(reading.top),
            )
        ]
        if sure and reading.top != reference.top:
            lines.append(
                self._words(
                    "feedback.differ.references",
                    one=self._reference(reference, people),
                    other=self._reference(reading, people),
                )
            )
        return tuple(lines)

    def _strength(self, said: float, meant: float) -> str:
        difference = said - meant
        key = "same" if abs(difference) < SAME_STRENGTH else ("stronger" if difference > 0 else "weaker")
        return self._words(f"feedback.strength.{key}", said=said, reference=meant)

    def _reference(self, reading: Reading, people: PeopleKind) -> str:
        key = str(reading.source)
        if reading.source is Source.INTENDED and people is PeopleKind.RENDERED:
            key = "rendered"
        if reading.source is Source.CROWD and reading.raters is None:
            key = "crowd_unknown"
        if reading.top == Core.NEUTRAL and f"{key}_neutral" in self._words.table("feedback.reference"):
            key = f"{key}_neutral"
        return self._words(
            f"feedback.reference.{key}",
            emotion=self._noun(reading.top),
            share=reading.labels[reading.top],
            raters=reading.raters,
        )

    def _noun(self, emotion: str) -> str:
        return self._words(f"emotions.{emotion}.noun")

    def _unit(self, moved: Moved) -> str:
        unit = self._words(f"emotions.units.{moved.code}")
        return unit if moved.side == "both" else self._words(f"feedback.one_side.{moved.side}", unit=unit)
