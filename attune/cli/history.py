"""``attune history``: looking at a history, taking it along, backing it up, deleting from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attune.app.export import Way, take_along, take_in
from attune.app.folders import find_folders
from attune.app.forget import forget_everything
from attune.app.history import History, open_history
from attune.app.profiles import NO_PASSPHRASE, Profile, Profiles, needs_passphrase
from attune.app.progress.book import Progress
from attune.app.services import find_profiles, load_vocabulary
from attune.app.settings import glance
from attune.cli.formats import Format, write_line, write_rows
from attune.cli.terminal import FINE, ask_passphrase, make_sure
from attune.errors import ProfileError
from attune.resources import Words


def chosen_profile(name: str | None) -> tuple[Profiles, Profile]:
    """The profile of this name, or else the one that the window opens. Raises ProfileError, StorageError."""
    folders = find_folders()
    profiles = find_profiles(folders)
    if name is not None:
        return profiles, profiles.find(name)
    return profiles, profiles.usual(glance(folders.settings).profile)


def passphrase_of(profile: Profile, words: Words) -> str:
    """What the history is opened with; nothing where nothing is needed."""
    return _passphrase(profile, words) if profile.has_passphrase else NO_PASSPHRASE


@contextmanager
def opened(name: str | None, words: Words) -> Iterator[History]:
    """The history of a profile, closed at the end."""
    _, profile = chosen_profile(name)
    with closing(open_history(profile.file, load_vocabulary(), passphrase_of(profile, words))) as history:
        yield history


# Looking


def list_sessions(name: str | None, how: Format, words: Words) -> int:
    """Every session, newest first."""
    with opened(name, words) as history:
        found = history.sessions().result()
    rows = [
        {
            "session": summary.session.id,
            "started_at": summary.session.started_at,
            "ended_at": summary.session.ended_at,
            "mode": summary.session.mode,
            "clip_set": summary.session.clip_set,
            "scored_against": str(summary.session.scored_against),
            "channel": summary.session.channel,
            "answered": summary.answered,
            "agreed": summary.agreed,
            "not_counted": summary.unscored,
            "traced": summary.traced,
        }
        for summary in found
    ]
    return _write(rows, how, lambda row: words("commands.history.session", **_readable(row)), words)


def show_session(name: str | None, session_id: int, how: Format, words: Words) -> int:
    """Every answer of a session, in the order they were given."""
    with opened(name, words) as history:
        try:
            review = history.session(session_id).result()
        except KeyError:
            raise ProfileError("profiles.no_session", session=session_id) from None
    rows = [
        {
            "position": answer.position,
            "answered_at": answer.answered_at,
            "clip": answer.clip_name,
            "person": answer.person,
            "channel": answer.channel,
            "chosen": answer.chosen,
            "reference": answer.reference,
            "same": answer.agreement.same,
            "counts": answer.scored,
            "brier": answer.agreement.brier,
            "skill": answer.agreement.skill,
            "intensity": answer.perceived.intensity,
            "confidence": answer.perceived.confidence,
            "response_ms": answer.response_ms,
        }
        for answer in review.answers
    ]
    return _write(rows, how, lambda row: _answer_line(row, words), words)


def stats(name: str | None, how: Format, words: Words) -> int:
    """Each emotion's skill, by reference and channel: shares of one are no measure of another."""
    vocabulary = load_vocabulary()
    rows: list[dict[str, Any]] = []
    with opened(name, words) as history, ThreadPoolExecutor(1) as background:
        progress = Progress(history, vocabulary.names, background)
        for lens in progress.lenses().result():
            for skill in progress.standing(lens).result().skills:
                rate = skill.rate
                rows.append(
                    {
                        "against": lens.against,
                        "channel": lens.channel,
                        "emotion": skill.name,
                        "shown": skill.shown,
                        "said": skill.said,
                        "unbiased_hit_rate": rate.value if rate else None,
                        "low": rate.low if rate else None,
                        "high": rate.high if rate else None,
                        "chance": skill.chance,
                    }
                )
    return _write(rows, how, lambda row: _skill_line(row, words), words)


def _answer_line(row: Mapping[str, Any], words: Words) -> str:
    key = "same" if row["same"] else "differs"
    chosen, reference = (_emotion(row[name], words) for name in ("chosen", "reference"))
    place = row["position"] + 1
    return words(f"commands.history.{key}", place=place, clip=row["clip"], chosen=chosen, reference=reference)


def _skill_line(row: Mapping[str, Any], words: Words) -> str:
    key = "early" if row["unbiased_hit_rate"] is None else "skill"
    return words(f"commands.history.{key}", **{**row, "emotion": _emotion(row["emotion"], words)})


def _emotion(name: str, words: Words) -> str:
    try:
        return words(f"emotions.{name}.title").lower()
    except KeyError:  # of a vocabulary that is not here
        return name


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    when = datetime.fromisoformat(row["started_at"]).astimezone()
    return {**row, "when": f"{when:%Y-%m-%d %H:%M}"}


def _write(
    rows: Sequence[Mapping[str, Any]],
    how: Format,
    line: Callable[[Mapping[str, Any]], str],
    words: Words,
) -> int:
    write_rows(rows, how, line)
    if not rows and how is Format.TEXT:
        write_line(words("commands.history.nothing"))
    return FINE


# Taking along, taking in


def export(name: str | None, target: Path, way: Way, words: Words) -> int:
    """Everything, with a data dictionary."""
    with opened(name, words) as history:
        history.ask(lambda store: take_along(store, target, way, words)).result()
    write_line(words("commands.history.exported", path=target))
    return FINE


def take_in_history(name: str | None, source: Path, words: Words) -> int:
    """What was taken along, added to what is there."""
    with opened(name, words) as history:
        taken = history.ask(lambda store: take_in(store, source)).result()
        history.back_up()
    fields = {
        "sessions": taken.sessions,
        "answers": taken.answers,
        "notes": taken.notes,
        "known": taken.known,
    }
    write_line(words("commands.history.taken", **fields))
    return FINE


def back_up(name: str | None, target: Path | None, words: Words) -> int:
    """Beside the history, or where the person says."""
    profiles, profile = chosen_profile(name)
    passphrase = passphrase_of(profile, words)
    if target is not None:
        profiles.back_up(profile, target, passphrase)
        write_line(words("commands.history.exported", path=target))
        return FINE
    with closing(open_history(profile.file, load_vocabulary(), passphrase)) as history:
        history.back_up().result()
    for backup in profiles.backups(profile):
        write_line(words("commands.history.backup", path=backup.file, megabytes=backup.size / 2**20))
    return FINE


def restore(name: str | None, source: Path | None, words: Words, *, sure: bool) -> int:
    """The latest backup, or one the person names."""
    profiles, profile = chosen_profile(name)
    backups = profiles.backups(profile)
    if source is None and not backups:
        raise ProfileError("profiles.no_backup", name=profile.name)
    source = source or backups[0].file
    _make_sure(words("commands.history.sure.restore", name=profile.name, path=source), words, sure=sure)
    passphrase = _passphrase(profile, words) if needs_passphrase(source) else NO_PASSPHRASE
    profiles.restore(profile, source, passphrase)
    write_line(words("commands.history.restored", name=profile.name, path=source))
    return FINE


# Deleting


def delete_session(name: str | None, session_id: int, words: Words, *, sure: bool) -> int:
    """A session and its answers."""
    with opened(name, words) as history:
        if all(summary.session.id != session_id for summary in history.sessions().result()):
            raise ProfileError("profiles.no_session", session=session_id)
        _make_sure(words("commands.history.sure.session", session=session_id), words, sure=sure)
        history.delete_session(session_id).result()
    return _gone(words)


def delete_day(name: str | None, day: date, words: Words, *, sure: bool) -> int:
    """All of a day."""
    with opened(name, words) as history:
        _make_sure(words("commands.history.sure.day", day=day.isoformat()), words, sure=sure)
        history.delete_day(day).result()
    return _gone(words)


def delete_profile(name: str, words: Words, *, sure: bool) -> int:
    """A profile with its backups; no passphrase is needed for that."""
    profiles, profile = chosen_profile(name)
    _make_sure(words("commands.history.sure.profile", name=profile.name), words, sure=sure)
    profiles.delete(profile)
    return _gone(words)


def delete_everything(words: Words, *, sure: bool) -> int:
    """Every profile, every track, the settings."""
    _make_sure(words("commands.history.sure.everything"), words, sure=sure)
    forget_everything(find_folders())
    return _gone(words)


def _gone(words: Words) -> int:
    write_line(words("commands.history.gone"))
    return FINE


# Asking


def _make_sure(question: str, words: Words, *, sure: bool) -> None:
    make_sure(question, words("commands.history.sure.say_yes"), sure=sure)


def _passphrase(profile: Profile, words: Words) -> str:
    return ask_passphrase(words("commands.history.passphrase", name=profile.name)) or NO_PASSPHRASE
