"""Somebody withdraws: what was answered about their clips stays, and leads to nobody any more."""

from dataclasses import replace
from pathlib import Path

from attune.affect.reading import Reading, Source
from attune.storage.partner_records import Agreed, clip_hash
from attune.storage.records import SkipRecord, TraceRecord
from attune.storage.store import Store
from tests.storage.examples import a_session, an_answer
from tests.storage.test_columns import check_columns
from tests.storage.test_removal import left_behind

WHEN = "2026-03-01T10:00:00.000+00:00"
GONE, OTHER = "a" * 64, "b" * 64


def fill(store: Store) -> int:
    session = store.begin_session(replace(a_session(), setup={"seen": ["Wilhelmina", "Bo"], "minutes": 5.0}))
    measured = Reading(source=Source.MEASURED, labels={"fear": 1.0}, by="Wilhelmina's face")
    hers = an_answer(session, 0, person="Wilhelmina")
    store.add_answer(replace(hers, clip_hash=GONE, references=(*hers.references, measured)))
    beside = replace(an_answer(session, 1, person="Bo"), clip_hash=OTHER)
    store.add_answer(replace(beside, shown={"kind": "beside", "other": hers.clip_name, "on_left": True}))
    store.add_skip(
        SkipRecord(session_id=session, position=2, clip_name=hers.clip_name, clip_hash=GONE, reason="x")
    )
    trace = store.traces.begin(
        TraceRecord(
            session_id=session,
            position=3,
            started_at="2026-03-01T11:00:00+00:00",
            clip_name=hers.clip_name,
            clip_hash=GONE,
            person="Wilhelmina",
            channel="picture",
            axes=("valence",),
        )
    )
    store.traces.add(trace, 0, [(0.0, 0.5)])
    store.traces.end(trace, "2026-03-01T11:00:05+00:00", {"source": "self_report", "x": [0.25]}, {"r": 0.5})
    return session


def test_no_byte_leads_to_the_person_any_more(store: Store, file: Path) -> None:
    fill(store)
    assert left_behind(file.parent, b"Wilhelmina")
    assert store.delete.count_links([GONE]) == 3
    store.delete.links([GONE])
    assert store.delete.count_links([GONE]) == 0
    assert left_behind(file.parent, b"Wilhelmina") == []
    assert left_behind(file.parent, GONE.encode()) == []


def test_what_was_answered_stays(store: Store) -> None:
    session = fill(store)
    before, summary = store.answers(session), store.session(session)
    store.delete.links([GONE])
    hers, beside = store.answers(session)
    assert hers == replace(
        before[0], clip_name="", clip_hash="", person="", references=before[0].references[:1]
    )
    assert beside == replace(before[1], shown={"kind": "beside", "on_left": True})
    after = store.session(session)
    assert after is not None
    assert summary is not None
    assert replace(after, session=summary.session) == summary
    assert after.session.setup == {"minutes": 5.0}
    check_columns(store)
    (trace,) = store.traces.of_session(session)
    assert (trace.reference, trace.result, trace.samples) == (None, {"r": 0.5}, ((0.0, 0.5),))


def test_a_session_that_goes_on_with_a_film_that_is_gone_leads_nowhere(store: Store, file: Path) -> None:
    """Somebody is forgotten while a recording of them is practised on: the next answer leads nowhere."""
    one = store.partner.add_person("Wilhelmina", WHEN).id
    store.partner.agree(one, Agreed(camera=True, recording=True), WHEN)
    film = store.partner.begin_recording((one,), WHEN, sound=False)
    store.forget.person(one)
    session = store.begin_session(a_session())
    answer = replace(an_answer(session, person="Wilhelmina"), clip_hash=clip_hash(film))
    store.add_answer(answer)
    where = {"session_id": session, "clip_name": answer.clip_name, "clip_hash": answer.clip_hash}
    store.add_skip(SkipRecord(**where, position=1, reason="x"))
    trace = TraceRecord(
        **where, position=2, started_at=WHEN, person="Wilhelmina", channel="picture", axes=("valence",)
    )
    store.traces.begin(trace)
    assert store.delete.count_links([answer.clip_hash]) == 0
    (kept,) = store.answers(session)
    assert kept.references == answer.references[:1]
    check_columns(store)
    assert left_behind(file.parent, b"Wilhelmina") == []


def test_clips_nobody_answered_about_change_nothing(store: Store) -> None:
    session = fill(store)
    before = store.answers(session)
    store.delete.links(["c" * 64])
    assert store.answers(session) == before
