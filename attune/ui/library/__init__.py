"""The Library: clip sets as pictures, looked through, played in place, taken in, looked after.

Knows the library's use cases; must not know how sets are kept or how films are decoded.
"""

from __future__ import annotations

from attune.ui.library.page import LibraryPage

__all__ = ["LibraryPage"]
