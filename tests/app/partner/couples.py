"""A couple with moments, a film, notes, and somebody who practised on that film."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from attune.affect.reading import Source, certain
from attune.app.history import open_history
from attune.app.partner.couple import Agreed, Couple, Kind, Moment, Recording, clip_hash
from attune.app.recording import Recording as Film
from attune.app.services import load_vocabulary
from attune.storage.engine import NO_PASSPHRASE
from tests.storage.examples import a_session, an_answer

ALL = Agreed(camera=True, recording=True, reading=True, practice=True)
WHEN = "2026-03-01T10:00:00.000+00:00"
NAME = "history.sqlite3"


@contextmanager
def opened(folder: Path, passphrase: str = NO_PASSPHRASE) -> Iterator[Couple]:
    """The couple of a profile's folder, as a running Attune has it."""
    history = open_history(folder / NAME, load_vocabulary(), passphrase)
    try:
        with ThreadPoolExecutor(1) as background:
            yield Couple(history, background)
    finally:
        history.close()


def a_moment(shower: int, noticer: int, kind: Kind = Kind.SHOW_AND_TELL, when: str = WHEN) -> Moment:
    return Moment(
        kind=kind,
        happened_at=when,
        shower=shower,
        noticer=noticer,
        felt=certain(Source.SELF_REPORT, "fear", intensity=0.5),
        perceived=certain(Source.USER, "surprise", confidence=0.25),
        expressed=certain(Source.MEASURED, "fear"),
        units=(("AU1", "left", 0.5), ("AU26", "", 1.0)),
        told={"card": "waiting", "passed": False},
    )


def film(path: Path, *, pictures: int = 30, sound: bool = False) -> float:
    """Record grey pictures at 30 a second; how long they last."""
    running = Film(path, sound=sound)
    for number in range(pictures):
        running.add(np.full((48, 64, 3), 50 + number, np.uint8), number * 33_333_333)
    return running.stop().result().lasts_s


def filmed(couple: Couple, *people: int) -> Recording:
    recording = couple.begin_recording(people, sound=False).result()
    couple.end_recording(recording.id, film(recording.path)).result()
    return recording


def furnish(folder: Path, passphrase: str = NO_PASSPHRASE) -> None:
    """A profile's folder with all that :func:`fill` tells."""
    with opened(folder, passphrase) as couple:
        fill(couple)


def fill(couple: Couple) -> None:
    """Wilhelmina (1) and Ben (2) have two moments, one of them filmed; Ben and Cleo (3) one, filmed too."""
    ana, ben, cleo = (couple.add_person(name).result().id for name in ("Wilhelmina", "Ben", "Cleo"))
    for person in (ana, ben, cleo):
        couple.agree(person, ALL).result()
        couple.set_neutral(person, {"of": person}).result()
    theirs, others = filmed(couple, ana, ben), filmed(couple, ben, cleo)
    couple.keep(replace(a_moment(ana, ben), recording=theirs.id)).result()
    couple.keep(replace(a_moment(ben, ana, Kind.OPEN_UP), told={"said": "Wilhelmina, thanks"})).result()
    couple.keep(replace(a_moment(cleo, ben), recording=others.id)).result()
    couple.note(ana, kind="fact", text="Wilhelmina likes tea", by=ben).result()
    couple.note(ben, kind="fact", text="said by Wilhelmina", by=ana).result()
    couple.note(ben, kind="fact", text="likes rain").result()
    history = couple._history
    session = history.ask(lambda store: store.begin_session(a_session())).result()
    for position, (person, recording) in enumerate((("Wilhelmina", theirs), ("Cleo", others))):
        answer = an_answer(session, position, person=person)
        history.add_answer(
            replace(answer, clip_hash=clip_hash(recording), clip_name=recording.path.name)
        ).result()
    history.back_up().result()


def left_behind(folder: Path, *words: bytes) -> list[str]:
    """Files in whose name or bytes one of the words stands."""
    found = []
    for path in folder.rglob("*"):
        said = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        if any(word in said for word in words):
            found.append(path.relative_to(folder).as_posix())
    return sorted(found)
