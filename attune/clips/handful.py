"""Files somebody chose one by one: brought as if a folder held them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from attune.clips.folder import is_file, writable


@dataclass(frozen=True, slots=True)
class Handful:
    """Called like the folder all of them lie in; where there is none, like the first of them."""

    files: tuple[Path, ...]

    def __str__(self) -> str:
        return str(self._place)

    @property
    def name(self) -> str:
        """What to call them."""
        return self._place.name

    @property
    def stem(self) -> str:
        """The same without a file's ending."""
        return self._place.stem

    def named(self, endings: Iterable[str]) -> Iterator[tuple[str, Path]]:
        """Those that end so, by name; of two with the same name, from two folders, the second gets a number.

        The folders' own names stay out: nobody chose those, and they may say whose films they are.
        """
        wanted, taken = tuple(endings), set[str]()
        for path in sorted(self.files, key=lambda path: path.name):
            if path.name.startswith(".") or not path.name.lower().endswith(wanted) or not is_file(path):
                continue
            name, number = writable(path.name), 1
            while name in taken:
                number += 1
                name = f"{writable(path.stem)}-{number}{path.suffix}"
            taken.add(name)
            yield name, path

    @property
    def _place(self) -> Path:
        folders = {path.parent for path in self.files}
        folder = folders.pop()
        return folder if not folders and folder.name else self.files[0]


Given = Path | Handful
