"""The drawn partner in the window: a thread that draws, and the widgets that show what it drew.

Knows OpenGL only as something that can be asked of Qt; drawing itself is the studio's.
"""

from __future__ import annotations

from attune.ui.drawn.painter import Easel, Painter, Scene
from attune.ui.drawn.poses import Poses
from attune.ui.drawn.view import PartnerView

__all__ = ["Easel", "Painter", "PartnerView", "Poses", "Scene"]
