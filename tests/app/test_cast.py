import subprocess
import sys

LOADED = """
import sys
from concurrent.futures import ThreadPoolExecutor
from attune.app.cast import Cast
with ThreadPoolExecutor(1) as background:
    cast = Cast(background)
    before = "attune.app.studio" in sys.modules
    cast.faces().result()
print(before, "attune.app.studio" in sys.modules)
"""


def test_what_draws_is_loaded_with_the_faces() -> None:
    """In the background, that is: a window which shows faces would otherwise wait for it next."""
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
