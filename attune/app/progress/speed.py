"""A long made-up history in a home of its own, for ``attune bench`` to open the window on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from attune.app.folders import HOME_VARIABLE, find_folders
from attune.app.history import open_history
from attune.app.profiles import Profiles
from attune.app.progress.made_up import MadeUp
from attune.app.services import load_vocabulary

PATTERN = 10_000  # answers that a long history repeats


def fill_home(home: Path, answers: int) -> None:
    """Make a home whose usual profile holds so many answers, a multiple of 10,000. Takes some seconds.

    Raises StorageError where it cannot be written.
    """
    vocabulary = load_vocabulary()
    profile = Profiles(find_folders({HOME_VARIABLE: str(home)}).profiles).usual(None)
    with closing(open_history(profile.file, vocabulary)) as history:
        history.ask(lambda store: MadeUp(answers=PATTERN, a_session=40).fill(store, vocabulary)).result()
        history.ask(lambda store: store.multiply(answers // PATTERN)).result()
