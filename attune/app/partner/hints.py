"""What would help the camera to see: one hint at a time, told only once it lasts."""

from __future__ import annotations

from enum import StrEnum


class Hint(StrEnum):
    """What keeps faces from being seen or read well; FINE where nothing does."""

    FINE = "fine"
    NO_FACE = "no_face"
    ONE_FACE = "one_face"  # where two are expected
    THREE_FACES = "three_faces"
    GONE = "gone"  # whoever was being read has left the picture
    TOO_DARK = "too_dark"
    SLOW = "slow"  # the camera gives too few pictures a second
    TOO_FAR = "too_far"
    TOO_NEAR_EDGE = "too_near_edge"
    TURNED_AWAY = "turned_away"
    COVERED = "covered"  # a hand, a mask or a cup before the face
    PERHAPS_A_PHOTO = "perhaps_a_photo"
