"""Films for tests: eight clips of one person, which stay as they are when Attune's own set changes."""

from functools import cache
from pathlib import Path

from attune.clips.clip_set import ClipSet, load_clip_set
from attune.resources import asset

EIGHT = Path(__file__).parent / "eight_clips"


def film(emotion: str) -> Path:
    """The clip that shows this emotion; 512 pixels wide, 25 frames a second, a keyframe every 520 ms."""
    return EIGHT / "media" / f"chi_{emotion}.webm"


@cache
def eight_clips() -> ClipSet:
    return load_clip_set(EIGHT)


@cache
def carried() -> ClipSet:
    """The set that Attune carries."""
    return load_clip_set(asset("clips", "starter"))
