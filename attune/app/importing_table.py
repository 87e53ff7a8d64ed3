"""A person's own spreadsheet before it is read: its headings, and what each most likely holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from attune.clips.spreadsheet import TABLES, likely_columns, read_spreadsheet

# What a person's columns can be said to hold, the most needed first.
FILLED = ("file", "emotion", "person", "intensity", "apex_s", "reference", "rater", "note")
EXAMPLES = 20  # rows looked at for an example of each column


@dataclass(frozen=True, slots=True)
class Headings:
    """``examples``: for each heading something that stands below it; ``likely``: the column it fills."""

    table: Path
    examples: Mapping[str, str]
    likely: Mapping[str, str]


def is_table(source: Path) -> bool:
    """Whether it is named like a spreadsheet."""
    return source.suffix.lower() in TABLES


def headings_of(table: Path) -> Headings:
    """Read them. Raises ClipSetError about the file."""
    sheet = read_spreadsheet(table)
    rows = [cells for _, cells in sheet.rows[:EXAMPLES]]
    examples = {
        heading: next((row[place] for row in rows if row[place]), "")
        for place, heading in enumerate(sheet.columns)
        if heading
    }
    return Headings(table, examples, likely_columns(sheet.columns))
