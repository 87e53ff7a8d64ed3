"""A face that lives on for as long as somebody looks at it, whatever it shows meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from attune.people import idle
from attune.people.parts import Face
from attune.people.units import AMOUNTS, UTMOST_GAZE, Unit, gaze_shapes, places, shapes_of

STEPS_HZ = 60.0


class Rest:
    """Blinks, glances, swaying, breathing and muscle tone without an end; the same for the same seed.

    Worked out once for ``idle.PERIOD_S``, after which it begins again where it began.
    """

    def __init__(self, seed: int) -> None:
        chance = [np.random.default_rng((seed, stream)) for stream in range(5)]
        time_s = np.arange(round(idle.PERIOD_S * STEPS_HZ)) / STEPS_HZ
        self._lids = idle.blinks(time_s, chance[0], open_in=())
        self._gaze = idle.glances(time_s, chance[1])
        self._head, self._shift = idle.sway(time_s, chance[2])
        self._breath = idle.breath(time_s, chance[3])
        self._tone = idle.tone(time_s, chance[4])

    def face(
        self,
        time_s: float,
        amounts: ArrayLike | None = None,
        *,
        gaze: Sequence[float] = (0.0, 0.0),
        head: Sequence[float] = (0.0, 0.0, 0.0),
    ) -> Face:
        """The face at a time, 0 or later, that holds amounts (len(AMOUNTS),) of units, and lives.

        ``gaze`` away from the viewer and ``head`` in radians, as in Face.
        """
        step = int(time_s * STEPS_HZ) % len(self._lids)
        held = np.zeros(len(AMOUNTS)) if amounts is None else np.asarray(amounts, np.float64)
        lived = np.clip(held + self._tone[step] * (1.0 - held.max()), 0.0, 1.0)
        blink = list(places(Unit.AU45))
        lived[blink] = np.maximum(lived[blink], self._lids[step])
        turned = self._head[step] + np.array(head)
        looking = (self._gaze[step] + np.array(gaze) - turned[:2]).clip(-UTMOST_GAZE, UTMOST_GAZE)
        return Face(
            shapes=np.maximum(shapes_of(lived), gaze_shapes(looking)),
            gaze=looking.astype(np.float32),
            head=turned.astype(np.float32),
            shift=self._shift[step].astype(np.float32),
            breath=float(self._breath[step]),
        )
