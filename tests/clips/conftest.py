"""A clip set that a test writes, row by row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from attune.clips.clip_set import ClipSet, load_clip_set
from attune.errors import ClipSetError
from attune.resources import Words

HEADER = "file,emotion"


class Maker:
    """Writes a set into a folder and reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "media").mkdir(parents=True)
        for name in ("one.mp4", "two.mp4", "voice.wav", "face.png"):
            (folder / "media" / name).write_bytes(name.encode())
        self.manifest('name = "A set"')

    def manifest(self, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        (self.folder / "set.toml").write_bytes(data)

    def table(self, *rows: str, header: str = HEADER) -> None:
        (self.folder / "clips.csv").write_text("\n".join((header, *rows)) + "\n", "utf-8")

    def load(self, *rows: str, header: str = HEADER) -> ClipSet:
        self.table(*rows, header=header)
        return load_clip_set(self.folder)

    def error(self, *rows: str, header: str = HEADER) -> ClipSetError:
        """The error of loading these rows; of what lies in the folder when there are none."""
        if rows or header != HEADER:
            self.table(*rows, header=header)
        with pytest.raises(ClipSetError) as caught:
            load_clip_set(self.folder)
        assert "{" not in Words().error(caught.value)  # there is a sentence, and its gaps are filled
        return caught.value


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path / "set")


@pytest.fixture(scope="module")
def shared_maker(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Maker]:
    """One folder for all examples of a hypothesis test, which write the same two files again and again."""
    made = Maker(tmp_path_factory.mktemp("sets") / "set")
    return lambda: made
