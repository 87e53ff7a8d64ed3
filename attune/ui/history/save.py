"""A chart taken along: as a picture, as a drawing, or as the numbers in it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from itertools import chain

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from attune.cells import harmless
from attune.resources import Words
from attune.ui.widgets.chart import Chart
from attune.ui.widgets.table import Column

SHARP = 2  # pixels of a picture for each of the screen's
Plain = str | float | int | tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The numbers of a chart: ``rows`` in words under ``columns``, and ``plain`` for other programs.

    A range among the plain ones is a pair.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[Plain, ...], ...]


def content_of(ending: str, chart: Chart, sheet: Sheet, background: QColor, words: Words) -> bytes:
    """The chart as a file of this kind: .png, .svg, or else .csv."""
    kinds: dict[str, Callable[[], bytes]] = {
        ".png": lambda: picture(chart, background),
        ".svg": lambda: drawing(chart, background),
    }
    return kinds.get(ending.lower(), lambda: _table(sheet, words))()


def picture(chart: Chart, background: QColor) -> bytes:
    """PNG, twice as sharp as the screen."""
    image = QImage(chart.size() * SHARP, QImage.Format.Format_ARGB32)
    image.fill(background)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint(chart, painter, image.size())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide names the format's type wrongly
    return bytes(buffer.data().data())


def drawing(chart: Chart, background: QColor) -> bytes:
    """SVG."""
    buffer = QBuffer()
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setTitle(chart.accessibleName())
    made.setSize(chart.size())
    made.setViewBox(chart.rect())
    with QPainter(made) as painter:
        painter.fillRect(chart.rect(), background)
        _paint(chart, painter, chart.size())
    return bytes(buffer.data().data())


def _paint(chart: Chart, painter: QPainter, size: QSize) -> None:
    chart.scene().render(painter, QRectF(0, 0, size.width(), size.height()), chart.viewRect())


def _table(sheet: Sheet, words: Words) -> bytes:
    """Ranges have two columns, so that a spreadsheet can count with their ends."""
    written = StringIO()
    writer = csv.writer(written)
    ranges = [any(isinstance(cell, tuple) for cell in column) for column in zip(*sheet.plain, strict=True)]
    headings: list[str] = []
    for column, a_range in zip(sheet.columns, ranges, strict=True):
        ends = [words(f"history.save.{end}", column=column.heading) for end in ("low", "high")]
        headings += ends if a_range else [column.heading]
    writer.writerow(headings)
    for row in sheet.plain:
        cells = (_cells(value, a_range=a_range) for value, a_range in zip(row, ranges, strict=True))
        writer.writerow(chain.from_iterable(cells))
    return written.getvalue().encode("utf-8-sig")  # its mark tells spreadsheets that this is UTF-8


def _cells(value: Plain, *, a_range: bool) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    if a_range:
        return "", ""
    return (harmless(value) if isinstance(value, str) else value,)
