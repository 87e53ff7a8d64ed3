"""What rounds come to, for one who showed or spoke and the other who noticed or listened.

First how it felt to be listened to. How well anything was noticed is summed over moments that were revealed
alone: a sum must not give away what somebody keeps to themselves. Nobody is set beside the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from attune.affect.moment import Edge
from attune.affect.moment import Moment as Corners
from attune.affect.reading import Reading
from attune.app.partner.edges import points
from attune.scoring.agreement import place
from attune.scoring.intervals import wilson
from attune.scoring.several import holm
from attune.storage.partner_records import Kind, Moment

if TYPE_CHECKING:  # loads numpy
    from attune.affect.vocabulary import Vocabulary
    from attune.scoring.dyads import Distinctive
    from attune.scoring.shuffled import BesideShuffled, SameName
    from attune.scoring.student import Mean
    from attune.scoring.unscorable import Unscorable

ENOUGH = 10  # moments before tracking, level and projection are spoken of
STRETCH = 5  # the fewest moments that make a point over time
MOST_STRETCHES = 8
APART = timedelta(hours=3)  # between moments of different sittings
MOST_TURNS = 12  # of Open up that are laid beside each other
FELT = ("understood", "cared_for", "accepted", "seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How one round of being listened to, or looked at, felt: FELT in [0, 1], what was passed left out."""

    when: datetime
    felt: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some moments in a row, around ``when``: in ``same`` of ``n`` both corners had one name; Wilson."""

    when: datetime
    same: int
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticing:
    """What somebody noticed in the other, from ENOUGH moments on.

    ``names``: how often it was the name the other gave; ``pleasant``: how pleasant it was taken to be, in
    [-1, 1]; ``strength``: noticed minus told, in [-1, 1]; each beside what chance would do, or why not.
    """

    names: SameName | Unscorable
    pleasant: BesideShuffled | Unscorable
    strength: Mean | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingBack:
    """``moments``: all of this direction, the newest first. ``mean``: over ``heard``, of each of FELT said.

    ``counted``: moments that noticing is summed over; ``kept_back``: those it would be, were they revealed.
    ``noticing`` None with fewer than ENOUGH. ``listening``: how the dial of Open up went along with the
    speaker's own line, over opened turns; None where none was followed.
    ``beyond_chance``: what of all this, by its name here, is more than chance even as one of several looks.
    """

    moments: tuple[Moment, ...]
    heard: tuple[Heard, ...]
    mean: Mapping[str, Mean | Unscorable]
    edges: Mapping[Edge, tuple[Stretch, ...]]
    counted: int
    kept_back: int
    noticing: Noticing | None
    listening: Distinctive | Unscorable | None
    beyond_chance: frozenset[str]


def felt_heard(moment: Moment) -> dict[str, float]:
    """How being listened to, or looked at, felt to the one who spoke or showed; only what they said."""
    told = moment.told
    if moment.kind is Kind.OPEN_UP:
        rated = told.get("felt_heard") or {}
        return {name: rated[name] for name in FELT if rated.get(name) is not None}
    if moment.kind is Kind.SHOW_AND_TELL and told.get("seen") is not None:
        return {"seen": told["seen"]}
    return {}


def own_state(moment: Moment) -> Reading | None:
    """How the noticer felt themselves just then; None where nobody asked, or they passed."""
    told = moment.told.get("own")
    return Reading.from_json(told) if isinstance(told, Mapping) else None


def shown_expressed(moment: Moment) -> Reading | None:
    """What the face showed, where its owner opened that, too."""
    return moment.expressed if moment.revealed and moment.told.get("measured", True) else None


def look_back(moments: Iterable[Moment], *, shower: int, noticer: int, vocabulary: Vocabulary) -> LookingBack:
    """What the moments in which one showed and the other noticed come to; slow, so not for the window."""
    from attune.scoring.student import mean_of  # noqa: PLC0415 - numpy

    these = sorted(
        (each for each in moments if (each.shower, each.noticer) == (shower, noticer)),
        key=lambda each: each.happened_at,
    )
    heard = [Heard(when=_when(each), felt=felt) for each in these if (felt := felt_heard(each))]
    whole = [each for each in these if _points(each.perceived) and _points(each.felt)]
    shown = [each for each in whole if each.revealed]
    said = {name: [each.felt[name] for each in heard if name in each.felt] for name in FELT}
    noticing = _noticing(shown, vocabulary) if len(shown) >= ENOUGH else None
    listening = _listening([each for each in these if each.revealed and each.kind is Kind.OPEN_UP])
    return LookingBack(
        moments=tuple(reversed(these)),
        heard=tuple(heard),
        mean={name: mean_of(values) for name, values in said.items() if values},
        edges=_edges([each for each in these if each.revealed]),
        counted=len(shown),
        kept_back=len(whole) - len(shown),
        noticing=noticing,
        listening=listening,
        beyond_chance=_beyond_chance(noticing, listening),
    )


def stretches(pairs: Sequence[tuple[datetime, bool]]) -> tuple[Stretch, ...]:
    """So many moments in a row that each stretch has STRETCH or more; none where they are fewer.

    ``pairs``: when, and whether the names were the same; in time.
    """
    count = min(MOST_STRETCHES, len(pairs) // STRETCH)
    ends = [round(len(pairs) * n / count) for n in range(count + 1)] if count else []
    return tuple(_stretch(pairs[begin:end]) for begin, end in pairwise(ends))


def sittings(when: Sequence[datetime]) -> list[int]:
    """Which sitting each moment was of, in time: after APART without one another begins."""
    begun = [0] + [int(later - earlier > APART) for earlier, later in pairwise(when)]
    return list(accumulate(begun[: len(when)]))


def _stretch(pairs: Sequence[tuple[datetime, bool]]) -> Stretch:
    same = sum(alike for _, alike in pairs)
    low, high = wilson(same, len(pairs))
    first, last = pairs[0][0], pairs[-1][0]
    return Stretch(when=first + (last - first) / 2, same=same, n=len(pairs), low=low, high=high)


def _edges(moments: Sequence[Moment]) -> dict[Edge, tuple[Stretch, ...]]:
    found: dict[Edge, list[tuple[datetime, bool]]] = {edge: [] for edge in Edge}
    for moment in moments:
        corners = Corners(perceived=moment.perceived, expressed=shown_expressed(moment), felt=moment.felt)
        for edge, one, other in corners.edges():
            if points(one) and points(other):
                found[edge].append((_when(moment), one.top == other.top))
    return {edge: stretches(pairs) for edge, pairs in found.items()}


def _noticing(moments: Sequence[Moment], vocabulary: Vocabulary) -> Noticing:
    from attune.scoring.shuffled import beside_shuffled, same_name  # noqa: PLC0415 - numpy, as below
    from attune.scoring.student import mean_of  # noqa: PLC0415
    from attune.scoring.unscorable import Unscorable  # noqa: PLC0415

    pairs = [(each.perceived, each.felt) for each in moments if each.perceived and each.felt]
    judged, reported = (
        [place(reading, vocabulary)[0] for reading in side] for side in zip(*pairs, strict=True)
    )
    states, of = [own_state(each) for each in moments], sittings([_when(each) for each in moments])
    asked = [n for n, state in enumerate(states) if _points(state)]
    own, of_these = None, of
    # Projection is told from the moments in which the other said how they were; where these are enough,
    # so is tracking, so that the two are told apart.
    if len(asked) >= ENOUGH:
        own = [place(state, vocabulary)[0] for state in states if state is not None and points(state)]
        judged, reported = ([side[n] for n in asked] for side in (judged, reported))
        of_these = [of[n] for n in asked]
    more = [
        (seen.intensity - felt.intensity, sitting)
        for (seen, felt), sitting in zip(pairs, of, strict=True)
        if seen.intensity is not None and felt.intensity is not None
    ]
    return Noticing(
        names=same_name([seen.top for seen, _ in pairs], [felt.top for _, felt in pairs], sittings=of),
        pleasant=beside_shuffled(judged, reported, own, sittings=of_these),
        strength=mean_of(*zip(*more, strict=True)) if len(more) >= ENOUGH else Unscorable.TOO_FEW,
    )


def _beyond_chance(noticing: Noticing | None, listening: Distinctive | Unscorable | None) -> frozenset[str]:
    """Few questions, all asked on purpose and answered at one time: of none is more said by chance (Holm)."""
    from attune.scoring.dyads import Distinctive  # noqa: PLC0415 - numpy, as below
    from attune.scoring.shuffled import BesideShuffled, SameName, Shuffles  # noqa: PLC0415
    from attune.scoring.student import Mean  # noqa: PLC0415

    p: dict[str, float] = {}
    if noticing is not None:
        if isinstance(noticing.names, SameName):
            p["names"] = noticing.names.shuffles.p
        if isinstance(noticing.pleasant, BesideShuffled):
            p["tracking"] = noticing.pleasant.tracking.p
            if isinstance(noticing.pleasant.found.level, Mean):
                p["level"] = noticing.pleasant.found.level.p
            if isinstance(noticing.pleasant.projection, Shuffles):
                p["projection"] = noticing.pleasant.projection.p
        if isinstance(noticing.strength, Mean):
            p["strength"] = noticing.strength.p
    if isinstance(listening, Distinctive):
        p["listening"] = listening.difference.p if listening.difference.value > 0 else 1.0
    return frozenset(name for name, more in zip(p, holm(list(p.values())), strict=True) if more)


def _listening(moments: Sequence[Moment]) -> Distinctive | Unscorable | None:
    """Of how pleasant it was, which every way of following asks for; the latest turns are enough."""
    from attune.app.partner.open_up import Told  # noqa: PLC0415 - numpy
    from attune.app.protocols.tracing import columns  # noqa: PLC0415 - as above
    from attune.scoring.turns import Turn, followed  # noqa: PLC0415 - as above

    turns = []
    for moment in moments[-MOST_TURNS:]:
        told = Told.from_json(moment.told)
        line = told.reference
        if line is not None and told.samples:
            times, values = columns(told.samples, 0)
            turns.append(
                Turn(
                    line_s=line["time_s"],
                    line=line[told.axes[0]],
                    trace_s=times,
                    trace=values,
                    lag_s=told.lag_s or 0.0,
                )
            )
    return followed(turns) if turns else None


def _points(reading: Reading | None) -> bool:
    return reading is not None and points(reading)


def _when(moment: Moment) -> datetime:
    return datetime.fromisoformat(moment.happened_at)
