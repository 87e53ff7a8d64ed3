"""``set.toml``: what the maker of a clip set says about it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from annotated_types import MinLen

from attune.clips.folder import read_text
from attune.clips.table import Tell, refuse
from attune.errors import ClipSetError

if TYPE_CHECKING:
    from pydantic import ValidationError

MANIFEST = "set.toml"
MOST_BYTES = 1 << 20
SHOWN_LETTERS = 60  # of a value that is not understood

Named = Annotated[str, MinLen(1)]
_STRICTLY: Mapping[str, Any] = {
    "extra": "forbid",
    "str_strip_whitespace": True,
    "coerce_numbers_to_str": True,
}


class PeopleKind(StrEnum):
    """Whether the people in a set were drawn by a program or filmed."""

    RENDERED = "rendered"
    FILMED = "filmed"


class Purpose(StrEnum):
    """What a person filmed has agreed to, each given on its own."""

    PLAYBACK = "playback"
    SUPERVISION = "supervision"
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's agreement to being shown; ``delete_by`` None = no day was agreed."""

    __pydantic_config__: ClassVar = _STRICTLY

    person: Named
    given_on: date
    purposes: tuple[Purpose, ...]
    may_view: str = ""
    stored_at: str = ""
    delete_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The settings of ``set.toml``, with what holds where one is left out."""

    __pydantic_config__: ClassVar = _STRICTLY

    name: Named
    version: Named = "1"
    description: str = ""
    language: Named = "en"
    vocabulary: Named = "core"
    licence: str = ""
    attribution: str = ""
    made_by: str = ""
    people: PeopleKind = PeopleKind.FILMED
    consent: tuple[Consent, ...] = ()


def read_manifest(folder: Path, tell: Tell = refuse) -> Manifest:
    """Read and check a folder's ``set.toml``. Raises ClipSetError about the file; see :func:`manifest_of`."""
    return manifest_of(read_text(folder, MANIFEST, MOST_BYTES), tell)


def manifest_of(text: str, tell: Tell = refuse) -> Manifest:
    """Check the text of a ``set.toml``. ``tell`` hears of clipset.not_toml and setting_*.

    What is written the usual way is checked by hand: loading pydantic takes the window a seventh of its start
    and as many megabytes as its charts. It is asked only when something is unusual, and says what.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # its own, a number of 5000 digits, a thousand brackets
        tell(ClipSetError("clipset.not_toml", file=MANIFEST, problem=str(error)[:200]))
        return Manifest(name=MANIFEST)
    return _usual(data) or _checked(data, tell)


def _usual(data: Mapping[str, Any]) -> Manifest | None:
    """The manifest where every setting is of the type it should be; None where a closer look is needed."""
    try:
        consent = tuple(_usual_consent(given) for given in data.get("consent", ()))
        people = PeopleKind(data.get("people", PeopleKind.FILMED))
        made = Manifest(**{**data, "people": people, "consent": consent})
    except (TypeError, ValueError, KeyError):
        return None
    texts = [value for name, value in data.items() if name not in {"people", "consent"}]
    needed = (made.name, made.version, made.language, made.vocabulary)
    return made if all(map(_is_usual_text, texts)) and all(needed) else None


def _usual_consent(data: Mapping[str, Any]) -> Consent:
    """Raises TypeError, ValueError, KeyError for what needs a closer look."""
    made = Consent(**{**data, "purposes": tuple(map(Purpose, data["purposes"]))})
    days = (made.given_on, made.given_on if made.delete_by is None else made.delete_by)
    if not all(type(day) is date for day in days) or not isinstance(data["purposes"], list):
        raise TypeError
    if not made.person or not all(map(_is_usual_text, (made.person, made.may_view, made.stored_at))):
        raise TypeError
    return made


def _is_usual_text(value: object) -> bool:
    return isinstance(value, str) and value == value.strip()


def _checked(data: Mapping[str, Any], tell: Tell) -> Manifest:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - only for other people's sets

    try:
        return TypeAdapter(Manifest).validate_python(data)
    except ValidationError as error:
        for problem in _as_known(error):
            tell(problem)
        return Manifest(name=str(data.get("name", MANIFEST)))


def _as_known(error: ValidationError) -> Iterator[ClipSetError]:
    """Everything that is not right, as errors with a sentence."""
    kinds = {"missing": "setting_missing", "unexpected_keyword_argument": "setting_unknown"}
    for problem in error.errors(include_url=False):
        place = (str(part + 1 if isinstance(part, int) else part) for part in problem["loc"])
        yield ClipSetError(
            f"clipset.{kinds.get(problem['type'], 'setting_wrong')}",
            file=MANIFEST,
            setting=".".join(place),
            value=str(problem["input"])[:SHOWN_LETTERS],
            problem=problem["msg"],
        )
