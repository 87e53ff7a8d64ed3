"""Sealed films of the couple, made to say how long they are; taken along as films that any player opens."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from attune.errors import MediaError
from attune.files import replacing
from attune.sealing import HEAD, PIECE, SealedPath, SealedWriter, opened

MOST_BYTES = 1 << 29  # half an hour and more; a longer film plays from its beginning only


def finish(film: SealedPath) -> float | None:
    """Let a film say how long it is and where its pictures are; its length in s, None for a very long one.

    Broken off, it is whole up to its last second from now on. No plain copy of it touches the disk.
    Raises OSError, SealError; MediaError where there is no picture in it.
    """
    from attune.media.film_writer import finish_film  # noqa: PLC0415 - PyAV, once something is recorded

    size = film.stat().st_size
    if size <= HEAD:
        raise MediaError("media.no_frames", path=str(film))
    if size > MOST_BYTES:
        return None
    whole = io.BytesIO()
    with opened(film) as source:
        seconds = finish_film(source, whole)
    whole.seek(0)
    with replacing(film) as fresh, SealedWriter(fresh, film.key) as sealed:
        shutil.copyfileobj(whole, sealed, PIECE)
    return seconds


def write_plain(film: SealedPath, target: Path) -> None:
    """Write a film as anybody can play it. Raises OSError, SealError, MediaError."""
    from attune.media.film_writer import finish_film  # noqa: PLC0415 - as above

    with opened(film) as source:
        finish_film(source, target)
