"""Figures of progress put into words: what they say, how sure that is, and what it does not say."""

from __future__ import annotations

from datetime import datetime
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from attune.app.protocols.threshold import By
from attune.resources import Words
from attune.scoring.continuous import Following, Pooled
from attune.scoring.intervals import wilson
from attune.scoring.student import Mean
from attune.scoring.unscorable import Unscorable
from attune.ui.widgets.text import with_minus

if TYPE_CHECKING:
    from attune.app.progress.followed import Axis, Reel
    from attune.app.progress.overview import EmotionSkill, Week
    from attune.app.progress.pace import Times
    from attune.app.progress.skill import CheckUpMark, Mark, Skill
    from attune.app.progress.sureness import Gap
    from attune.app.progress.thresholds import Curve
    from attune.app.progress.transfer import Carried
    from attune.scoring.mix_ups import MixUp

ENOUGH = 20  # answers, before one number is named
NEAR = 0.05  # sureness this close to agreement fits it
LEVEL_NEAR, SCALE_NEAR = 0.1, 0.15
MONDAY = 1  # as Qt counts


def _local(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(round(moment.timestamp()))


def date(moment: datetime, words: Words) -> str:
    """Day and year where the person is."""
    return QLocale(words.language).toString(_local(moment), "d MMM yyyy")


def month(moment: datetime, words: Words) -> str:
    """Month and year where the person is."""
    return QLocale(words.language).toString(_local(moment), "MMM yyyy")


def weekday(place: int, words: Words) -> str:
    """A day of the week, counted from Monday, in as few letters as there are."""
    return QLocale(words.language).dayName(MONDAY + place, QLocale.FormatType.ShortFormat)[:2]


def span(begin: datetime, end: datetime, words: Words) -> str:
    """From one day to another, or the one day."""
    first, last = date(begin, words), date(end, words)
    return first if first == last else words("history.told.span", begin=first, end=last)


def stretches(unit_days: int, words: Words) -> str:
    """How the marks of a course were made."""
    return words(f"history.told.unit_{unit_days}", least=ENOUGH)


def period(begin: datetime, end: datetime, answers: int, words: Words) -> str:
    """When, and how many."""
    return words("history.told.period", span=span(begin, end, words), answers=answers)


def wilson_range(times: int, of: int, words: Words) -> str:
    """Where a share likely lies."""
    if not of:
        return words("history.answers.no_value")
    low, high = wilson(times, of)
    return words("history.table.range", low=low, high=high)


def plain_range(times: int, of: int) -> tuple[float, float] | None:
    """The same for other programs."""
    return wilson(times, of) if of else None


def week(of: Week, words: Words) -> str:
    """How much was practised this week."""
    if not of.answers:
        return words(f"history.overview.week.{'none_yet' if of.before else 'none'}")
    key = "one_day" if of.practised == 1 else "days"
    return words(f"history.overview.week.{key}", answers=of.answers, days=of.practised, before=of.before)


def streak(days: int, words: Words) -> str:
    """Days in a row; few are nothing to be told off for."""
    return words(f"history.overview.streak.{'none' if days < 2 else 'days'}", days=days)


def emotion_skill(of: EmotionSkill, words: Words) -> str:
    """One emotion's skill as a sentence."""
    gaps = {"emotion": words(f"emotions.{of.name}.title"), "shown": of.shown, "said": of.said}
    if of.rate is None:
        key = "early" if of.shown < ENOUGH else "never_said"
        return words(f"history.overview.skills.{key}", **gaps, enough=ENOUGH)
    return words(
        "history.overview.skills.one",
        **gaps,
        rate=of.rate.value,
        low=of.rate.low,
        high=of.rate.high,
        chance=of.chance,
    )


def emotion_skill_row(of: EmotionSkill, words: Words) -> tuple[str, ...]:
    """The same for the table."""
    named = (words(f"emotions.{of.name}.title"), str(of.shown), str(of.said))
    if of.rate is None:
        early = words(f"history.overview.skills.{'too_early' if of.shown < ENOUGH else 'never'}")
        return (*named, early, "", f"{of.chance:.0%}")
    around = words("history.table.range", low=of.rate.low, high=of.rate.high)
    return (*named, f"{of.rate.value:.0%}", around, f"{of.chance:.0%}")


def skill_change(of: Skill, words: Words) -> str:
    """What of a change is more than chance: from check-up to check-up, else from first to last stretch."""
    who = words("history.skill.change.all")
    if of.emotion is not None:
        who = words("history.skill.change.one", emotion=words(f"emotions.{of.emotion}.noun"))
    said = [_change(of, words, who)]
    if isinstance(of.beyond, Mean):
        beyond = "beyond" if of.beyond.low > 0 else "not_beyond"
        said.append(words(f"history.skill.change.{beyond}", stretches=of.beyond.n))
    return " ".join(said)


def _change(of: Skill, words: Words, who: str) -> str:
    change, since = (of.change, "checked") if of.change is not None else (of.practised, "practised")
    if change is None:
        return words("history.skill.change.first", who=who)
    first, last = (
        (of.checkups[0].when, of.checkups[-1].when)
        if since == "checked"
        else (of.marks[0].begin, of.marks[-1].end)
    )
    way = "same" if not change.reliable else "better" if change.difference > 0 else "worse"
    return with_minus(
        words(
            f"history.skill.change.{since}_{way}",
            who=who,
            by=abs(change.difference),
            first=date(first, words),
            last=date(last, words),
        )
    )


def ability_mark(of: Mark, words: Words) -> str:
    """One stretch's ability as a sentence."""
    key = "only_range" if of.ability.only_interval else "mark"
    return with_minus(
        words(
            f"history.skill.ability.{key}",
            span=span(of.begin, of.end, words),
            theta=of.ability.theta,
            low=of.ability.low,
            high=of.ability.high,
            n=of.ability.answers,
        )
    )


def checkup_mark(of: CheckUpMark, words: Words) -> str:
    """One check-up's ability as a sentence."""
    return with_minus(
        words(
            f"history.skill.ability.{'checked_range' if of.ability.only_interval else 'checked'}",
            day=date(of.when, words),
            theta=of.ability.theta,
            low=of.ability.low,
            high=of.ability.high,
            n=of.ability.answers,
        )
    )


def rates_mark(of: Mark, words: Words) -> str:
    """One stretch's hit rates as a sentence."""
    gaps = {
        "span": span(of.begin, of.end, words),
        "raw": of.raw.value,
        "low": of.raw.low,
        "high": of.raw.high,
        "n": of.raw.n,
    }
    if isinstance(of.unbiased, Unscorable):
        return words("history.skill.rates.mark_raw", **gaps)
    return words("history.skill.rates.mark", **gaps, unbiased=of.unbiased.value)


def mix_up(of: MixUp, words: Words) -> str:
    """Which way two emotions are taken for one another."""
    return words(
        f"history.confusions.sides.{'one' if of.one_sided else 'both'}",
        shown=words(f"emotions.{of.shown}.noun"),
        said=words(f"emotions.{of.said}.noun"),
        times=of.times,
        shown_n=of.shown_n,
        share=of.share,
        back=of.back,
        said_n=of.said_n,
        back_share=of.back / of.said_n,
    )


def overall_gap(of: Gap, words: Words) -> str:
    """Sure and in agreement, over everything."""
    way = "early" if of.n < ENOUGH else "fits" if _fits(of) else "over" if of.value > 0 else "under"
    return words(
        f"history.sureness.said_{way}",
        n=of.n,
        sure=of.sure,
        agreed=of.agreed,
        points=abs(of.value) * 100,
        low=_points(of)[0],
        high=_points(of)[1],
    )


def _fits(of: Gap) -> bool:
    """Whether the gap may be none, or is too small to matter."""
    return of.low <= 0 <= of.high or abs(of.value) < NEAR


def _points(of: Gap) -> tuple[float, float]:
    """The gap's interval, in points, without its sign."""
    ends = of.low * 100, of.high * 100
    return ends if of.value >= 0 else (-ends[1], -ends[0])


def gap(of: Gap, words: Words) -> str:
    """Sure and in agreement, where one emotion was said."""
    key = "gap_early" if of.n < ENOUGH else "gap"
    return with_minus(
        words(
            f"history.sureness.{key}",
            emotion=words(f"emotions.{of.emotion}.noun"),
            n=of.n,
            sure=of.sure,
            agreed=of.agreed,
            value=of.value * 100,
            low=of.low * 100,
            high=of.high * 100,
        )
    )


def gap_row(of: Gap, words: Words) -> tuple[str, ...]:
    """The same for the table."""
    return (
        words(f"emotions.{of.emotion}.title"),
        str(of.n),
        f"{of.sure:.0%}",
        f"{of.agreed:.0%}",
        with_minus(f"{of.value * 100:+.0f}"),
        with_minus(words("history.sureness.gap_range", low=of.low * 100, high=of.high * 100)),
    )


def seconds(of: Times, words: Words) -> dict[str, object]:
    """The gaps of every sentence about times."""
    exact = {
        name: words("history.pace.exact", seconds=value)
        for name, value in (
            ("median", of.median),
            ("low", of.low),
            ("high", of.high),
            ("quarter", of.quarter),
            ("three_quarters", of.three_quarters),
        )
    }
    return {**exact, "n": of.n}


def threshold(of: Curve, words: Words) -> str:
    """The latest threshold of an emotion, and how it was before."""
    found = of.found[-1]

    def amount(value: float) -> str:
        # The estimate may lie beyond what can be shown; more than all of an expression there is not.
        most = 1.0 if of.by is By.INTENSITY else inf
        return words(f"practice.outcome.threshold.{of.by}.amount", value=min(value, most))

    said = words(
        f"history.thresholds.{of.by}.said",
        emotion=words(f"emotions.{of.emotion}.noun"),
        value=amount(of.estimate.value),
        low=amount(of.estimate.low),
        high=amount(of.estimate.high),
        trials=found.trials,
        day=date(found.when, words),
    )
    if len(of.found) == 1:
        return said
    first = of.found[0]
    apart = first.estimate.low > of.estimate.high or first.estimate.high < of.estimate.low
    return f"{said} " + words(
        f"history.thresholds.{'moved' if apart else 'overlap'}",
        first=amount(first.estimate.value),
        day=date(first.when, words),
    )


def followed(of: Axis, words: Words) -> str:
    """How well an axis was followed, altogether."""
    if not isinstance(of.pooled, Pooled):
        return words("history.followed.too_short", reels=len(of.reels))
    way = "tracks" if of.pooled.low > 0 else "unclear"
    return with_minus(
        words(
            f"history.followed.{way}",
            r=of.pooled.r,
            low=of.pooled.low,
            high=of.pooled.high,
            reels=of.pooled.clips,
            axis=words(f"history.followed.{of.axis}.noun"),
        )
    )


def level_and_scale(level: float, scale: float, words: Words) -> str:
    """Whether somebody sat too high or low, and moved too much or too little."""
    height = "fits" if abs(level) <= LEVEL_NEAR else "high" if level > 0 else "low"
    width = "fits" if abs(scale - 1) <= SCALE_NEAR else "wide" if scale > 1 else "narrow"
    return with_minus(
        words(f"history.followed.level_{height}", level=level)
        + " "
        + words(f"history.followed.scale_{width}", scale=scale)
    )


def reel(of: Reel, words: Words) -> str:
    """One reel as a sentence."""
    result = of.result
    assert isinstance(result, Following)
    return with_minus(
        words(
            "history.followed.reel",
            day=date(of.when, words),
            person=of.person,
            r=result.r,
            low=result.low,
            high=result.high,
            samples=result.samples,
            by_chance=result.by_chance,
        )
    )


def transfer(of: Carried, words: Words) -> str:
    """Whether what is new is read like what was trained."""
    found = of.transfer
    if isinstance(found, Unscorable) or not of.enough:
        return words(f"history.transfer.{of.kind}.early", enough=ENOUGH)
    way = "same" if not of.differs else "better" if found.difference > 0 else "less"
    return with_minus(
        words(
            f"history.transfer.{of.kind}.{way}",
            difference=found.difference * 100,
            low=found.low * 100,
            high=found.high * 100,
            new=found.new,
            trained=found.trained,
        )
    )
