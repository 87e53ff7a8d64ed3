"""A person's head is what the file says: older, wider, another's; and the same every time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.people.head import Head
from attune.people.person import Ancestry, Identity, Person
from attune.people.sculpt import EYES_MIDDLE, macro_shares, sculpt

SHARE = st.floats(0, 1)


@given(st.floats(20, 75), SHARE, SHARE, SHARE, SHARE)
def test_shares_of_averaged_people_add_up(
    age: float, masculinity: float, african: float, muscle: float, weight: float
) -> None:
    """Each of the two sets of shapes is a mixture: shares in [0, 1] that sum to 1; and no child is in it."""
    identity = Identity(
        age=age,
        masculinity=masculinity,
        ancestry=Ancestry(african=african, asian=1 - african),
        muscle=muscle,
        weight=weight,
    )
    shares = dict(macro_shares(identity))
    for universal in (True, False):
        part = [share for name, share in shares.items() if name.startswith("universal") == universal]
        assert min(part) >= 0
        assert sum(part) == pytest.approx(1)


def test_no_shape_of_a_child_is_carried(head: Head) -> None:
    assert not [name for name in head.macro_names if "child" in name or "baby" in name]
    assert len(head.macro_names) == 12 + 36


def test_everybodys_eyes_are_in_the_same_place(head: Head, cast: dict[str, Person]) -> None:
    for person in cast.values():
        shape = sculpt(head, person, level=0)
        (left, radius), (right, other) = shape.eyes
        assert np.allclose((left + right) / 2, EYES_MIDDLE, atol=1e-4)
        assert left[0] > 0 > right[0]
        assert 0.12 < radius < 0.2
        assert radius == pytest.approx(other, rel=0.05)


def test_a_feature_is_put_on_both_sides_or_on_the_one_named(head: Head, cast: dict[str, Person]) -> None:
    person = cast["Ana"]

    def shape(**targets: float) -> np.ndarray:
        named = {name.replace("_", "-"): amount for name, amount in targets.items()}
        return sculpt(head, replace(person, identity=replace(person.identity, targets=named)), level=0).base

    usual = shape()
    right_ear = head.base[:, 0] < -0.7
    assert np.abs(shape(ear_scale=1.0) - usual)[right_ear].max() > 0.02
    assert np.abs(shape(l_ear_scale=1.0) - usual)[right_ear].max() < 1e-5
    more, less = shape(nose_hump=0.5) - usual, shape(nose_hump=-0.5) - usual
    assert more[np.abs(more).max(axis=1).argmax(), 2] > 0 > less[np.abs(less).max(axis=1).argmax(), 2]


def test_lips_meet_at_rest(head: Head, cast: dict[str, Person]) -> None:
    """Of everybody: the lowest of the upper lip in the middle, against the highest of the lower one."""
    rest = head.grid(2).subdivide(head.base)
    middle = (np.abs(rest[:, 0]) < 0.01) & (head.lips(2) > 0.9)
    for person in cast.values():
        skin = sculpt(head, person, level=2).skin
        upper = middle & (rest[:, 1] > 6.607) & (rest[:, 2] > 1.53)
        lower = middle & (rest[:, 1] < 6.605)
        assert skin[upper, 1].min() - skin[lower, 1].max() < 0.01, person.name


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1))
def test_the_same_person_is_the_same_shape(head: Head, cast: dict[str, Person], level: int) -> None:
    one, other = (sculpt(head, cast["Jay"], level=level) for _ in range(2))
    assert np.array_equal(one.skin, other.skin)
    assert len(one.skin) == len(one.rest) == len(one.normals) == one.quads.max() + 1


def test_years_show(head: Head, cast: dict[str, Person]) -> None:
    person = cast["Ben"]
    ages = [
        sculpt(head, replace(person, identity=replace(person.identity, age=age)), level=0).skin
        for age in (20, 25, 50, 75)
    ]
    assert np.allclose(ages[0], ages[1])
    assert np.abs(ages[3] - ages[1]).max() > np.abs(ages[2] - ages[1]).max() > 0.01


def test_nobody_looks_like_another(head: Head, cast: dict[str, Person]) -> None:
    faces = {name: sculpt(head, person, level=0) for name, person in cast.items()}
    front = (head.base[: head.grid(0).count, 2] > 0.9) & (head.base[: head.grid(0).count, 1] > 6.1)
    for name, one in faces.items():
        for other_name, other in faces.items():
            if name < other_name:
                apart = np.sqrt(((one.skin - other.skin)[front] ** 2).sum(axis=1).mean())
                assert apart > 0.015, (name, other_name)
