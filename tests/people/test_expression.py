"""The expressions Attune carries, and what a person may write wrongly in a file of their own."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.prototypes import called
from attune.affect.vocabulary import Core
from attune.errors import ExpressionError
from attune.people.expression import Expression, Kind, changed, load_expressions, mirrored, mixed
from attune.people.units import AMOUNTS, PLACES, UPPER, Unit, places
from attune.resources import Words, asset

CARRIED = load_expressions()
WORDS = Words()
names = st.sampled_from(sorted(CARRIED))


def sides(expression: Expression) -> dict[str, tuple[float, float]]:
    return {
        str(unit): (float(expression.full[places(unit)[0]]), float(expression.full[places(unit)[-1]]))
        for unit in Unit
    }


def test_all_eight_states_are_there_and_everything_has_a_name() -> None:
    assert [name for name, each in CARRIED.items() if each.kind is Kind.STATE] == list(Core)
    assert WORDS.table("people.expressions").keys() == CARRIED.keys()
    assert all(WORDS(each.title_key) and WORDS(each.kind.title_key) for each in CARRIED.values())
    assert {each.kind for each in CARRIED.values()} == set(Kind)


@pytest.mark.parametrize("core", Core)
def test_states_and_their_variants_are_called_so(core: Core) -> None:
    """By the likeness to posers' prototypes; a variant may lie close to another."""
    for name, each in CARRIED.items():
        if each.emotions == (core,) and each.kind in (Kind.STATE, Kind.VARIANT):
            found = called(sides(each))
            assert core == found.name or core in found.close, name


def test_no_two_are_the_same() -> None:
    made = {tuple(np.round(each.full, 3)) for each in CARRIED.values()}
    assert len(made) == len(CARRIED)


def test_variants_have_the_units_all_posers_show() -> None:
    """Du, Tao & Martinez 2014, table 1, column "always"; variants named after what they leave out may."""
    always = {
        Core.HAPPINESS: ("AU12",), Core.SADNESS: ("AU4", "AU15"), Core.FEAR: ("AU1", "AU4", "AU20", "AU25"),
        Core.ANGER: ("AU4", "AU7"), Core.SURPRISE: ("AU1", "AU2", "AU25"), Core.DISGUST: ("AU9", "AU10"),
    }  # fmt: skip
    for each in CARRIED.values():
        if each.kind in (Kind.STATE, Kind.VARIANT):
            for unit in always.get(Core(each.emotions[0]), ()):
                assert max(sides(each)[unit]) > 0, (each.name, unit)


def test_halves_are_halves() -> None:
    upper = np.array([amount.unit in UPPER for amount in AMOUNTS])
    assert not CARRIED["fear_upper"].full[~upper].any()
    assert not CARRIED["fear_lower"].full[upper].any()
    whole = CARRIED["fear_upper"].full + CARRIED["fear_lower"].full
    np.testing.assert_array_equal(whole, CARRIED["fear"].full)


@given(names, st.floats(0, 1), st.floats(0, 1))
def test_more_strength_never_shows_less(name: str, one: float, other: float) -> None:
    each = CARRIED[name]
    weaker, stronger = (each.amounts(strength) for strength in sorted((one, other)))
    assert np.all(weaker <= stronger + 1e-6)
    assert not each.amounts(0.0).any()
    np.testing.assert_allclose(each.amounts(1.0), each.full, atol=1e-6)


@given(names, names, st.floats(0, 1))
def test_a_mixture_lies_between(one: str, other: str, share: float) -> None:
    found = mixed(CARRIED[one], CARRIED[other], share)
    ends = np.stack([CARRIED[one].full, CARRIED[other].full])
    assert np.all((found.full >= ends.min(axis=0) - 1e-6) & (found.full <= ends.max(axis=0) + 1e-6))
    assert np.all((found.enters >= 0) & (found.enters < 1))
    np.testing.assert_allclose(found.amounts(1.0), found.full, atol=1e-6)


def test_the_ends_of_a_mixture_are_what_was_mixed() -> None:
    fear, surprise = CARRIED["fear"], CARRIED["surprise"]
    assert mixed(fear, surprise, 0.0).emotions == ("fear",)
    np.testing.assert_array_equal(mixed(fear, surprise, 0.0).full, fear.full)
    assert mixed(fear, surprise, 0.5).emotions == ("fear", "surprise")
    assert mixed(fear, surprise, 1.0).emotions == ("surprise",)
    with pytest.raises(ValueError, match="share"):
        mixed(fear, surprise, 1.1)


@given(names)
def test_a_mirror_twice_is_nothing(name: str) -> None:
    twice = mirrored(mirrored(CARRIED[name]))
    np.testing.assert_array_equal(twice.full, CARRIED[name].full)
    assert (twice.head, twice.gaze) == (CARRIED[name].head, CARRIED[name].gaze)


def test_a_mirror_exchanges_the_sides() -> None:
    right = mirrored(CARRIED["contempt"])
    assert right.full[PLACES["AU14_left"]] == 0
    assert right.full[PLACES["AU14_right"]] == CARRIED["contempt"].full[PLACES["AU14_left"]]


def test_amounts_can_be_set_one_by_one() -> None:
    found = changed(CARRIED["neutral"], {"AU12_left": 0.5})
    assert found.full.sum() == 0.5
    with pytest.raises(ValueError, match="AU1"):
        changed(CARRIED["neutral"], {"AU1": 1.5})


# Files of other people

TIMES = "timing = {onset_s = [0.2, 0.4], apex_s = [0.5, 0.9], offset_s = [0.5, 0.9]}\n"
GOOD = f'[joy]\nkind = "state"\nemotions = ["happiness"]\n{TIMES}units = {{AU12 = 0.9}}\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def trouble(folder: Path, text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        load_expressions(written(folder, text))
    assert WORDS.error(caught.value)
    assert str(caught.value.fields["file"]).endswith("mine.toml")
    return caught.value


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    text = GOOD + '[smirk]\nkind = "variant"\nof = "joy"\nunits = {AU12 = {left = 0.5}}\nshare = 0.2\n'
    found = load_expressions(written(tmp_path, text))
    assert list(found) == ["joy", "smirk"]
    smirk = found["smirk"]
    assert (smirk.emotions, smirk.share, smirk.timing) == (("happiness",), 0.2, found["joy"].timing)
    assert smirk.full[PLACES["AU12_left"]] == 0.5
    assert smirk.full[PLACES["AU12_right"]] == 0


@pytest.mark.parametrize(
    ("text", "key", "field"),
    [
        (GOOD.replace("AU12", "AU99"), "unit_unknown", "joy.units.AU99"),
        (GOOD.replace("0.9}\n", "1.4}\n"), "out_of_range", "joy.units.AU12"),
        (GOOD.replace("0.9}\n", "nan}\n"), "out_of_range", "joy.units.AU12"),
        (GOOD.replace("0.9}\n", "{left = -1}}\n"), "out_of_range", "joy.units.AU12.left"),
        (GOOD.replace("0.9}\n", "{lft = 1}}\n"), "unknown", "joy.units.AU12.lft"),
        (GOOD.replace("[joy]", "[afloat]").replace("AU12", "AU99"), "unit_unknown", "afloat.units.AU99"),
        (GOOD.replace("AU12 = 0.9", "AU26 = {left = 0.5}"), "no_sides", "joy.units.AU26"),
        (GOOD + "enters = {AU12 = 1}\n", "out_of_range", "joy.enters.AU12"),
        (GOOD + "enters = {AU3 = 0}\n", "unit_unknown", "joy.enters.AU3"),
        (GOOD.replace("[0.2, 0.4]", "[0.4, 0.2]"), "out_of_range", "joy.timing.onset_s"),
        (GOOD.replace("[0.2, 0.4]", "0.4"), "out_of_range", "joy.timing.onset_s"),
        (GOOD.replace(TIMES, ""), "missing", "joy.timing"),
        (GOOD.replace('emotions = ["happiness"]\n', ""), "missing", "joy.emotions"),
        (GOOD.replace('"happiness"', '"glee"'), "out_of_range", "joy.emotions.0"),
        (GOOD.replace('kind = "state"\n', ""), "missing", "joy.kind"),
        (GOOD.replace('"state"', '"mask"'), "out_of_range", "joy.kind"),
        (GOOD + "speed = 3\n", "unknown", "joy.speed"),
        (GOOD + 'of = "grief"\n', "not_before", "joy"),
        (GOOD + "head_deg = {yaw = 90}\n", "out_of_range", "joy.head_deg.yaw"),
        ("joy = 3\n", "out_of_range", "joy"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, key: str, field: str) -> None:
    found = trouble(tmp_path, text)
    assert (found.key, found.fields["field"]) == (f"expression.{key}", field)


def test_files_that_are_none(tmp_path: Path) -> None:
    assert trouble(tmp_path, "joy = = 3").key == "expression.not_toml"
    assert trouble(tmp_path, "").key == "expression.empty"
    assert trouble(tmp_path, "#" * (1 << 20) + "\n").key == "expression.unreadable"
    with pytest.raises(ExpressionError, match="unreadable"):
        load_expressions(tmp_path / "nowhere.toml")


TEXT = asset("people", "expressions.toml").read_text(encoding="utf-8")


@given(st.data())
def test_a_file_that_somebody_spoiled_is_told_about(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One line lost or one character changed: it is read, or a known error says what is amiss."""
    place = data.draw(st.integers(0, len(TEXT) - 1))
    spoiled = TEXT[:place] + data.draw(st.sampled_from('0-"[]{}=,\n.x')) + TEXT[place + 1 :]
    path = written(tmp_path_factory.mktemp("spoiled"), spoiled)
    try:
        found = load_expressions(path)
    except ExpressionError as error:
        found = {WORDS.error(error): CARRIED["neutral"]}
    assert found


def test_the_carried_file_uses_what_it_can_say() -> None:
    used = {key for table in tomllib.loads(TEXT).values() for key in table}
    wanted = {"kind", "emotions", "of", "parts", "units", "enters", "share", "timing", "head_deg", "gaze_deg"}
    assert used == wanted
