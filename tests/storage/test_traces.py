import sqlite3
from dataclasses import replace

import pytest

from attune.storage.past import RECENT
from attune.storage.records import CardRecord, SkipRecord, TraceRecord
from attune.storage.store import Store
from tests.storage.examples import a_session, an_answer


def a_trace(session_id: int, position: int = 0) -> TraceRecord:
    return TraceRecord(
        session_id=session_id,
        position=position,
        started_at="2026-03-01T10:00:00+00:00",
        clip_name="media/Ana.webm",
        clip_hash="0" * 64,
        person="Ana",
        channel="picture",
        axes=("valence", "arousal"),
    )


def test_a_trace_comes_back_whole(store: Store) -> None:
    session = store.begin_session(a_session())
    trace = store.traces.begin(a_trace(session))
    seconds = [[(s + t / 30, 0.1 * t, -0.1 / (t + 1)) for t in range(30)] for s in range(3)]
    for number, samples in enumerate(seconds):
        store.traces.add(trace, number, samples)
    reference = {"source": "intended", "time_s": [0.0, 0.1], "valence": [0.1, 1 / 3]}
    store.traces.end(trace, "2026-03-01T10:01:00+00:00", reference, {"valence": {"r": 0.5}})
    whole = replace(
        a_trace(session),
        id=trace,
        ended_at="2026-03-01T10:01:00+00:00",
        samples=tuple(sample for samples in seconds for sample in samples),
        reference=reference,
        result={"valence": {"r": 0.5}},
    )
    assert store.traces.of_session(session) == [whole]
    assert store.traces.ended(most=5) == [whole]
    assert store.sessions()[0].traced == 1


def test_a_trace_that_was_broken_off_is_kept_as_far_as_it_came(store: Store) -> None:
    session = store.begin_session(a_session())
    trace = store.traces.begin(a_trace(session))
    store.traces.add(trace, 0, [(0.0, 0.5, 0.5)])
    (kept,) = store.traces.of_session(session)
    assert (kept.ended_at, kept.samples) == (None, ((0.0, 0.5, 0.5),))
    assert store.traces.ended(most=5) == []
    assert store.sessions()[0].traced == 0


def test_a_second_is_written_once(store: Store) -> None:
    trace = store.traces.begin(a_trace(store.begin_session(a_session())))
    store.traces.add(trace, 0, [(0.0, 0.5, 0.5)])
    with pytest.raises(sqlite3.IntegrityError):
        store.traces.add(trace, 0, [(0.0, 0.6, 0.5)])
    with pytest.raises(sqlite3.IntegrityError):
        store.traces.add(99, 0, [])


def test_samples_have_a_value_for_each_axis() -> None:
    with pytest.raises(ValueError, match="2 values"):
        replace(a_trace(1), samples=((0.0, 1.0),))


def test_deleting_a_session_deletes_what_was_traced_and_skipped(store: Store) -> None:
    session = store.begin_session(a_session())
    trace = store.traces.begin(a_trace(session))
    store.traces.add(trace, 0, [(0.0, 0.5, 0.5)])
    store.add_skip(
        SkipRecord(session_id=session, position=1, clip_name="a", clip_hash="b", reason="unplayable")
    )
    store.delete.session(session)
    for table in ("traces", "samples", "skips"):
        assert store._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_skips_are_kept_in_order(store: Store) -> None:
    session = store.begin_session(a_session())
    skips = [
        SkipRecord(session_id=session, position=p, clip_name="a", clip_hash="b", reason="unplayable")
        for p in (4, 2)
    ]
    for skip in skips:
        store.add_skip(skip)
    assert store.skips(session) == skips[::-1]
    with pytest.raises(sqlite3.IntegrityError):
        store.add_skip(skips[0])


# Across sessions


def a_card(due: str = "2026-03-02T10:00:00+00:00", band: str = "full") -> CardRecord:
    state = {"stability": 2.3065, "reviews": 1}
    return CardRecord(one="fear", other="surprise", channel="picture", band=band, due=due, state=state)


def test_a_card_is_kept_with_its_answer_or_not_at_all(store: Store) -> None:
    session = store.begin_session(a_session())
    store.add_answer(an_answer(session), a_card())
    assert store.past.cards() == (a_card(),)
    with pytest.raises(sqlite3.IntegrityError):  # that position has its answer
        store.add_answer(an_answer(session), a_card("2026-04-01T10:00:00+00:00"))
    assert store.past.cards() == (a_card(),)
    later = a_card("2026-05-01T10:00:00+00:00")
    store.add_answer(an_answer(session, 1), later)
    store.past.put_card(a_card("2026-04-01T10:00:00+00:00", band="faint"))
    assert [card.band for card in store.past.cards()] == ["faint", "full"]
    assert store.past.cards()[1] == later


def test_a_card_has_its_two_in_order() -> None:
    with pytest.raises(ValueError, match="in their order"):
        replace(a_card(), one="surprise", other="fear")


def test_recent_answers_newest_first_scored_ones_of_one_channel(store: Store) -> None:
    session = store.begin_session(a_session())
    for position in range(6):
        store.add_answer(replace(an_answer(session, position), difficulty=float(position)))
    store.add_answer(replace(an_answer(session, 6), scored=False))
    store.add_answer(replace(an_answer(session, 7), channel="sound"))
    found = store.past.recent("picture", most=4)
    assert [each.difficulty for each in found] == [5.0, 4.0, 3.0, 2.0]
    assert (found[0].guess, found[0].same, found[0].reference) == (0.25, True, "fear")
    assert len(store.past.recent("sound", most=4)) == 1


def test_recent_answers_come_off_the_end_of_an_index(store: Store) -> None:
    plan = [
        row["detail"] for row in store._connection.execute("EXPLAIN QUERY PLAN " + RECENT, ("picture", 5))
    ]
    assert plan == ["SEARCH answers USING INDEX answers_recent (channel=? AND scored=?)"], plan


def test_what_was_not_scored_is_not_counted(store: Store) -> None:
    session = store.begin_session(a_session())
    store.add_answer(an_answer(session, 0))
    store.add_answer(replace(an_answer(session, 1), scored=False))
    (summary,) = store.sessions()
    assert (summary.answered, summary.agreed, summary.unscored) == (1, 1, 1)
    assert len(store.answers(session)) == 2


def test_a_session_that_was_left_can_be_gone_on_with_if_it_says_how(store: Store) -> None:
    store.begin_session(a_session())
    left = store.begin_session(replace(a_session(), setup={"trials": 10, "names": ["fear"]}, channel="sound"))
    ended = store.begin_session(replace(a_session(), setup={"trials": 10}))
    store.end_session(ended, "2026-03-01T11:00:00+00:00")
    (found,) = store.unfinished()
    assert found.session.id == left
    assert (found.session.setup, found.session.channel) == ({"trials": 10, "names": ["fear"]}, "sound")
    assert store.past.sessions_of("read_the_moment", most=5) == (ended,)
