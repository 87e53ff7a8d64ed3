"""A machine without a screen gets one sentence and exit code 2, whatever keeps the window from showing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from attune.environment import QT_PATHS
from attune.ui import display

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a screen so")


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "eglfs:size=1x1", "vnc;xcb"])
def test_a_platform_without_a_screen_server_is_left_alone(platform: str) -> None:
    assert display.missing_for_a_window({"QT_QPA_PLATFORM": platform}, "linux") is None


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_always_have_a_screen(system: str) -> None:
    assert display.missing_for_a_window({}, system) is None


@pytest.mark.parametrize(
    "environment",
    [{}, {"DISPLAY": ""}, {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"}],
)
def test_no_screen(environment: dict[str, str]) -> None:
    problem = display.missing_for_a_window(environment, "linux")
    assert problem is not None
    assert problem.key == "app.no_display"


def test_a_library_that_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "XCB_LIBRARIES", {"libthat-is-not-here.so.0": "libthat0"})
    problem = display.missing_for_a_window({"DISPLAY": ":0"}, "linux")
    assert problem is not None
    assert problem.key == "app.no_library"
    assert problem.fields == {"library": "libthat-is-not-here.so.0", "package": "libthat0"}


@linux
def test_a_screen_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "XCB_LIBRARIES", {})
    problem = display.missing_for_a_window({"DISPLAY": ":4242"}, "linux")
    assert problem is not None
    assert problem.key == "app.display_refused"


def test_only_the_paths_opencv_left_are_dropped() -> None:
    environment = {QT_PATHS[0]: "/x/site-packages/cv2/qt/plugins", QT_PATHS[1]: "/home/me/fonts"}
    display.drop_foreign_plugins(environment)
    assert environment == {QT_PATHS[1]: "/home/me/fonts"}


@linux
def test_the_command_says_so_and_exits_2(home: Path) -> None:
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "attune"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "screen" in done.stderr
    assert not home.exists()
