"""All protocols, by the name the history keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import FindTheThreshold

SETUPS: Mapping[str, type[Setup]] = {
    setup.mode: setup
    for setup in (Daily, ReadTheMoment, BriefMoments, FollowAlong, FindTheThreshold, Contrast, CheckUp)
}


def setup_from(mode: str, data: Mapping[str, Any]) -> Setup:
    """The setup kept with a session. Raises KeyError, TypeError or ValueError for one not known here."""
    return SETUPS[mode].from_json(data)
