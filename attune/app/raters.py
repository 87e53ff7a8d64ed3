"""How far the raters of a clip set agree, for each kind of source of which several spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attune.affect.reading import Reading, Source
from attune.clips.clip_set import Clip

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    from attune.scoring.raters import Alpha, Unit


def raters_agree(clips: Sequence[Clip], names: Sequence[str]) -> Mapping[Source, Alpha]:
    """Alpha over the emotions ``names`` for each kind of source that two or more raters of some clip are of.

    A crowd's votes count one by one. Kinds are not mixed: what was intended is not what an expert saw.
    """
    from attune.scoring.raters import krippendorff  # noqa: PLC0415 - as above

    units: dict[Source, list[Unit]] = {}
    for clip in clips:
        for source, unit in _said_of(clip, names):
            units.setdefault(source, []).append(unit)
    found = {source: krippendorff(of) for source, of in units.items()}
    return {source: alpha for source, alpha in found.items() if alpha is not None}


def pairs_that_agree(readings: Sequence[Reading]) -> float | None:
    """Share of the pairs of raters who name the same emotion most, in [0, 1]; None of fewer than two.

    Source: Fleiss 1971, Psychological Bulletin 76:378-382, P_i.
    """
    said = len(readings)
    if said < 2:
        return None
    counts = Counter(reading.top for reading in readings).values()
    return sum(count * (count - 1) for count in counts) / (said * (said - 1))


def _said_of(clip: Clip, names: Sequence[str]) -> Iterator[tuple[Source, Unit]]:
    from attune.scoring.raters import Unit  # noqa: PLC0415 - as above

    shares: dict[Source, list[list[float]]] = {}
    for reading in clip.references:
        row = [reading.labels.get(name, 0.0) for name in names]
        if reading.source is Source.CROWD:
            yield reading.source, Unit.of_votes([round(share * (reading.raters or 0)) for share in row])
        else:
            shares.setdefault(reading.source, []).append(row)
    for source, rows in shares.items():
        yield source, Unit.of(rows)
