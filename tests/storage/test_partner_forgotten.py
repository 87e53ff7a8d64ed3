"""Whatever some people did: whoever is forgotten leaves no byte, and takes nothing of the others along."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from attune.storage.backups import Backups
from attune.storage.database import open_database
from attune.storage.partner_records import Agreed, Kind, Moment, Note
from attune.storage.store import Store
from tests.storage.test_removal import left_behind

WHEN = "2026-03-01T10:00:00.000+00:00"
ALL = Agreed(camera=True, recording=True, reading=True, practice=True)
some = st.randoms(use_true_random=False)


class People(RuleBasedStateMachine):
    """Names are words that stand nowhere else; whatever somebody has a part in carries theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.file = Path(mkdtemp()) / "history.sqlite3"
        self.connection = open_database(self.file)
        self.store = Store(self.connection)
        self.names: dict[int, str] = {}
        self.came = 0

    def teardown(self) -> None:
        self.connection.close()
        shutil.rmtree(self.file.parent)

    def all_of(self, *people: int) -> str:
        return " and ".join(self.names[person] for person in people)

    def pick(self, chance: st.DataObject | object, count: int) -> tuple[int, ...]:
        return tuple(chance.choices(sorted(self.names), k=count))  # type: ignore[union-attr]

    @rule()
    def somebody_comes(self) -> None:
        self.came += 1
        name = f"Person-{self.came}-by-name"
        person = self.store.partner.add_person(name, WHEN).id
        self.names[person] = name
        self.store.partner.agree(person, ALL, WHEN)
        self.store.partner.set_neutral(person, {"of": name})

    @precondition(lambda self: self.names)
    @rule(chance=some, kind=st.sampled_from(Kind), filmed=st.booleans())
    def a_moment(self, chance: object, kind: Kind, filmed: bool) -> None:
        shower, noticer = self.pick(chance, 2)
        recording = None
        if filmed:
            film = self.store.partner.begin_recording({shower, noticer}, WHEN, sound=False)
            film.path.write_text(self.all_of(shower, noticer))
            recording = film.id
        told = {"said": self.all_of(shower, noticer)}
        moment = Moment(kind=kind, happened_at=WHEN, shower=shower, noticer=noticer, told=told)
        self.store.partner.keep(replace(moment, recording=recording))

    @precondition(lambda self: self.names)
    @rule(chance=some, alone=st.booleans())
    def a_note(self, chance: object, alone: bool) -> None:
        about, by = self.pick(chance, 2)
        text = self.all_of(about) if alone else self.all_of(about, by)
        note = Note(id=0, person=about, by=None if alone else by, kind="fact", key="", text=text, at=WHEN)
        self.store.partner.add_note(note)

    @rule()
    def a_backup(self) -> None:
        Backups(self.file).make(date(2026, 3, 1))

    @precondition(lambda self: self.store.partner.moments())
    @rule(chance=some)
    def a_veto(self, chance: object) -> None:
        moment = chance.choice(self.store.partner.moments())  # type: ignore[attr-defined]
        self.store.forget.moment(moment.id)

    @precondition(lambda self: self.names)
    @rule(chance=some)
    def somebody_is_forgotten(self, chance: object) -> None:
        (person,) = self.pick(chance, 1)
        moments = [m for m in self.store.partner.moments() if person not in {m.shower, m.noticer}]
        notes = [n for n in self.store.partner.notes() if person not in {n.person, n.by}]
        films = [f for f in self.store.partner.recordings() if person not in f.people]
        self.store.forget.person(person)
        assert left_behind(self.file.parent, self.names.pop(person).encode()) == []
        assert list(self.store.partner.moments()) == moments
        assert list(self.store.partner.notes()) == notes
        assert list(self.store.partner.recordings()) == films

    @invariant()
    def films_and_rows_go_together(self) -> None:
        films = self.store.partner.recordings()
        folder = self.store.partner.folder
        on_disk = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        assert on_disk == {film.path.name for film in films}
        assert {each.recording for each in self.store.partner.moments()} <= {None, *(f.id for f in films)}
        assert not self.store.forget.is_anything_due(WHEN)


TestPeople = People.TestCase
TestPeople.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
