"""Pure: vocabularies of emotion, readings and moments.

Knows what a reading is; must not know where one comes from, how two agree, or any file, window or clock.
"""
