"""Looking back: the sessions on a chart and in a list, and each of them in detail.

Knows the history's records; must not know how they are stored.
"""

from __future__ import annotations

from attune.ui.history.page import HistoryPage

__all__ = ["HistoryPage"]
