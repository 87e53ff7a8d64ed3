"""Importing clips by CREMA-D's names beside a plain copy that hashes them; loading a set of them.

Arguments: FOLDER CLIPS LOADED. Makes CLIPS files of a few kilobytes, imports them without analysis, and loads
a set of LOADED clips. Prints one JSON object: seconds, bare_seconds, peak_mb of the import, load_ms (median).
"""

import hashlib
import json
import random
import resource
import shutil
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, product
from pathlib import Path

from attune.app.importing import How, bring_in, suggested, survey
from attune.app.library import Library
from attune.resources import Words

ACTORS = range(1001, 1092)
SENTENCES = ("IEO", "TIE", "IOM", "IWW", "TAI", "MTI", "IWL", "ITH", "DFA", "ITS", "TSI", "WSI")
EMOTIONS = ("ANG", "DIS", "FEA", "HAP", "NEU", "SAD")
LEVELS = ("XX", "LO", "MD", "HI")
SIZES = (4_000, 12_000)  # bytes; the corpus' own have 60 to 200 kB
ROUNDS = 5

place, clips, loaded = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(1)  # noqa: S311 - the same files every time


def names(count: int) -> list[str]:
    """So many names, all different, as the corpus gives them."""
    made = product(LEVELS, ACTORS, SENTENCES, EMOTIONS)
    named = (f"{actor}_{sentence}_{emotion}_{level}.flv" for level, actor, sentence, emotion in made)
    return list(islice(named, count))


def put(folder: Path, count: int) -> Path:
    """A folder of small clips."""
    folder.mkdir(parents=True)
    for name in names(count):
        (folder / name).write_bytes(chance.randbytes(chance.randint(*SIZES)))
    return folder


def bring(source: Path, home: Path) -> tuple[float, Path]:
    """Seconds of an import, from the first look to the set on the shelf."""
    with ThreadPoolExecutor(1) as background:
        library = Library(background, home)
        begun = time.perf_counter()
        ways = {"library": library, "progress": lambda _advance: None, "stopped": lambda: False}
        found = survey(source, How(), words=Words(), **ways)
        brought = bring_in(found, suggested(found), **ways)
        took = time.perf_counter() - begun
    if brought.clips != len(names(clips)):
        raise SystemExit(f"{brought.clips} clips came")
    return took, brought.folder


def copy(source: Path, target: Path) -> float:
    """Seconds of copying a folder and hashing what was copied."""
    begun = time.perf_counter()
    shutil.copytree(source, target)
    for path in sorted(target.iterdir()):
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")
    return time.perf_counter() - begun


def load(folder: Path) -> float:
    """Milliseconds until a set can be shown, as when the library is opened."""
    with ThreadPoolExecutor(1) as background:
        library = Library(background, folder.parent.parent)
        begun = time.perf_counter()
        library.load(folder).result()
        return (time.perf_counter() - begun) * 1000


def set_of(count: int, folder: Path) -> Path:
    """A set of so many clips, its media next to nothing."""
    (folder / "media").mkdir(parents=True)
    rows = ["file,emotion,intensity,person,channel,reference,sha256,x_sentence"]
    emotions = {
        "ANG": "anger",
        "DIS": "disgust",
        "FEA": "fear",
        "HAP": "happiness",
        "NEU": "neutral",
        "SAD": "sadness",
    }
    for place_in, name in enumerate(names(count)):
        (folder / "media" / name).write_bytes(b"x")
        actor, sentence, emotion, _ = name.split("_")
        digest = f"{place_in:064x}"
        rows.append(
            f"media/{name},{emotions[emotion]},0.5,{actor},picture+sound,intended,{digest},{sentence}"
        )
    (folder / "clips.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "set.toml").write_text('name = "Many"\n', encoding="utf-8")
    return folder


source = put(place / "brought", clips)
seconds, folder = bring(source, place / "library")
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
    1 << 20 if sys.platform == "darwin" else 1 << 10
)
many = set_of(loaded, place / "many" / "sets" / "many")
print(
    json.dumps(
        {
            "seconds": seconds,
            "bare_seconds": copy(source, place / "copied"),
            "peak_mb": peak_mb,
            "load_ms": statistics.median(load(many) for _ in range(ROUNDS)),
        }
    )
)
