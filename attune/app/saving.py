"""Writing what somebody takes along into a file of their choice."""

from __future__ import annotations

from pathlib import Path

from attune.errors import SavingError
from attune.files import replacing


def save(path: Path, content: bytes) -> None:
    """Write a file in one step; it replaces one of that name. Blocks. Raises SavingError."""
    try:
        with replacing(path) as fresh:
            fresh.write_bytes(content)
    except OSError as error:
        raise SavingError("saving.not_written", path=path, reason=error.strerror) from error
