"""My person: what one knows of the other, asked, told and confirmed, and what shows it.

Knows what is kept of two people; must not know how a round of theirs went.
"""

from __future__ import annotations

from attune.ui.partner.my_person.page import open_my_person

__all__ = ["open_my_person"]
