"""Locking a set with a passphrase, opening it, and taking the lock away."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from attune.app.library import Clip, ClipSet, Shelved
from attune.errors import SealError
from attune.resources import Words
from attune.ui.library.parts import Parts
from attune.ui.profiles.form import Field, Form, Values, new_passphrase_problem

PASSPHRASE = Field("passphrase", secret=True)
NEW = (Field("new", secret=True), Field("again", secret=True))


def ask_to_open(parts: Parts, shelved: Shelved) -> None:
    """Ask for the passphrase of a locked set, and open it until Attune is closed."""

    def agreed(values: Values) -> None:
        opening = parts.services.locking.open(shelved.folder, values["passphrase"])
        parts.bridge.deliver(opening, lambda _open: parts.changed())

    _form(parts, "protection.lock_open", (PASSPHRASE,), shelved.name, agreed)


def lock(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Ask for a new passphrase, and lock the set with it."""

    def agreed(values: Values) -> None:
        locking = parts.services.locking.lock(clip_set.folder, values["new"], _unheard)
        _tell(parts, "protection.lock", clip_set, locking)

    _form(parts, "protection.lock", NEW, clip_set.name, agreed)


def take_away(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Ask for the passphrase, and have the set without its lock."""

    def agreed(values: Values) -> None:
        taking = parts.services.locking.take_away(clip_set.folder, values["passphrase"], _unheard)
        _tell(parts, "protection.lock_remove", clip_set, taking)

    _form(parts, "protection.lock_remove", (PASSPHRASE,), clip_set.name, agreed)


def change(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Ask for the passphrase until now and a new one."""

    def agreed(values: Values) -> None:
        changing = parts.services.locking.change(clip_set.folder, values["passphrase"], values["new"])
        said = parts.words("protection.lock_change.done", name=clip_set.name)
        parts.bridge.deliver(changing, lambda _done: parts.say(said))

    _form(parts, "protection.lock_change", (PASSPHRASE, *NEW), clip_set.name, agreed)


def close(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Ask for the passphrase again before the set is shown any more."""
    parts.services.library.close_lock(clip_set.folder)
    parts.changed()


def _form(
    parts: Parts, key: str, fields: tuple[Field, ...], name: str, agreed: Callable[[Values], None]
) -> None:
    Form(
        parts.words,
        key,
        fields,
        agreed=agreed,
        check=lambda values: _problem(parts.words, values),
        parent=parts.page,
        theme=parts.theme,
        name=name,
    )


def _problem(words: Words, values: Values) -> str | None:
    if "new" not in values:
        return None
    return (
        new_passphrase_problem(words, values)
        if values["new"]
        else words.error(SealError("seal.no_passphrase"))
    )


def _tell(parts: Parts, key: str, clip_set: ClipSet, future: Future[Path]) -> None:
    """Say that it has begun, and that it is done."""

    def done(_folder: object) -> None:
        parts.changed()
        parts.say(parts.words(f"{key}.done", name=clip_set.name))

    parts.say(parts.words(f"{key}.going", name=clip_set.name))
    parts.bridge.deliver(future, done)


def _unheard(_done: int, _total: int) -> None:
    """How far it has come is not shown."""


ACTS = {"lock": lock, "close": close, "change": change, "take_away": take_away}
