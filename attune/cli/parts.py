"""The few parts the commands need; they leave the history and the library closed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from attune.app.cores import measuring_processes
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
        """End the measuring processes."""
        self.measurer.close()
        self.settings.close()


def open_parts(model: Path | None, processes: int | None = None) -> Parts:
    """Put them together: the face model and the number of measuring processes, where named."""
    folders = find_folders(os.environ)
    settings = SettingsStore(folders.settings)
    processes = processes or measuring_processes()
    measurer = make_measurer(folders, settings, model, os.environ, processes=processes)
    return Parts(folders, settings, measurer, model)
