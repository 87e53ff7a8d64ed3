"""Two people before one screen: who they are, what each agreed to, their rounds, what is kept of them.

Knows the use cases of rounds; must not know how anything is kept or how faces are measured.
"""

from __future__ import annotations

from attune.ui.partner.page import PartnerPage

__all__ = ["PartnerPage"]
