from pathlib import Path

from attune.media.folder import media_in


def test_videos_and_pictures_by_name_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.JPG", "notes.txt", ".hidden.mp4", "deep/c.webm", ".trash/d.mp4", "no_suffix"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / "folder.mp4").mkdir()
    assert [str(path.relative_to(tmp_path)) for path in media_in(tmp_path)] == [
        "a.JPG",
        "b.mp4",
        str(Path("deep", "c.webm")),
    ]


def test_a_hidden_folder_that_was_asked_for_is_looked_into(tmp_path: Path) -> None:
    folder = tmp_path / ".clips"
    folder.mkdir()
    (folder / "a.mp4").touch()
    assert media_in(folder) == [folder / "a.mp4"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert media_in(tmp_path) == []
