"""What the person has set, kept in one small file that can always be thrown away.

Checked by hand: the window's look waits for this module, and pydantic takes as long to load as all of Qt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from attune.errors import SettingsError
from attune.files import replacing


class Appearance(StrEnum):
    """Which of the two looks; AUTO follows the desktop."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _number(low: float, high: float) -> Callable[[object], float]:
    """Check for a number within, whole where ``low`` is."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, type(low))):
            raise TypeError("not such a number")
        if not low <= value <= high:
            raise ValueError(f"outside {low} to {high}")
        return type(low)(value)

    return check


def _name(value: object) -> str | None:
    if not isinstance(value, (str, type(None))):
        raise TypeError("not a name")
    return value


def _file(value: object) -> Path | None:
    if not isinstance(value, (str, Path, type(None))):
        raise TypeError("not the name of a file")
    return None if value is None else Path(value)


_CHECKS: Mapping[str, Callable[[Any], object]] = {
    "appearance": Appearance,
    "motion": _flag,
    "text_scale": _number(1.0, 1.6),
    "measure_faces": _flag,
    "face_model": _file,
    "trials": _number(5, 30),
    "streak": _flag,
    "told_of_clips": _flag,
    "profile": _name,
    "practise_with": _name,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, and what it is before anything was set.

    ``text_scale``: factor on every text size, 1.0 to 1.6; ``trials``: clips in a practice session, 5 to 30;
    ``face_model``: a model file the person named, None = the one that comes along; ``streak``: whether days
    in a row are counted; ``profile``: whose history is opened, None = the first one there is;
    ``told_of_clips``: whether it was said that clips are shown where people could be drawn;
    ``practise_with``: folder of the set that is practised with, None = the one Attune carries.
    Raises ValueError naming the field for a value that does not fit.
    """

    appearance: Appearance = Appearance.AUTO
    motion: bool = True
    text_scale: float = 1.0
    measure_faces: bool = True
    face_model: Path | None = None
    trials: int = 10
    streak: bool = True
    told_of_clips: bool = False
    profile: str | None = None
    practise_with: str | None = None

    def __post_init__(self) -> None:
        """Coerce and check."""
        for name, check in _CHECKS.items():
            try:
                object.__setattr__(self, name, check(getattr(self, name)))
            except (TypeError, ValueError) as error:
                raise ValueError(f"{name}: {error}") from None


NAMES = frozenset(field.name for field in fields(Settings))


class SettingsStore:
    """The current settings, and the one writer of their file.

    A file that cannot be used never stops the start: what can be read of it counts, the rest is as if never
    set, the file itself is kept aside as ``settings.json.bad``, and ``notice`` holds the words key to show.
    Use from one thread; :meth:`change` writes on a thread of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.current, self.notice = _load(path)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="settings")

    def change(self, **changes: Any) -> Future[None]:  # noqa: ANN401 - Settings checks each one
        """Change settings now and keep them; the future resolves once they are on disk.

        Raises ValueError at once, changing nothing, for an unknown field or a value out of range. The future
        fails with SettingsError settings.not_saved; the change then counts until Attune is closed.
        """
        if unknown := changes.keys() - NAMES:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        self.current = replace(self.current, **changes)
        return self._writer.submit(_save, self._path, self.current)

    def close(self) -> None:
        """Finish writing. Blocks for as long as that takes."""
        self._writer.shutdown()


def glance(path: Path) -> Settings:
    """What of the settings file can be used, touching nothing: for the look of a window not yet ready."""
    try:
        return _understood(path.read_bytes())[0]
    except OSError:
        return Settings()


def _load(path: Path) -> tuple[Settings, str | None]:
    """Settings of the file, and the key of what to tell the person if it could not be used as it is."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Settings(), None
    except OSError:
        return Settings(), "errors.settings.unreadable"
    settings, whole = _understood(text)
    if whole:
        return settings, None
    try:
        path.replace(path.with_name(path.name + ".bad"))
    except OSError:
        return settings, "errors.settings.unreadable"
    return settings, "errors.settings.kept_aside"


def _understood(text: bytes) -> tuple[Settings, bool]:
    """What is right in a file, and whether that is all: one odd value must not cost somebody large type."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Settings(), False
    if not isinstance(found, dict):
        return Settings(), False
    known = {name: value for name, value in found.items() if name in NAMES}
    right = {name: value for name, value in known.items() if _fits(name, value)}
    return Settings(**right), right.keys() == known.keys()


def _fits(name: str, value: object) -> bool:
    try:
        _CHECKS[name](value)
    except (TypeError, ValueError):
        return False
    return True


def _save(path: Path, settings: Settings) -> None:
    text = json.dumps(asdict(settings), indent=2, default=str)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as fresh:
            fresh.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError("settings.not_saved", path=path, reason=error.strerror) from error
