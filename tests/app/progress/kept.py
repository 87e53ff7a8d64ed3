"""What the tests of progress know of the history they look at."""

from dataclasses import dataclass
from datetime import UTC, datetime

from attune.affect.vocabulary import Vocabulary
from attune.app.history import History
from attune.app.progress.book import Progress
from attune.app.progress.columns import Lens
from attune.storage.records import AnswerRecord, SessionRecord

NOW = datetime(2026, 5, 17, 20, 0, tzinfo=UTC)  # a Sunday
PICTURE = Lens(against="intended", channel="picture")


@dataclass(frozen=True)
class Known:
    """``answers``: (session, answer) as kept, of whole clips, on pictures, in order of time."""

    history: History
    progress: Progress
    vocabulary: Vocabulary
    answers: tuple[tuple[SessionRecord, AnswerRecord], ...]
