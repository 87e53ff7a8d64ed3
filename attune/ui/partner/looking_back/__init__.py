"""Looking back: what the two heard, said and noticed over time, and each moment that they keep.

Knows what every round leaves and how it shows that; no round knows this.
"""

from __future__ import annotations

from attune.ui.partner.looking_back.page import open_looking_back

__all__ = ["open_looking_back"]
