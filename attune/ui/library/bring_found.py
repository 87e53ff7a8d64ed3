"""The cards of what there is to bring in, and of what is left out."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from attune.app.importing import Finding, Found, Kind, Survey
from attune.resources import Words
from attune.ui.library.parts import Parts
from attune.ui.widgets import Button, Card, QuietButton, column, row, text
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.page import emptied

MOST_NAMES = 200  # listed of one finding
FEW_NAMES = 3
SI = QLocale.DataSizeFormat.DataSizeSIFormat  # as everybody else counts bytes


class FoundCard(Card):
    """How many clips of whom, showing what, and how that was read."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._words = parts.words
        self._title = text("", "heading")
        self._numbers = text("")
        self._way = text("", "quiet")
        self._limits = text("", "strong")
        self._emotions = QWidget()
        self._tags = Flow(self._emotions, spacing=8)
        self.look_button = Button(parts.words("library.bring.look"))
        looking = row(spacing=12)
        looking.addWidget(text(parts.words("library.bring.look_note"), "quiet"), 1)
        looking.addWidget(self.look_button)
        self._look = QWidget()
        self._look.setLayout(looking)
        for part in (self._title, self._numbers, self._way, self._emotions, self._limits, self._look):
            self.body.addWidget(part)
        self.body.setSpacing(10)

    def show_survey(self, survey: Survey) -> None:
        """Tell it."""
        words = self._words
        title = survey.title or survey.source.name
        self._title.setText(title)
        clips, people = len(survey.drafts), len(survey.people)
        parts = [words(f"library.heading.{'one' if clips == 1 else 'all'}", total=clips)]
        if people:
            parts.append(words(f"library.heading.{'person' if people == 1 else 'people'}", people=people))
        if survey.size:
            parts.append(QLocale(words.language).formattedDataSize(survey.size, 1, SI))
        self._numbers.setText(" · ".join(parts))
        self._way.setText(words(f"library.bring.read.{survey.how.kind}", corpus=survey.how.corpus))
        emptied(self._tags)
        counts = sorted(survey.emotions.items(), key=lambda item: -item[1])
        for emotion, count in counts:
            said = self._said(emotion)
            self._tags.addWidget(_tag(words("library.facet.value", value=said, count=count)))
        self._emotions.setVisible(survey.how.kind is not Kind.FILES and bool(counts))
        limits = [words(f"library.limits.{limit}") for limit in survey.forbids]
        self._limits.setText(" ".join(limits))
        self._limits.setVisible(bool(limits))
        self._look.setVisible(clips > 0 and not survey.looked)

    def _said(self, emotion: str) -> str:
        if not emotion:
            return self._words("library.clip.unsaid")
        known = self._words.table("emotions").get(emotion)
        return known["title"] if known else emotion


class LeftOutCard(Card):
    """Each finding in a sentence; the names of the files it is about unfold below it."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.body.setSpacing(12)
        self.body.addWidget(text(words("library.bring.noticed"), "heading"))
        self._list = column(spacing=14)
        self.body.addLayout(self._list)

    def show_survey(self, survey: Survey) -> None:
        """Tell every finding there is; no card where there is none."""
        emptied(self._list)
        for finding in Finding:
            if count := survey.counts[finding]:
                names = [_named(found) for found in survey.found if found.finding is finding]
                self._list.addWidget(_Line(self._words, finding, count, names))
        self.setVisible(bool(survey.found))


class _Line(QWidget):
    """One finding; its files are listed once somebody asks."""

    def __init__(self, words: Words, finding: Finding, count: int, names: list[str]) -> None:
        super().__init__()
        self._words, self._files = words, names
        said = text(words(f"importing.findings.{finding}", count=count))
        self.names = text("\n".join(names[:FEW_NAMES]), "small")
        self._more = QuietButton(words("library.bring.all_names", count=len(names)))
        self._more.setVisible(len(names) > FEW_NAMES)
        self._more.clicked.connect(self._unfold)
        head = row(spacing=10)
        number = text(f"{count:,}", "strong", wrap=False)
        head.addWidget(number)
        head.addWidget(said, 1)
        head.addWidget(self._more)
        inside = column(spacing=2)
        inside.addLayout(head)
        inside.addWidget(self.names)
        self.setLayout(inside)

    def _unfold(self) -> None:
        shown = self._files[:MOST_NAMES]
        rest = len(self._files) - len(shown)
        more = [self._words("library.bring.more_names", count=rest)] if rest else []
        self.names.setText("\n".join([*shown, *more]))
        self._more.hide()


def _named(found: Found) -> str:
    """The file, the row of the table, and the word more there may be."""
    place = found.name if found.row is None else f"{found.name}:{found.row}"
    return f"{place}  ({found.detail})" if found.detail else place


def _tag(words: str) -> QWidget:
    tag = text(words, "small", wrap=False)
    tag.setProperty("role", "tag")
    return tag
