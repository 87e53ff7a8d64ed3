"""The one way to the files Attune carries (`assets/`) and to the words it shows."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from attune.errors import AttuneError


def assets_folder() -> Path:
    """Folder of carried files: inside the package once installed, beside it in a checkout."""
    inside = Path(__file__).parent / "assets"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "assets"


def asset(*parts: str) -> Path:
    """Path of one carried file or folder, `asset("clips", "starter")`."""
    return assets_folder().joinpath(*parts)


@cache
def _tables(language: str) -> dict[str, Any]:
    """Each file of words under its name, read once: a window and its services both ask."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(asset("words", language).glob("*.toml"))
    }


class Words:
    """Everything Attune says, by key, out of the TOML files of one language.

    Keys are ``file.table.name`` with the file's name first: ``practice.start`` is ``start`` in
    ``practice.toml``. Gaps are filled with :meth:`str.format`.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._tables = _tables(language)

    def __call__(self, key: str, /, **gaps: object) -> str:
        """Return the text under ``key`` with its gaps filled.

        Raises KeyError for an unknown key or a missing gap: both are bugs.
        """
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format(**gaps)

    def table(self, key: str) -> dict[str, Any]:
        """Return a whole table, `words.table("emotions.fear")`."""
        found = self._find(key)
        if not isinstance(found, dict):
            raise KeyError(key)
        return found

    def error(self, error: AttuneError) -> str:
        """Return the sentence for a known error."""
        return self(f"errors.{error.key}", **error.fields)

    def _find(self, key: str) -> object:
        found: object = self._tables
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise KeyError(key)
            found = found[part]
        return found
