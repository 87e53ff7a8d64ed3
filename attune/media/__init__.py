"""Frames with timestamps out of video files and pictures, and a file that behaves like a camera.

Knows OpenCV decoding; must not know faces, emotions or what frames are used for.
"""
