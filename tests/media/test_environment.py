"""Loading OpenCV leaves Qt's environment alone, whichever comes first."""

import subprocess
import sys

import pytest

MEDIA = "import attune.media.open, attune.media.virtual_camera"
QT = "from PySide6.QtWidgets import QApplication; app = QApplication(['-platform', 'offscreen'])"
REPORT = """
import os, sys
assert "cv2" in sys.modules
for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH"):
    print(os.environ.get(name))
"""


@pytest.mark.parametrize(
    "steps", [(MEDIA,), (MEDIA, QT), (QT, MEDIA)], ids=["alone", "before Qt", "after Qt"]
)
@pytest.mark.parametrize("before", [None, "/somewhere/else"])
def test_qt_s_paths_stay_as_they_were(
    steps: tuple[str, ...], before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("QT_QPA_PLATFORM_PLUGIN_PATH", raising=False)
    monkeypatch.delenv("QT_QPA_FONTDIR", raising=False)
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    if before:
        monkeypatch.setenv("QT_QPA_FONTDIR", before)
    script = "\n".join((*steps, REPORT))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["None", str(before), "None"]


def test_naming_the_package_loads_nothing() -> None:
    script = "import attune.media, attune.media.frames, sys; print('cv2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
