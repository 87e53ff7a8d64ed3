"""Show and tell: a card, a face, what the other one noticed, and once it is opened all of it together.

Knows the use cases of its round; must not know another round.
"""

from __future__ import annotations

from attune.ui.partner.show_and_tell.page import open_show_and_tell

__all__ = ["open_show_and_tell"]
