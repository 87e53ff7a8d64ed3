"""A film put before Seeing picture by picture, each waited for, so that no machine is too slow for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from attune.app.partner.seeing import Face, Hint, Seeing
from attune.media.open import open_media
from attune.perception.model_file import find_model

PATIENCE_S = 50  # MediaPipe loads, on a machine that is busy with something else
BETWEEN_NS = 40_000_000  # two pictures of two films


class Watched:
    """What Seeing told so far: ``faces`` of each picture, ``hints`` with the second they were told in."""

    def __init__(self, folder: Path, background: ThreadPoolExecutor, people: int) -> None:
        self.faces: list[tuple[Face, ...]] = []
        self.hints: list[tuple[float, Hint]] = []
        self.now_ns = 0
        self._errors: list[Exception] = []
        self._told = threading.Semaphore(0)
        self.seeing = Seeing(
            lambda: find_model(None, folder),
            self._on_faces,
            self._on_error,
            background=background,
            people=people,
            on_hint=lambda hint: self.hints.append((self.now_ns / 1e9, hint)),
        )

    @property
    def numbers(self) -> list[set[int]]:
        return [{face.number for face in faces} for faces in self.faces]

    @property
    def told(self) -> set[Hint]:
        return {hint for _, hint in self.hints}

    def film(self, path: Path, *, begin_s: float = 0.0, end_s: float = 99.0) -> None:
        """Put a film, or part of it, before it."""
        first_ns = None
        with open_media(path) as source:
            for frame in source.frames():
                if begin_s <= frame.time_ns / 1e9 < end_s:
                    first_ns = frame.time_ns if first_ns is None else first_ns
                    self.picture(frame.rgb, frame.time_ns - first_ns)
        self.now_ns += BETWEEN_NS
        self._start_ns = self.now_ns

    _start_ns = 0

    def picture(self, rgb: np.ndarray, after_ns: int) -> None:
        self.now_ns = self._start_ns + after_ns
        self.seeing.submit(rgb, self.now_ns)
        assert self._told.acquire(timeout=PATIENCE_S)
        assert not self._errors, self._errors

    def _on_faces(self, time_ns: int, faces: tuple[Face, ...]) -> None:
        assert time_ns == self.now_ns
        self.faces.append(faces)
        self._told.release()

    def _on_error(self, error: Exception) -> None:
        self._errors.append(error)
        self._told.release()


@contextmanager
def watched(folder: Path, *, people: int = 2) -> Iterator[Watched]:
    with ThreadPoolExecutor(1) as background:
        found = Watched(folder, background, people)
        with found.seeing:
            yield found
