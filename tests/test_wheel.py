"""The built wheel, installed into an environment of its own, is seen to work there."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path = ROOT, **environment: str) -> str:
    """Run a program that must succeed; what it printed."""
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of an environment that holds the wheel and, borrowed, what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_wheel_carries_the_assets_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "attune",
        next(n for n in names if "dist-info" in n).split("/")[0],
    }
    carried = {name for name in names if name.startswith("attune/assets/")}
    tracked = run("git", "ls-files", "assets").splitlines() if (ROOT / ".git").exists() else []
    assert carried >= {f"attune/{name}" for name in tracked}
    assert not [name for name in names if name.endswith((".pyc", ".task"))]


def test_commands_work_where_the_wheel_is_installed(scripts: Path, tmp_path: Path) -> None:
    where = run(scripts / "python", "-c", "import attune; print(attune.__file__)", cwd=tmp_path)
    assert str(scripts.parent) in where
    assert run(scripts / "attune", "--version", cwd=tmp_path).startswith("attune ")
    assert "to do " not in run(scripts / "attune", "doctor", cwd=tmp_path)


def test_the_window_opens_where_the_wheel_is_installed(scripts: Path, tmp_path: Path) -> None:
    opened = run(scripts / "attune", "bench-window", "start", cwd=tmp_path)
    assert json.loads(opened.splitlines()[-1])["shown_s"] > 0
