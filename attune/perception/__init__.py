"""From frames to a face track to a measured reading.

Knows MediaPipe and keeps it quiet; must not know clips, answers, or how frames are decoded.
"""
