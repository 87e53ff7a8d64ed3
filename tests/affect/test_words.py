"""The words about emotions are complete, in step with the vocabulary, and careful."""

import re

import pytest

from attune.affect.vocabulary import Core
from attune.resources import Words

# Every action unit that is named in a prototype or read by a measurement.
UNITS = {f"AU{n}" for n in (1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 18, 20, 22, 23, 24, 25, 26, 27)}
UNITS |= {"AU28", "AU34", "AU43", "AU45"}
# Du, Tao & Martinez 2014, table 1: units that everyone posing the emotion showed.
ALWAYS = {
    Core.HAPPINESS: {"AU12", "AU25"},
    Core.SADNESS: {"AU4", "AU15"},
    Core.FEAR: {"AU1", "AU4", "AU20", "AU25"},
    Core.ANGER: {"AU4", "AU7", "AU24"},
    Core.SURPRISE: {"AU1", "AU2", "AU26"},
    Core.DISGUST: {"AU9", "AU10", "AU17"},
    Core.CONTEMPT: {"AU12", "AU14"},
    Core.NEUTRAL: set(),
}
NEVER = r"\b(wrong|true|real|genuine|fake|hid|hidden|lying|liar|disorder|diagnos\w*|symptom|must show)\b"


@pytest.mark.parametrize("core", Core)
def test_every_emotion_has_its_words(core: Core) -> None:
    table = Words().table(f"emotions.{core}")
    assert {"title", "noun", "adjective", "phrase", "definition", "often_seen", "look_for"} == set(table)
    texts = [text for text in table.values() if isinstance(text, str)]
    assert all(text.strip() and not re.search(NEVER, text, re.IGNORECASE) for text in texts)


@pytest.mark.parametrize("core", Core)
def test_what_to_look_for_holds_the_units_that_are_always_shown(core: Core) -> None:
    look_for = Words().table(f"emotions.{core}.look_for")
    assert set(look_for) <= UNITS
    assert set(look_for) >= ALWAYS[core]


def test_every_action_unit_has_a_plain_name_of_its_own() -> None:
    units = Words().table("emotions.units")
    assert set(units) == UNITS
    assert len(set(units.values())) == len(units)
