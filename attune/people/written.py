"""Files that a person writes: TOML, checked field by field, refused naming the file and the field."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from attune.errors import AttuneError

if TYPE_CHECKING:
    from pydantic import ValidationError

Content = TypeVar("Content")

STRICTLY: Mapping[str, Any] = {"extra": "forbid", "allow_inf_nan": False}
SHOWN_LETTERS = 60  # of a value that does not fit
KINDS = {"missing": "missing", "unexpected_keyword_argument": "unknown"}
# What pydantic adds to a place: that it is about a key itself, and which of several types it tried.
TRIED = ("[key]", "constrained-float", "Sided")

# Makes the known error of a kind of file out of what is amiss, and the fields of its sentence.
Refused = Callable[..., AttuneError]


def read_written(path: Path, kind: type[Content], *, most_bytes: int, refused: Refused) -> Content:
    """What a file says, as a kind of its own.

    Raises what ``refused`` makes of: unreadable, not_toml, missing, unknown, unknown_key, out_of_range; each
    with ``file``, the first two with ``problem``, the others with ``field``, ``value`` and ``problem``.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - a seventh of the window's start

    try:
        if path.stat().st_size > most_bytes:
            raise refused("unreadable", file=path, problem=f"> {most_bytes // 1024} KB")
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise refused("unreadable", file=path, problem=error.strerror) from error
    except (ValueError, RecursionError) as error:  # neither TOML nor UTF-8, or a thousand brackets
        raise refused("not_toml", file=path, problem=str(error)[:200]) from error
    try:
        return TypeAdapter(kind).validate_python(table)
    except ValidationError as error:
        raise _as_known(error, path, refused) from error


def _as_known(error: ValidationError, path: Path, refused: Refused) -> AttuneError:
    """The deepest thing that does not fit: where a table may stand, its field and not that it is a table."""
    deepest = max(error.errors(include_url=False), key=lambda found: len(found["loc"]))
    amiss = "unknown_key" if deepest["loc"][-1] == "[key]" else KINDS.get(deepest["type"], "out_of_range")
    return refused(
        amiss,
        file=path,
        field=".".join(str(part) for part in deepest["loc"] if part not in TRIED),
        value=str(deepest["input"])[:SHOWN_LETTERS],
        problem=deepest["msg"],
    )
