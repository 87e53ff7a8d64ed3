"""``attune history report``: what the pages of the report say, as lines for a person or as one JSON object.

The pages themselves are drawn by the window: the commands do without Qt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from attune.app.progress.book import Progress
from attune.app.services import load_vocabulary
from attune.cli.formats import ReportFormat, write_line
from attune.cli.history import opened
from attune.cli.terminal import FINE
from attune.resources import Words
from attune.scoring.unscorable import Unscorable

if TYPE_CHECKING:
    from attune.app.progress.report import Report
    from attune.scoring.ability import Ability


def report(name: str | None, how: ReportFormat, words: Words) -> int:
    """Of everything answered, against the reference and on the channel there are most answers of."""
    with opened(name, words) as history, ThreadPoolExecutor(1) as background:
        progress = Progress(history, load_vocabulary().names, background)
        lens = next(iter(progress.lenses().result()), None)
        found = plain(progress.report(lens).result())
    if how is ReportFormat.JSON:
        write_line(json.dumps(found, allow_nan=False))
    else:
        for line in _lines(found, words):
            write_line(line)
    return FINE


def plain(report: Report) -> dict[str, Any]:
    """The report as plain data; intervals are ``low`` to ``high`` and hold 95 %."""
    skill, gap, pace = report.skill, report.sureness, report.pace
    return {
        "made": report.made.isoformat(),
        "begin": report.begin and report.begin.isoformat(),
        "end": report.end and report.end.isoformat(),
        "against": report.lens and report.lens.against,
        "channel": report.lens and report.lens.channel,
        "sessions": report.sessions,
        "days": report.days,
        "answers": report.answers,
        "ways": [{"mode": way.mode, "sessions": way.sessions, "answers": way.answers} for way in report.ways],
        "practice": [
            {"begin": mark.begin.isoformat(), "end": mark.end.isoformat(), **_ability(mark.ability)}
            for mark in skill.marks
        ],
        "checkups": [{"when": check.when.isoformat(), **_ability(check.ability)} for check in skill.checkups],
        "changes": {
            name: {"difference": change.difference, "more_than_chance": change.reliable}
            for name, change in (("checkups", skill.change), ("practice", skill.practised))
            if change is not None
        },
        "skills": [
            {
                "emotion": each.name,
                "shown": each.shown,
                "said": each.said,
                "unbiased_hit_rate": each.rate and each.rate.value,
                "low": each.rate and each.rate.low,
                "high": each.rate and each.rate.high,
                "chance": each.chance,
            }
            for each in report.skills
        ],
        "confusions": [
            {"shown": each.shown, "said": each.said, "times": each.times, "of": each.shown_n}
            for each in report.mix_ups
        ],
        "sureness": gap and {"sure": gap.sure, "agreed": gap.agreed, "low": gap.low, "high": gap.high},
        "response_s": pace and {"median": pace.median, "low": pace.low, "high": pace.high},
        "thresholds": [
            {
                "emotion": curve.emotion,
                "by": str(curve.by),
                "value": curve.estimate.value,
                "low": curve.estimate.low,
                "high": curve.estimate.high,
            }
            for curve in report.thresholds
        ],
        "followed": [
            {"axis": axis.axis, "r": axis.pooled.r, "low": axis.pooled.low, "high": axis.pooled.high}
            for axis in report.followed
            if not isinstance(axis.pooled, Unscorable)
        ],
        "transfer": [
            {
                "kind": each.kind,
                "difference": each.transfer.difference,
                "low": each.transfer.low,
                "high": each.transfer.high,
                "new": each.transfer.new,
                "trained": each.transfer.trained,
            }
            for each in report.transfer
            if not isinstance(each.transfer, Unscorable)
        ],
        "notes": [{"written_at": note.written_at, "text": note.text} for note in report.notes],
    }


def _ability(of: Ability) -> dict[str, Any]:
    return {"ability": of.theta, "low": of.low, "high": of.high, "answers": of.answers}


def _lines(found: dict[str, Any], words: Words) -> Iterator[str]:
    """The same for a person; words of what it does not mean come last, as on the pages."""
    if not found["sessions"]:
        yield words("commands.history.nothing")
        return
    yield words("commands.history.report.practised", **_days(found))
    for way in found["ways"]:
        title = words(f"practice.start.modes.{way['mode']}.title")
        yield words("commands.history.report.way", **{**way, "mode": title})
    # One of the two is told, as in the window: check-ups are the fairer measure.
    for kind, change in list(found["changes"].items())[:1]:
        key = "more" if change["more_than_chance"] else "chance"
        yield words(f"commands.history.report.{kind}_{key}", difference=change["difference"])
    for skill in found["skills"]:
        key = "early" if skill["unbiased_hit_rate"] is None else "skill"
        emotion = words(f"emotions.{skill['emotion']}.title").lower()
        about = {"against": found["against"], "channel": found["channel"], "emotion": emotion}
        yield words(f"commands.history.{key}", **{**skill, **about})
    yield from words.table("history.report.meaning").values()
    for note in found["notes"]:
        yield words("commands.history.report.note", day=note["written_at"][:10], text=note["text"])


def _days(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "begin": found["begin"][:10], "end": found["end"][:10]}
