"""The charts of a report, in print colours on white: shapes and lines beside every colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from attune.resources import Words
from attune.ui.history import told
from attune.ui.theme.tokens import LIGHT
from attune.ui.widgets.text import with_minus

if TYPE_CHECKING:
    from attune.app.progress.report import Report
    from attune.scoring.ability import Ability

TYPE = 8.5  # of the words in a chart, in points
LABELS, EDGE, ABOVE = 62.0, 14.0, 6.0  # room for words at the left, and at the right
ROW = 19.0
TALL = 150.0  # of a course
MARK = 3.6
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SHARPLY = QPen(QColor(LIGHT.border), 0.6)


def size_of(chart: str, report: Report, width: float) -> QSizeF:
    """How large a chart is, in points."""
    return QSizeF(width, ABOVE + (EDGE + 8 + ROW * len(report.skills) if chart == "skills" else TALL))


def draw(chart: str, painter: QPainter, size: QSizeF, *, report: Report, words: Words, font: QFont) -> None:
    """Draw it from the painter's origin, in points."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = QFont(font)
    small.setPixelSize(round(TYPE))
    painter.setFont(small)
    painter.translate(0, ABOVE)
    (_skills if chart == "skills" else _ability)(painter, size, report, words)


def _skills(painter: QPainter, size: QSizeF, report: Report, words: Words) -> None:
    """A bar where each skill likely lies, a disc at its value, a short line at what blind naming gives."""
    left, right, bottom = LABELS, size.width() - EDGE, size.height() - ABOVE - 18

    def x(share: float) -> float:
        return left + share * (right - left)

    for tick in TICKS:
        painter.setPen(SHARPLY)
        painter.drawLine(QPointF(x(tick), 0), QPointF(x(tick), bottom))
        _say(painter, QRectF(x(tick) - 30, bottom + 3, 60, 12), f"{tick:.0%}")
    for place, skill in enumerate(report.skills):
        y = ROW * (place + 0.5)
        title = words(f"emotions.{skill.name}.title")
        _say(painter, QRectF(0, y - 6, left - 10, 12), title, Qt.AlignmentFlag.AlignRight)
        if skill.rate is None:
            painter.setPen(QPen(QColor(LIGHT.outline), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x(0), y), QPointF(x(1), y))
        else:
            _bar(painter, QPointF(x(skill.rate.low), y), QPointF(x(skill.rate.high), y))
            _disc(painter, QPointF(x(skill.rate.value), y))
        painter.setPen(QPen(QColor(LIGHT.text_quiet), 1.2))
        painter.drawLine(QPointF(x(skill.chance), y - 5), QPointF(x(skill.chance), y + 5))


def _ability(painter: QPainter, size: QSizeF, report: Report, words: Words) -> None:
    """Discs for stretches of practice, diamonds for check-ups, each with its interval."""
    skill = report.skill
    spots = [(mark.middle, mark.ability) for mark in skill.marks]
    checks = [(check.when, check.ability) for check in skill.checkups]
    everything = [*spots, *checks]
    low = min(-1.5, floor(min(ability.low for _when, ability in everything)))
    high = max(1.5, ceil(max(ability.high for _when, ability in everything)))
    first, last = min(when for when, _ in everything), max(when for when, _ in everything)
    left, right, bottom = LABELS, size.width() - EDGE, size.height() - ABOVE - 18
    length = max((last - first).total_seconds(), 1.0)

    def at(when: datetime, value: float) -> QPointF:
        along = 0.02 + 0.96 * (when - first).total_seconds() / length if last > first else 0.5
        return QPointF(left + along * (right - left), bottom * (high - value) / (high - low))

    for value in range(ceil(low), floor(high) + 1):
        y = bottom * (high - value) / (high - low)
        painter.setPen(QPen(QColor(LIGHT.outline), 0.8) if not value else SHARPLY)
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        said = with_minus(f"{value:+d}") if value else words("history.skill.ability.average")
        _say(painter, QRectF(0, y - 6, left - 10, 12), said, Qt.AlignmentFlag.AlignRight)
    _dates(painter, (first, last), QRectF(left, bottom + 4, right - left, 12), words)
    _course(
        painter,
        [
            (at(when, ability.theta), at(when, ability.low), at(when, ability.high), ability)
            for when, ability in spots
        ],
    )
    for when, ability in checks:
        _whisker(painter, at(when, ability.low), at(when, ability.high), LIGHT.differ)
        _diamond(painter, at(when, ability.theta))


def _course(painter: QPainter, spots: Sequence[tuple[QPointF, QPointF, QPointF, Ability]]) -> None:
    painter.setPen(QPen(QColor(LIGHT.accent), 1))
    painter.drawPolyline(QPolygonF([spot for spot, *_ in spots]))
    for spot, low, high, _ability_there in spots:
        _whisker(painter, low, high, LIGHT.accent)
        _disc(painter, spot)


def _dates(painter: QPainter, ends: tuple[datetime, datetime], place: QRectF, words: Words) -> None:
    first, last = (told.date(end, words) for end in ends)
    if first == last:
        _say(painter, place, first)
        return
    _say(painter, place, first, Qt.AlignmentFlag.AlignLeft)
    _say(painter, place, last, Qt.AlignmentFlag.AlignRight)


def _say(
    painter: QPainter,
    place: QRectF,
    said: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
) -> None:
    painter.setPen(QColor(LIGHT.text_quiet))
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, said)


def _bar(painter: QPainter, low: QPointF, high: QPointF) -> None:
    soft = QColor(LIGHT.accent)
    soft.setAlphaF(0.3)
    painter.setPen(QPen(soft, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(low, high)


def _whisker(painter: QPainter, low: QPointF, high: QPointF, colour: str) -> None:
    soft = QColor(colour)
    soft.setAlphaF(0.55)
    painter.setPen(QPen(soft, 1.1))
    painter.drawLine(low, high)


def _disc(painter: QPainter, middle: QPointF) -> None:
    painter.setPen(QPen(QColor("#FFFFFF"), 0.8))
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawEllipse(middle, MARK, MARK)


def _diamond(painter: QPainter, middle: QPointF) -> None:
    painter.setPen(QPen(QColor("#FFFFFF"), 0.8))
    painter.setBrush(QColor(LIGHT.differ))
    reach = MARK * 1.4
    corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
    painter.drawPolygon(QPolygonF([middle + QPointF(*corner) for corner in corners]))
