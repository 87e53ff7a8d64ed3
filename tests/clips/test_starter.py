"""The set Attune carries is whole: every clip is the one that was packed, and its truth fits it."""

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from attune.affect.reading import Source
from attune.affect.vocabulary import Core
from attune.clips.clip_set import Channel, Clip, ClipSet, PeopleKind, load_clip_set
from attune.errors import ClipSetError
from attune.media.open import open_media
from attune.resources import asset

FOLDER = asset("clips", "starter").resolve()


@cache
def starter() -> ClipSet:
    return load_clip_set(FOLDER)


def clips() -> tuple[Clip, ...]:
    return starter().clips


def test_it_says_what_it_is() -> None:
    found = starter()
    assert found.people is PeopleKind.RENDERED
    assert found.vocabulary == "core"
    assert "CC0" in found.licence
    assert "Mika Suominen" in found.attribution
    assert "CC0" in (FOLDER / "LICENCES.md").read_text("utf-8")
    assert "Creative Commons CC0 1.0 Universal" in (FOLDER / "LICENSE-CC0.md").read_text("utf-8")


def test_everyone_shows_all_eight_states_from_faint_to_full() -> None:
    shown = {(clip.person, clip.references[0].top, clip.references[0].intensity) for clip in clips()}
    people = {clip.person for clip in clips()}
    assert len(people) >= 4
    assert {(person, core, float(core != Core.NEUTRAL)) for person in people for core in Core} <= shown
    steps = Counter((person, core) for person, core, _ in shown if core != Core.NEUTRAL)
    assert min(steps.values()) >= (3 if len(people) >= 12 else 1)


def test_every_clip_is_the_one_that_was_packed() -> None:
    for clip in clips():
        clip.verify()
    assert len({clip.content_hash for clip in clips()}) == len(clips())
    sizes = [clip.file.stat().st_size for clip in clips()]
    assert max(sizes) < 250_000
    assert sum(sizes) < 70_000_000


def test_nothing_lies_beside_the_clips() -> None:
    named = {path for clip in clips() for path in (clip.file, clip.truth)}
    assert {*(FOLDER / "media").iterdir(), *(FOLDER / "truth").iterdir()} == named


def test_references_are_what_was_drawn() -> None:
    for clip in clips():
        (reading,) = clip.references
        assert (reading.source, clip.channel) == (Source.INTENDED, Channel.PICTURE)
        moving = reading.top != Core.NEUTRAL
        assert reading.intensity is not None
        assert (reading.intensity > 0) == moving
        assert set(reading.labels.values()) in ({1.0}, {0.5})
        for time in (clip.onset_s, clip.apex_s, clip.offset_s):
            assert (time is not None) == moving


@pytest.mark.parametrize("core", Core)
def test_the_truth_fits_the_media(core: Core) -> None:
    for clip in clips():
        if clip.references[0].top != core:
            continue
        assert clip.truth is not None
        truth = json.loads(clip.truth.read_text("utf-8"))
        with open_media(clip.file) as source:
            info, times = source.info, [frame.time_ns for frame in source.frames()]
        assert info.width == info.height >= 512
        assert info.codec.lower() == "vp9"
        assert len(times) == info.frames == len(truth["time_ns"])
        assert times == pytest.approx(truth["time_ns"], abs=1_000_000)  # WebM counts in milliseconds
        assert 1.5 <= len(times) / truth["fps"] <= 5.0
        assert (truth["emotion"], truth["person"]) == (core, clip.person.lower())
        assert set(truth.get("emotions", [core])) == set(clip.references[0].labels)
        assert (truth["onset_s"], truth["apex_s"], truth["offset_s"]) == (
            clip.onset_s,
            clip.apex_s,
            clip.offset_s,
        )
        for values in (*truth["units"].values(), truth["gaze_rad"], truth["rotation_rad"]):
            assert len(values) == len(times)


def test_a_set_written_the_usual_way_is_read_without_the_checker() -> None:
    code = "import sys; from attune.clips.clip_set import load_clip_set as load; from pathlib import Path\n"
    code += f"load(Path({str(FOLDER)!r})); sys.exit('pydantic' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "change", [("people =", "folk ="), ('"rendered"', '"dreamt"'), ('name = "', 'name_ = "')]
)
def test_what_somebody_changed_in_it_is_told(tmp_path: Path, change: tuple[str, str]) -> None:
    text = (FOLDER / "set.toml").read_text(encoding="utf-8")
    (tmp_path / "set.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ClipSetError, match="setting_"):
        load_clip_set(tmp_path)
