"""Mirror: one shows a drawn face or their own, the other one follows, and how near they came.

Knows the use cases of its round; must not know another round or how likeness is measured.
"""

from __future__ import annotations

from attune.ui.partner.mirror.page import open_mirror

__all__ = ["open_mirror"]
