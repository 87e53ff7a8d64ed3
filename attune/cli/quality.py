"""``attune bench --quality``: how well faces are read that the model never saw, collection by collection."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from attune.app.quality import CORE, Quality, load_pictures, measure_quality
from attune.cli.terminal import FINE
from attune.resources import Words


def quality(folder: Path, *, words: Words) -> int:
    """Print a table of all collections in the data folder, then who was taken for what in each.

    Raises AppError app.no_quality_data where the folder does not hold them.
    """
    console, found = Console(), measure_quality(load_pictures(folder))
    console.print(_overview(found.collections, words))
    for name, each in found.collections.items():
        console.print(_confusion(name, each, words))
    without, with_own, faces = found.own_neutral
    console.print(words("commands.quality.own_neutral", faces=faces, without=without, with_own=with_own))
    return FINE


def _overview(found: dict[str, Quality], words: Words) -> Table:
    columns = ("collection", "faces", "people", "macro_f1", "valence_f1", "ece")
    table = Table(title=words("commands.quality.title"))
    for name in columns:
        table.add_column(words(f"commands.quality.{name}"))
    for emotion in CORE:
        table.add_column(words(f"emotions.{emotion}.title"), justify="right")
    for name, each in found.items():
        shares = (each.macro_f1, each.valence_f1, each.ece)
        f1 = (f"{each.f1[emotion]:.2f}" if emotion in each.f1 else "-" for emotion in CORE)
        table.add_row(name, f"{each.faces}", f"{each.people}", *(f"{share:.3f}" for share in shares), *f1)
    return table


def _confusion(name: str, each: Quality, words: Words) -> Table:
    """Counts: a row for what was shown, a column for what was read."""
    table = Table(title=words("commands.quality.confusion", collection=name))
    table.add_column(words("commands.quality.shown"))
    for emotion in CORE:
        table.add_column(words(f"emotions.{emotion}.title"), justify="right")
    for emotion, counts in zip(CORE, each.confusion, strict=True):
        if counts.sum():
            table.add_row(words(f"emotions.{emotion}.title"), *map(str, counts))
    return table
