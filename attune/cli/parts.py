"""The few parts the commands need; they leave the history and the library closed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from attune.app.folders import Folders, find_folders
from attune.app.measuring import Measurer
from attune.app.services import make_measurer, model_file
from attune.app.settings import SettingsStore


@dataclass(frozen=True)
class Parts:
    """Call :meth:`close` at the end."""

    folders: Folders
    settings: SettingsStore
    measurer: Measurer
    model: Path | None

    def find_model(self) -> Path:
        """The face model the measurer uses. Raises ModelError."""
        return model_file(self.folders, self.settings, self.model, os.environ)

    def close(self) -> None:
        """End the measuring process."""
        self.measurer.close()
        self.settings.close()


def open_parts(model: Path | None) -> Parts:
    """Put them together; ``model`` is the face model the person named."""
    folders = find_folders(os.environ)
    settings = SettingsStore(folders.settings)
    return Parts(folders, settings, make_measurer(folders, settings, model, os.environ), model)
