import csv
from pathlib import Path

import pytest

from attune.app.tables import save_tables
from attune.clips.clip_set import load_clip_set
from attune.errors import LibraryError
from tests.app.filmed import filmed_set


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_of_every_set_is_in_one_table(tmp_path: Path) -> None:
    one = load_clip_set(filmed_set(tmp_path / "one", {"Ana": 2}))
    other = load_clip_set(filmed_set(tmp_path / "other", {"Ben": 1}))
    assert save_tables((one, other), tmp_path / "all.csv") == 3
    rows = table(tmp_path / "all.csv")
    assert [(row["set"], row["person"], row["x_take"]) for row in rows] == [
        ("one", "Ana", "0"),
        ("one", "Ana", "1"),
        ("other", "Ben", "0"),
    ]
    assert [row["sha256"] for row in rows] == [clip.content_hash for clip in (*one.clips, *other.clips)]


def test_nothing_in_it_is_a_formula(tmp_path: Path) -> None:
    folder = filmed_set(tmp_path / "one", {"Ana": 1})
    text = (folder / "clips.csv").read_text("utf-8").replace('"of Ana, again"', '"=cmd|calc!A1"')
    (folder / "clips.csv").write_text(text, "utf-8")
    save_tables((load_clip_set(folder),), tmp_path / "all.csv")
    assert table(tmp_path / "all.csv")[0]["note"] == "'=cmd|calc!A1"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    clip_set = load_clip_set(filmed_set(tmp_path / "one", {"Ana": 1}))
    with pytest.raises(LibraryError):
        save_tables((clip_set,), tmp_path / "nowhere" / "all.csv")
