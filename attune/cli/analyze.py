"""``attune analyze``: what the faces in some files showed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from attune.app.batch import files_in, measure_all
from attune.cli.formats import Writer
from attune.cli.parts import open_parts
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
    errors: list[AttuneError] = []
    with closing(open_parts(model, workers)) as parts, ProgressBar(title) as progress:
        measured = measure_all(parts.measurer, files, lambda done: progress(done, len(files)))
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
