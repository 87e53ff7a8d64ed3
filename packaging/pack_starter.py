"""Make the starter clip set out of what ``render_starter.py`` drew.

Takes every clip of assets/people/starter.toml, checks that it is the one the plan asks for and has as many
frames as its truth, and writes beside ``set.toml``, which is written by hand: clips.csv, media, truth and the
licences of the data the people are drawn from. Ends by reading the set the way Attune does.

    python packaging/pack_starter.py --clips CLIPS [--out assets/clips/starter]
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
from pathlib import Path
from typing import Any

from starter_plan import Plan, Take, expressions, load_plan

from attune.clips.clip_set import load_clip_set
from attune.clips.folder import content_hash
from attune.media.open import open_media
from attune.people.expression import Kind
from attune.resources import Words, asset

MOST_BYTES = 70_000_000
COLUMNS = (
    *("file", "emotion", "intensity", "onset_s", "apex_s", "offset_s", "channel", "person", "reference"),
    *("note", "truth", "sha256"),
)
LICENCES = ("LICENCES.md", "LICENSE-CC0.md")


def pack_clip(clips: Path, out: Path, plan: Plan, take: Take) -> dict[str, Any]:
    """Copy one clip and its truth; return its row of the table."""
    media, truth = out / "media" / f"{take.name}.webm", out / "truth" / f"{take.name}.json"
    drawn = json.loads((clips / f"{take.name}.json").read_text("utf-8"))
    if drawn.pop("key") != plan.key(take):
        raise SystemExit(f"{take.name} would now be drawn otherwise: run render_starter.py")
    shutil.copyfile(clips / f"{take.name}.webm", media)
    truth.write_text(json.dumps(drawn, separators=(",", ":")), "utf-8")
    with open_media(media) as source:
        frames = sum(1 for _ in source.frames())
    if frames != len(drawn["time_ns"]):
        raise SystemExit(f"{take.name}: {frames} frames, but {len(drawn['time_ns'])} in its truth")
    return {
        "file": media.relative_to(out).as_posix(),
        "emotion": "+".join(drawn["emotions"]),
        "intensity": take.intensity if drawn["onset_s"] is not None else 0,
        **{time: drawn[time] for time in ("onset_s", "apex_s", "offset_s")},
        "channel": "picture",
        "person": take.person.capitalize(),
        "reference": "intended",
        "note": note(take),
        "truth": truth.relative_to(out).as_posix(),
        "sha256": content_hash(media),
    }


def note(take: Take) -> str:
    """What is particular about a clip, in words; nothing for one of the eight states."""
    words, expression = Words(), expressions()[take.expression]
    said = [] if expression.kind is Kind.STATE else [words(expression.title_key)]
    said += ["speaking"] if take.speaking else []
    said += [f"{take.brief_ms} ms"] if take.brief_ms else []
    return "; ".join(said)


def main() -> None:
    """Pack everything the plan asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clips", type=Path, required=True, help="folder written by render_starter.py")
    parser.add_argument("--out", type=Path, default=Path("assets/clips/starter"))
    options = parser.parse_args()
    out: Path = options.out
    plan = load_plan()
    for folder in (out / "media", out / "truth"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    rows = [pack_clip(options.clips, out, plan, take) for take in plan.takes]
    with (out / "clips.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    for name in LICENCES:
        shutil.copyfile(asset("people", name), out / name)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        raise SystemExit(f"the set has {size / 1e6:.1f} MB, {MOST_BYTES / 1e6:.0f} at most are wanted")
    packed = load_clip_set(out)
    people = sorted({clip.person for clip in packed.clips})
    print(f"{len(packed.clips)} clips of {', '.join(people)} in {out}, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
