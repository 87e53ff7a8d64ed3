"""How one answer was scored, worked out anew from what was kept of it."""

from __future__ import annotations

from attune.affect.vocabulary import Vocabulary
from attune.scoring.worked import Worked, work_out
from attune.storage.records import AnswerRecord

__all__ = ["Worked", "formula_of"]


def formula_of(answer: AnswerRecord, vocabulary: Vocabulary) -> Worked | None:
    """The terms of an answer's agreement, over what could be said; None where its names are of another list.

    ``agreement`` within is computed anew; the one kept with the answer is what counts everywhere else.
    """
    reference = next(r for r in answer.references if r.source is answer.agreement.reference)
    try:
        asked = vocabulary.only(answer.choices)
    except KeyError:  # practised with a vocabulary that is not here
        return None
    return work_out(answer.perceived, reference.among(answer.choices), asked)
