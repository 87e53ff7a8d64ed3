from pathlib import Path

import pytest

from attune.app.folders import find_folders


def test_all_below_the_named_home(tmp_path: Path) -> None:
    folders = find_folders({"ATTUNE_HOME": str(tmp_path)})
    assert {folder.parent for folder in (folders.data, folders.config, folders.cache)} == {tmp_path}
    assert len({folders.data, folders.config, folders.cache}) == 3
    assert folders.profiles.parent == folders.old_history.parent == folders.data
    assert folders.settings.parent == folders.config
    assert folders.tracks.parent == folders.cache


def test_the_environment_counts(home: Path) -> None:
    assert find_folders().data.parent == home


def test_usual_folders_of_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    folders = find_folders({"ATTUNE_HOME": ""})
    assert len({folders.data, folders.config, folders.cache}) == 3
    assert all("attune" in folder.parts for folder in (folders.data, folders.config, folders.cache))


def test_a_relative_home_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folders = find_folders({"ATTUNE_HOME": "here"})
    assert folders.data == tmp_path / "here" / "data"


def test_looking_makes_nothing(home: Path) -> None:
    find_folders()
    assert not home.exists()
