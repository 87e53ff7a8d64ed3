"""``attune analyze``: what the faces in some files showed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from attune.cli.formats import Writer
from attune.cli.parts import open_parts
from attune.cli.terminal import FINE, PROBLEM, progress_bar, say
from attune.errors import AttuneError, ModelError
from attune.resources import Words


def analyze(files: Sequence[Path], write: Writer, *, model: Path | None, words: Words) -> int:
    """Measure each file and write what was seen; a file that cannot be read costs a line, not the rest.

    Raises ModelError when nothing can be measured at all.
    """
    code = FINE
    with closing(open_parts(model)) as parts:
        for file in files:
            try:
                with progress_bar(file.name) as progress:
                    measured = parts.measurer.measure(file, progress=progress).result()
            except ModelError:
                raise
            except AttuneError as error:
                say(words.error(error))
                code = PROBLEM
            else:
                write(str(file), measured)
                sys.stdout.flush()
    return code
