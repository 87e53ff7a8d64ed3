"""``attune doctor``: is everything there, and if not, what to do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import typer

from attune.app.doctor import Finding, examine, fetch_model
from attune.cli.parts import Parts, open_parts
from attune.cli.terminal import FINE, PROBLEM, ProgressBar
from attune.resources import Words


def doctor(*, model: Path | None, download: bool, words: Words) -> int:
    """Print a line for each thing looked at; PROBLEM if there is anything to do.

    Raises ModelError where the model was to be fetched and could not be.
    """
    with closing(open_parts(model)) as parts:
        if download:
            _download(parts, words)
        fine = True
        for finding in examine(parts.folders, parts.find_model, parts.measurer):
            typer.echo(_line(finding, words))
            fine = fine and finding.fine
    typer.echo(words("commands.doctor.nothing_to_do" if fine else "commands.doctor.something_to_do"))
    return FINE if fine else PROBLEM


def _download(parts: Parts, words: Words) -> None:
    with ProgressBar(words("commands.doctor.downloading")) as progress:
        path = fetch_model(parts.folders, progress)
    typer.echo(words("commands.doctor.downloaded", path=path))


def _line(finding: Finding, words: Words) -> str:
    if finding.error:
        said = words.error(finding.error)
    else:
        said = words(f"commands.doctor.{finding.topic}.{finding.outcome}", **finding.fields)
    state = words("commands.doctor.fine" if finding.fine else "commands.doctor.not_fine")
    return f"{state:<6} {words(f'commands.doctor.topics.{finding.topic}'):<12} {said}"
