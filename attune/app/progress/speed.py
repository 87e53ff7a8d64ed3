"""Long made-up histories, for ``attune bench``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.app.folders import HOME_VARIABLE, find_folders
from attune.app.history import History, open_history
from attune.app.profiles import Profiles
from attune.app.progress.made_up import MadeUp
from attune.app.services import load_vocabulary

PATTERN = 10_000  # answers that a long history repeats
A_SESSION = 40


def fill_home(home: Path, answers: int) -> None:
    """Make a home whose usual profile holds so many answers, a multiple of 10,000. Takes some seconds.

    Raises StorageError where it cannot be written.
    """
    vocabulary = load_vocabulary()
    profile = Profiles(find_folders({HOME_VARIABLE: str(home)}).profiles).usual(None)
    with closing(open_history(profile.file, vocabulary)) as history:
        fill(history, vocabulary, answers)


def fill(history: History, vocabulary: Vocabulary, answers: int) -> None:
    """Put so many answers, a multiple of 10,000, into an empty history. Blocks for some seconds."""
    pattern = MadeUp(answers=PATTERN, a_session=A_SESSION)
    history.ask(lambda store: pattern.fill(store, vocabulary)).result()
    history.ask(lambda store: store.multiply(answers // PATTERN)).result()
