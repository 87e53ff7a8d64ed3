"""``set.toml``: what the maker of a clip set says about it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from annotated_types import MinLen

from attune.clips.folder import read_text
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


def read_manifest(folder: Path, *, own: bool = False) -> Manifest:
    """Read and check ``set.toml``. Raises ClipSetError clipset.not_toml, setting_* or about the file.

    ``own``: a set that Attune carries, checked when it was packed. Loading the checker takes the window a
    seventh of its start and as many megabytes as its charts.
    """
    text = read_text(folder, MANIFEST, MOST_BYTES)
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # its own error, a number of 5000 digits, a thousand brackets
        raise ClipSetError(
            "clipset.not_toml", folder=folder, file=MANIFEST, problem=str(error)[:200]
        ) from error
    if own:
        with suppress(TypeError, ValueError, KeyError):  # somebody changed it: the check says what
            return Manifest(**{**data, "people": PeopleKind(data["people"])})
    return _checked(data, folder)


def _checked(data: Mapping[str, Any], folder: Path) -> Manifest:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - only for other people's sets

    try:
        return TypeAdapter(Manifest).validate_python(data)
    except ValidationError as error:
        raise _as_known(error, folder) from error


def _as_known(error: ValidationError, folder: Path) -> ClipSetError:
    """The first thing wrong, as an error with a sentence."""
    first = error.errors(include_url=False)[0]
    kind = {"missing": "setting_missing", "unexpected_keyword_argument": "setting_unknown"}.get(
        first["type"], "setting_wrong"
    )
    return ClipSetError(
        f"clipset.{kind}",
        folder=folder,
        file=MANIFEST,
        setting=".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"]),
        value=str(first["input"])[:SHOWN_LETTERS],
        problem=first["msg"],
    )
