"""``set.toml``: what the maker of a clip set says about it."""

from __future__ import annotations

import tomllib
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from attune.clips.folder import read_text
from attune.errors import ClipSetError

MANIFEST = "set.toml"
MOST_BYTES = 1 << 20
SHOWN_LETTERS = 60  # of a value that is not understood

Named = Annotated[str, StringConstraints(min_length=1)]


class PeopleKind(StrEnum):
    """Whether the people in a set were drawn by a program or filmed."""

    RENDERED = "rendered"
    FILMED = "filmed"


class Purpose(StrEnum):
    """What a person filmed has agreed to, each given on its own."""

    PLAYBACK = "playback"
    SUPERVISION = "supervision"
    TRAINING = "training"


class _Checked(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, coerce_numbers_to_str=True
    )


class Consent(_Checked):
    """One person's agreement to being shown; ``delete_by`` None = no day was agreed."""

    person: Named
    given_on: date
    purposes: tuple[Purpose, ...]
    may_view: str = ""
    stored_at: str = ""
    delete_by: date | None = None


class Manifest(_Checked):
    """The settings of ``set.toml``, with what holds where one is left out."""

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


def read_manifest(folder: Path) -> Manifest:
    """Read and check ``set.toml``. Raises ClipSetError clipset.not_toml, setting_* or about the file."""
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
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        raise _as_known(error, folder) from error


def _as_known(error: ValidationError, folder: Path) -> ClipSetError:
    """The first thing wrong, as an error with a sentence."""
    first = error.errors(include_url=False)[0]
    kind = {"missing": "setting_missing", "extra_forbidden": "setting_unknown"}.get(
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
