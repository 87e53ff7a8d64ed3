"""Who can be drawn, and what of it is loaded when."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from attune.app.cast import Cast
from attune.app.protocols.trial import Drawn, Whole

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


def test_only_who_is_known_is_drawn_again() -> None:
    drawn = Drawn(person="Ana", expression="anger", intensity=0.4, seed=2)
    with ThreadPoolExecutor(1) as background:
        cast = Cast(background)
        shown = [{**Whole().noted(), "drawn": each.noted()} for each in (drawn, replace(drawn, person="Zoe"))]
        known, unknown = (cast.replay(each, beside="disgust").result() for each in shown)
    assert known is not None
    assert (known.drawn, len(known.stills)) == (drawn, 3)
    assert unknown is None
