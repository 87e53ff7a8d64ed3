"""Programmes: what a therapist gives a client to practise, as one small file.

A file from somebody else is not believed before it was checked; what it says is then kept beside the history
of the profile that took it in.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attune.app.disk import writing_below
from attune.app.futures import after
from attune.app.history import History, SessionSummary
from attune.app.library import ClipSet, Library
from attune.app.protocols.catalogue import setup_from
from attune.app.protocols.protocol import Setup
from attune.clips.writing import quoted, replace_text
from attune.errors import ProgrammeError

ENDING = ".attune-programme"
FORMAT = 1
MOST_BYTES = 1 << 16
MOST_DAYS = 366
LONGEST = 400  # letters of a text
MOST_TRIALS = 200
# Filled in when a session begins, by who practises and on which display.
_SETTLED = frozenset(("hz", "cards", "new", "ability", "seen", "form", "forms", "lag_s", "levels"))
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What is to be practised: ``setup`` with the clips of one set, on ``days`` days.

    ``fingerprint``: tells the set's clips from those of another set of the same name. ``given_on``: when it
    was made; ``note``: a word to whoever practises.
    """

    name: str
    clip_set: str
    fingerprint: str
    setup: Setup
    days: int
    given_on: date
    made_by: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        for field in ("name", "clip_set", "made_by", "note"):
            text = getattr(self, field)
            if len(text) > LONGEST or _UNPRINTABLE.search(text):
                raise ValueError(f"{field}: at most {LONGEST} letters")
        if not self.name.strip():
            raise ValueError("name: there is none")
        if not _HASH.fullmatch(self.fingerprint):
            raise ValueError("fingerprint: not that of clips")
        if not 1 <= self.days <= MOST_DAYS:
            raise ValueError(f"days: wanted from 1 to {MOST_DAYS}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A programme that was taken in, and how far it has come.

    ``folder``: of its set, None where the library has no such clips. ``done``: days on which it was practised
    to the end; ``today``: whether that was so today.
    """

    programme: Programme
    file: Path
    folder: Path | None
    done: int
    today: bool

    @property
    def over(self) -> bool:
        """Whether every day of it was practised."""
        return self.done >= self.programme.days


class Programmes:
    """The programmes of one profile. Futures fail with ProgrammeError or LibraryError."""

    def __init__(self, folder: Path, *, library: Library, history: History, background: Executor) -> None:
        self._folder = folder
        self._library = library
        self._history = history
        self._background = background

    def give(self, programme: Programme, target: Path) -> Future[None]:
        """Write a programme into a file of the person's choice."""

        def write() -> None:
            with writing_below(target.parent):
                replace_text(target, programme_text(programme))

        return self._background.submit(write)

    def take_in(self, source: Path) -> Future[Programme]:
        """Keep what a file says; taken in twice it is there once."""

        def take() -> Programme:
            programme = read_programme(source)
            text = programme_text(programme)
            with writing_below(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                name = hashlib.sha256(text.encode()).hexdigest()[:16]
                replace_text(self._folder / f"{name}{ENDING}", text)
            return programme

        return self._background.submit(take)

    def assigned(self) -> Future[tuple[Assigned, ...]]:
        """Every programme taken in, the earliest first."""
        return after(
            self._history.sessions(), lambda sessions: self._background.submit(self._assigned, sessions)
        )

    def put_away(self, assigned: Assigned) -> Future[None]:
        """A programme is over, or not wanted any more; what was practised stays."""

        def remove() -> None:
            with writing_below(self._folder):
                assigned.file.unlink(missing_ok=True)

        return self._background.submit(remove)

    def _assigned(self, sessions: list[SessionSummary]) -> tuple[Assigned, ...]:
        files = sorted(self._folder.glob(f"*{ENDING}")) if self._folder.is_dir() else ()
        kept = sorted(((read_programme(file), file) for file in files), key=lambda each: each[0].given_on)
        sets = {fingerprint(each): each for each in self._library.contents()} if kept else {}
        return tuple(_looked_at(programme, file, sets, sessions) for programme, file in kept)


def fingerprint(clip_set: ClipSet) -> str:
    """The same for the same clips, wherever they lie and whatever is said of them."""
    hashes = sorted(clip.content_hash for clip in clip_set.clips)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def programme_text(programme: Programme) -> str:
    """A programme as its file says it."""
    lines = [f"attune_programme = {FORMAT}"]
    lines += [
        f"{field} = {quoted(value)}"
        for field in ("name", "clip_set", "fingerprint", "made_by", "note")
        if (value := getattr(programme, field))
    ]
    lines += [f"days = {programme.days}", f"given_on = {programme.given_on.isoformat()}"]
    lines += [f"protocol = {quoted(programme.setup.mode)}", "", "[setup]"]
    lines += [f"{name} = {_value(value)}" for name, value in _told(programme.setup).items()]
    return "\n".join(lines) + "\n"


def read_programme(path: Path) -> Programme:
    """Read and check a programme's file. Raises ProgrammeError."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ProgrammeError("programme.unreadable", path=str(path), problem=error.strerror) from error
    if len(data) > MOST_BYTES:
        raise ProgrammeError("programme.not_one", path=str(path))
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
        version = told["attune_programme"]
    except (ValueError, KeyError, RecursionError) as error:
        raise ProgrammeError("programme.not_one", path=str(path)) from error
    if version != FORMAT:
        raise ProgrammeError("programme.newer", path=str(path))
    try:
        return _understood(told)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise ProgrammeError("programme.damaged", path=str(path), problem=str(error)[:200]) from error


def _understood(told: Mapping[str, Any]) -> Programme:
    setup, days, given_on = told["setup"], told["days"], told["given_on"]
    if not isinstance(setup, dict) or type(days) is not int or type(given_on) is not date:
        raise TypeError("setup, days, given_on: not such values")
    texts = {field: told.get(field, "") for field in ("name", "clip_set", "fingerprint", "made_by", "note")}
    if not all(isinstance(text, str) for text in (*texts.values(), told["protocol"])):
        raise TypeError("texts stand in quotes")
    return Programme(setup=_setup(told["protocol"], setup), days=days, given_on=given_on, **texts)


def _setup(mode: str, told: Mapping[str, Any]) -> Setup:
    """A setup each of whose values is of the kind it is without being told."""
    made = setup_from(mode, told)
    usual = type(made)()
    for name in told:
        value, like = getattr(made, name), getattr(usual, name)
        kinds = (int, float) if isinstance(like, float) else (type(like),)
        fits = name == "channel" or (type(value) in kinds and _small(value))
        if name in _SETTLED or not fits:
            raise ValueError(f"{name}: {value!r} does not fit there"[:200])
    if not 1 <= getattr(made, "trials", 1) <= MOST_TRIALS:
        raise ValueError(f"trials: wanted from 1 to {MOST_TRIALS}")
    return made


def _small(value: object) -> bool:
    """Whether it is a few short names, or a number somebody could wish for."""
    if isinstance(value, tuple):
        return len(value) <= 50 and all(isinstance(each, str) and len(each) < 50 for each in value)
    return len(value) < 50 if isinstance(value, str) else 0 <= float(value) <= 1000  # type: ignore[arg-type]


def _looked_at(
    programme: Programme, file: Path, sets: Mapping[str, ClipSet], sessions: list[SessionSummary]
) -> Assigned:
    found = sets.get(programme.fingerprint)
    names = {programme.clip_set, *([found.name] if found else [])}
    days = set(_days(programme, names, sessions))
    return Assigned(
        programme=programme,
        file=file,
        folder=found.folder if found else None,
        done=len(days),
        today=date.today() in days,  # noqa: DTZ011 - days as people count them
    )


def _days(programme: Programme, names: Collection[str], sessions: list[SessionSummary]) -> Iterator[date]:
    """The days on which a session of just this kind came to its end since the programme was given."""
    wanted = json.loads(json.dumps(_told(programme.setup)))
    for summary in sessions:
        session = summary.session
        alike = session.mode == programme.setup.mode and session.clip_set in names
        if alike and session.ended_at is not None and _fits(session.setup, wanted):
            day = datetime.fromisoformat(session.started_at).astimezone().date()
            if day >= programme.given_on:
                yield day


def _fits(setup: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(setup.get(name) == value for name, value in wanted.items())


def _told(setup: Setup) -> dict[str, Any]:
    """What somebody chose of a setup; what is left open, or settled at the start, is not in it."""
    return {
        name: value
        for name, value in setup.to_json().items()
        if name not in _SETTLED and value is not None and value != ()
    }


def _value(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, (int, float)) else quoted(str(value))
