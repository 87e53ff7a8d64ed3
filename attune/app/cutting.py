"""Cutting a clip down to a part of it: the part is a file of its own until the set is saved."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from attune.app.edits import CutDown
from attune.app.futures import then
from attune.app.measuring import Measurer
from attune.clips.clip_set import Clip

if TYPE_CHECKING:  # loads PyAV
    from attune.media.trim import Trimmed

NS_PER_S = 1_000_000_000


def cut_down(
    measurer: Measurer, clip: Clip, folder: Path, start_ns: int, end_ns: int, *, exact: bool
) -> Future[tuple[CutDown, bool]]:
    """Write a part of a clip beside it in its set's folder.

    The change that puts it in the clip's place, and whether its pictures were encoded anew: they are where
    ``exact``, else the part begins where the film can be cut as it is. Fails as :meth:`Measurer.trim`.
    """
    name = _free(folder, clip.name)
    into = folder.resolve() / name

    def change(done: Trimmed) -> tuple[CutDown, bool]:
        return (
            CutDown(
                file=into,
                name=name,
                content_hash=done.content_hash,
                start_s=done.start_ns / NS_PER_S,
                end_s=done.end_ns / NS_PER_S,
            ),
            done.encoded,
        )

    return then(measurer.trim(clip.file, into, start_ns, end_ns, exact=exact), change)


def _free(folder: Path, name: str) -> str:
    """A name beside the clip's own that nothing has yet: smile-cut.mp4, smile-cut2.mp4 and so on."""
    path = PurePosixPath(name)
    number = 1
    while True:
        part = str(path.with_name(f"{path.stem}-cut{number if number > 1 else ''}{path.suffix}"))
        if not (folder / part).exists():
            return part
        number += 1
