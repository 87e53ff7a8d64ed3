import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Reading, Source, certain
from attune.scoring.agreement import agree
from attune.storage.database import open_database
from attune.storage.migrations import MIGRATIONS
from attune.storage.store import TALLY, Store
from tests.storage.examples import VOCABULARY, a_session, an_answer


def test_what_was_kept_comes_back_whole(store: Store, file: Path) -> None:
    session = store.begin_session(a_session())
    answer = an_answer(session)
    answer_id = store.add_answer(answer)
    other = Store(open_database(file))
    try:
        assert other.answers(session) == [replace(answer, id=answer_id)]
        found = other.session(session)
        assert found is not None
        assert found.session == replace(a_session(), id=session)
    finally:
        other.close()


probabilities = st.dictionaries(
    st.sampled_from(VOCABULARY.names), st.floats(0.001, 1.0), min_size=1, max_size=4
).map(lambda weights: {name: weight / sum(weights.values()) for name, weight in weights.items()})
some = st.none() | st.floats(0.0, 1.0)
readings = st.builds(
    Reading,
    source=st.just(Source.INTENDED),
    labels=probabilities,
    intensity=some,
    valence=some,
    arousal=some,
    confidence=some,
    raters=st.none() | st.integers(0, 100),
    by=st.text(st.characters(codec="utf-8")),
)


@given(perceived=readings, reference=readings, response_ms=st.none() | st.floats(-1e6, 1e6))
def test_every_reading_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    perceived: Reading,
    reference: Reading,
    response_ms: float | None,
) -> None:
    store = Store(open_database(tmp_path_factory.getbasetemp() / "readings.sqlite3"))
    try:
        session = store.begin_session(a_session())
        answer = replace(
            an_answer(session),
            perceived=perceived,
            references=(reference,),
            agreement=agree(perceived, reference, VOCABULARY),
            response_ms=response_ms,
        )
        kept = replace(answer, id=store.add_answer(answer))
        assert store.answers(session) == [kept]
    finally:
        store.close()


def test_columns_say_what_the_answer_says(store: Store, file: Path) -> None:
    session = store.begin_session(a_session())
    answer = an_answer(session, chosen="happiness", intended="surprise")
    store.add_answer(answer)
    with sqlite3.connect(file) as plain:
        row = plain.execute(
            "SELECT chosen, reference, same, brier, skill, intensity, confidence, response_ms FROM answers"
        ).fetchone()
    plain.close()
    agreement = answer.agreement
    assert row == ("happiness", "surprise", 0, agreement.brier, agreement.skill, 0.6, 0.7, 1234.5)


def test_an_answer_needs_its_session_and_its_own_position(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.add_answer(an_answer(99))
    session = store.begin_session(a_session())
    store.add_answer(an_answer(session, position=3))
    with pytest.raises(sqlite3.IntegrityError):
        store.add_answer(an_answer(session, position=3))
    assert len(store.answers(session)) == 1


def test_sessions_newest_first_with_counts(store: Store) -> None:
    older = store.begin_session(a_session("2026-03-01T10:00:00+00:00"))
    newer = store.begin_session(a_session("2026-03-02T10:00:00.5+00:00"))
    empty = store.begin_session(a_session("2026-03-02T10:00:00+00:00"))
    for position, chosen in enumerate(["fear", "surprise", "fear"]):
        store.add_answer(an_answer(older, position, chosen))
    store.add_answer(an_answer(newer))
    store.end_session(older, "2026-03-01T10:05:00+00:00")
    found = [(s.session.id, s.answered, s.agreed, s.share) for s in store.sessions()]
    assert found == [(newer, 1, 1, 1.0), (empty, 0, 0, None), (older, 3, 2, 2 / 3)]
    assert store.sessions()[-1].session.ended_at == "2026-03-01T10:05:00+00:00"
    assert store.session(99) is None


def test_counts_come_out_of_an_index(store: Store) -> None:
    for question in (TALLY + "GROUP BY sessions.id", TALLY + "WHERE sessions.id = 1 GROUP BY sessions.id"):
        plan = [row["detail"] for row in store._connection.execute("EXPLAIN QUERY PLAN " + question)]
        assert any("answers USING COVERING INDEX answers_tally" in step for step in plan), plan


def test_a_late_reference_is_added_once(store: Store) -> None:
    session = store.begin_session(a_session())
    answer = an_answer(session)
    answer_id = store.add_answer(answer)
    first = certain(Source.MEASURED, "surprise", by="first model")
    again = certain(Source.MEASURED, "fear", by="first model")
    assert store.attach_reference(answer_id, first)
    assert store.attach_reference(answer_id, again)
    (found,) = store.answers(session)
    assert found.references == (*answer.references, again)
    assert found.agreement == answer.agreement


def test_deleting_leaves_nothing_behind(store: Store, file: Path) -> None:
    kept = store.begin_session(a_session())
    store.add_answer(an_answer(kept))
    gone = store.begin_session(a_session())
    answers = [store.add_answer(an_answer(gone, p, person="Wilhelmina")) for p in range(50)]
    store.end_session(gone, "2026-03-01T11:00:00+00:00")
    assert b"Wilhelmina" in file.read_bytes()
    store.delete.session(gone)
    assert [s.session.id for s in store.sessions()] == [kept]
    assert store.answers(gone) == []
    assert not store.attach_reference(answers[0], certain(Source.MEASURED, "fear"))
    for left in file.parent.glob("history.sqlite3*"):
        assert b"Wilhelmina" not in left.read_bytes()


def test_deleting_takes_the_copies_made_before_migrations_along(
    store: Store, file: Path, tmp_path: Path
) -> None:
    gone = store.begin_session(a_session())
    for position in range(30):
        store.add_answer(an_answer(gone, position, person="Wilhelmina"))
    open_database(file, migrations=(*MIGRATIONS, lambda _connection: None)).close()
    copy = tmp_path / f"history.sqlite3.version-{len(MIGRATIONS)}"
    assert b"Wilhelmina" in copy.read_bytes()
    store.delete.session(gone)
    assert not copy.exists()
    for left in tmp_path.iterdir():
        assert b"Wilhelmina" not in left.read_bytes()


def test_deleting_takes_its_people_out_of_what_later_sessions_were_told(store: Store, file: Path) -> None:
    first = store.begin_session(a_session())
    store.add_answer(an_answer(first, person="Wilhelmina"))
    told = {"minutes": 10, "seen": ["Ana", "Wilhelmina"]}
    later = store.begin_session(replace(a_session(), setup=told))
    other = store.begin_session(replace(a_session(), setup={"trials": 3}))
    store.end_session(later, "2026-03-01T11:00:00+00:00")
    store.delete.session(first)
    setups = {summary.session.id: summary.session.setup for summary in store.sessions()}
    assert setups == {later: {"minutes": 10}, other: {"trials": 3}}
    for left in file.parent.glob("history.sqlite3*"):
        assert b"Wilhelmina" not in left.read_bytes()


def test_ids_are_never_given_twice(store: Store) -> None:
    first = store.begin_session(a_session())
    answer = store.add_answer(an_answer(first))
    store.delete.session(first)
    second = store.begin_session(a_session())
    assert second > first
    assert store.add_answer(an_answer(second)) > answer


def test_a_finished_session_is_in_the_one_file(store: Store, tmp_path: Path, file: Path) -> None:
    session = store.begin_session(a_session())
    store.add_answer(an_answer(session))
    store.end_session(session, "2026-03-01T11:00:00+00:00")
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(file.read_bytes())
    copied = Store(open_database(copy))
    try:
        assert len(copied.answers(session)) == 1
    finally:
        copied.close()
