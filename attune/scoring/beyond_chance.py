"""Whether an emotion is recognised more often than naming it as often, blindly, would do.

For what many sessions come to; the summary of a single one has ``Confusion.luck``.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, sqrt

from attune.scoring.confusion import Confusion
from attune.scoring.student import Mean, mean_of
from attune.scoring.unscorable import Unscorable


def beyond_chance(tables: Iterable[Confusion], name: str) -> Mean | Unscorable:
    """Mean over tables, one a session or a person, of arcsin sqrt(Hu) - arcsin sqrt(chance), with its t test.

    In radians, within [-pi/2, pi/2]. Tables in which the emotion was never shown or never said are left out.
    Source: Wagner 1993, J. Nonverbal Behavior 17:3-28. For one table alone see ``Confusion.luck``.
    """
    found = []
    reason = Unscorable.NO_ANSWERS
    for table in tables:
        rate, chance = table.unbiased_hit_rate(name), table.chance(name)
        if isinstance(rate, Unscorable):
            reason = rate
        elif not isinstance(chance, Unscorable):
            found.append(asin(sqrt(rate)) - asin(sqrt(chance)))
    return mean_of(found) if found else reason
