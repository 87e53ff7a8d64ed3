"""What two people keep comes back as it was, and nothing is measured or recorded of who did not agree."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attune.affect.reading import Reading, Source, certain
from attune.storage.backups import Backups
from attune.storage.database import open_database
from attune.storage.partner_records import Agreed, Kind, Moment, Note, Person
from attune.storage.store import Store
from attune.storage.troubles import DamagedError, InUseError

WHEN = "2026-03-01T10:00:00.000+00:00"
LATER = "2026-03-01T11:00:00.000+00:00"
ALL = Agreed(camera=True, recording=True, reading=True)

shares = st.floats(0.0, 1.0)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    share = draw(shares)
    return Reading(
        source=draw(st.sampled_from(Source)),
        labels={"fear": share, "joy": 1.0 - share},
        intensity=draw(st.none() | shares),
        valence=draw(st.none() | st.floats(-1.0, 1.0)),
        confidence=draw(st.none() | shares),
        by=draw(texts),
    )


@st.composite
def moments(draw: st.DrawFn, one: int, other: int) -> Moment:
    corners = {name: draw(st.none() | readings()) for name in ("felt", "expressed", "intended", "perceived")}
    return Moment(
        kind=draw(st.sampled_from(Kind)),
        happened_at=draw(st.sampled_from([WHEN, LATER])),
        shower=one,
        noticer=other,
        units=tuple(draw(st.lists(st.tuples(texts, texts, shares), max_size=3))),
        told=draw(st.dictionaries(texts, plain, max_size=3)),
        revealed=draw(st.booleans()),
        **corners,
    )


def pair(store: Store, agreed: Agreed = ALL) -> tuple[int, int]:
    people = [store.partner.add_person(name, WHEN).id for name in ("Ana", "Ben")]
    for person in people:
        store.partner.agree(person, agreed, WHEN)
    return people[0], people[1]


def a_moment(one: int, other: int, **more: Any) -> Moment:
    return Moment(kind=Kind.SHOW_AND_TELL, happened_at=WHEN, shower=one, noticer=other, **more)


def test_a_person_begins_with_nothing_agreed(store: Store) -> None:
    ana = store.partner.add_person("Ana", WHEN)
    assert ana == Person(id=ana.id, name="Ana", made_at=WHEN)
    agreed = Agreed(camera=True, keep_days=30)
    assert store.partner.agree(ana.id, agreed, LATER) == replace(ana, agreed=agreed, agreed_at=LATER)
    store.partner.rename(ana.id, "A.")
    assert [each.name for each in store.partner.people()] == ["A."]
    with pytest.raises(KeyError):
        store.partner.rename(99, "nobody")
    with pytest.raises(ValueError, match="keep_days"):
        Agreed(keep_days=0)


def test_a_face_at_rest_is_kept_with_agreement_only(store: Store) -> None:
    ana = store.partner.add_person("Ana", WHEN).id
    with pytest.raises(ValueError, match="neutral"):
        store.partner.set_neutral(ana, {"units": [0.25]})
    store.partner.agree(ana, ALL, WHEN)
    store.partner.set_neutral(ana, {"units": [0.25]})
    assert store.partner.person(ana).neutral == {"units": [0.25]}
    store.partner.agree(ana, replace(ALL, practice=True), LATER)
    assert store.partner.person(ana).neutral == {"units": [0.25]}
    store.partner.agree(ana, replace(ALL, reading=False), LATER)
    assert store.partner.person(ana).neutral is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_moments_come_back_as_they_were(store: Store, data: st.DataObject) -> None:
    """All of them in one history: none gets in another's way."""
    one, other = pair(store)
    first = store.partner.keep(data.draw(moments(one, other)))
    assert store.partner.moments(people=(one,)) == (first,)
    second = replace(data.draw(moments(other, one)), id=first.id)
    assert store.partner.keep(second) == second
    assert store.partner.moments(people=(one,)) == (second,)


def test_moments_are_found_by_kind_and_people(store: Store) -> None:
    one, other = pair(store)
    third = store.partner.add_person("Cleo", WHEN).id
    late = store.partner.keep(replace(a_moment(one, other), happened_at=LATER, kind=Kind.MIRROR))
    early = store.partner.keep(a_moment(other, one))
    theirs = store.partner.keep(a_moment(third, one))
    partner = store.partner
    assert partner.moments() == (early, theirs, late)
    assert partner.moments(kind=Kind.MIRROR) == (late,)
    assert partner.moments(people=(one, other)) == (early, late)
    assert partner.moments(people=(third,), kind=Kind.SHOW_AND_TELL) == (theirs,)
    partner.reveal(early.id or 0)
    assert partner.moments(kind=Kind.SHOW_AND_TELL) == (replace(early, revealed=True), theirs)
    with pytest.raises(KeyError):
        partner.keep(replace(early, id=99))


@pytest.mark.parametrize(
    "measured",
    [{"expressed": certain(Source.MEASURED, "fear")}, {"units": (("AU1", "left", 0.5),)}],
    ids=["expressed", "units"],
)
def test_nothing_measured_is_kept_of_who_did_not_agree(store: Store, measured: dict[str, Any]) -> None:
    one, other = pair(store, Agreed(camera=True))
    store.partner.agree(other, ALL, WHEN)
    with pytest.raises(ValueError, match="measured"):
        store.partner.keep(a_moment(one, other, **measured))
    store.partner.keep(a_moment(other, one, **measured))
    # Where a face is matched, it is the face of who matches that is measured.
    store.partner.keep(replace(a_moment(one, other, **measured), kind=Kind.MIRROR))
    with pytest.raises(ValueError, match="measured"):
        store.partner.keep(replace(a_moment(other, one, **measured), kind=Kind.MIRROR))
    store.partner.keep(a_moment(one, other, expressed=certain(Source.INTENDED, "fear")))


def test_only_who_agreed_is_recorded(store: Store, file: Path) -> None:
    one, other = pair(store)
    for amiss in (replace(ALL, camera=False), replace(ALL, recording=False)):
        store.partner.agree(other, amiss, WHEN)
        with pytest.raises(ValueError, match="recorded"):
            store.partner.begin_recording((one, other), WHEN, sound=False)
        assert store.partner.recordings() == ()
    recording = store.partner.begin_recording((one,), WHEN, sound=True)
    assert recording.path.parent == file.parent / "recordings"
    assert not recording.path.exists()
    assert (recording.people, recording.sound, recording.delete_by, recording.ended_at) == (
        (one,),
        True,
        None,
        None,
    )
    other_path = store.partner.begin_recording((one,), WHEN, sound=True).path
    assert (recording.path.key != other_path.key, recording.path != other_path) == (True, True)


def test_a_film_that_is_discarded_is_nobody_s(store: Store) -> None:
    one, _ = pair(store)
    film = store.partner.begin_recording((one,), WHEN, sound=False)
    film.path.write_bytes(b"sealed")
    assert store.partner.discard(film.id) == film.path
    assert store.partner.recordings() == ()
    assert store.forget.is_anything_due(WHEN)
    expired = store.partner.begin_recording((one,), WHEN, sound=False).path
    expired.write_bytes(b"sealed")
    store.partner.agree(one, replace(ALL, keep_days=1), WHEN)
    held = film.path.rename(film.path.with_name("held"))
    film.path.mkdir()  # as a system that deletes nothing while it is played
    with pytest.raises(OSError, match=r"directory|permitted|denied"):
        store.forget.go_on("2026-04-01T10:00:00.000+00:00")
    assert not expired.exists()
    film.path.rmdir()
    held.rename(film.path)
    store.forget.go_on(WHEN)
    assert not film.path.exists()
    assert not store.forget.is_anything_due(WHEN)


def test_the_shortest_time_that_somebody_agrees_to_counts(store: Store) -> None:
    one, other = pair(store)
    recording = store.partner.begin_recording((one, other), WHEN, sound=False)
    store.partner.agree(one, replace(ALL, keep_days=30), LATER)
    store.partner.agree(other, replace(ALL, keep_days=7), LATER)
    assert store.partner.recording(recording.id).delete_by == "2026-03-08T10:00:00.000+00:00"
    store.partner.agree(other, ALL, LATER)
    assert store.partner.recording(recording.id).delete_by == "2026-03-31T10:00:00.000+00:00"
    assert not store.forget.is_anything_due("2026-03-31T09:59:59.999+00:00")
    assert store.forget.is_anything_due("2026-03-31T10:00:00.000+00:00")


def test_notes_come_back_in_their_order(store: Store) -> None:
    one, other = pair(store)
    tea = store.partner.add_note(Note(id=0, person=one, by=other, kind="fact", key="", text="tea", at=WHEN))
    sea = store.partner.add_note(
        Note(id=0, person=one, by=None, kind="question", key="sea", text="", at=WHEN)
    )
    assert store.partner.notes(one) == (tea, sea)
    assert store.partner.notes(kind="question") == (sea,)
    assert store.partner.notes(other) == ()
    store.partner.change_note(tea.id, "green tea")
    assert store.partner.notes(one, "fact") == (replace(tea, text="green tea"),)


def changes(one: int, other: int, moment: int, note: int) -> list[Callable[[Store], object]]:
    return [
        lambda store: store.partner.rename(one, "A."),
        lambda store: store.partner.agree(other, ALL, LATER),
        lambda store: store.partner.reveal(moment),
        lambda store: store.partner.change_note(note, "x"),
        lambda store: store.partner.keep(replace(a_moment(one, other), id=moment)),
    ]


def test_whatever_changes_is_in_the_next_backup(store: Store, file: Path) -> None:
    one, other = pair(store)
    moment = store.partner.keep(a_moment(one, other)).id or 0
    note = store.partner.add_note(Note(id=0, person=one, by=None, kind="fact", key="", text="", at=WHEN)).id
    recording = store.partner.begin_recording((one,), WHEN, sound=False).id
    day = date(2026, 3, 1)
    for change in (
        *changes(one, other, moment, note),
        lambda store: store.partner.end_recording(recording, 1.0, LATER),
        lambda store: store.partner.finished(recording, 1.0),
    ):
        assert Backups(file).make(day) is not None
        assert Backups(file).make(day) is None
        change(store)
    assert Backups(file).make(day) is not None


def test_a_deleted_day_takes_its_moments_and_notes(store: Store) -> None:
    one, other = pair(store)
    kept = store.partner.keep(replace(a_moment(one, other), happened_at="2026-03-02T00:00:00.000+00:00"))
    store.partner.keep(a_moment(one, other))
    film = store.partner.begin_recording((one, other), WHEN, sound=False)
    film.path.write_bytes(b"sealed")
    for at in (WHEN, "2026-03-02T00:00:00.000+00:00"):
        store.partner.add_note(Note(id=0, person=one, by=None, kind="fact", key="", text=at, at=at))
    store.delete.between(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
    assert store.partner.moments() == (kept,)
    assert [note.text for note in store.partner.notes()] == ["2026-03-02T00:00:00.000+00:00"]
    assert (store.partner.recordings(), film.path.exists()) == ((), False)
    assert len(store.partner.people()) == 2


def test_a_film_begun_before_midnight_goes_with_its_moment_after_it(store: Store) -> None:
    one, other = pair(store)
    film = store.partner.begin_recording((one, other), "2026-02-28T23:59:30.000+00:00", sound=False)
    film.path.write_bytes(b"sealed")
    moment = replace(a_moment(one, other), happened_at="2026-03-01T00:02:00.000+00:00", recording=film.id)
    store.partner.keep(moment)
    store.delete.between(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
    assert (store.partner.moments(), store.partner.recordings(), film.path.exists()) == ((), (), False)


def test_a_window_that_reads_deletes_nothing(file: Path) -> None:
    connection = open_database(file)
    one, other = pair(Store(connection))
    moment = Store(connection).partner.keep(a_moment(one, other)).id or 0
    reading = open_database(file, read_only=True)
    try:
        store = Store(reading)
        for deed in (lambda: store.forget.person(one), lambda: store.forget.moment(moment)):
            with pytest.raises(InUseError):
                deed()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.partner.begin_recording((one,), WHEN, sound=False)
        assert len(store.partner.moments()) == 1
    finally:
        reading.close()
        connection.close()


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("moments.felt_json", "{"),
        ("moments.felt_json", '{"source": "nobody", "labels": {}}'),
        ("moments.units_json", "[1]"),
        ("moments.kind", "duel"),
        ("people.agreed_json", '{"everything": true}'),
        ("people.neutral_json", "{"),
        ("recordings.begun_at", "yesterday"),
    ],
)
def test_a_row_that_went_bad_on_the_disk_is_told(store: Store, column: str, said: str) -> None:
    one, other = pair(store)
    store.partner.keep(a_moment(one, other))
    store.partner.begin_recording((one,), WHEN, sound=False)
    table, name = column.split(".")
    store._connection.execute(f"UPDATE {table} SET {name} = ?", (said,))
    with pytest.raises(DamagedError):
        getattr(store.partner, table)()
