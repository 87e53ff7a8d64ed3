"""A person's file: what it may say, and what is said where it does not fit."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.errors import PersonError
from attune.people.person import Person, load_cast, load_person
from attune.resources import Words, asset

WORDS = Words()
ANA = asset("people", "cast", "ana.toml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in ANA
    path = folder / "somebody.toml"
    path.write_text(ANA.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "kind", "field"),
    [
        ("seed = 1\n", "", "missing", "seed"),
        ("age = 34\n", "", "missing", "identity.age"),
        ("age = 34", "age = 12", "out_of_range", "identity.age"),
        ("age = 34", "age = nan", "out_of_range", "identity.age"),
        ("age = 34", 'age = "old"', "out_of_range", "identity.age"),
        ("[skin]", "[skin]\nblash = 0.2", "unknown", "skin.blash"),
        ("[skin]", "[fur]\n[skin]", "unknown", "fur"),
        ("caucasian = 0.9", "caucasian = 0.4", "out_of_range", "identity.ancestry"),
        ('colour = "hazel"', 'colour = "red"', "out_of_range", "eyes.colour"),
        ('"5B6F63"', '"green"', "out_of_range", "clothes.colour"),
        ("[identity.targets]", "[identity.targets]\nnose-hmp = 0.1", "unknown", "identity.targets.nose-hmp"),
        (
            "[identity.targets]",
            "[identity.targets]\nnose-hump = 3",
            "out_of_range",
            "identity.targets.nose-hump",
        ),
        (
            "[identity.targets]",
            "[identity.targets]\nhead-diamond = -0.5",
            "one_way",
            "identity.targets.head-diamond",
        ),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, old: str, new: str, kind: str, field: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(PersonError) as caught:
        load_person(path)
    assert caught.value.key == f"person.{kind}"
    assert caught.value.fields["field"] == field
    sentence = WORDS.error(caught.value)
    assert field in sentence
    assert str(path) in sentence


def test_hair_nobody_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(PersonError) as caught:
        load_person(changed(tmp_path, 'style = "bob"', 'style = "beehive"'))
    assert "beehive" in WORDS.error(caught.value)
    assert "bob" in WORDS.error(caught.value)


@pytest.mark.parametrize(
    "content", [b"name = \xff", b"[skin", b"\x00", b"a=" + b"[" * 5000, b"#" * (1 << 17)]
)
def test_what_is_no_toml_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "somebody.toml"
    path.write_bytes(content)
    with pytest.raises(PersonError) as caught:
        load_person(path)
    assert str(path) in WORDS.error(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(PersonError, match=r"person\.unreadable"):
        load_person(tmp_path / "nobody.toml")


LEAVES = (
    st.none() | st.booleans() | st.integers(-9, 99) | st.floats(-9, 9).map(lambda x: round(x, 2)) | st.text()
)


@given(
    place=st.sampled_from(["identity", "skin", "eyes", "brows", "hair", "beard", "clothes", ""]),
    key=st.sampled_from(["age", "tone", "colour", "seed", "name", "ancestry", "style", "height", "x"]),
    value=LEAVES | st.lists(LEAVES, max_size=2) | st.dictionaries(st.text(max_size=4), LEAVES, max_size=2),
)
def test_whatever_a_file_says_gives_a_person_or_a_known_error(
    tmp_path_factory: pytest.TempPathFactory, place: str, key: str, value: object
) -> None:
    data = tomllib.loads(ANA)
    (data.setdefault(place, {}) if place else data)[key] = value
    path = tmp_path_factory.mktemp("people") / "somebody.toml"
    path.write_text(as_toml(data), encoding="utf-8")
    found: Person | PersonError
    try:
        found = load_person(path)
    except PersonError as error:
        found = error
    assert isinstance(found, Person) or str(path) in WORDS.error(found)


def as_toml(table: object) -> str:
    """Write plain data down as TOML, each value inline."""

    def inline(value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{inline(str(k))} = {inline(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(inline(one) for one in value) + "]"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return repr(value)
        letters = (f"\\U{ord(letter):08x}" for letter in str(value) if not 0xD800 <= ord(letter) < 0xE000)
        return '"' + "".join(letters) + '"'

    assert isinstance(table, dict)
    return "\n".join(f"{inline(str(key))} = {inline(value)}" for key, value in table.items())


def test_the_cast_is_balanced() -> None:
    people = load_cast()
    assert len(people) >= 12
    ages = sorted(person.identity.age for person in people)
    assert ages[0] <= 25
    assert ages[-1] >= 70
    assert max(later - earlier for earlier, later in pairwise(ages)) <= 10
    women = sum(person.identity.masculinity < 0.5 for person in people)
    assert abs(women - len(people) / 2) <= 1
    for origin in ("african", "asian", "caucasian"):
        share = sum(getattr(person.identity.ancestry, origin) for person in people) / len(people)
        assert 0.2 < share < 0.5
    assert len({person.seed for person in people}) == len(people)
    assert len({person.hair.style for person in people}) >= 8
