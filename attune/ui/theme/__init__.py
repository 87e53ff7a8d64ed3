"""The look: tokens, the style sheet made from them, and the Theme that applies both and can be switched live.

Knows Qt's palette and style sheets; must not know any page.
"""

from __future__ import annotations

from attune.app.settings import Appearance
from attune.ui.theme.theme import Theme
from attune.ui.theme.tokens import Colours, Sizes

__all__ = ["Appearance", "Colours", "Sizes", "Theme"]
