"""Two people before the camera, made of starter clips. Used by screenshots_partner.py."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from attune.app.folders import HOME_VARIABLE
from attune.resources import asset
from attune.ui.partner import PartnerPage

ANA = ("ana-neutral-100-1", "ana-sadness-100", "ana-sadness-065")
BEN = ("ben-neutral-100-1", "ben-happiness-035")
SECONDS = 12.0


def seat_two(page: PartnerPage) -> None:
    """Let these two sit before the camera, unless a film was named that is not the usual one."""
    watch = page.parts.watch
    named = Path(watch._named.removeprefix("file:"))  # noqa: SLF001 - a window has one camera for all its life
    if named.parent == asset("clips", "starter", "media"):
        watch._named = f"file:{_film()}"  # noqa: SLF001 - as above


@cache
def _film() -> Path:
    sys.path.append(str(Path(__file__).parents[1]))  # as the tests are run
    from tests.partner_films import side_by_side  # noqa: PLC0415 - where it is wanted

    return side_by_side(Path(os.environ[HOME_VARIABLE]) / "films", ANA, BEN, seconds=SECONDS)
