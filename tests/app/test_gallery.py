"""What clips show, and which fit what somebody looks for."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Reading, Source, certain
from attune.app.gallery import UNSAID, Facet, Gallery, Wanted, plain
from attune.app.library import Clip
from attune.resources import Words
from tests.made_up import a_clip, a_set

FEAR = certain(Source.INTENDED, "fear", intensity=0.4)
VOTED = Reading(source=Source.CROWD, labels={"surprise": 0.5, "fear": 0.5}, raters=10)


words = cache(Words)  # reading them takes longer than everything else here


def clip(name: str, *references: Reading, person: str = "", note: str = "") -> Clip:
    return a_clip(name, *references, person=person, note=note)


def gallery(*clips: Clip) -> Gallery:
    return Gallery((a_set(*clips),), words())


def found(shown: Gallery, typed: str = "", **among: str) -> list[str]:
    chosen = {Facet[facet]: frozenset({value}) for facet, value in among.items()}
    return [entry.clip.name for entry in shown.fitting(Wanted(words=typed, among=chosen))]


CLIPS = (
    clip("media/03-01-06_one.mp4", FEAR, person="Zoë"),
    clip("media/two.mp4", VOTED, person="Ana", note="after the call with her sister"),
    clip("media/three.mp4", person="Ana"),
    clip("media/four.mp4", certain(Source.INTENDED, "neutral", intensity=0.0)),
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["one", "two", "three", "four"]),
        ("fear", ["one"]),
        ("scared", ["one"]),  # another word for it
        ("FEA", ["one"]),
        ("zoe", ["one"]),
        ("Zoë fear", ["one"]),
        ("01-06", ["one"]),
        ("ana", ["two", "three"]),
        ("ana sister", ["two"]),
        ("ister", []),  # the beginning of a word is what people type
        ("tw", ["two"]),
    ],
)
def test_words_find_what_they_begin(typed: str, names: list[str]) -> None:
    ends = {name.rsplit("/")[-1].split(".")[0].split("_")[-1] for name in found(gallery(*CLIPS), typed)}
    assert ends == set(names)


def test_values_are_what_the_reference_that_counts_says() -> None:
    one, two, three, four = gallery(*CLIPS).entries
    assert (one[Facet.EMOTION], one[Facet.STRENGTH], one[Facet.PERSON]) == ("fear", "slight", "Zoë")
    assert (two[Facet.EMOTION], two[Facet.STRENGTH]) == ("surprise", UNSAID)
    assert (three[Facet.EMOTION], three[Facet.DIFFICULTY]) == (UNSAID, UNSAID)
    assert (four[Facet.EMOTION], four[Facet.STRENGTH]) == ("neutral", UNSAID)  # rest has no strength


def test_faint_is_harder_than_full() -> None:
    faint, full = (replace(FEAR, intensity=intensity) for intensity in (0.1, 1.0))
    shown = gallery(clip("a", faint), clip("b", full))
    assert [entry[Facet.DIFFICULTY] for entry in shown.entries] == ["hard", "easy"]


def test_facets_and_words_go_together() -> None:
    shown = gallery(*CLIPS)
    assert found(shown, PERSON="Ana") == ["media/two.mp4", "media/three.mp4"]
    assert found(shown, "sister", PERSON="Ana") == ["media/two.mp4"]
    assert found(shown, "sister", PERSON="Zoë") == []
    assert found(shown, EMOTION=UNSAID) == ["media/three.mp4"]


def test_values_are_counted() -> None:
    assert gallery(*CLIPS).values(Facet.PERSON) == {"Ana": 2, "Zoë": 1, "": 1}


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(words="  "), Wanted(among={Facet.PERSON: frozenset()})])
def test_nothing_in_particular_is_everything(wanted: Wanted) -> None:
    assert wanted.anything
    assert len(gallery(*CLIPS).fitting(wanted)) == len(CLIPS)


@given(st.text(max_size=40))
def test_whatever_is_typed_can_be_searched_for(typed: str) -> None:
    shown = gallery(*CLIPS)
    assert all(entry in shown.entries for entry in shown.fitting(Wanted(words=typed)))


@given(st.text(max_size=40))
def test_a_name_is_found_by_itself(name: str) -> None:
    shown = gallery(clip(f"media/{name}.mp4"))
    assert len(shown.fitting(Wanted(words=name))) == 1
    assert plain(name).startswith(" ")
