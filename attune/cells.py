"""Cells of a table that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def harmless(text: str) -> str:
    """The text, an apostrophe before it where it could be a formula; numbers and plain words stay."""
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def as_was(text: str) -> str:
    """What :func:`harmless` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
