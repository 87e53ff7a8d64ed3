"""What a report says, part by part: the sentences of the pages, in one order, and what they do not mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attune.resources import Words
from attune.scoring.continuous import Pooled
from attune.ui.history import told

if TYPE_CHECKING:
    from attune.app.progress.report import Report

Row = tuple[str, ...]
LONGEST_NOTE = 1500  # letters of one note
MEANT = ("reference", "person", "chance", "clips", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """``chart``: "ability", "skills" or "" for none. ``rows``: a table under ``heads``. ``dated``: notes."""

    key: str
    title: str
    said: tuple[str, ...] = ()
    chart: str = ""
    heads: Row = ()
    rows: tuple[Row, ...] = ()
    dated: tuple[tuple[str, str], ...] = ()


def parts_of(report: Report, words: Words, *, notes: int) -> tuple[Part, ...]:
    """Everything there is something to say of; the latest ``notes`` notes."""
    made = [_practised(report, words)]
    if report.skill.marks:
        made += [_changed(report, words), _skills(report, words)]
    made += [_part("habits", _habits(report, words), words)]
    made += [_part("edges", _edges(report, words), words)]
    if report.answers:
        made += [_part("transfer", _transfer(report, words), words)]
    made += [_part("meaning", tuple(words(f"history.report.meaning.{key}") for key in MEANT), words)]
    if notes and report.notes:
        made += [_notes(report, words, notes)]
    return tuple(part for part in made if part.said or part.rows or part.dated)


def _part(key: str, said: tuple[str, ...], words: Words) -> Part:
    return Part(key=key, title=words(f"history.report.parts.{key}"), said=said)


def period(report: Report, words: Words) -> str:
    """From when to when."""
    if report.begin is None or report.end is None:
        return words("history.report.nothing")
    return told.span(report.begin, report.end, words)


def _practised(report: Report, words: Words) -> Part:
    part = "history.report.practised"
    if not report.sessions:
        return _part("practised", (words("history.report.nothing"),), words)
    said = [words(f"{part}.said", sessions=report.sessions, days=report.days, answers=report.answers)]
    if report.lens is not None:
        said.append(
            words(
                f"{part}.looked_at",
                channel=words(f"history.channels.{report.lens.channel}").lower(),
                reference=words(f"history.against.{report.lens.against}"),
            )
        )
    return Part(
        key="practised",
        title=words("history.report.parts.practised"),
        said=tuple(said),
        heads=tuple(words(f"{part}.{head}") for head in ("way", "sessions", "answers")),
        rows=tuple(
            (words(f"practice.start.modes.{way.mode}.title"), f"{way.sessions:,}", f"{way.answers:,}")
            for way in report.ways
        ),
    )


def _changed(report: Report, words: Words) -> Part:
    skill = report.skill
    marks = skill.marks if len(skill.marks) < 2 else (skill.marks[0], skill.marks[-1])
    said = [told.skill_change(skill, words)]
    said += [told.checkup_mark(check, words) for check in (*skill.checkups[:1], *skill.checkups[1:][-1:])]
    if not skill.checkups:
        said += [told.ability_mark(mark, words) for mark in marks]
    said += [words("history.report.hit_rate", said=told.rates_mark(mark, words)) for mark in marks]
    return Part(
        key="changed",
        title=words("history.report.parts.changed"),
        said=(*said, words("history.skill.change.note")),
        chart="ability",
    )


def _skills(report: Report, words: Words) -> Part:
    heads = ("emotion", "shown", "said", "rate", "range", "chance")
    return Part(
        key="skills",
        title=words("history.report.parts.skills"),
        said=(words("history.report.skills_how"),),
        chart="skills",
        heads=tuple(words(f"history.overview.skills.{head}") for head in heads),
        rows=tuple(told.emotion_skill_row(skill, words) for skill in report.skills),
    )


def _habits(report: Report, words: Words) -> tuple[str, ...]:
    """Confusions, sureness, time to answer."""
    said = [told.mix_up(each, words) for each in report.mix_ups]
    if report.sureness is not None:
        said.append(told.overall_gap(report.sureness, words))
    if report.pace is not None:
        said.append(words("history.pace.said", **told.seconds(report.pace, words)))
    return tuple(said)


def _edges(report: Report, words: Words) -> tuple[str, ...]:
    """Thresholds and following along."""
    said = [told.threshold(curve, words) for curve in report.thresholds]
    for axis in report.followed:
        said.append(told.followed(axis, words))
        if isinstance(axis.pooled, Pooled) and axis.level is not None and axis.scale is not None:
            said[-1] += " " + told.level_and_scale(axis.level, axis.scale, words)
    return tuple(said)


def _transfer(report: Report, words: Words) -> tuple[str, ...]:
    """What can be said; that it is too early is said once, of people."""
    known = [each for each in report.transfer if each.enough]
    return tuple(told.transfer(each, words) for each in known or report.transfer[:1])


def _notes(report: Report, words: Words, most: int) -> Part:
    latest = report.notes[-most:]
    left = len(report.notes) - len(latest)
    return Part(
        key="notes",
        title=words("history.report.parts.notes"),
        said=(words("history.report.notes_left", left=left),) if left else (),
        dated=tuple(
            (told.date(datetime.fromisoformat(note.written_at), words), _short(note.text)) for note in latest
        ),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…"
