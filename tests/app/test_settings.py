import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.settings import NAMES, Appearance, Settings, SettingsStore, glance
from attune.errors import SettingsError
from attune.resources import Words

Open = Callable[[], SettingsStore]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def opened(path: Path) -> Iterator[Open]:
    stores = []

    def open_store() -> SettingsStore:
        stores.append(SettingsStore(path))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


def test_a_first_start_is_nothing_to_tell(opened: Open, path: Path) -> None:
    store = opened()
    assert store.current == Settings()
    assert store.notice is None
    assert not path.parent.exists()


def test_what_is_changed_counts_now_and_after_a_restart(opened: Open, path: Path) -> None:
    store = opened()
    done = store.change(appearance="dark", text_scale=1.4, face_model=Path("/models/face.task"))
    assert store.current.appearance is Appearance.DARK
    done.result()
    store.change(trials=12).result()
    again = opened()
    assert again.current == store.current
    assert (again.current.text_scale, again.current.trials) == (1.4, 12)
    assert again.current.face_model == Path("/models/face.task")
    assert again.notice is None
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_closing_finishes_writing(opened: Open) -> None:
    store = opened()
    futures = [store.change(trials=trials) for trials in range(5, 31)]
    store.close()
    assert all(future.done() for future in futures)
    assert opened().current.trials == 30


@pytest.mark.parametrize(
    "change", [{"trials": 4}, {"trials": 31}, {"text_scale": 2.0}, {"appearance": "pink"}]
)
def test_what_cannot_be_changes_nothing(opened: Open, path: Path, change: dict[str, Any]) -> None:
    store = opened()
    with pytest.raises(ValueError, match=next(iter(change))):
        store.change(**change)
    with pytest.raises(ValueError, match="no such setting: colour"):
        store.change(colour="pink")
    assert store.current == Settings()
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"{", b"[]", b"null", b"[" * 100_000, b'{"trials": 1e999}', b"\x00" * 50],
)
def test_a_file_that_makes_no_sense_is_kept_aside(opened: Open, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store = opened()
    assert store.current == Settings()
    assert store.notice is not None
    assert "settings.json.bad" in Words()(store.notice)
    assert path.with_name("settings.json.bad").read_bytes() == content
    assert not path.exists()
    store.change(motion=False).result()
    assert opened().notice is None


def test_what_is_right_beside_what_is_not_counts(opened: Open, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"text_scale": 1.6, "trials": 99, "appearance": 3, "face_model": {}}))
    store = opened()
    assert store.current == Settings(text_scale=1.6)
    assert store.notice == "errors.settings.kept_aside"


def test_a_setting_of_a_newer_attune_is_no_trouble(opened: Open, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"trials": 20, "aura": "blue"}))
    assert opened().current == Settings(trials=20)
    assert opened().notice is None


def test_a_file_that_cannot_be_read_is_left(opened: Open, path: Path) -> None:
    path.mkdir(parents=True)
    store = opened()
    assert store.current == Settings()
    assert store.notice is not None
    assert Words()(store.notice)
    assert path.is_dir()


def test_what_cannot_be_written_counts_until_the_end(opened: Open, path: Path) -> None:
    path.parent.touch()  # a file where the folder should be
    store = opened()
    with pytest.raises(SettingsError) as caught:
        store.change(motion=False).result()
    assert str(path) in Words().error(caught.value)
    assert not store.current.motion
    path.parent.unlink()
    store.change(trials=7).result()
    assert opened().current == Settings(motion=False, trials=7)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(NAMES)), inner),
        max_leaves=10,
    )
)
def test_no_file_stops_the_start(tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(content))
    store = SettingsStore(path)
    store.close()
    assert (store.notice is None) == path.exists()


def test_a_glance_reads_what_it_can_and_touches_nothing(path: Path) -> None:
    assert glance(path) == Settings()
    path.parent.mkdir()
    path.write_text('{"appearance": "dark", "trials": "many"}')
    assert glance(path) == Settings(appearance=Appearance.DARK)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
