"""What somebody's whole history comes to: one frozen result for each page, computed off the UI thread.

Knows the history's columns and scoring; must not know how anything is drawn. Only ``book`` may be imported
by what a window waits for: the rest loads numpy.
"""
