"""A locked set shows nothing without its passphrase, everything with it, and is never half locked."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from attune import sealing
from attune.app.library import ClipSet, Library, is_locked
from attune.app.packing import pack_set
from attune.app.protocols.course import read_course
from attune.clips.clip_set import load_clip_set
from attune.clips.trace import read_trace
from attune.errors import ClipSetError, LibraryError, SealError
from attune.resources import Words
from attune.sealing import SealedPath
from attune.sealing import opened as opened_file
from tests.app.filmed import film, film_hash
from tests.app.locking import CHEAP, SECRET, furnish, opened, set_folder
from tests.app.withdrawing import folders_of, traces_of
from tests.killing import in_words, killed_folders

WORDS = ("Annabella", "was filmed here", "fear,Annabella", film_hash("Annabella", 0), "own words")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "COST", CHEAP)


def ignore(_done: int, _total: int) -> None:
    pass


def alike(one: ClipSet, other: ClipSet) -> bool:
    """But for where its files lie."""
    here = [
        [replace(clip, file=Path(), truth=None, trace=None) for clip in each.clips] for each in (one, other)
    ]
    return here[0] == here[1] and replace(one, clips=(), folder=Path()) == replace(
        other, clips=(), folder=Path()
    )


def locked(home: Path) -> Path:
    with opened(home) as locking:
        return locking.lock(set_folder(home), SECRET, ignore).result()


def test_nothing_of_a_locked_set_can_be_read(tmp_path: Path) -> None:
    furnish(tmp_path)
    assert traces_of(tmp_path, *WORDS)
    folder = locked(tmp_path)
    assert traces_of(tmp_path, *WORDS) == []
    assert not set_folder(tmp_path).exists()
    with opened(tmp_path) as locking:
        (_, shelved) = locking.library.sets().result()
        assert (shelved.folder, shelved.name, shelved.locked, shelved.clips) == (folder, "evenings", True, 0)
        with pytest.raises(ClipSetError, match="locked") as caught:
            locking.library.read(folder)
        assert "{" not in Words().error(caught.value)


def test_with_its_passphrase_all_of_it_is_there(tmp_path: Path) -> None:
    before = load_clip_set(furnish(tmp_path))
    folder = locked(tmp_path)
    with opened(tmp_path) as locking:
        library: Library = locking.library
        with pytest.raises(SealError, match="wrong_passphrase"):
            locking.open(folder, "another").result()
        locking.open(folder, SECRET).result()
        after = library.load(folder).result()
        assert alike(before, after)
        assert is_locked(after)
        assert not is_locked(before)
        for clip in after.clips:
            clip.verify()
            assert isinstance(clip.file, SealedPath)
        with opened_file(after.clips[0].file) as file:
            assert file.read() == film("Annabella", 0)
        assert traces_of(tmp_path, *WORDS) == []
        library.close_lock(folder)
        with pytest.raises(ClipSetError, match="locked"):
            library.read(folder)


def test_a_set_just_locked_stays_open(tmp_path: Path) -> None:
    furnish(tmp_path)
    with opened(tmp_path) as locking:
        folder = locking.lock(set_folder(tmp_path), SECRET, ignore).result()
        assert len(locking.library.read(folder).clips) == 4


def test_it_is_not_packed_since_a_package_is_open_to_anybody(tmp_path: Path) -> None:
    furnish(tmp_path)
    target = tmp_path / "evenings.attune"
    with opened(tmp_path) as locking:
        folder = locking.lock(set_folder(tmp_path), SECRET, ignore).result()
        with pytest.raises(LibraryError, match=r"library\.locked"):
            pack_set(folder, target, library=locking.library, progress=lambda _: None, stopped=lambda: False)
    assert not target.exists()


def test_without_its_lock_it_is_as_it_was(tmp_path: Path) -> None:
    folder = furnish(tmp_path)
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with opened(tmp_path) as locking:
        made = locking.lock(folder, SECRET, ignore).result()
        with pytest.raises(SealError, match="wrong_passphrase"):
            locking.take_away(made, "another", ignore).result()
        plain = locking.take_away(made, SECRET, ignore).result()
        assert len(locking.library.read(plain).clips) == 4
    after = {path.relative_to(plain): path.read_bytes() for path in plain.rglob("*") if path.is_file()}
    assert after == before
    assert not made.exists()


def test_another_passphrase_opens_it_from_then_on(tmp_path: Path) -> None:
    furnish(tmp_path)
    folder = locked(tmp_path)
    with opened(tmp_path) as locking:
        locking.change(folder, SECRET, "a loud red bell").result()
        with pytest.raises(SealError, match="wrong_passphrase"):
            locking.open(folder, SECRET).result()
        locking.open(folder, "a loud red bell").result()
        assert len(locking.library.read(folder).clips) == 4


def test_what_lies_beside_a_clip_is_read_too(tmp_path: Path) -> None:
    folder = furnish(tmp_path)
    (folder / "felt.csv").write_text("time_s,valence\n0,0.5\n1,-0.5\n", "utf-8")
    drawn = {"time_ns": [0, 10**9, 2 * 10**9], "units": {"AU12": [0.0, 1.0, 0.5]}}
    (folder / "drawn.json").write_text(json.dumps(drawn), "utf-8")
    header, first, *others = (folder / "clips.csv").read_text("utf-8").splitlines()
    rows = [f"{header},trace,truth", f"{first},felt.csv,drawn.json", *others]
    (folder / "clips.csv").write_text("\n".join(rows) + "\n", "utf-8")
    with opened(tmp_path) as locking:
        made = locking.lock(folder, SECRET, ignore).result()
        clip = locking.library.read(made).clips[0]
        assert clip.trace is not None
        assert read_trace(clip.trace).axes == {"valence": (0.5, -0.5)}
        assert clip.truth is not None
        course = read_course(clip.truth)
        assert course is not None
        assert course.intensity == (0.0, 1.0, 0.5)


def test_what_was_made_of_it_while_it_was_being_locked_goes_when_it_is_opened(tmp_path: Path) -> None:
    furnish(tmp_path)
    folder = locked(tmp_path)
    late = folders_of(tmp_path).tracks / f"{film_hash('Annabella', 0)}-models.npz"
    late.write_bytes(b"measured meanwhile")
    with opened(tmp_path) as locking:
        locking.open(folder, SECRET).result()
    assert not late.exists()


def test_stopped_on_the_way_nothing_has_changed(tmp_path: Path) -> None:
    folder = furnish(tmp_path)

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise RuntimeError

    with opened(tmp_path) as locking:
        with pytest.raises(RuntimeError):
            locking.lock(folder, SECRET, stop).result()
        assert locking.library.shelf.sets() == (folder,)
    assert len(load_clip_set(folder).clips) == 4
    assert not list((folder.parents[1] / "coming").iterdir())


@pytest.mark.parametrize("name", ["index.sealed", "sealed/000001.sealed"])
def test_a_damaged_one_is_told(tmp_path: Path, name: str) -> None:
    furnish(tmp_path)
    folder = locked(tmp_path)
    data = bytearray((folder / name).read_bytes())
    data[-40] ^= 1
    (folder / name).write_bytes(data)
    with opened(tmp_path) as locking:
        with pytest.raises(ClipSetError, match="lock_broken") as caught:
            locking.open(folder, SECRET).result()
        assert "{" not in Words().error(caught.value)


def kill_and_look(tmp_path: Path, times: int, seed: int) -> Counter[str]:
    """Kill the locking at random; after the next start there is one set, locked or not, and it is whole."""
    counts = Counter[str]()
    for home, said in killed_folders("tests.app.locker", tmp_path, furnish, times=times, seed=seed):
        counts["ended before the kill"] += 1 in said
        counts[look_after_kill(home)] += 1
    return counts


def look_after_kill(home: Path) -> str:
    with opened(home) as locking:
        library = locking.library
        library.shelf.tidy()
        locking.finish()
        (folder,) = library.shelf.sets()
        state = "not locked"
        if folder != set_folder(home):
            locking.open(folder, SECRET).result()
            assert traces_of(home, *WORDS) == []
            state = "locked"
        clip_set = library.read(folder)
    assert len(clip_set.clips) == 4
    for clip in clip_set.clips:
        clip.verify()
    return state


def test_a_few_kills_leave_it_locked_or_not(tmp_path: Path) -> None:
    kill_and_look(tmp_path, 4, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_hundred_kills_leave_it_locked_or_not(tmp_path: Path, tell: Callable[[str], None]) -> None:
    counts = kill_and_look(tmp_path, 200, seed=2)
    tell(f"{'kill -9, locking a set':<32} {in_words(counts)}")
    assert min(counts["locked"], counts["not locked"]) > 10
