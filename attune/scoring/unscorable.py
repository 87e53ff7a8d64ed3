"""Why a measure has no value. Every measure that may be undefined gives one of these instead of a number."""

from __future__ import annotations

from enum import StrEnum


class Unscorable(StrEnum):
    """The reason there is no number. Never the same as 0."""

    NO_ANSWERS = "no_answers"  # nothing was answered, or nothing that this measure is made of
    TOO_FEW = "too_few"  # fewer answers, people or turns than the measure needs
    NEVER_SHOWN = "never_shown"  # the reference never named this emotion
    NEVER_SAID = "never_said"  # the person never named this emotion
    NO_OTHERS = "no_others"  # the reference named nothing else: nothing to tell it from
    TOO_SHORT = "too_short"  # two traces have less than ten seconds in common
    FLAT_REFERENCE = "flat_reference"  # the reference did not move
    FLAT_USER = "flat_user"  # the person's own trace or judgement did not move
    ALIKE = "alike"  # all values are the same: how far they would vary cannot be told
    UNRELATED = "unrelated"  # the traces have too little in common to say how late one follows
    INSEPARABLE = "inseparable"  # two causes always went together: their shares cannot be told apart
