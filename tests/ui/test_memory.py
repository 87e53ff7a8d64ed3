"""While a camera is on, the memory of its pictures is kept; once it is off, it goes back to the system."""

import sys
from subprocess import run

import pytest

LOOK = """
import numpy as np
from PySide6.QtCore import QCoreApplication
from attune.ui.memory import give_memory_back
from attune.ui.video.camera_watch import Watch
from tests.ui.puppet_camera import BUILT_IN, PuppetDevices

app = QCoreApplication([])
give_memory_back()  # as the window does when it opens
watch = Watch(devices=PuppetDevices(None, BUILT_IN))

def resident_mb():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * 4096 / 1e6

def kept_mb():
    before = resident_mb()
    pictures = [np.ones(2_700_000, np.uint8) for _ in range(10)]
    del pictures
    return resident_mb() - before

off = kept_mb()
watch.begin()
on = kept_mb()
before = resident_mb()
watch.end()
print(off, on, before - resident_mb())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told")
def test_pictures_memory_is_kept_as_long_as_the_camera_is_on() -> None:
    said = run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout
    off, on, given_back = map(float, said.split())
    assert off < 3
    assert on > 20
    assert given_back > 20
