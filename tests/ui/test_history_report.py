"""The report through the real window, by keys: its pages, its file, its notes."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from attune.app.progress.columns import Lens
from attune.app.services import Services
from attune.ui.history import told
from attune.ui.history.report import ReportTopic
from attune.ui.history.report_pages import MOST_PAGES, Pages
from attune.ui.widgets.dialogs import Question
from tests.ui.conftest import HistoryOf, make_up

PICTURE = Lens(against="intended", channel="picture")
Looker = Callable[[int], ReportTopic]


@pytest.fixture
def report_of(qtbot: QtBot, history_of: HistoryOf) -> Looker:
    """The topic over a made-up history of so many answers, gone to by keys."""

    def look(answers: int) -> ReportTopic:
        _shell, history = history_of(lambda services: make_up(services, answers))
        qtbot.keyClick(history.list, Qt.Key.Key_End)
        page = history.topic
        assert isinstance(page, ReportTopic)
        qtbot.waitUntil(lambda: page.pages is not None)
        return page

    return look


def opened(pdf: bytes) -> QPdfDocument:
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setParent(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    return document


@pytest.mark.slow
def test_it_is_saved_as_a_few_pages_without_any_path(qtbot: QtBot, report_of: Looker, tmp_path: Path) -> None:
    page = report_of(600)
    qtbot.keyClick(page.save, Qt.Key.Key_Space)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "report.pdf"))
    dialog.close()
    qtbot.waitUntil((tmp_path / "report.pdf").is_file)
    pdf = (tmp_path / "report.pdf").read_bytes()
    document = opened(pdf)
    assert page.pages is not None
    assert 1 <= document.pageCount() == page.pages.count <= MOST_PAGES
    words = "".join(document.getAllText(place).text() for place in range(document.pageCount()))
    assert "What this does not mean" in words
    assert "no diagnosis" in words
    assert not re.search(r"\.(webm|mp4|png|sqlite3)|[\w.-]+/[\w.-]+/", words + page.pages.plain)
    for secret in (str(tmp_path), str(Path.home()), "file:"):
        assert secret.encode() not in pdf
        assert secret not in words


def test_it_says_the_figures_of_the_pages(services: Services) -> None:
    make_up(services, 600)
    words = services.words
    report = services.progress.report(PICTURE).result()
    plain = Pages(report, "Client 7", words, notes=True).plain
    standing = services.progress.standing(PICTURE).result()
    skill = services.progress.skill(PICTURE, None).result()
    assert plain.count("Client 7") == 1
    assert told.skill_change(skill, words) in plain
    assert told.checkup_mark(skill.checkups[-1], words) in plain
    assert told.overall_gap(services.progress.sureness(PICTURE).result().gaps[0], words) in plain
    for each in standing.skills:
        row = told.emotion_skill_row(each, words)
        assert "\n".join(row) in plain
    for curve in services.progress.thresholds().result():
        assert told.threshold(curve, words) in plain


def test_pages_are_the_same_in_dark_as_in_light(services: Services) -> None:
    pages = Pages(services.progress.report(None).result(), "Anna", services.words, notes=False)
    assert pages.count == 1
    image = pages.picture(0, 300)
    assert image.pixelColor(2, 2).name() == "#ffffff"
    assert min(image.pixelColor(x, y).lightness() for x in range(300) for y in range(25, 60)) < 120


def test_notes_are_written_shown_and_taken_out(qtbot: QtBot, report_of: Looker) -> None:
    page = report_of(0)
    qtbot.keyClicks(page.note, "Brows <first>.")
    qtbot.keyClick(page.note, Qt.Key.Key_Tab)
    qtbot.keyClick(page.add, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.pages is not None and "Brows <first>." in page.pages.plain)
    assert not page.note.toPlainText()
    qtbot.keyClick(page.with_notes, Qt.Key.Key_Space)
    assert "Brows" not in page.pages.plain
    qtbot.keyClick(page.with_notes, Qt.Key.Key_Space)
    qtbot.keyClick(page.delete_buttons[0], Qt.Key.Key_Space)
    (question,) = page.findChildren(Question)
    qtbot.keyClick(question.no, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.findChildren(Question))
    assert "Brows <first>." in page.pages.plain
    qtbot.keyClick(page.delete_buttons[0], Qt.Key.Key_Space)
    (question,) = page.findChildren(Question)
    qtbot.keyClick(question.yes, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.pages is not None and "Brows" not in page.pages.plain)
    assert all("Brows" not in label.text() for label in page.findChildren(QLabel))


def test_many_notes_do_not_make_a_book(services: Services) -> None:
    for place in range(40):
        services.history.add_note(f"Note {place}. " + "So much to say. " * 80).result()
    pages = Pages(services.progress.report(None).result(), "Anna", services.words, notes=True)
    assert pages.count <= MOST_PAGES
    assert "Note 39." in pages.plain
    assert "Note 0." not in pages.plain
    assert "Earlier notes that did not fit here" in pages.plain


def test_print_asks_for_a_printer(qtbot: QtBot, report_of: Looker, tmp_path: Path) -> None:
    page = report_of(60)
    qtbot.keyClick(page.print, Qt.Key.Key_Space)
    dialog = page.findChild(QPrintDialog)
    assert dialog is not None
    printer = dialog.printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(printer)
    dialog.close()
    assert page.pages is not None
    qtbot.waitUntil((tmp_path / "printed.pdf").exists)
    assert opened((tmp_path / "printed.pdf").read_bytes()).pageCount() == page.pages.count
