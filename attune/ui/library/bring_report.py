"""What was found, what is left out and why, what is still to be said; then the person agrees, or not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from attune.app.importing import How, Missing, Survey, missing
from attune.errors import AttuneError
from attune.ui.library.bring_details import DetailsCard
from attune.ui.library.bring_found import FoundCard, LeftOutCard
from attune.ui.library.bring_labels import LabelsCard
from attune.ui.library.bring_table import TableCard
from attune.ui.library.bring_way import WayCard
from attune.ui.library.parts import Parts
from attune.ui.widgets import Button, PrimaryButton, ScrollPage, announce, column, row, text


class ReportPage(QWidget):
    """``agreed(Survey, Details)``: copy it; ``again(How)``: look anew, so; ``other``: not this.

    ``closer(Survey)``: have each film opened. A second Enter or click, meant for what stood here before,
    neither agrees to what nobody has seen yet nor passes over it: the report itself has the focus.
    """

    agreed = Signal(object, object)
    again = Signal(object)
    closer = Signal(object)
    other = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self._survey: Survey | None = None
        self.problem = text("", "strong")
        self.found = FoundCard(parts)
        self.way = WayCard(parts)
        self.table = TableCard(parts)
        self.left_out = LeftOutCard(words)
        self.labels = LabelsCard(parts)
        self.details = DetailsCard(parts)
        self._lacking = text("", "quiet")
        self.agree_button = PrimaryButton("")
        self.other_button = Button(words("library.bring.other"))
        self._arrange()
        for button in (self.agree_button, self.other_button):
            button.installEventFilter(self)
        self.agree_button.clicked.connect(self._agree)
        self.other_button.clicked.connect(self.other)
        self.found.look_button.clicked.connect(self._look)
        self.way.chosen.connect(self._look_anew)
        self.table.chosen.connect(self._look_anew)
        self.details.changed.connect(self._say_lacking)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of two quick clicks the second is not heard."""
        return event.type() is QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def show_survey(self, survey: Survey) -> None:
        """Tell what was found."""
        self._survey = survey
        self.problem.hide()
        self.sheet.verticalScrollBar().setValue(0)
        self.found.show_survey(survey)
        self.way.show_survey(survey)
        self.table.show_table(survey.how)
        self.left_out.show_survey(survey)
        self.labels.show_survey(survey)
        self.details.show_survey(survey)
        for part in (self.found, self.details, self._lacking):
            part.show()
        self._say_clips(survey)
        self._say_lacking()

    def show_looked(self, survey: Survey) -> None:
        """Tell what a closer look found; what was filled in meanwhile stays."""
        self._survey = survey
        self.found.show_survey(survey)
        self.left_out.show_survey(survey)
        self._say_clips(survey)

    def ask_for_columns(self, how: How) -> None:
        """A spreadsheet whose headings do not say which of them names the files."""
        self._show_nothing()
        self.table.show_table(how)
        self._tell(self._parts.words("library.bring.columns.which"))

    def show_unread(self, error: AttuneError) -> None:
        """Why there is nothing to tell."""
        self._show_nothing()
        self.show_problem(error)

    def show_problem(self, error: AttuneError) -> None:
        """Why it did not go so; another way may do."""
        self._tell(self._parts.words.error(error))

    def _show_nothing(self) -> None:
        self._survey = None
        cards = (self.found, self.way, self.table, self.left_out, self.labels, self.details, self._lacking)
        for part in cards:
            part.hide()
        self.agree_button.hide()

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        self.sheet.verticalScrollBar().setValue(0)
        announce(self, sentence)

    def _say_clips(self, survey: Survey) -> None:
        """How many would come, or why none can."""
        clips = len(survey.drafts)
        key = "one" if clips == 1 else "many"
        self.agree_button.setText(self._parts.words(f"library.bring.agree.{key}", clips=clips))
        self.agree_button.setEnabled(clips > 0 and not survey.problems)
        self.agree_button.show()
        if survey.problems:
            self._tell("\n".join(map(self._parts.words.error, survey.problems)))
        elif not clips:
            self._tell(self._parts.words("library.bring.nothing"))

    def _look(self) -> None:
        if self._survey is not None:
            self.closer.emit(self._survey)

    def _arrange(self) -> None:
        """What was found scrolls; what to do about it stays in sight below."""
        self.sheet = ScrollPage(self._parts.theme)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sheet.setAccessibleName(self._parts.words("library.bring.title"))
        self.setFocusProxy(self.sheet)
        cards = (self.found, self.way, self.table, self.labels, self.left_out, self.details)
        for part in (self.problem, *cards, self._lacking):
            self.sheet.body.addWidget(part)
        self.sheet.body.addStretch(1)
        below = row(spacing=12)
        below.setContentsMargins(32, 12, 32, 16)
        below.addStretch(1)
        below.addWidget(self.other_button)
        below.addWidget(self.agree_button)
        line = QFrame()
        line.setProperty("role", "rule")
        inside = column(spacing=0)
        inside.addWidget(self.sheet, 1)
        inside.addWidget(line)
        inside.addLayout(below)
        self.setLayout(inside)
        QWidget.setTabOrder(self.sheet, self.agree_button)  # not behind all there is to fill in
        QWidget.setTabOrder(self.agree_button, self.other_button)

    def _look_anew(self, how: How) -> None:
        self.again.emit(how)

    def _agree(self) -> None:
        if self._survey is not None:
            self.agreed.emit(self._survey, self.details.details(self._survey, self.labels.chosen))

    def _say_lacking(self) -> None:
        """What a set of filmed people should say and does not yet; nothing is refused for it."""
        if self._survey is None:
            return
        words, lacking = self._parts.words, missing(
            self._survey, self.details.details(self._survey, self.labels.chosen)
        )  # fmt: skip
        said = [words(f"library.bring.lacking.{each}") for each in Missing if each in lacking]
        self._lacking.setText(" ".join(said))
