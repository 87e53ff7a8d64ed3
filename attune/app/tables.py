"""Tables of clip sets for spreadsheets: every clip, label and vote of one set or of all."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from attune.app.disk import writing_below
from attune.app.library import ClipSet
from attune.cells import harmless
from attune.clips.table import COLUMNS
from attune.clips.writing import rows_of
from attune.files import replacing

SET = "set"  # before the columns of ``clips.csv``


def save_tables(sets: Sequence[ClipSet], target: Path) -> int:
    """Write one table of all clips, one row a reference, the set's name first; how many rows there are.

    Cells a spreadsheet would take for a formula get an apostrophe. Raises LibraryError.
    """
    rows = [
        {SET: each.name, **row} for each in sets for clip in each.clips for row in rows_of(clip, each.folder)
    ]
    used = {column for row in rows for column, cell in row.items() if cell}
    others = sorted(used - {SET, *COLUMNS})
    columns = [SET, *(column for column in COLUMNS if column in used), *others]
    with (
        writing_below(target.parent),
        replacing(target) as fresh,
        # With a mark at its beginning, or a spreadsheet takes the letters for those of another alphabet.
        fresh.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows([harmless(row.get(column, "")) for column in columns] for row in rows)
    return len(rows)
