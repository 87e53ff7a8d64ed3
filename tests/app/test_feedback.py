"""Careful words, made of what was said, what the reference says, and what really moved."""

import pytest

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.feedback import Speaker
from attune.app.library import PeopleKind
from attune.app.protocols.answering import record_of, shown_reference
from attune.app.protocols.trial import Answer, Held, Name, Trial, Whole
from attune.perception.units import Moved, Side
from attune.resources import Words
from tests.app.protocols.driving import NOW, VOCABULARY, a_clip

SPEAKER = Speaker(Words())


def said(
    reference: Reading, label: str, *, show: Whole | Held | None = None, **more: object
) -> tuple[str, ...]:
    clip = a_clip(reference.top, "Ana", references=(reference,))
    trial = Trial(
        position=0,
        clip=clip,
        channel=clip.channel,
        show=show or Whole(),
        ask=Name(choices=VOCABULARY.names),
    )
    answer = Answer(label=label, **{"intensity": 0.5, "confidence": 0.7, "response_ms": None, **more})  # type: ignore[arg-type]
    record = record_of(
        trial,
        answer,
        session_id=1,
        when=NOW.isoformat(),
        references=(reference,),
        vocabulary=VOCABULARY,
    )
    return SPEAKER.about_answer(record, shown_reference(trial), PeopleKind.FILMED)


def test_of_a_tie_the_headline_says_what_the_mark_shows() -> None:
    tie = Reading(source=Source.CROWD, labels={"fear": 0.5, "surprise": 0.5}, raters=20)
    for label in ("fear", "surprise"):
        assert said(tie, label)[0].startswith(f"You said {label}, and that agrees.")
    assert said(tie, "anger")[0].startswith("You said anger. ")


def test_two_that_were_meant_at_once_are_both_named() -> None:
    both = Reading(source=Source.INTENDED, labels={"fear": 0.5, "surprise": 0.5}, intensity=1.0)
    assert "asked to show fear and surprise" in said(both, "surprise")[0]
    mostly = Reading(source=Source.INTENDED, labels={"fear": 0.7, "surprise": 0.3}, intensity=1.0)
    assert "asked to show fear." in said(mostly, "surprise")[0]


def test_anger_and_fear_are_told_apart_in_words() -> None:
    lines = said(certain(Source.INTENDED, "fear"), "anger")
    assert "In anger the whole brow comes down" in lines[1]


def test_strength_is_compared_with_what_was_shown_of_it() -> None:
    full = certain(Source.INTENDED, "fear", intensity=1.0)
    assert "fainter" in said(full, "fear")[1]
    held = Held(until_s=0.5, intensity=0.5)
    assert "equally strongly" in said(full, "fear", show=held)[1]
    assert len(said(full, "fear", intensity=None)) == 1


FEAR = (Moved("AU1", Side.BOTH, 0.9), Moved("AU5", Side.BOTH, 0.8), Moved("AU20", Side.BOTH, 0.6))


@pytest.mark.parametrize(
    ("units", "other", "sentence"),
    [
        (FEAR, "surprise", "What tells fear from surprise here: lips stretched sideways."),
        (
            FEAR,
            "anger",
            "What tells fear from anger here: inner ends of the brows raised, upper eyelids raised.",
        ),
        (FEAR, None, "What to look for here: inner ends of the brows raised, upper eyelids raised."),
        (FEAR[:1], "surprise", "What to look for here: inner ends of the brows raised."),
        ((Moved("AU28", Side.BOTH, 0.9),), "surprise", None),
        ((), "surprise", None),
    ],
)
def test_what_to_look_for_is_what_moved_here(
    units: tuple[Moved, ...], other: str | None, sentence: str | None
) -> None:
    assert SPEAKER.look_for("fear", units, other) == sentence


@pytest.mark.parametrize("meant", Core)
@pytest.mark.parametrize("other", [None, "none_of_these", *Core])
def test_every_two_emotions_have_words(meant: str, other: str | None) -> None:
    moved = tuple(Moved(code, Side.BOTH, 0.5) for code in ("AU1", "AU4", "AU10", "AU12", "AU14", "AU17"))
    sentence = SPEAKER.look_for(meant, moved, other)
    assert (sentence is None) == (meant == Core.NEUTRAL)


def test_what_was_drawn_is_said_exactly() -> None:
    units = (Moved("AU14", Side.LEFT, 0.9), Moved("AU12", Side.LEFT, 0.4))
    (sentence,) = SPEAKER.about_drawn(units)
    assert sentence.startswith(
        "Drawn here, exactly: mouth corners tightened and drawn in on their left, mouth "
    )
    assert SPEAKER.about_drawn(()) == ("Drawn here, exactly: a face at rest.",)
