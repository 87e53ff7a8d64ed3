"""A small picture of one moment of a film."""

from __future__ import annotations

from pathlib import Path

from attune.media.frames import MediaKind
from attune.media.open import frames_shown, open_media
from attune.media.opencv import cv2

QUALITY = 82  # of a JPEG, in percent
NS_PER_S = 1_000_000_000


def still(path: Path, time_s: float | None, *, side: int, usual_s: float) -> bytes:
    """JPEG of the frame shown at a time, at most ``side`` pixels wide and high.

    Without a time: the middle of the film, or ``usual_s`` where that is later than this or not known.
    Decodes from the start up to that frame. Raises MediaError as :func:`open_media` does.
    """
    with open_media(path) as source:
        if time_s is None:
            lasts = source.info.duration_s
            time_s = 0.0 if source.info.kind is MediaKind.PICTURE else usual_s
            time_s = time_s if lasts is None else min(time_s, lasts / 2)
        rgb = frames_shown(source.frames(), [round(time_s * NS_PER_S)])[0].rgb
    height, width = rgb.shape[:2]
    smaller = min(1.0, side / max(width, height))
    size = max(1, round(width * smaller)), max(1, round(height * smaller))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if smaller < 1.0 else rgb
    bgr = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return bytes(data)
