"""Clip sets: a folder with `set.toml`, `clips.csv` and the media.

Knows the format and what can be wrong with it; must not know how media are decoded or practised on.
"""
