import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attune.errors import ModelError
from attune.perception import model_file
from attune.perception.model_file import MODEL_NAME, download_model, find_model


def test_the_installed_carrier_has_the_model(tmp_path: Path) -> None:
    assert find_model(None, tmp_path).name == MODEL_NAME


def test_a_named_file_comes_first_then_the_data_folder(tmp_path: Path) -> None:
    kept, named = tmp_path / "models" / MODEL_NAME, tmp_path / "mine.task"
    content = find_model(None, tmp_path).read_bytes()
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert find_model(None, tmp_path) == kept
    named.write_bytes(content)
    assert find_model(named, tmp_path) == named


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda path: path.write_bytes(b"something else"), "model.not_the_model"),
        (lambda path: path.mkdir(), "model.unreadable"),
        (lambda _: None, "model.unreadable"),
    ],
)
def test_a_named_file_that_will_not_do_is_told(
    make: Callable[[Path], object], key: str, tmp_path: Path
) -> None:
    named = tmp_path / "mine.task"
    make(named)
    with pytest.raises(ModelError) as told:
        find_model(named, tmp_path)
    assert told.value.key == key
    assert told.value.fields["path"] == named


def test_no_model_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_file, "CARRIER", "a-distribution-that-is-not-installed")
    with pytest.raises(ModelError) as told:
        find_model(None, tmp_path)
    assert told.value.key == "model.missing"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A folder, and the address under which this computer serves it to itself."""
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_download_arrives_whole_and_says_how_far_it_is(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = served
    content = find_model(None, tmp_path).read_bytes()
    (folder / MODEL_NAME).write_bytes(content)
    heard: list[tuple[int, int | None]] = []
    home = tmp_path / "home"
    path = download_model(home, lambda done, total: heard.append((done, total)), address=address + MODEL_NAME)
    assert path == find_model(None, home) == home / "models" / MODEL_NAME
    assert heard[-1] == (len(content), len(content))
    assert heard == sorted(heard)
    assert list(path.parent.iterdir()) == [path]


def test_another_file_is_not_kept(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = served
    (folder / MODEL_NAME).write_bytes(b"not a model")
    with pytest.raises(ModelError) as told:
        download_model(tmp_path / "home", lambda *_: None, address=address + MODEL_NAME)
    assert told.value.key == "model.download_other"
    assert not list((tmp_path / "home" / "models").iterdir())


def test_a_failed_download_keeps_what_was_there(served: tuple[Path, str], tmp_path: Path) -> None:
    _, address = served
    kept = tmp_path / "models" / MODEL_NAME
    kept.parent.mkdir()
    kept.write_bytes(b"as it was")
    with pytest.raises(ModelError) as told:
        download_model(tmp_path, lambda *_: None, address=address + "absent")
    assert told.value.key == "model.download_failed"
    assert kept.read_bytes() == b"as it was"
    assert list(kept.parent.iterdir()) == [kept]
