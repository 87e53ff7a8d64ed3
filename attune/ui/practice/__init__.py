"""Practising on clips: the start, a trial, what is said back, the summary.

Knows the use cases of practice; must not know how clips are stored, measured or scored.
"""

from __future__ import annotations

from attune.ui.practice.page import PracticePage

__all__ = ["PracticePage"]
