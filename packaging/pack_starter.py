"""Make the starter clip set out of what ``render_starter.py`` drew.

Takes every clip of assets/people/starter.toml, checks that it is the one the plan asks for and has as many
frames as its truth, and writes the whole folder: set.toml, clips.csv, media, truth and the licences of the
data the people are drawn from. Ends by reading the set the way Attune does. ``--as-drawn`` takes clips that
were drawn before the code was changed, where the change is known not to show.

    python packaging/pack_starter.py --clips CLIPS [--out assets/clips/starter] [--as-drawn]
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from starter_plan import Plan, Take, expressions, load_plan

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core
from attune.clips.clip_set import Channel, Clip, ClipSet, PeopleKind, load_clip_set
from attune.clips.folder import content_hash
from attune.clips.writing import write_set
from attune.media.open import open_media
from attune.people.expression import Kind
from attune.resources import Words, asset

MOST_BYTES = 70_000_000
LICENCES = ("LICENCES.md", "LICENSE-CC0.md")


def pack_clip(clips: Path, out: Path, plan: Plan, take: Take, *, as_drawn: bool) -> Clip:
    """Copy one clip and its truth."""
    media, truth = out / "media" / f"{take.name}.webm", out / "truth" / f"{take.name}.json"
    drawn = json.loads((clips / f"{take.name}.json").read_text("utf-8"))
    if drawn.pop("key") != plan.key(take) and not as_drawn:
        raise SystemExit(f"{take.name} would now be drawn otherwise: run render_starter.py")
    shutil.copyfile(clips / f"{take.name}.webm", media)
    truth.write_text(json.dumps(drawn, separators=(",", ":")), "utf-8")
    with open_media(media) as source:
        frames = sum(1 for _ in source.frames())
    if frames != len(drawn["time_ns"]):
        raise SystemExit(f"{take.name}: {frames} frames, but {len(drawn['time_ns'])} in its truth")
    shares = {emotion: 1 / len(drawn["emotions"]) for emotion in drawn["emotions"]}
    moves = drawn["onset_s"] is not None
    return Clip(
        file=media,
        name=media.relative_to(out).as_posix(),
        content_hash=content_hash(media),
        person=take.person.capitalize(),
        channel=Channel.PICTURE,
        onset_s=drawn["onset_s"],
        apex_s=drawn["apex_s"],
        offset_s=drawn["offset_s"],
        references=(
            Reading(source=Source.INTENDED, labels=shares, intensity=take.intensity if moves else 0.0),
        ),
        truth=truth,
        note=note(take),
    )


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
    parser.add_argument("--as-drawn", action="store_true")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    plan = load_plan()
    for folder in (out / "media", out / "truth"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    packed = ClipSet(
        folder=out,
        language="en",
        vocabulary="core",
        people=PeopleKind.RENDERED,
        clips=tuple(
            pack_clip(options.clips, out, plan, take, as_drawn=options.as_drawn) for take in plan.takes
        ),
        **plan.said,
    )
    write_set(packed, tuple(map(str, Core)))
    for name in LICENCES:
        shutil.copyfile(asset("people", name), out / name)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        raise SystemExit(f"the set has {size / 1e6:.1f} MB, {MOST_BYTES / 1e6:.0f} at most are wanted")
    if load_clip_set(out) != packed:
        raise SystemExit("the set is not read as it was written")
    people = sorted({clip.person for clip in packed.clips})
    print(f"{len(packed.clips)} clips of {', '.join(people)} in {out}, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
