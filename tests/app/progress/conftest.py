"""A history of somebody made up, what is told of it, and every answer of it as it was kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copyfile

import pytest

from attune.affect.vocabulary import Vocabulary
from attune.app.history import open_history
from attune.app.progress.book import Progress
from attune.app.progress.made_up import MadeUp
from attune.app.progress.made_up_measures import MadeUpMeasures
from attune.app.services import load_vocabulary
from attune.storage.records import AnswerRecord, SessionRecord
from attune.storage.store import Store
from tests.app.progress.kept import NOW, Known

Fill = Callable[[Store, Vocabulary], object]


GETS_BETTER = MadeUp(answers=900, until=NOW)
GETS_WORSE = MadeUp(
    answers=700, until=NOW, a_session=18, begins=0.8, ends=-0.3, surer=-0.1, check_every=5, seed=23
)


@pytest.fixture(scope="module", params=[GETS_BETTER, GETS_WORSE], ids=["better", "worse"])
def kept_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for all tests of a module, and closed."""
    path, vocabulary = tmp_path_factory.mktemp("history") / "h.sqlite3", load_vocabulary()
    history = open_history(path, vocabulary)

    def fill(store: Store) -> None:
        request.param.fill(store, vocabulary)
        MadeUpMeasures(until=NOW).fill(store, vocabulary)

    history.ask(fill).result()
    history.close()
    return path


@pytest.fixture
def known(kept_file: Path, tmp_path: Path) -> Iterator[Known]:
    """A copy for each test, which may change it."""

    def kept(store: Store) -> list[tuple[SessionRecord, AnswerRecord]]:
        sessions = [summary.session for summary in store.sessions()]
        return [(s, a) for s in sessions for a in store.answers(s.id or 0)]

    vocabulary = load_vocabulary()
    history = open_history(copyfile(kept_file, tmp_path / "kept.sqlite3"), vocabulary)
    answers = [
        (session, answer)
        for session, answer in history.ask(kept).result()
        if session.mode in ("read_the_moment", "checkup") and answer.channel == "picture"
    ]
    answers.sort(key=lambda pair: (pair[1].answered_at, pair[1].id))
    with ThreadPoolExecutor(max_workers=1) as background:
        progress = Progress(history, vocabulary.names, background, lambda: NOW)
        yield Known(history=history, progress=progress, vocabulary=vocabulary, answers=tuple(answers))
    history.close()


@pytest.fixture
def progress_of(tmp_path: Path) -> Iterator[Callable[[Fill], tuple[Progress, Callable[[Fill], object]]]]:
    """Progress of a history that a function fills, and a way to change it afterwards."""
    vocabulary = load_vocabulary()
    history = open_history(tmp_path / "h.sqlite3", vocabulary)
    with ThreadPoolExecutor(max_workers=1) as background:

        def change(fill: Fill) -> object:
            return history.ask(lambda store: fill(store, vocabulary)).result()

        def make(fill: Fill) -> tuple[Progress, Callable[[Fill], object]]:
            change(fill)
            return Progress(history, vocabulary.names, background, lambda: NOW), change

        yield make
    history.close()
