"""The use cases from a terminal.

Knows arguments, text, JSON and progress bars; must not know Qt or the rooms below `app`.
"""
