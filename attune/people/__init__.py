"""The parametric partner: head meshes, expressions over time, and the only door to OpenGL.

Knows how a person looks and moves; knows nothing of clips, cameras, measurements or the window.
"""
