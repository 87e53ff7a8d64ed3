"""Open up: one speaks, the other listens; what was marked and guessed, and how closely it was followed.

Knows the use cases of its round; must not know another round.
"""

from __future__ import annotations

from attune.ui.partner.open_up.page import open_open_up

__all__ = ["open_open_up"]
