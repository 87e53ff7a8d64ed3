"""Two people at one computer: who they are, their rounds, and what is kept of them.

Knows no window; must not keep anything anywhere but in the profile's own history and folder.
"""
