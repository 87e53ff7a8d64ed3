"""A large made-up clip set in a home of its own, for ``attune bench`` to open the Library on."""

from __future__ import annotations

import csv
import hashlib
import shutil
from pathlib import Path

from attune.app.folders import HOME_VARIABLE, find_folders
from attune.clips.clip import Clip
from attune.clips.clip_set import load_clip_set
from attune.clips.manifest import MANIFEST
from attune.clips.table import TABLE
from attune.resources import asset

PEOPLE = 91  # as many as CREMA-D has
STRENGTHS = (0.3, 0.6, 1.0)
COLUMNS = ("file", "emotion", "intensity", "apex_s", "channel", "person", "note", "sha256")


def fill_library(home: Path, clips: int) -> Path:
    """Make a home whose library holds one set of so many clips; the set's folder. Raises OSError.

    The films are links to copies of those Attune carries, under hashes of their own, so that each has a
    picture of its own.
    """
    folder = find_folders({HOME_VARIABLE: str(home)}).library / "sets" / "many"
    (folder / "media").mkdir(parents=True)
    films = []
    for clip in load_clip_set(asset("clips", "starter")).clips:
        copy = home / clip.file.name
        shutil.copy(clip.file, copy)
        films.append((clip, copy))
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number in range(clips):
            clip, copy = films[number % len(films)]
            name = f"media/{number % PEOPLE + 1001}_{number:05}{copy.suffix}"
            (folder / name).hardlink_to(copy)
            table.writerow(_row(number, name, clip))
    (folder / MANIFEST).write_text('name = "Many"\nlicence = "ODbL 1.0"\n', encoding="utf-8")
    return folder


def _row(number: int, name: str, clip: Clip) -> tuple[object, ...]:
    person = f"Person {number % PEOPLE + 1}"
    strength = STRENGTHS[number % len(STRENGTHS)]
    content = hashlib.sha256(name.encode()).hexdigest()
    emotion = clip.references[0].top
    return name, emotion, strength, clip.apex_s or "", clip.channel, person, f"Take {number % 7}", content
