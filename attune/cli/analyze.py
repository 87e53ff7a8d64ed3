"""``attune analyze``: what the faces in some files showed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from attune.app.batch import files_in, measure_all
from attune.app.library import Channel
from attune.cli.clips import opened_library
from attune.cli.formats import Writer
from attune.cli.parts import Parts, open_parts
from attune.cli.terminal import FINE, PROBLEM, ProgressBar, say
from attune.errors import AttuneError, ModelError
from attune.resources import Words


def analyze(
    paths: Sequence[Path], write: Writer, *, workers: int | None, model: Path | None, words: Words
) -> int:
    """Measure the files, and those in the folders, and write what was seen, in their order.

    A file that cannot be measured costs a line at the end, not the rest. Raises ModelError when nothing can
    be measured at all.
    """
    files = list(files_in(paths))
    title = files[0].name if len(files) == 1 else words("commands.analyze.several", count=len(files))
    with closing(open_parts(model, workers)) as parts:
        return _measure(parts, files, {}, write, title=title, words=words)


def analyze_set(name: str, write: Writer, *, workers: int | None, model: Path | None, words: Words) -> int:
    """Measure the films and pictures of a clip set and keep their tracks; otherwise as above."""
    with opened_library() as library:
        found = library.read(library.find(name))
    hashes = {clip.file: clip.content_hash for clip in found.clips if clip.channel is not Channel.SOUND}
    with closing(open_parts(model, workers)) as parts:
        return _measure(parts, tuple(hashes), hashes, write, title=found.name, words=words)


def _measure(
    parts: Parts,
    files: Sequence[Path],
    hashes: Mapping[Path, str],
    write: Writer,
    *,
    title: str,
    words: Words,
) -> int:
    errors: list[AttuneError] = []
    with ProgressBar(title) as progress:
        measured = measure_all(parts.measurer, files, lambda done: progress(done, len(files)), hashes)
        with closing(measured):
            for file, outcome in measured:
                if isinstance(outcome, ModelError):
                    raise outcome
                if isinstance(outcome, AttuneError):
                    errors.append(outcome)
                else:
                    with progress.hidden():
                        write(str(file), outcome)
                        sys.stdout.flush()
    for error in errors:
        say(words.error(error))
    return PROBLEM if errors else FINE
