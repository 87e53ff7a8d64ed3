"""Where Attune keeps things on this computer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

HOME_VARIABLE = "ATTUNE_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Absolute folders; none need exist, whoever writes first makes the one it writes to.

    ``data``: what is the person's own (history, clip sets, models); ``config``: settings;
    ``cache``: what can be made again.
    """

    data: Path
    config: Path
    cache: Path

    @property
    def profiles(self) -> Path:
        """Folder of everybody's history."""
        return self.data / "profiles"

    @property
    def old_history(self) -> Path:
        """The one history of before there were profiles."""
        return self.data / "history.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.json"

    @property
    def library(self) -> Path:
        """Folder of the person's own clip sets."""
        return self.data / "library"

    @property
    def tracks(self) -> Path:
        """Folder of measured face tracks."""
        return self.cache / "tracks"

    @property
    def recordings(self) -> Path:
        """Folder of what is being recorded, sealed."""
        return self.cache / "recordings"

    @property
    def thumbnails(self) -> Path:
        """Folder of small pictures of clips."""
        return self.cache / "thumbnails"


def find_folders(environment: Mapping[str, str] = os.environ) -> Folders:
    """Return the platform's usual folders, or all three below ``ATTUNE_HOME`` where that is set."""
    if home := environment.get(HOME_VARIABLE):
        below = Path(home).expanduser().absolute()
        return Folders(data=below / "data", config=below / "config", cache=below / "cache")
    usual = PlatformDirs("attune", appauthor=False)
    return Folders(data=usual.user_data_path, config=usual.user_config_path, cache=usual.user_cache_path)
