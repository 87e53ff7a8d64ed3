"""A report as pages: the same on the screen, on paper and in a file."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from attune.resources import Words
from attune.ui.history import report_charts, told
from attune.ui.history.report_words import Part, parts_of, period
from attune.ui.theme.tokens import LIGHT

if TYPE_CHECKING:
    from attune.app.progress.report import Report

MARGIN, FOOT = 54.0, 20.0  # points
MOST_PAGES = 4
SMOOTHLY = 2  # times larger a page is painted than it is shown
HEADING, KEPT = 2, 2  # level of a part's heading; paragraphs that stay with it
SHARP = 300 / 72  # dots of a chart for each point
STYLE = f"""
    body {{ color: {LIGHT.text}; font-size: 10px; }}
    h1 {{ font-size: 22px; font-weight: 600; margin: 0 0 2px 0; }}
    h2 {{ font-size: 13px; font-weight: 600; margin: 16px 0 4px 0; color: {LIGHT.accent}; }}
    p {{ margin: 0 0 5px 0; line-height: 128%; }}
    .chart {{ line-height: 100%; margin: 6px 0 4px 0; }}
    .quiet, th {{ color: {LIGHT.text_quiet}; }}
    th {{ font-weight: 400; text-align: left; }}
    td {{ border-top: 1px solid {LIGHT.border}; }}
    .number {{ text-align: right; }}
"""


class Pages:
    """Laid out for the paper of the person's country. The latest notes that fit on four pages are in it."""

    def __init__(self, report: Report, name: str, words: Words, *, notes: bool) -> None:
        """``name``: the profile's, as it stands at the head."""
        self._report, self._name, self._words = report, name, words
        imperial = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
        self.paper = QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4)
        self.size = self.paper.size(QPageSize.Unit.Point)
        self._font = QFont(QGuiApplication.font())
        self._font.setPixelSize(10)
        most = len(report.notes) if notes else 0
        self._document = self._laid_out(most)
        while self.count > MOST_PAGES and most:
            most //= 2
            self._document = self._laid_out(most)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    @property
    def plain(self) -> str:
        """Everything that is written on them."""
        return self._document.toPlainText()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page, from 0, in points from the painter's origin."""
        area = self._area
        painter.save()
        painter.translate(MARGIN, MARGIN - page * area.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * area.height(), area.width(), area.height())
        context.palette = QPalette(QColor(LIGHT.text), QColor("#FFFFFF"))
        painter.setClipRect(context.clip)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        foot = QRectF(MARGIN, self.size.height() - MARGIN, area.width(), FOOT)
        small = QFont(self._font)
        small.setPixelSize(8)
        painter.setFont(small)
        painter.setPen(QColor(LIGHT.text_quiet))
        said = self._words("history.report.foot", page=page + 1, pages=self.count)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, said)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._name)

    def picture(self, page: int, width: int) -> QImage:
        """A page ``width`` dots wide."""
        scale = SMOOTHLY * width / self.size.width()
        image = QImage(SMOOTHLY * width, round(self.size.height() * scale), QImage.Format.Format_RGB32)
        image.fill(QColor("#FFFFFF"))
        with QPainter(image) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.scale(scale, scale)
            self.paint(painter, page)
        return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def put_on(self, device: QPagedPaintDevice) -> None:
        """Every page on paper or in a file."""
        device.setPageLayout(
            QPageLayout(self.paper, QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Point)
        )
        with QPainter(device) as painter:
            scale = painter.device().logicalDpiX() / 72
            painter.scale(scale, scale)
            for page in range(self.count):
                if page:
                    device.newPage()
                self.paint(painter, page)

    def pdf(self) -> bytes:
        """The pages as a PDF file."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self._words("history.report.title"))
        writer.setCreator("Attune")
        writer.setResolution(300)
        self.put_on(writer)
        del writer  # writes the end of the file
        return bytes(buffer.data().data())

    @property
    def _area(self) -> QSizeF:
        """Of the text on a page."""
        return QSizeF(self.size.width() - 2 * MARGIN, self.size.height() - 2 * MARGIN - FOOT / 2)

    def _laid_out(self, notes: int) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setUseDesignMetrics(True)
        document.setDefaultFont(self._font)
        document.setDefaultStyleSheet(STYLE)
        for chart in ("ability", "skills"):
            if self._report.skill.marks:
                document.addResource(
                    QTextDocument.ResourceType.ImageResource, QUrl(f"chart:{chart}"), self._drawn(chart)
                )
        document.setHtml(self._html(parts_of(self._report, self._words, notes=notes)))
        document.setPageSize(self._area)
        _keep_together(document)
        return document

    def _drawn(self, chart: str) -> QImage:
        size = report_charts.size_of(chart, self._report, self._area.width())
        image = QImage((size * SHARP).toSize(), QImage.Format.Format_RGB32)
        image.fill(QColor("#FFFFFF"))
        with QPainter(image) as painter:
            painter.scale(SHARP, SHARP)
            report_charts.draw(chart, painter, size, report=self._report, words=self._words, font=self._font)
        return image

    def _html(self, parts: tuple[Part, ...]) -> str:
        words, report = self._words, self._report
        head = words(
            "history.report.about",
            name=self._name,
            period=period(report, words),
            made=told.date(report.made, words),
        )
        made = [f"<h1>{escape(words('history.report.title'))}</h1>", f'<p class="quiet">{escape(head)}</p>']
        return "<body>" + "".join(made) + "".join(self._part(part) for part in parts) + "</body>"

    def _part(self, part: Part) -> str:
        made = [f"<h2>{escape(part.title)}</h2>"]
        made += [f"<p>{escape(said)}</p>" for said in part.said]
        if part.chart:
            size = report_charts.size_of(part.chart, self._report, self._area.width())
            there = f'width="{size.width():.0f}" height="{size.height():.0f}"'
            made.append(f'<p class="chart"><img src="chart:{part.chart}" {there}></p>')
            made.append(f'<p class="quiet">{escape(self._words(f"history.report.legend.{part.chart}"))}</p>')
        if part.rows:
            made.append(_table(part))
        made += [
            f'<p><span class="quiet">{escape(day)}</span><br>{"<br>".join(escape(text).splitlines())}</p>'
            for day, text in part.dated
        ]
        return "".join(made)


def _keep_together(document: QTextDocument) -> None:
    """No heading stays behind at the foot of a page while what it heads is on the next."""
    tall, place = document.pageSize().height(), document.documentLayout().blockBoundingRect
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == HEADING:
            needed = block
            for _part in range(KEPT):
                if needed.next().isValid() and not needed.next().blockFormat().headingLevel():
                    needed = needed.next()
            top, bottom = place(block).top(), place(needed).bottom()
            if top // tall != bottom // tall:
                turned = block.blockFormat()
                turned.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(turned)
        block = block.next()
    # After a change in the middle Qt would count the pages of what it laid out so far only.
    document.markContentsDirty(0, document.characterCount())


def _table(part: Part) -> str:
    def row(cells: tuple[str, ...], tag: str) -> str:
        first, *numbers = (escape(cell) for cell in cells)
        rest = "".join(f'<{tag} align="right">{number}</{tag}>' for number in numbers)
        return f"<tr><{tag}>{first}</{tag}>{rest}</tr>"

    rows = "".join(row(cells, "td") for cells in part.rows)
    return (
        '<table width="100%" cellspacing="0" cellpadding="3" style="border-collapse: collapse">'
        f"{row(part.heads, 'th')}{rows}</table>"
    )
