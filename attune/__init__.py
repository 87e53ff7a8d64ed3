"""Attune: practise noticing what another person feels."""

__version__ = "0.1.0"
