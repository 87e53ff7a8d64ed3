"""What the person has set, kept in one small file that can always be thrown away."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from attune.errors import SettingsError


class Appearance(StrEnum):
    """Which of the two looks; AUTO follows the desktop."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Settings(BaseModel):
    """Everything that can be set, with its range and what it is before anything was set.

    ``text_scale``: factor on every text size; ``trials``: clips in a practice session;
    ``face_model``: a model file the person named, None = the one that comes along.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    appearance: Appearance = Appearance.AUTO
    motion: bool = True
    text_scale: float = Field(default=1.0, ge=1.0, le=1.6)
    measure_faces: bool = True
    face_model: Path | None = None
    trials: int = Field(default=10, ge=5, le=30)


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

    def change(self, **fields: Any) -> Future[None]:  # noqa: ANN401 - the model checks each field's type
        """Change settings now and keep them; the future resolves once they are on disk.

        Raises ValueError at once, changing nothing, for an unknown field or a value out of range. The future
        fails with SettingsError settings.not_saved; the change then counts until Attune is closed.
        """
        if unknown := fields.keys() - Settings.model_fields.keys():
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        self.current = Settings.model_validate({**self.current.model_dump(), **fields})
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
        found = from_json(text)
    except ValueError:
        return Settings(), False
    if not isinstance(found, dict):
        return Settings(), False
    try:
        return Settings.model_validate(found), True
    except ValidationError as error:
        odd = {problem["loc"][0] for problem in error.errors()}
    return Settings.model_validate({name: value for name, value in found.items() if name not in odd}), False


def _save(path: Path, settings: Settings) -> None:
    """Write beside the file, then put it in its place in one step."""
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(settings.model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise SettingsError("settings.not_saved", path=path, reason=error.strerror) from error
