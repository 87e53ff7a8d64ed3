"""The topic of the report: its pages, to be saved or printed, and the notes that go with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QBoxLayout, QLabel, QPlainTextEdit

from attune.app.history import NoteRecord
from attune.ui.history import told
from attune.ui.history.report_pages import Pages
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.asking import ask_where_to
from attune.ui.widgets.choices import Switch
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.page import emptied

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.report import Report

PREVIEW = 44  # width of a page on the screen, in heights of the body type
LINES = 3  # of the field for a note


class ReportTopic(TopicPage):
    """``pages``: what is shown, saved and printed; None before it came."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "report")
        words = self._words
        self.pages: Pages | None = None
        self._lens: Lens | None = None
        self._report: Report | None = None
        self.save = PrimaryButton(words("history.report.save"))
        self.print = Button(words("history.report.print"))
        self.with_notes = Switch(words("history.report.with_notes"), parts.theme)
        self.with_notes.setChecked(True)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(words("history.report.note_field"))
        self.note.setPlaceholderText(words("history.report.note_field"))
        self.note.setTabChangesFocus(True)
        self.add = Button(words("history.report.note_add"))
        self.said = text("", "quiet")
        self.delete_buttons: list[QuietButton] = []
        self._notes = column(spacing=4)
        self._sheets = Flow(spacing=24)
        self._arrange()
        self.save.clicked.connect(self._ask_where)
        self.print.clicked.connect(self._ask_for_printer)
        self.with_notes.clicked.connect(lambda _on: self._lay_out())
        self.add.clicked.connect(self._add_note)

    def look(self, lens: Lens | None) -> None:
        """Ask for it anew: notes are written, days pass."""
        self._lens = lens
        self.ask(self._parts.services.progress.report(lens), self._got)

    def _got(self, report: Report) -> None:
        self._report = report
        allow(self.note, self.add, unless=only_read(self._parts.services))
        emptied(self._notes)
        self.delete_buttons.clear()
        for note in reversed(report.notes):
            self._notes.addLayout(self._note_row(note))
        self._lay_out()

    def _lay_out(self) -> None:
        if self._report is None:
            return
        name = self._parts.services.profile.name
        self.pages = Pages(self._report, name, self._words, notes=self.with_notes.isChecked())
        self.said.setText(self._words("history.report.pages", pages=self.pages.count))
        emptied(self._sheets)
        ratio = self.devicePixelRatioF()
        for place in range(self.pages.count):
            image = self.pages.picture(place, round(PREVIEW * self._theme.sizes.body * ratio))
            image.setDevicePixelRatio(ratio)
            self._sheets.addWidget(self._sheet(image, place))

    def _sheet(self, image: QImage, place: int) -> QLabel:
        assert self.pages is not None
        sheet = QLabel()
        sheet.setPixmap(QPixmap.fromImage(image))
        sheet.setFixedSize(sheet.pixmap().deviceIndependentSize().toSize())
        said = self._words("history.report.foot", page=place + 1, pages=self.pages.count)
        sheet.setAccessibleName(said)
        if not place:  # a picture says nothing aloud
            sheet.setAccessibleDescription(self.pages.plain)
        return sheet

    def _note_row(self, note: NoteRecord) -> QBoxLayout:
        line = row(spacing=12)
        day = told.date(datetime.fromisoformat(note.written_at), self._words)
        line.addWidget(text(day, "quiet", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text(note.text), 1)
        gone = QuietButton(self._words("history.report.note_delete"))
        gone.setAccessibleName(self._words("history.report.note_delete_named", day=day))
        allow(gone, unless=only_read(self._parts.services))
        self.delete_buttons.append(gone)
        gone.clicked.connect(lambda: self._ask_to_delete(note, day))
        line.addWidget(gone, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _add_note(self) -> None:
        written = self.note.toPlainText().strip()
        if not written:
            self.note.setFocus()
            return

        def kept(_note_id: int) -> None:
            self.note.clear()
            self.look(self._lens)

        self._parts.bridge.deliver(self._parts.services.history.add_note(written), kept)

    def _ask_to_delete(self, note: NoteRecord, day: str) -> None:
        Question(
            self._words,
            "profiles.delete_note",
            agreed=lambda: self._delete_note(note.id),
            parent=self,
            theme=self._theme,
            when=day,
        )

    def _delete_note(self, note_id: int) -> None:
        gone = self._parts.services.history.delete_note(note_id)
        self._parts.bridge.deliver(gone, lambda _gone: self.look(self._lens))

    def _ask_where(self) -> None:
        if self.pages is None:
            return
        pages = self.pages
        ask_where_to(
            self,
            self._words("history.report.save_title"),
            self._words("history.report.kind"),
            f"{self._words('history.report.file')}.pdf",
            lambda path: self._parts.write(path, pages.pdf()),
        )

    def _ask_for_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - asks for printers

        if self.pages is None:
            return
        pages = self.pages
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._words("history.report.title"))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: pages.put_on(printer))
        dialog.setModal(True)
        dialog.show()

    def _arrange(self) -> None:
        acts = row(spacing=8)
        for part in (self.save, self.print, self.with_notes):
            acts.addWidget(part)
        acts.addStretch(1)
        acts.addWidget(self.said)
        self.body.addLayout(acts)
        self.body.addWidget(self._notes_card())
        self.body.addLayout(self._sheets)
        self.body.addStretch(1)

    def _notes_card(self) -> Card:
        notes = Card()
        notes.body.addWidget(text(self._words("history.report.parts.notes"), "heading"))
        notes.body.addWidget(text(self._words("history.report.notes_about"), "quiet"))
        self.note.setFixedHeight(round(LINES * 2 * self._theme.sizes.body))
        notes.body.addWidget(self.note)
        act = row()
        act.addWidget(self.add)
        act.addStretch(1)
        notes.body.addLayout(act)
        notes.body.addLayout(self._notes)
        return notes
