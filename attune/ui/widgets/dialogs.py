"""Dialogs that open over the window and never block it: a question, a report of a bug."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.buttons import Button, PrimaryButton
from attune.ui.widgets.page import column, row
from attune.ui.widgets.text import text


class Question(QDialog):
    """Asks before something that cannot be undone or that leaves the computer."""

    def __init__(
        self,
        words: Words,
        key: str,
        *,
        agreed: Callable[[], None],
        parent: QWidget,
        theme: Theme,
        **gaps: object,
    ) -> None:
        """``key`` names a table of words: title, explanation (filled with ``gaps``), yes, no."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, explanation = words(f"{key}.title"), words(f"{key}.explanation", **gaps)
        self.setWindowTitle(title)
        self.setAccessibleDescription(explanation)
        self.yes = Button(words(f"{key}.yes"))
        self.no = PrimaryButton(words(f"{key}.no"))
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.accepted.connect(agreed)
        inside = column(margin=28)
        inside.addWidget(text(title, "heading"))
        inside.addWidget(text(explanation))
        inside.addSpacing(8)
        inside.addLayout(_answers(self.yes, self.no))
        self.setLayout(inside)
        self.setFixedWidth(theme.sizes.column * 2 // 3)
        self.no.setFocus()
        self.open()


class BugReport(QDialog):
    """Something in Attune itself broke: says so, and offers the report to copy."""

    def __init__(self, *, words: Words, report: str, parent: QWidget | None, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("shell.bug.title"))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(words("shell.bug.report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy_button = PrimaryButton(words("shell.bug.copy"))
        self.copy_button.clicked.connect(self._copy)
        close = Button(words("shell.bug.close"))
        close.clicked.connect(self.accept)
        self._copied = words("shell.bug.copied")
        inside = column(margin=28)
        inside.addWidget(text(words("shell.bug.title"), "heading"))
        inside.addWidget(text(words("shell.bug.explanation")))
        inside.addWidget(self.report, 1)
        inside.addLayout(_answers(close, self.copy_button))
        self.setLayout(inside)
        self.resize(theme.sizes.column, theme.sizes.column * 2 // 3)
        self.copy_button.setFocus()
        self.open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText(self._copied)


def _answers(quiet: Button, primary: Button) -> QHBoxLayout:
    answers = row(spacing=12)
    answers.addStretch(1)
    answers.addWidget(quiet)
    answers.addWidget(primary)
    return answers
