"""Everything a person can set, each with effect at once.

Knows the settings store and the theme; must not know how either keeps what it is told.
"""

from __future__ import annotations

from attune.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
