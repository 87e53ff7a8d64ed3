"""The parts of a running Attune, put together once and handed to the window or the commands."""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.app.cast import Cast
from attune.app.cores import measuring_processes
from attune.app.feedback import Speaker
from attune.app.folders import Folders, find_folders
from attune.app.history import History, open_history
from attune.app.library import Library
from attune.app.locking import Locking
from attune.app.measuring import Measurer
from attune.app.outgoing import take_back
from attune.app.partner.couple import Couple
from attune.app.practice import Practice
from attune.app.profiles import NO_PASSPHRASE, Profile, Profiles
from attune.app.programmes import Programmes
from attune.app.progress.book import Progress
from attune.app.recording import Keeping
from attune.app.settings import SettingsStore
from attune.app.thumbnails import Thumbnails
from attune.app.withdrawal import Withdrawals
from attune.errors import AttuneError, StorageError
from attune.files import remove_unfinished
from attune.perception.model_file import find_model
from attune.resources import Words, asset

_log = logging.getLogger(__name__)
A_DAY_S = 86_400.0
MODEL_VARIABLE = "ATTUNE_FACE_MODEL"


@dataclass(frozen=True)
class Services:
    """Everything the window and the commands work with. Call :meth:`close` once at the end."""

    words: Words
    vocabulary: Vocabulary
    folders: Folders
    settings: SettingsStore
    profiles: Profiles
    profile: Profile
    history: History
    couple: Couple
    progress: Progress
    library: Library
    withdrawals: Withdrawals
    locking: Locking
    keeping: Keeping
    camera: str
    find_model: Callable[[], Path]  # the face model's file; raises ModelError
    programmes: Programmes
    thumbnails: Thumbnails
    measurer: Measurer
    practice: Practice
    cast: Cast
    background: ThreadPoolExecutor

    def close(self) -> None:
        """Finish what is queued for the disk and end every thread and process."""
        self.measurer.close()
        self.thumbnails.close()
        self.background.shutdown(cancel_futures=True)
        self.history.close()
        self.settings.close()


def load_vocabulary(name: str = "core") -> Vocabulary:
    """One of the vocabularies Attune carries."""
    return Vocabulary.from_mapping(
        tomllib.loads(asset("vocabulary", f"{name}.toml").read_text(encoding="utf-8"))
    )


def model_file(
    folders: Folders, settings: SettingsStore, model: Path | None, environment: Mapping[str, str]
) -> Path:
    """The face model's file. Raises ModelError.

    ``model`` where given, else what ``ATTUNE_FACE_MODEL`` or the settings name, else what Attune finds.
    """
    named = model or environment.get(MODEL_VARIABLE) or settings.current.face_model
    return find_model(Path(named) if named else None, folders.data)


def make_measurer(
    folders: Folders,
    settings: SettingsStore,
    model: Path | None,
    environment: Mapping[str, str],
    *,
    processes: int,
) -> Measurer:
    """A measurer with the model of :func:`model_file`, looked for when the first clip is to be measured."""
    return Measurer(
        lambda: model_file(folders, settings, model, environment), folders.tracks, processes=processes
    )


def find_profiles(folders: Folders) -> Profiles:
    """Everybody's profiles, a history of before there were any among them. Raises StorageError."""
    profiles = Profiles(folders.profiles)
    with suppress(StorageError):  # another Attune may be at it, and nobody is kept from practising by it
        profiles.finish_deleting()
    profiles.adopt(folders.old_history)
    return profiles


def _not_tidied(tidied: Future[None]) -> None:
    """What was to go is still there: nobody is kept from anything by it, and the next start tries again."""
    if not tidied.cancelled() and (error := tidied.exception()) is not None:
        _log.warning("films of a couple could not be seen to: %s", error)


def make_services(
    model: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    *,
    passphrase: str = NO_PASSPHRASE,
    camera: str = "",
) -> Services:
    """Put the parts together: reads a few small files and opens the history; call it off the UI thread.

    The profile is the one the settings name, opened with ``passphrase`` where it has one. ``camera``: a film
    that stands for one, ``file:PATH``, the address of one in the network, or a name to begin with.
    Raises StorageError when the history cannot be opened.
    """
    folders = find_folders(environment)
    settings = SettingsStore(folders.settings)
    words = Words()
    vocabulary = load_vocabulary()
    profiles = find_profiles(folders)
    profile = profiles.usual(settings.current.profile)
    history = open_history(profile.file, vocabulary, passphrase)
    if not history.read_only:
        history.back_up()
    # A core stays free for what plays and draws meanwhile.
    processes = measuring_processes(left_free=1)
    measurer = make_measurer(folders, settings, model, environment, processes=processes)
    background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
    library = Library(background, folders.library)
    couple = Couple(history, background)
    couple.tidy().add_done_callback(_not_tidied)
    take_back(folders.library, profile.folder)
    withdrawals = Withdrawals(
        folders=folders,
        library=library,
        profiles=profiles,
        profile=profile,
        history=history,
        vocabulary=vocabulary,
        background=background,
    )
    locking = Locking(folders=folders, library=library, background=background)
    with suppress(OSError):  # a cache: what cannot be swept takes room, and nothing else
        remove_unfinished(folders.tracks, older_s=A_DAY_S)
    with suppress(AttuneError):  # the Library says what is left to do, and offers to go on
        library.tidy()
        locking.finish()
        withdrawals.finish()
    return Services(
        words=words,
        vocabulary=vocabulary,
        folders=folders,
        settings=settings,
        profiles=profiles,
        profile=profile,
        history=history,
        couple=couple,
        progress=Progress(history, vocabulary.names, background),
        library=library,
        withdrawals=withdrawals,
        locking=locking,
        keeping=Keeping(library=library, background=background),
        camera=camera,
        find_model=lambda: model_file(folders, settings, model, environment),
        programmes=Programmes(profile.programmes, library=library, history=history, background=background),
        thumbnails=Thumbnails(folders.thumbnails),
        measurer=measurer,
        practice=Practice(vocabulary=vocabulary, speaker=Speaker(words), history=history, measurer=measurer),
        cast=Cast(background),
        background=background,
    )
