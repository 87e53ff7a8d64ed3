"""Use cases: practising, measuring, reviewing, settings; the same for the window and the commands.

Knows how the rooms below work together; must not know Qt or a terminal.
"""
