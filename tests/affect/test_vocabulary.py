import tomllib

import pytest

from attune.affect.reading import NONE
from attune.affect.vocabulary import Core, Term, Vocabulary
from attune.resources import asset


def core() -> Vocabulary:
    return Vocabulary.from_mapping(tomllib.loads(asset("vocabulary", "core.toml").read_text("utf-8")))


def test_the_core_vocabulary_is_the_eight_states_in_their_order() -> None:
    vocabulary = core()
    assert vocabulary.names == tuple(Core)
    assert len(vocabulary) == len(list(vocabulary)) == 8
    assert {term.family for term in vocabulary} == set(Core)


def test_terms_are_found_by_name() -> None:
    assert core()["fear"].arousal > 0 > core()["fear"].valence
    with pytest.raises(KeyError, match="serenity"):
        core()["serenity"]


def term(name: str, valence: float = 0.0) -> Term:
    return Term(name=name, family=name, valence=valence, arousal=0.0)


def test_a_vocabulary_needs_two_different_terms() -> None:
    for terms in ((), (term("one"),), (term("one"), term("one"))):
        with pytest.raises(ValueError, match="two or more"):
            Vocabulary("small", terms)


@pytest.mark.parametrize(("name", "valence"), [("", 0.0), ("far", 1.5), ("nowhere", float("nan"))])
def test_a_term_has_a_name_and_lies_in_the_square(name: str, valence: float) -> None:
    with pytest.raises(ValueError, match=r"\[-1, 1\]"):
        term(name, valence)


def test_only_some_terms_in_the_order_asked_for() -> None:
    some = core().only(("surprise", "fear", NONE))
    assert some.names == ("surprise", "fear", NONE)
    assert some["fear"] == core()["fear"]
    with pytest.raises(KeyError, match="serenity"):
        core().only(("fear", "serenity"))
