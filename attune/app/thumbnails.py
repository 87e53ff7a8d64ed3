"""Small pictures of clips at the moment their expression is strongest, made once and kept by content."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from attune.app.cores import cores
from attune.app.library import Channel, Clip
from attune.errors import MediaError
from attune.files import replacing
from attune.sealing import SealedPath

SIDE = 360  # pixels: two for each of a picture in the library
USUAL_S = 3.0  # into a film of which nobody said when it is strongest
LATEST_S = 30.0  # a moment later than this would take seconds to decode
MOST_AT_ONCE = 3


class Thumbnails:
    """Pictures from a folder of JPEG files named ``HASH-MILLISECONDS.jpg``. Call :meth:`close` at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        at_once = max(1, min(MOST_AT_ONCE, cores() - 1))  # a core stays free for what scrolls
        self._makers = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="thumbnails")

    def picture(self, clip: Clip) -> Future[bytes]:
        """JPEG of at most SIDE by SIDE pixels; a future that is cancelled in time makes nothing.

        It fails with MediaError where there is nothing to see.
        """
        return self._makers.submit(self._picture, clip)

    def close(self) -> None:
        """Drop what is not begun. Blocks until what was begun is done."""
        self._makers.shutdown(cancel_futures=True)

    def _picture(self, clip: Clip) -> bytes:
        if clip.channel is Channel.SOUND:
            raise MediaError("media.no_frames", path=str(clip.file))
        moment = strongest(clip)
        if isinstance(clip.file, SealedPath):  # nothing of a locked set lies about in the open
            return _made(clip, moment)
        file = self._folder / f"{clip.content_hash}-{'' if moment is None else round(moment * 1000)}.jpg"
        try:
            return file.read_bytes()
        except OSError:  # not made yet
            made = _made(clip, moment)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(file) as fresh:
                fresh.write_bytes(made)
        except OSError:  # it can be made again; a full disk is no reason not to show it
            return made
        if not clip.file.exists():  # who withdrew meanwhile had the film deleted, and then its pictures
            file.unlink(missing_ok=True)
        return made


def strongest(clip: Clip) -> float | None:
    """When the expression is strongest, in s from the start, as far as the set says; at most LATEST_S."""
    moment = clip.apex_s
    if moment is None and clip.onset_s is not None:
        moment = clip.onset_s if clip.offset_s is None else (clip.onset_s + clip.offset_s) / 2
    return None if moment is None else min(moment, LATEST_S)


def _made(clip: Clip, moment: float | None) -> bytes:
    from attune.media.still import still  # noqa: PLC0415 - OpenCV, once there is something to look at

    return still(clip.file, moment, side=SIDE, usual_s=USUAL_S)
