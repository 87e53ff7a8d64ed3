from concurrent.futures import CancelledError
from hashlib import sha256
from pathlib import Path

import pytest

from attune.clips.drafts import Draft, Finding, files_below
from attune.clips.shelf import Shelf, copy_media


def ignore(_done: int, _total: int) -> None:
    pass


def stop(_done: int, _total: int) -> None:
    raise CancelledError


def drafts_of(folder: Path) -> tuple[Draft, ...]:
    return tuple(
        Draft(source=path, name=name, rows=({"emotion": "fear"},)) for name, path in files_below(folder)
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "library")


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    folder = tmp_path / "brought"
    (folder / "a").mkdir(parents=True)
    for name in ("one.mp4", "a/two.mp4", "a/CON.mp4", "a/ends with point. .mp4"):
        (folder / name).write_bytes(name.encode() * 1000)
    return folder


def make(shelf: Shelf, brought: Path, name: str = "My set") -> Path:
    with shelf.coming() as coming:
        copy_media(drafts_of(brought), coming, there={}, progress=ignore)
        (coming / "set.toml").write_text(f'name = "{name}"\n', "utf-8")
        return shelf.place(coming, name)


def test_a_set_appears_whole(shelf: Shelf, brought: Path) -> None:
    assert shelf.sets() == ()
    placed = make(shelf, brought)
    assert shelf.sets() == (placed,)
    assert placed.name == "my-set"
    assert len(list(files_below(placed))) == 4
    assert make(shelf, brought).name == "my-set-2"
    assert list((shelf.folder / "coming").iterdir()) == []


def test_a_set_that_was_not_finished_is_not_there(shelf: Shelf, brought: Path) -> None:
    with shelf.coming() as coming:
        copy_media(drafts_of(brought), coming, there={}, progress=ignore)
        with pytest.raises(FileNotFoundError):
            shelf.place(coming, "My set")
    assert shelf.sets() == ()
    assert list((shelf.folder / "coming").iterdir()) == []


def test_copies_are_named_so_that_every_computer_holds_them_and_know_their_hash(
    shelf: Shelf, brought: Path
) -> None:
    with shelf.coming() as coming:
        heard: list[tuple[int, int]] = []
        copied = copy_media(drafts_of(brought), coming, there={}, progress=lambda *said: heard.append(said))
        assert heard == sorted(heard)
        assert {total for _, total in heard} == {heard[-1][0]}
        assert heard[-1][0] == sum(path.stat().st_size for _, path in files_below(brought))
        for draft in copied.drafts:
            row = draft.rows[0]
            assert row["sha256"] == sha256((coming / row["file"]).read_bytes()).hexdigest()
        assert sorted(draft.name for draft in copied.drafts) == [
            "media/a/_CON.mp4",
            "media/a/ends with point. .mp4",
            "media/a/two.mp4",
            "media/one.mp4",
        ]


def test_names_that_are_one_on_some_computers_are_told_apart(shelf: Shelf, tmp_path: Path) -> None:
    made = []
    for place, name in enumerate(("x/Clip.mp4", "x/clip.mp4", "x/CLIP.MP4")):
        source = tmp_path / f"{place}.mp4"
        source.write_bytes(name.encode())
        made.append(Draft(source=source, name=name, rows=({},)))
    with shelf.coming() as coming:
        copied = copy_media(tuple(made), coming, there={}, progress=ignore)
        assert [draft.name for draft in copied.drafts] == [
            "media/x/Clip.mp4",
            "media/x/clip-2.mp4",
            "media/x/CLIP-3.MP4",
        ]


def test_the_same_content_is_taken_once_and_told_of(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "brought"
    folder.mkdir()
    for name in ("a.mp4", "b.mp4"):
        (folder / name).write_bytes(b"the same")
    (folder / "c.mp4").write_bytes(b"known")
    (folder / "d.mp4").write_bytes(b"")
    there = {sha256(b"known").hexdigest(): "Tuesday: c.mp4"}
    with shelf.coming() as coming:
        copied = copy_media(drafts_of(folder), coming, there=there, progress=ignore)
        assert [draft.name for draft in copied.drafts] == ["media/a.mp4"]
        assert [(found.name, found.finding, found.detail) for found in copied.found] == [
            ("b.mp4", Finding.SAME_AS, "a.mp4"),
            ("c.mp4", Finding.SAME_AS, "Tuesday: c.mp4"),
            ("d.mp4", Finding.EMPTY, ""),
        ]
        assert [name for name, _ in files_below(coming)] == ["media/a.mp4"]


def test_a_file_gone_meanwhile_is_told_of(shelf: Shelf, tmp_path: Path) -> None:
    draft = Draft(source=tmp_path / "none.mp4", name="none.mp4", rows=({},))
    with shelf.coming() as coming:
        copied = copy_media((draft,), coming, there={}, progress=ignore)
        assert [found.finding for found in copied.found] == [Finding.UNREADABLE]


def test_copying_that_is_stopped_leaves_nothing(shelf: Shelf, brought: Path) -> None:
    with pytest.raises(CancelledError), shelf.coming() as coming:
        copy_media(drafts_of(brought), coming, there={}, progress=stop)
    assert list(shelf.folder.rglob("*.mp4")) == []


def test_a_set_that_is_removed_is_gone(shelf: Shelf, brought: Path) -> None:
    first, second = make(shelf, brought, "One"), make(shelf, brought, "Two")
    shelf.remove(first)
    assert shelf.sets() == (second,)
    assert not first.exists()
    assert list((shelf.folder / "leaving").iterdir()) == []


def test_what_a_crash_left_is_tidied(shelf: Shelf, brought: Path) -> None:
    placed = make(shelf, brought)
    for place in ("coming", "leaving"):
        (shelf.folder / place / "left").mkdir(parents=True, exist_ok=True)
        (shelf.folder / place / "left" / "half.mp4").write_bytes(b"half")
    shelf.tidy()
    assert shelf.sets() == (placed,)
    assert not list(shelf.folder.rglob("half.mp4"))
