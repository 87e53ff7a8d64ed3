"""How two series of numbers go together: in their movement, their level and their scale, told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.unscorable import Unscorable

FLAT = 1e-3  # a series within [-1, 1] whose standard deviation is less did not move
_CERTAIN = 1 - 1e-6  # the largest correlation, so that its z is finite

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """``ccc`` and ``r`` in [-1, 1]; ``level``: user's mean minus the reference's; ``scale``: ratio of sds.

    ``r`` says how well movement is followed, ``level`` above 0 that more is seen than there is,
    ``scale`` above 1 that movements are exaggerated.
    """

    ccc: float
    r: float
    level: float
    scale: float


def concordance(reference: ArrayLike, user: ArrayLike) -> Concordance | Unscorable:
    """Concordance correlation of two series (n,): 2 s_xy / (s_x² + s_y² + (m_x - m_y)²).

    Source: Lin 1989, Biometrics 45:255-268, with sums over n. Raises ValueError unless both have n values.
    """
    x, y = np.asarray(reference, float), np.asarray(user, float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("series: two of the same length wanted")
    if len(x) < 2:
        return Unscorable.TOO_FEW
    level, sx, sy = float(y.mean() - x.mean()), float(x.std()), float(y.std())
    if sx < FLAT:
        return Unscorable.FLAT_REFERENCE
    if sy < FLAT:
        return Unscorable.FLAT_USER
    r = float(np.clip(((x - x.mean()) * (y - y.mean())).mean() / (sx * sy), -1, 1))
    return Concordance(ccc=2 * r * sx * sy / (sx**2 + sy**2 + level**2), r=r, level=level, scale=sy / sx)


def fisher_z(r: ArrayLike) -> Floats:
    """The z of a correlation, atanh r; those beyond ±0.999999 count as that. Source: Fisher 1915."""
    return np.asarray(np.arctanh(np.clip(np.asarray(r, float), -_CERTAIN, _CERTAIN)))
