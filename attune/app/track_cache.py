"""Measured tracks kept on disk, keyed by what was measured and by which models."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from attune.media.frames import MediaInfo, MediaKind
from attune.perception.model_file import MODEL_SHA256
from attune.perception.track import FaceTrack, read_arrays
from attune.resources import asset


@cache
def _models() -> str:
    """Tells apart what other models measured: a track holds what the landmarker and the network said."""
    network = hashlib.sha256(asset("models", "appearance.onnx").read_bytes()).hexdigest()
    return f"{MODEL_SHA256[:8]}-{network[:8]}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A track with what was known of its file."""

    info: MediaInfo
    track: FaceTrack
    estimated: bool


@dataclass(frozen=True, slots=True)
class TrackCache:
    """Tracks in one folder; every file in it can be made again from the media."""

    folder: Path

    def path(self, content_hash: str) -> Path:
        """Where the track of media with this sha256 is kept."""
        return self.folder / f"{content_hash}-{_models()}.npz"

    def keep(self, content_hash: str, kept: Kept) -> None:
        """Write one track in one step. Raises OSError."""
        told = {**asdict(kept.info), "path": "", "estimated": kept.estimated}
        kept.track.save(self.path(content_hash), told=np.array(json.dumps(told)))

    def find(self, content_hash: str, media: Path) -> Kept | None:
        """Read a track for the media, wherever it lies now; None where none can be read."""
        try:
            arrays = read_arrays(self.path(content_hash))
            told = json.loads(str(arrays["told"]))
            estimated = bool(told.pop("estimated"))
            info = replace(MediaInfo(**told), path=media, kind=MediaKind(told["kind"]))
            return Kept(info, FaceTrack.from_arrays(arrays), estimated)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None  # a cache: absent and damaged mean the same, it is measured again
