"""The library from a terminal."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attune import sealing
from attune.app.folders import find_folders
from attune.app.library import Library
from attune.app.locking import Locking
from attune.resources import asset
from tests.app.locking import CHEAP, SECRET
from tests.cli.terminal import Terminal
from tests.films import carried


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> Terminal:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert find_folders().library.is_relative_to(home)
    return Terminal("clips", capsys)


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    folder = tmp_path / "brought"
    folder.mkdir()
    for name in ("Ben-joy.mp4", "Ben-fear.mp4", "Ana-fear.mp4", "holiday.mp4"):
        (folder / name).write_bytes(name.encode())
    return folder


PATTERN = ("--pattern", r"(?P<person>\w+)-(?P<emotion>\w+)\.mp4")


@pytest.fixture
def mine(terminal: Terminal, brought: Path) -> Path:
    """A set of three clips in the library."""
    terminal("import", brought, *PATTERN, "--name", "Mine", "--licence", "CC0", "--yes")
    return find_folders().library / "sets" / "mine"


def test_the_library_begins_with_the_set_attune_carries(terminal: Terminal) -> None:
    assert terminal("list").startswith("starter: ")
    (row,) = terminal.rows("list")
    people = {clip.person for clip in carried().clips}
    assert (row["id"], row["people"], row["problem"]) == ("starter", len(people), "")


def test_an_import_is_told_of_before_anything_is_copied(terminal: Terminal, brought: Path) -> None:
    said = terminal("import", brought, *PATTERN)
    for part in (
        "3 clips",
        "“joy” is not in the vocabulary",
        "Nearest: happiness",
        "holiday.mp4",
        "--licence",
    ):
        assert part in said
    assert not find_folders().library.exists()
    (row,) = terminal.rows("import", brought, *PATTERN)
    assert (row["clips"], row["emotions"], row["brought"]) == (3, {"joy": 1, "fear": 2}, None)
    assert row["unknown_labels"] == [{"text": "joy", "clips": 1, "offers": ["happiness"]}]
    assert row["found"] == [{"name": "holiday.mp4", "finding": "not_named", "detail": "", "row": None}]
    assert row["missing"] == {"licence": [], "consent": ["Ana", "Ben"]}


def test_what_was_agreed_to_is_in_the_library(terminal: Terminal, mine: Path) -> None:
    assert mine.is_dir()
    assert [row["id"] for row in terminal.rows("list")] == ["starter", "mine"]
    rows = terminal.rows("show", "mine")
    assert [(row["file"], row["person"], list(row["references"][0]["labels"])) for row in rows] == [
        ("media/Ana-fear.mp4", "Ana", ["fear"]),
        ("media/Ben-fear.mp4", "Ben", ["fear"]),
        ("media/Ben-joy.mp4", "Ben", ["happiness"]),
    ]
    assert "licence: CC0" in terminal("show", mine)
    table = list(csv.DictReader(io.StringIO(terminal("show", "mine", "--format", "csv"))))
    assert table[0]["references"] == "100% Fear (intended)"


@pytest.mark.parametrize(
    ("options", "labels"), [((), 3), (("--label", "joy="), 2), (("--label", "JOY=surprise"), 3)]
)
def test_a_word_means_what_is_said_of_it(
    terminal: Terminal, brought: Path, options: tuple[str, ...], labels: int
) -> None:
    terminal("import", brought, *PATTERN, "--name", "Mine", "--yes", *options)
    assert sum(bool(row["references"]) for row in terminal.rows("show", "mine")) == labels


def test_codes_and_columns_are_said_as_options(terminal: Terminal, brought: Path) -> None:
    (brought / "mine.csv").write_text("Film;Gefühl\nBen-joy;wut\nAna-fear;angst\n", "utf-8")
    table = ("--table", brought / "mine.csv", "--column", "Film=file", "--column", "Gefühl=emotion")
    (row,) = terminal.rows(
        "import", brought, *table, "--label", "wut=anger", "--label", "angst=fear", "--yes"
    )
    assert row["brought"]["clips"] == 2
    pattern = ("--pattern", r"(?P<emotion>\w+)-fear\.mp4", "--code", "emotion:Ana=anger")
    (row,) = terminal.rows("import", brought, *pattern)
    assert row["emotions"] == {"": 1}  # Ana's is in the library by now, and Ben stands for nothing


@pytest.mark.parametrize(
    "wrong",
    [
        ("--label", "joy=gladness"),
        ("--label", "joy"),
        ("--column", "=file"),
        ("--as", "dream"),
        ("--format", "x"),
    ],
)
def test_options_that_cannot_be_are_said_with_exit_code_2(
    terminal: Terminal, brought: Path, wrong: tuple[str, str]
) -> None:
    assert terminal("import", brought, *PATTERN, "--yes", *wrong, code=2)
    assert not find_folders().library.exists()


def test_validate_tells_everything_with_its_place_and_what_to_do(terminal: Terminal, mine: Path) -> None:
    assert "nothing to see to" in terminal("validate", "mine")
    table = (mine / "clips.csv").read_text("utf-8").replace(",fear,", ",dread,", 1)
    (mine / "clips.csv").write_text(table + "media/none.mp4\n", "utf-8")
    (mine / "set.toml").write_text('name = "Mine"\ncolour = "red"\n', "utf-8")
    (mine / "media" / "Ben-joy.mp4").write_bytes(b"changed")
    said = terminal("validate", "mine", code=1).splitlines()
    assert len(said) == 4
    rows = terminal.rows("validate", "mine", code=1)
    assert [(row["file"], row["row"], row["column"], row["problem"]) for row in rows] == [
        ("set.toml", None, "colour", "clipset.setting_unknown"),
        ("clips.csv", 5, "file", "clipset.media_missing"),
        ("clips.csv", 2, "emotion", "clipset.emotion_unknown"),
        ("media/Ben-joy.mp4", None, "", "clipset.altered"),
    ]
    assert [row["message"] for row in rows] == said


def test_a_damaged_package_is_told_of(terminal: Terminal, mine: Path, tmp_path: Path) -> None:
    package = tmp_path / "mine.attune"
    terminal("pack", "mine", package)
    (row,) = terminal.rows("pack", "mine", package)
    assert (row["id"], row["bytes"]) == ("mine", package.stat().st_size)
    assert "nothing to see to" in terminal("validate", package)
    data = bytearray(package.read_bytes())
    data[data.index(b"Ben-fear.mp4", data.index(b"Ben-fear.mp4") + 12)] ^= 0xFF
    package.write_bytes(data)
    assert "package" in terminal.rows("validate", package, code=1)[0]["problem"]
    assert terminal("import", package, "--yes", code=1)


def test_edits_are_made_all_at_once_or_not_at_all(terminal: Terminal, mine: Path) -> None:
    clips = ("media/Ben-fear.mp4", "media/Ana-fear.mp4")
    terminal("edit", "mine", *clips, "--set", "emotion=anger", "--set", "intensity=0,5", "--by", "expert:Ada")
    for row in terminal.rows("show", "mine")[:2]:
        assert row["references"][1] == {
            "source": "expert",
            "labels": {"anger": 1.0},
            "intensity": 0.5,
            "by": "Ada",
        }
    before = (mine / "clips.csv").read_bytes()
    assert terminal("edit", "mine", *clips, "--set", "emotion=fear", "--set", "onset_s=soon", code=1)
    assert terminal("edit", "mine", clips[0], "media/none.mp4", "--set", "emotion=fear", code=1)
    assert terminal("edit", "mine", clips[0], code=2)
    assert terminal("edit", "mine", clips[0], "--take-out", code=2)  # nobody is there to ask
    assert (mine / "clips.csv").read_bytes() == before
    terminal("edit", "mine", clips[0], "--take-out", "--yes")
    assert len(terminal.rows("show", "mine")) == 2


def test_a_set_is_removed_when_somebody_is_sure(terminal: Terminal, mine: Path) -> None:
    assert "--yes" in terminal("remove", "mine", code=2)
    assert mine.is_dir()
    (mine / "set.toml").unlink()
    assert terminal.rows("remove", "mine", "--yes") == [{"id": "mine"}]
    assert not mine.exists()
    assert terminal("remove", "mine", "--yes", code=1)
    assert terminal("remove", "starter", "--yes", code=2)
    assert asset("clips", "starter").is_dir()


def test_what_cannot_be_brought_has_exit_code_1(terminal: Terminal, mine: Path, tmp_path: Path) -> None:
    assert "folder" in terminal("import", tmp_path / "none", code=1)
    (mine / "clips.csv").write_text("file,emotion\nmedia/none.mp4,fear\n", "utf-8")
    said = terminal("import", mine, "--yes", code=1)
    assert "media/none.mp4" in said
    assert "Nothing was copied" in said


@pytest.fixture
def locked(mine: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same three clips under a passphrase."""
    monkeypatch.setattr(sealing, "COST", CHEAP)
    with ThreadPoolExecutor(1) as background:
        library = Library(background, find_folders().library)
        locking = Locking(folders=find_folders(), library=library, background=background)
        return locking.lock(mine, SECRET, lambda _done, _all: None).result()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody at the terminal is asked for, who knows the passphrase."""
    someone, asked = io.StringIO(), list[str]()
    monkeypatch.setattr(someone, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", someone)
    monkeypatch.setattr("attune.cli.terminal.getpass", lambda question: asked.append(question) or SECRET)
    return asked


def test_a_locked_set_is_looked_at_with_its_passphrase(
    terminal: Terminal, locked: Path, asked: list[str]
) -> None:
    assert [row["person"] for row in terminal.rows("show", locked.name)] == ["Ana", "Ben", "Ben"]
    assert "licence: CC0" in terminal("show", locked)
    assert "nothing to see to" in terminal("validate", locked.name)
    assert len(asked) == 3
    assert "Mine" in asked[0]
    assert terminal.rows("list")[1]["locked"]  # nobody is asked for the passphrase of every set
    assert len(asked) == 3


def test_who_gives_no_passphrase_is_let_go(
    terminal: Terminal, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(_question: str) -> str:
        raise EOFError  # Ctrl+D

    someone = io.StringIO()
    monkeypatch.setattr(someone, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", someone)
    monkeypatch.setattr("attune.cli.terminal.getpass", leave)
    assert terminal("show", locked.name, code=130).strip() == ""


def test_a_program_says_the_passphrase_in_its_environment(
    terminal: Terminal, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ATTUNE_PASSPHRASE" in terminal("show", locked.name, code=1)
    monkeypatch.setenv("ATTUNE_PASSPHRASE", "another")
    for command in ("show", "validate"):
        assert "not the passphrase" in terminal(command, locked.name, code=1)
    monkeypatch.setenv("ATTUNE_PASSPHRASE", SECRET)
    assert len(terminal.rows("show", locked.name)) == 3


def test_validate_tells_what_is_amiss_in_a_locked_set(
    terminal: Terminal, locked: Path, asked: list[str]
) -> None:
    sealed = sorted((locked / "sealed").iterdir(), key=lambda path: path.stat().st_size)
    damaged = bytearray(sealed[0].read_bytes())  # the one piece of a film: the tables are longer
    damaged[-25] ^= 0xFF
    sealed[0].write_bytes(damaged)
    (row,) = terminal.rows("validate", locked.name, code=1)
    assert row["file"].startswith("media/")
    assert row["problem"] == "seal.wrong_key"
    sealed[0].unlink()
    (row,) = terminal.rows("validate", locked.name, code=1)
    assert row["file"].startswith("media/")
    assert row["problem"] == "clipset.clip_unreadable"
    assert len(asked) == 2


def test_a_locked_set_is_neither_packed_nor_changed(
    terminal: Terminal, locked: Path, asked: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "mine.attune"
    assert "a package holds its clips in the open" in terminal("pack", locked.name, target, code=1)
    assert not target.exists()
    assert terminal("edit", locked.name, "media/Ben-joy.mp4", "--set", "emotion=fear", code=1)
    assert asked == []
