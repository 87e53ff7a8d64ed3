"""The face model as the window and the commands reach it: found, or fetched when somebody asks."""

from __future__ import annotations

from concurrent.futures import CancelledError, Executor, Future
from pathlib import Path
from threading import Event

from attune.app.folders import Folders
from attune.perception.model_file import MODEL_ADDRESS, download_model, find_model

__all__ = ["MODEL_ADDRESS", "Download", "find"]


def find(background: Executor, named: Path | None, folders: Folders) -> Future[Path]:
    """Look for the model without waiting; the future fails with ModelError where there is none."""
    return background.submit(find_model, named, folders.data)


class Download:
    """One download of the model, begun by whoever makes this; ``share`` may be read at any time."""

    def __init__(self, background: Executor, folders: Folders) -> None:
        self.share: float | None = None  # of the file that came, in [0, 1]; None = not known
        self._stopped = Event()
        self.future: Future[Path] = background.submit(download_model, folders.data, self._came)

    def stop(self) -> None:
        """Give up; the future then is cancelled or fails with CancelledError, and nothing is left behind."""
        self._stopped.set()
        self.future.cancel()

    def _came(self, done: int, total: int | None) -> None:
        if self._stopped.is_set():
            raise CancelledError
        self.share = done / total if total else None
