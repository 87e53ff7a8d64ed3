"""Clips on screen: Qt's player, the picture with landmarks drawn over it, and the slow replay.

Knows Qt and the look of a face track; must not know trials, answers or how clips are measured.
"""
