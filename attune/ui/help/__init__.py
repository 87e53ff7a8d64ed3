"""The guide, read inside the window.

Knows the files of assets/guide; must not know anything else of the program.
"""

from __future__ import annotations

from attune.ui.help.page import HelpPage

__all__ = ["HelpPage"]
