"""``attune bench --quality``: how well faces are read that the model never saw, collection by collection."""

from __future__ import annotations

from pathlib import Path

from rich import box
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
    """A column for each collection."""
    table = _table(words("commands.quality.title"), "", *found)
    for name in ("faces", "people"):
        table.add_row(
            words(f"commands.quality.{name}"), *(f"{getattr(each, name)}" for each in found.values())
        )
    for name in ("macro_f1", "valence_f1", "accuracy", "ece"):
        shares = (f"{getattr(each, name):.3f}" for each in found.values())
        table.add_row(words(f"commands.quality.{name}"), *shares)
    for emotion in CORE:
        f1 = (f"{each.f1[emotion]:.3f}" if emotion in each.f1 else "-" for each in found.values())
        table.add_row(words("commands.quality.f1", emotion=words(f"emotions.{emotion}.title")), *f1)
    return table


def _confusion(name: str, each: Quality, words: Words) -> Table:
    """Counts: a row for what was shown, a column for what was read."""
    titles = [words(f"emotions.{emotion}.title") for emotion in CORE]
    table = _table(
        words("commands.quality.confusion", collection=name), words("commands.quality.shown"), *titles
    )
    for title, counts in zip(titles, each.confusion, strict=True):
        if counts.sum():
            table.add_row(title, *map(str, counts))
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=(0, 1, 0, 0))
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table
