"""Whose practice it is and how it is kept: profiles, passphrases, notes, backups, deleting.

Knows the use cases of keeping; must not know how or where a history is stored.
"""

from __future__ import annotations

from attune.ui.profiles.page import ProfilesPage

__all__ = ["ProfilesPage"]
