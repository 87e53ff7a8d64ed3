"""The window: the only Qt.

Knows widgets, keys and pictures; must not know the rooms below `app`, and never waits on the UI thread.
"""
