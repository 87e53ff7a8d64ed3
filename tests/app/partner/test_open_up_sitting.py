"""A sitting: turns alternate, it begins lightly, and the time of speaking knows its pauses."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Source
from attune.app.partner.couple import Kind, Moment, Note
from attune.app.partner.open_up import Mark, Told, Way
from attune.app.partner.open_up_clock import NS_PER_S, SpeakingClock
from attune.app.partner.open_up_sitting import Face, Sitting, moment_of, own_prompt
from attune.app.partner.prompts import Depth, Wish

ANA, BEN = 1, 2
WHEN = "2026-03-01T18:00:00.000+00:00"


def a_told(depth: Depth = Depth.LIGHTNESS, prompt: str = "smell") -> Told:
    mark = Mark(time_s=3.0, label="sadness", intensity=0.5, values=(-0.4,))
    return Told(prompt=prompt, text="", depth=depth, way=Way.DIAL, lasts_s=30.0, marks=(mark,))


def a_moment(depth: Depth, **rest: object) -> Moment:
    return moment_of(
        a_told(depth),
        happened_at=WHEN,
        speaker=ANA,
        listener=BEN,
        name="Ana",
        **rest,  # type: ignore[arg-type]
    )


def a_sitting(*moments: Moment, notes: tuple[Note, ...] = ()) -> Sitting:
    return Sitting((ANA, BEN), moments=moments, notes=notes, random=Random(1))


def test_it_begins_lightly_and_later_a_step_lighter_than_where_they_were() -> None:
    assert a_sitting().depth is Depth.LIGHTNESS
    assert a_sitting(a_moment(Depth.LIGHTNESS)).depth is Depth.LIGHTNESS
    assert a_sitting(a_moment(Depth.VULNERABILITY)).depth is Depth.CLOSENESS


def test_turns_alternate_and_both_have_spoken_after_two() -> None:
    sitting = a_sitting()
    prompt = sitting.prompt
    sitting.ended(a_told())
    assert (sitting.speaker, sitting.listener) == (BEN, ANA)
    assert sitting.prompt != prompt
    assert not sitting.both_spoke_here
    sitting.ended(a_told())
    assert (sitting.speaker, sitting.both_spoke_here) == (ANA, True)
    assert sitting.asked((Wish.DEEPER, Wish.DEEPER)) is Depth.EVERYDAY
    assert not sitting.both_spoke_here


def test_nobody_goes_deeper_by_themselves() -> None:
    sitting = a_sitting(a_moment(Depth.ROOTS))
    with pytest.raises(ValueError, match="both are asked"):
        sitting.lighter(Depth.ROOTS)
    sitting.lighter(Depth.LIGHTNESS)
    assert sitting.depth is sitting.prompt.depth is Depth.LIGHTNESS


def test_what_was_spoken_about_comes_last() -> None:
    sitting = a_sitting(a_moment(Depth.LIGHTNESS))
    drawn = [sitting.prompt.key]
    for _ in range(22):
        sitting.pass_prompt()
        drawn.append(sitting.prompt.key)
    assert "smell" not in drawn
    sitting.pass_prompt()
    assert sitting.prompt.key == "smell"


def test_a_note_of_an_unknown_depth_is_left_out() -> None:
    note = Note(id=7, person=ANA, by=ANA, kind="prompt", key="abyss", text="?", at=WHEN)
    assert own_prompt(note) is None
    assert a_sitting(notes=(note,)).depth is Depth.LIGHTNESS


def test_a_moment_says_who_felt_what_and_has_no_face_without_one() -> None:
    moment = a_moment(Depth.ROOTS)
    assert (moment.kind, moment.shower, moment.noticer) == (Kind.OPEN_UP, ANA, BEN)
    assert moment.felt is not None
    assert (moment.felt.top, moment.felt.source, moment.felt.by) == ("sadness", Source.SELF_REPORT, "Ana")
    assert (moment.expressed, moment.units) == (None, ())
    seen = a_moment(Depth.ROOTS, face=Face(units=(("AU12", "both", 0.5),)))
    assert seen.units == (("AU12", "both", 0.5),)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), max_size=5))
def test_speaking_and_pausing_sum_up_to_the_time_that_passed(parts: list[tuple[int, int]]) -> None:
    clock, now = SpeakingClock(), 10**15
    clock.begin(now)
    for speaking_s, pausing_s in parts:
        now += speaking_s * NS_PER_S
        clock.pause(now)
        clock.pause(now + 1)  # twice is once
        now += pausing_s * NS_PER_S
        assert clock.paused
        assert clock.seconds(now) == pytest.approx(sum(each for each, _ in parts[: len(clock.pauses) + 1]))
        clock.go_on(now)
    assert clock.seconds(now) == pytest.approx(sum(each for each, _ in parts))
    assert [lasted for _, lasted in clock.pauses] == pytest.approx([pausing for _, pausing in parts])


def test_nothing_is_spoken_before_it_began() -> None:
    clock = SpeakingClock()
    clock.pause(5)
    clock.go_on(6)
    assert clock.seconds(10) == 0.0
    assert clock.pauses == []
