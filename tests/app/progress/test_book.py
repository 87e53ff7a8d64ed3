"""What is asked twice is computed once, until the history changes; few answers are treated as few."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from attune.affect.vocabulary import Vocabulary
from attune.app.progress.book import Progress
from attune.app.progress.made_up import MadeUp
from attune.scoring.unscorable import Unscorable
from attune.storage.records import CardRecord, utc_text
from attune.storage.store import Store
from tests.app.progress.kept import NOW, PICTURE

Fill = Callable[[Store, Vocabulary], object]
Opener = Callable[[Fill], tuple[Progress, Callable[[Fill], object]]]


def practised(answers: int, **more: float) -> Fill:
    made = replace(MadeUp(answers=answers, until=NOW, check_every=0), **more)  # type: ignore[arg-type]
    return made.fill


def nothing(_store: Store, _vocabulary: Vocabulary) -> None: ...


def test_nothing_practised_is_told_as_nothing(progress_of: Opener) -> None:
    progress, _change = progress_of(nothing)
    assert progress.lenses().result() == ()
    standing = progress.standing(None).result()
    assert (standing.answers, standing.week.answers, standing.streak, standing.skills) == (0, 0, 0, ())
    assert standing.step.why == "daily"
    assert progress.skill(None, None).result().marks == ()
    assert progress.confusions(None).result().whole is None
    assert isinstance(progress.sureness(None).result().calibration, Unscorable)
    assert progress.pace(None).result().whole is None
    assert [each.each for each in progress.transfer(None).result()] == [(), (), ()]
    assert progress.thresholds().result() == ()
    assert progress.followed().result() == ()


def test_a_single_answer_breaks_nothing_and_claims_nothing(progress_of: Opener) -> None:
    progress, _change = progress_of(practised(1))
    (lens,) = progress.lenses().result()
    (skill,) = progress.standing(lens).result().skills
    assert skill.rate is None
    (mark,) = progress.skill(lens, None).result().marks
    assert mark.ability.only_interval
    assert mark.ability.low < -1 < 1 < mark.ability.high
    assert progress.confusions(lens).result().halves is None
    assert progress.confusions(lens).result().mix_ups == ()
    assert len(progress.sureness(lens).result().gaps) == 2


def test_asking_again_costs_nothing_until_something_is_answered(progress_of: Opener) -> None:
    progress, change = progress_of(practised(60))
    first = progress.confusions(PICTURE).result()
    assert progress.confusions(PICTURE).result() is first
    change(practised(24, seed=8))
    later = progress.confusions(PICTURE).result()
    assert later is not first
    assert later.whole is not None
    assert first.whole is not None
    assert later.whole.confusion.total > first.whole.confusion.total


def test_a_clock_set_back_does_not_mix_up_time(progress_of: Opener) -> None:
    progress, change = progress_of(practised(60))
    change(MadeUp(answers=40, until=NOW - timedelta(days=200), check_every=0).fill)
    marks = progress.skill(PICTURE, None).result().marks
    assert all(one.end <= other.begin for one, other in pairwise(marks))


def test_days_in_a_row_end_yesterday_at_the_earliest(progress_of: Opener) -> None:
    def on_days(*ago: int) -> Fill:
        def fill(store: Store, vocabulary: Vocabulary) -> None:
            for days in ago:
                MadeUp(answers=3, until=NOW - timedelta(days=days), check_every=0).fill(store, vocabulary)

        return fill

    progress, change = progress_of(on_days(1, 2, 3, 5))
    assert progress.standing(PICTURE).result().streak == 3
    change(on_days(0))
    assert progress.standing(PICTURE).result().streak == 4


def test_what_to_do_next_names_what_is_due_before_what_is_mixed_up(progress_of: Opener) -> None:
    progress, change = progress_of(practised(500))
    step = progress.standing(PICTURE).result().step
    assert (step.why, step.mode) == ("pair", "contrast")
    assert step.count / step.of >= 0.15

    def due(store: Store, _vocabulary: Vocabulary) -> None:
        store.past.put_card(
            CardRecord(one="anger", other="fear", channel="picture", band="full", due=utc_text(NOW), state={})
        )

    change(due)
    step = progress.standing(PICTURE).result().step
    assert (step.why, step.count) == ("due", 1)


def test_what_is_hardly_known_is_named(progress_of: Opener) -> None:
    progress, _change = progress_of(practised(40))
    step = progress.standing(PICTURE).result().step
    assert step.why == "few"
    assert step.count < 20
