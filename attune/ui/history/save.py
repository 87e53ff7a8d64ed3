"""A chart taken along: as a picture, as a drawing, or as the numbers in it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from attune.errors import SavingError
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart
from attune.ui.widgets.table import Column

SHARP = 2  # pixels of a picture for each of the screen's
Plain = str | float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The numbers of a chart: ``rows`` in words under ``columns``, and ``plain`` for other programs."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[Plain, ...], ...]


def save_chart(path: Path, chart: Chart, sheet: Sheet, background: QColor) -> None:
    """Write the chart as what the file's name ends in: .png, .svg or .csv.

    Raises SavingError where that cannot be written.
    """
    kinds: dict[str, Callable[[], bytes]] = {
        ".png": lambda: picture(chart, background),
        ".svg": lambda: drawing(chart, background),
    }
    try:
        if path.suffix.lower() in kinds:
            path.write_bytes(kinds[path.suffix.lower()]())
        else:
            _write_csv(path, sheet)
    except OSError as error:
        raise SavingError("saving.not_written", path=path, reason=error.strerror) from error


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


def ask_where(
    parent: QWidget,
    words: Words,
    theme: Theme,
    *,
    chart: Chart,
    sheet: Sheet,
    name: str,
    failed: Callable[[SavingError], object],
) -> None:
    """Ask for a file's name and write the chart there."""
    dialog = QFileDialog(parent, words("history.save.title"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(words("history.save.kinds").split(";;"))
    dialog.setDefaultSuffix("png")
    dialog.selectFile(f"{name}.png")
    suffixes = ("png", "svg", "csv")
    dialog.filterSelected.connect(
        lambda kind: dialog.setDefaultSuffix(next((s for s in suffixes if f".{s}" in kind), "png"))
    )

    def write(chosen: str) -> None:
        try:
            save_chart(Path(chosen), chart, sheet, theme.colour("surface"))
        except SavingError as error:
            failed(error)

    dialog.fileSelected.connect(write)
    dialog.open()


def _paint(chart: Chart, painter: QPainter, size: QSize) -> None:
    chart.scene().render(painter, QRectF(0, 0, size.width(), size.height()), chart.viewRect())


def _write_csv(path: Path, sheet: Sheet) -> None:
    # The mark at the beginning is what tells spreadsheets that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.heading for column in sheet.columns)
        writer.writerows(["" if value is None else value for value in row] for row in sheet.plain)
