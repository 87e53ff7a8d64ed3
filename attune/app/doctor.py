"""A look at what Attune needs on this computer, each thing with whether it is there."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from attune.app.folders import Folders
from attune.app.history import open_history
from attune.app.measuring import Measurer
from attune.app.profiles import Profile, Profiles
from attune.app.services import load_vocabulary
from attune.errors import AttuneError
from attune.perception.model_file import download_model
from attune.resources import asset

DISTRIBUTIONS = ("attune", "PySide6_Essentials", "PySide6_Addons", "opencv-python", "mediapipe", "numpy")
SAME_FOLDER = ("opencv-python", "opencv-contrib-python")  # both install cv2: only equal versions fit
ROOM_MB = 200  # what a year of daily practice, and the tracks of some hundred clips, take on the disk
PATIENCE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at.

    ``topic`` and ``outcome`` name the sentence ``commands.doctor.TOPIC.OUTCOME``, ``fields`` fill it;
    where a known error was met, ``error`` says it instead. ``fine``: nothing to do.
    """

    topic: str
    fine: bool
    outcome: str = "fine"
    fields: Mapping[str, object] = field(default_factory=dict)
    error: AttuneError | None = None


def examine(folders: Folders, find_model: Callable[[], Path], measurer: Measurer) -> Iterator[Finding]:
    """Look at one thing after the other. Writes nothing that stays; takes some seconds."""
    clip = min(asset("clips", "starter", "media").glob("*.webm"))
    yield _versions()
    yield _model(find_model)
    yield _measuring(measurer, clip)
    yield from _window(clip)
    yield _data_folder(folders)
    yield from map(_history, Profiles(folders.profiles).all())


def fetch_model(folders: Folders, progress: Callable[[int, int | None], None]) -> Path:
    """Download the face model, since the person asked for it. Raises ModelError."""
    return download_model(folders.data, progress)


def _versions() -> Finding:
    found: dict[str, str | None] = {}
    for name in {*DISTRIBUTIONS, *SAME_FOLDER}:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    listed = ", ".join(f"{name} {found[name]}" for name in DISTRIBUTIONS if found[name])
    fields = {"versions": f"Python {platform.python_version()}, {listed}", "system": platform.platform()}
    missing = [name for name in DISTRIBUTIONS if found[name] is None]
    if missing:
        return Finding(topic="versions", fine=False, outcome="missing", fields={"names": ", ".join(missing)})
    one, other = (found[name] for name in SAME_FOLDER)
    if other is not None and one != other:
        return Finding(topic="versions", fine=False, outcome="differ", fields={"one": one, "other": other})
    return Finding(topic="versions", fine=True, fields=fields)


def _model(find_model: Callable[[], Path]) -> Finding:
    try:
        return Finding(topic="model", fine=True, fields={"path": find_model()})
    except AttuneError as error:
        return Finding(topic="model", fine=False, error=error)


def _measuring(measurer: Measurer, clip: Path) -> Finding:
    """Decode one of the clips Attune carries and measure the face in it."""
    try:
        measured = measurer.measure(clip).result(PATIENCE_S)
    except AttuneError as error:
        return Finding(topic="measuring", fine=False, error=error)
    except TimeoutError:
        return Finding(topic="measuring", fine=False, outcome="slow", fields={"seconds": PATIENCE_S})
    seen, frames = int(measured.track.face.sum()), len(measured.track.time_ns)
    fields = {"codec": measured.info.codec, "seen": seen, "frames": frames}
    if not seen:
        return Finding(topic="measuring", fine=False, outcome="no_face", fields=fields)
    return Finding(topic="measuring", fine=True, fields=fields)


def _window(clip: Path) -> Iterator[Finding]:
    """Ask Qt, in a process of its own: on this screen, else on none."""
    found, problem = _ask_qt(clip, dict(os.environ))
    screen = found is not None
    if found is None:
        found, problem = _ask_qt(clip, {**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    if found is None:
        yield Finding(topic="display", fine=False, outcome="qt", fields={"problem": problem})
        return
    if screen:
        yield Finding(topic="display", fine=True, fields=found)
    else:
        yield Finding(topic="display", fine=False, error=AttuneError("app.no_display"))
    yield Finding(
        topic="playing", fine=found["plays"], outcome="fine" if found["plays"] else "fails", fields=found
    )
    for topic, devices in (("camera", found["cameras"]), ("sound", found["sounds"])):
        outcome, fields = ("fine", {"names": ", ".join(devices)}) if devices else ("none", {})
        yield Finding(topic=topic, fine=True, outcome=outcome, fields=fields)


def _ask_qt(clip: Path, environment: Mapping[str, str]) -> tuple[dict[str, Any] | None, str]:
    """What the probe found, or None and the last thing it said."""
    probe = [sys.executable, str(asset("probes", "window.py")), str(clip)]
    try:
        run = subprocess.run(
            probe, env=dict(environment), capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return None, f"{PATIENCE_S} s"
    if run.returncode:
        return None, (run.stderr.strip().splitlines() or [str(run.returncode)])[-1]
    found: dict[str, Any] = json.loads(run.stdout)
    return found, ""


def _data_folder(folders: Folders) -> Finding:
    """Whether the folder, or where it would be made, can be written to and has room."""
    place = next(folder for folder in (folders.data, *folders.data.parents) if folder.is_dir())
    try:
        with tempfile.TemporaryFile(dir=place):
            free_mb = shutil.disk_usage(place).free // 2**20
    except OSError as error:
        fields = {"folder": folders.data, "reason": error.strerror}
        return Finding(topic="data", fine=False, outcome="not_writable", fields=fields)
    enough = free_mb >= ROOM_MB
    return Finding(
        topic="data",
        fine=enough,
        outcome="fine" if enough else "full",
        fields={"folder": folders.data, "free_mb": free_mb},
    )


def _history(profile: Profile) -> Finding:
    fields = {"name": profile.name, "path": profile.file}
    try:
        if profile.has_passphrase:
            return Finding(topic="history", fine=True, outcome="locked", fields=fields)
        with closing(open_history(profile.file, load_vocabulary())) as history:
            sessions = history.sessions().result(PATIENCE_S)
    except AttuneError as error:
        return Finding(topic="history", fine=False, error=error)
    return Finding(topic="history", fine=True, fields={**fields, "sessions": len(sessions)})
