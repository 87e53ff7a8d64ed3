from dataclasses import replace
from datetime import UTC, datetime, timedelta

from attune.app.partner.couple import Note
from attune.app.partner.love_map import FACT, load_questions, love_map

NOW = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
ANA, BEN = 1, 2
QUESTIONS = load_questions()


def note(key: str, *, days: float = 0, by: int = ANA, person: int = ANA, number: int = 1) -> Note:
    at = (NOW - timedelta(days=days)).isoformat(timespec="milliseconds")
    return Note(id=number, person=person, by=by, kind=FACT, key=key, text="tea", at=at)


def test_there_are_many_questions_each_with_a_gap_for_the_name() -> None:
    assert len(QUESTIONS) >= 60
    assert len({question.text for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert "{name}" in question.text or "you" in question.text
        assert question.text.format(name="Ana").endswith("?")
        assert timedelta(days=14) <= question.fresh <= timedelta(days=1000)


def test_topics_take_turns_and_what_was_asked_is_not_asked_again() -> None:
    ask = love_map((), ANA, QUESTIONS, NOW).ask
    topics = {question.topic for question in QUESTIONS}
    assert {each.question.topic for each in ask[: len(topics)]} == topics
    assert sorted(each.question.key for each in ask) == sorted(question.key for question in QUESTIONS)
    first = ask[0].question.key
    later = love_map((note(first, by=BEN),), ANA, QUESTIONS, NOW).ask
    assert first not in {each.question.key for each in later}


def test_another_day_asks_in_another_order_and_the_same_day_in_the_same() -> None:
    today, again = (love_map((), ANA, QUESTIONS, NOW).ask for _ in range(2))
    tomorrow = love_map((), ANA, QUESTIONS, NOW + timedelta(days=1)).ask
    assert today == again
    assert today != tomorrow


def test_what_is_old_comes_back_first_the_oldest_foremost() -> None:
    notes = (
        note("worries.money", days=50),
        note("now.good_day", days=22, number=2),
        note("past.school", days=400, number=3),
    )
    told = love_map(notes, ANA, QUESTIONS, NOW)
    assert [each.question.key for each in told.ask[:2]] == ["worries.money", "now.good_day"]
    assert told.ask[0].before == notes[0]
    assert told.ask[2].before is None
    assert "past.school" not in {each.question.key for each in told.ask}
    assert [each.old for each in told.told] == [True, True, False]  # the newest first


def test_a_fresh_answer_ends_what_an_older_one_began() -> None:
    notes = (note("now.good_day", days=200), note("now.good_day", days=1, number=2))
    assert "now.good_day" not in {each.question.key for each in love_map(notes, ANA, QUESTIONS, NOW).ask}


def test_only_the_person_makes_it_so() -> None:
    own = note("", number=3)
    notes = (note("comfort.tired", by=BEN), note("comfort.ill", number=2), own)
    told = love_map(notes, ANA, QUESTIONS, NOW)
    assert [each.note.id for each in told.waiting] == [1]
    assert {each.note.id for each in told.told} == {2, 3}
    assert next(each for each in told.told if each.note == own).question is None


def test_notes_about_somebody_else_or_of_another_kind_are_not_theirs() -> None:
    others = (note("now.good_day", person=BEN), replace(note("now.good_day"), kind="prompt"))
    told = love_map(others, ANA, QUESTIONS, NOW)
    assert told.told == told.waiting == ()
    assert len(told.ask) == len(QUESTIONS)


def test_an_answer_to_a_question_attune_no_longer_has_stays_told() -> None:
    told = love_map((note("gone.question", days=4000),), ANA, QUESTIONS, NOW)
    (kept,) = told.told
    assert kept.question is None
    assert not kept.old


def test_of_two_written_in_the_same_moment_the_later_one_is_the_newer() -> None:
    notes = (note("now.good_day", by=BEN), note("days.food", by=BEN, number=2))
    waiting = love_map(notes, ANA, QUESTIONS, NOW).waiting
    assert [each.note.id for each in waiting] == [2, 1]
