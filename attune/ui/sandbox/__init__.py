"""Trying a face: a drawn person whose every movement somebody can set, and what people would call it.

Knows faces as things that are set and drawn; nothing of clips, answers or the history.
"""

from __future__ import annotations

from attune.ui.sandbox.page import SandboxPage

__all__ = ["SandboxPage"]
