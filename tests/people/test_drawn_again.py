"""The starter set can be drawn again: the same bits on the same machine, whichever process draws them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RENDER = Path(__file__).parents[2] / "packaging" / "render_starter.py"
TAKE = "ana-happiness-100-120ms"  # among the shortest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="clips are encoded by the ffmpeg program"),
]


def draw(out: Path) -> str:
    command = [sys.executable, str(RENDER), "--out", str(out), "--only", TAKE, "--processes", "1"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_take_drawn_twice_is_the_same_to_the_bit(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        assert "1 of them to be drawn" in draw(tmp_path / folder)
    drawn = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert drawn == [f"{TAKE}.json", f"{TAKE}.webm"]
    for name in drawn:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name
    # What is there and holds is not drawn again.
    assert "0 of them to be drawn" in draw(tmp_path / "one")
