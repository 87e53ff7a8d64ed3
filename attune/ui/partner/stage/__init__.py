"""The camera in a round: its picture, its sign, whom it sees, and the way into a recording.

Knows the camera and who agreed to what; must not know the round that is before it.
"""

from __future__ import annotations

from attune.ui.partner.stage.recorder import can_hear
from attune.ui.partner.stage.stage import Stage

__all__ = ["Stage", "can_hear"]
