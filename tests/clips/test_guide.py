"""The guide's page about clip sets says what the program does."""

import csv
import re
from collections.abc import Iterator

from attune.affect.vocabulary import Core
from attune.clips.clip_set import load_clip_set
from attune.clips.rows import REFERENCES
from attune.clips.table import COLUMNS
from attune.resources import asset

from .conftest import Maker

GUIDE = asset("guide", "clip-sets.md").read_text("utf-8")


def tables() -> Iterator[list[list[str]]]:
    """The page's tables of clips, without the line under their heads."""
    for found in re.findall(r"(?:^\|.*\n)+", GUIDE, re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines()]
        if lines[0][0] == "file":
            yield [lines[0], *lines[2:]]


def test_every_column_reference_and_emotion_is_explained() -> None:
    for name in COLUMNS:
        assert f"| `{name}` |" in GUIDE
    for reference in REFERENCES:
        assert f"- `{reference}`: " in GUIDE
    for core in Core:
        assert core in GUIDE


def test_its_examples_load(maker: Maker) -> None:
    settings = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    examples = list(tables())
    assert (len(settings), len(examples)) == (2, 2)
    for manifest in settings:
        maker.manifest(manifest)
        for table in examples:
            for row in table[1:]:
                (maker.folder / row[0]).touch()
            with (maker.folder / "clips.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(table)
            clips = load_clip_set(maker.folder).clips
            assert {reading.source for clip in clips for reading in clip.references} <= set(REFERENCES)
