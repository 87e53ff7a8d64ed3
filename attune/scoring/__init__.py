"""Pure: how two readings agree, and what many agreements say.

Knows formulas and their sources; must not know clips, people, files or windows.
"""
