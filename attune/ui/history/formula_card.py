"""How one answer was scored: the formulas with its own numbers in them."""

from __future__ import annotations

from math import hypot, sqrt

from PySide6.QtWidgets import QVBoxLayout

from attune.app.formula import Worked
from attune.app.history import AnswerRecord
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Card, column, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Column, Table
from attune.ui.widgets.text import with_minus

HEADS = ("emotion", "p", "q", "square", "ambiguity")
STEPS = ("hit", "brier", "skill", "log", "similarity", "strength")


class FormulaCard(Card):
    """Filled anew for each answer."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self.about = text("", "quiet")
        self.terms = Table(
            [
                Column(words(f"history.formula.{head}"), number=head != "emotion", stretch=head == "emotion")
                for head in HEADS
            ],
            words("history.formula.name"),
            theme,
        )
        self._steps: QVBoxLayout = column(spacing=12)
        self.body.addWidget(text(words("history.formula.title"), "heading"))
        self.body.addWidget(self.about)
        self.body.addWidget(self.terms)
        self.body.addLayout(self._steps)

    def fill(self, answer: AnswerRecord, worked: Worked | None) -> None:
        """Show how it came about; a sentence where that cannot be worked out any more."""
        emptied(self._steps)
        self.terms.setVisible(worked is not None)
        self.said = () if worked is None else steps(answer, worked, self._words)
        if worked is None:
            self.about.setText(self._words("history.formula.elsewhere"))
            return
        self.about.setText(about(answer, worked, self._words))
        self.terms.fill(rows(worked, self._words))
        for step, sentence in self.said:
            part = column(spacing=2)
            part.addWidget(text(self._words(f"history.formula.steps.{step}"), "strong"))
            part.addWidget(text(sentence))
            self._steps.addLayout(part)


def about(answer: AnswerRecord, worked: Worked, words: Words) -> str:
    """What p and q are here."""
    said = [
        words(
            "history.formula.about",
            reference=words(f"history.against.{answer.agreement.reference}"),
            count=len(worked.names),
        )
    ]
    if worked.raters is not None:
        said.append(words("history.formula.smoothed", raters=worked.raters, half=len(worked.names) / 2))
    if not answer.scored:
        said.append(words("history.formula.not_counted"))
    return " ".join(said)


def rows(worked: Worked, words: Words) -> list[tuple[str, ...]]:
    """Emotion by emotion, the sums last."""
    terms = zip(worked.names, worked.p, worked.q, worked.squares, worked.ambiguity, strict=True)
    made = [
        (words(f"emotions.{name}.title"), *(f"{value:.3f}" for value in values)) for name, *values in terms
    ]
    sums = (worked.p, worked.q, worked.squares, worked.ambiguity)
    return [*made, (words("history.formula.sum"), *(f"{sum(values):.3f}" for values in sums))]


def steps(answer: AnswerRecord, worked: Worked, words: Words) -> tuple[tuple[str, str], ...]:
    """Each measure by its name in the words ``history.formula.steps``, as a sentence."""
    found, kept = worked.agreement, answer.agreement
    squares = sum(worked.squares)
    (my_valence, my_arousal), (their_valence, their_arousal) = worked.perceived, worked.reference
    apart = hypot(my_valence - their_valence, my_arousal - their_arousal)
    gaps = {
        "said": words(f"emotions.{answer.chosen}.noun"),
        "share": found.chosen_share,
        "ceiling": found.ceiling,
        "squares": squares,
        "floor": found.floor,
        "brier": found.brier,
        "even": worked.even,
        "count": len(worked.names),
        "skill": found.skill,
        "log": found.log_score,
        "my_valence": my_valence,
        "my_arousal": my_arousal,
        "their_valence": their_valence,
        "their_arousal": their_arousal,
        "apart": apart,
        "most": 2 * sqrt(2),
        "similarity": 1 - apart / (2 * sqrt(2)),
    }
    keys = {"hit": "hit_same" if found.same else "hit_differs"}
    wanted = [step for step in STEPS if step not in ("similarity", "strength")]
    if kept.similarity is not None:
        wanted.append("similarity")
    if kept.intensity_difference is not None and answer.perceived.intensity is not None:
        wanted.append("strength")
        gaps |= {
            "mine": answer.perceived.intensity,
            "theirs": answer.perceived.intensity - kept.intensity_difference,
            "difference": kept.intensity_difference * 100,
        }
    return tuple(
        (step, with_minus(words(f"history.formula.said.{keys.get(step, step)}", **gaps))) for step in wanted
    )
