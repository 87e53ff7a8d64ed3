"""A home with three sets, two profiles and all that Attune makes of clips, to withdraw from."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from attune.app.folders import Folders
from attune.app.history import open_history
from attune.app.library import Library
from attune.app.profiles import Profiles
from attune.app.services import load_vocabulary
from attune.app.withdrawal import Withdrawals
from attune.storage.engine import NO_PASSPHRASE
from tests.app.filmed import agreed, film_hash, filmed_set
from tests.storage.examples import a_session, an_answer

HERS = [film_hash("Annabella", number) for number in range(3)]


def folders_of(home: Path) -> Folders:
    return Folders(data=home / "data", config=home / "config", cache=home / "cache")


def furnish(home: Path, *, passphrase: str = NO_PASSPHRASE) -> Folders:
    """Annabella is in set one with Benedict, alone in set two, not in three; both profiles practised on her.

    ``passphrase``: that of the profile "Other".
    """
    folders = folders_of(home)
    sets = folders.library / "sets"
    filmed_set(
        sets / "one", {"Annabella": 2, "Benedict": 1}, consent=(agreed("Annabella"), agreed("Benedict"))
    )
    filmed_set(sets / "two", {"Annabella": 1})
    (sets / "two" / "clips.csv").write_text(
        (sets / "two" / "clips.csv").read_text("utf-8").replace("Annabella,", "A.,"), "utf-8"
    )
    filmed_set(sets / "three", {"Benedict": 1})
    for folder, ending in ((folders.tracks, "-models.npz"), (folders.thumbnails, "-120.jpg")):
        folder.mkdir(parents=True)
        for digest in (*HERS, film_hash("Benedict", 0)):
            (folder / f"{digest}{ending}").write_bytes(b"made of a clip")
    profiles = Profiles(folders.profiles)
    for name, secret in (("Me", NO_PASSPHRASE), ("Other", passphrase)):
        practise(profiles.create(name).file, secret)
    return folders


def practise(file: Path, passphrase: str) -> None:
    history = open_history(file, load_vocabulary(), passphrase)
    session = history.ask(lambda store: store.begin_session(a_session())).result()
    for position, (person, digest) in enumerate(
        [("Annabella", HERS[0]), ("Annabella", HERS[1]), ("Benedict", film_hash("Benedict", 0))]
    ):
        answer = replace(an_answer(session, position, person=person), clip_hash=digest)
        history.add_answer(answer).result()
    history.back_up().result()
    history.close()


@contextmanager
def opened(home: Path, *, profile: str = "Me", passphrase: str = NO_PASSPHRASE) -> Iterator[Withdrawals]:
    """Withdrawals as a running Attune has them."""
    folders = folders_of(home)
    profiles = Profiles(folders.profiles)
    found = profiles.find(profile)
    vocabulary = load_vocabulary()
    history = open_history(found.file, vocabulary, passphrase)
    try:
        with ThreadPoolExecutor(1) as background:
            yield Withdrawals(
                folders=folders,
                library=Library(background, folders.library),
                profiles=profiles,
                profile=found,
                history=history,
                vocabulary=vocabulary,
                background=background,
            )
    finally:
        history.close()


def traces_of(home: Path, *words: str) -> list[str]:
    """Files in whose name or bytes one of the words stands; the lists of withdrawals themselves left out.

    The words are long, since any three letters stand somewhere in every sixteen megabytes of sealed bytes.
    """
    assert min(map(len, words)) >= 8
    found = []
    for path in home.rglob("*"):
        if path.is_file() and path.parent.name != "withdrawals":
            said = path.name.encode() + b"\n" + path.read_bytes()
            if any(word.encode() in said for word in words):
                found.append(path.relative_to(home).as_posix())
    return sorted(found)
