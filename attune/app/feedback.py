"""Careful words about one answered moment. The words themselves are in ``words/…/feedback.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core
from attune.app.library import PeopleKind
from attune.resources import Words
from attune.storage.records import AnswerRecord

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.app.measured import Measured
    from attune.perception.units import Moved

SAME_STRENGTH = 0.2  # a difference in intensity below a fifth of the scale is not worth a sentence
UNSURE = 0.4  # under this probability the measured label is not named
MOST_UNITS = 4
MOST_TELLING = 2
STIRRED = frozenset(Core) - {Core.NEUTRAL}  # the absence of an expression has no strength


class Speaker:
    """Says what was seen, said and meant, and who says so."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def about_answer(self, record: AnswerRecord, reference: Reading, people: PeopleKind) -> tuple[str, ...]:
        """What the person said beside what the reference says; first the headline, then what helps.

        ``reference``: the one scored against, as strong as it was shown.
        """
        perceived, agreement = record.perceived, record.agreement
        key = "same" if agreement.same else "differs"
        lines = [
            self._words(
                f"feedback.heard.{key}", said=self._said(record), reference=self._reference(reference, people)
            )
        ]
        # Of several that were named equally often, the one said is the one meant, as in the agreement.
        said, meant = perceived.top, perceived.top if agreement.same else reference.top
        if said != meant:
            pair = "_".join(sorted((said, meant)))
            lines += [text] if (text := self._words.table("feedback.pairs").get(pair)) else []
        elif perceived.intensity is not None and reference.intensity is not None and meant in STIRRED:
            lines.append(self._strength(perceived.intensity, reference.intensity))
        return tuple(lines)

    def look_for(self, meant: str, units: Sequence[Moved], other: str | None) -> str | None:
        """What to look for, out of the units that moved in this clip; None where nothing telling did.

        ``meant``: what the reference says; ``other``: what it is easily taken for. What the other shows too
        is left out, as long as something remains.
        """
        telling = self._words.table(f"emotions.{meant}").get("look_for", {})
        seen = [moved.code for moved in units if moved.code in telling]
        theirs = self._words.table(f"emotions.{other}").get("look_for", {}) if other else {}
        apart = [code for code in seen if code not in theirs]
        if not seen:
            return None
        key = "apart" if other and apart else "alone"
        moved = self._words("feedback.list_comma").join(
            telling[code] for code in (apart or seen)[:MOST_TELLING]
        )
        gaps = {"other": self._noun(other)} if other else {}
        return self._words(f"feedback.look_for.{key}", emotion=self._noun(meant), units=moved, **gaps)

    def about_drawn(self, units: Sequence[Moved]) -> tuple[str, ...]:
        """What a face was drawn to move, which is known exactly."""
        if not units:
            return (self._words("feedback.drawn.still"),)
        said = self._words("feedback.list_comma").join(self._unit(moved) for moved in units[:MOST_UNITS])
        return (self._words("feedback.drawn.moved", units=said),)

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

    def _said(self, record: AnswerRecord) -> str:
        first = self._noun(record.chosen)
        if second := record.shown.get("second"):
            return self._words("feedback.blend", one=first, other=self._noun(second))
        if record.word:
            return self._words("feedback.word", word=record.word, emotion=first)
        return first

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
            emotion=self._meant(reading),
            share=reading.labels[reading.top],
            raters=reading.raters,
        )

    def _meant(self, reading: Reading) -> str:
        """The emotion, or both where two were meant equally."""
        most = max(reading.labels.values())
        named = [name for name, share in reading.labels.items() if share == most]
        if reading.source is Source.CROWD or len(named) != 2:
            return self._noun(reading.top)
        return self._words("feedback.blend", one=self._noun(named[0]), other=self._noun(named[1]))

    def _noun(self, emotion: str) -> str:
        return self._words(f"emotions.{emotion}.noun")

    def _unit(self, moved: Moved) -> str:
        unit = self._words(f"emotions.units.{moved.code}")
        return unit if moved.side == "both" else self._words(f"feedback.one_side.{moved.side}", unit=unit)
