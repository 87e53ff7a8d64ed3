"""Small bids: somebody reaches for the other one, and both mark how it was taken.

Knows the use cases of its round; must not know another round.
"""

from __future__ import annotations

from attune.ui.partner.small_bids.page import open_small_bids

__all__ = ["open_small_bids"]
