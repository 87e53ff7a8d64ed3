"""The history from a terminal."""

import csv
import io
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from attune.app.folders import find_folders
from attune.app.history import open_history
from attune.app.profiles import Profile, Profiles
from tests.cli.terminal import Terminal
from tests.storage.examples import VOCABULARY, a_session, an_answer


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return Terminal("history", capsys)


@pytest.fixture
def profiles() -> Profiles:
    return Profiles(find_folders().profiles)


@pytest.fixture
def profile(profiles: Profiles) -> Profile:
    """Client 7 has two sessions: 30 answers, then one."""
    made = profiles.create("Client 7")
    with closing(open_history(made.file, VOCABULARY)) as history:
        for started_at, answers in (("2026-03-01T10:00:00+00:00", 30), ("2026-03-02T10:00:00+00:00", 1)):
            record = a_session(started_at)
            session = history.ask(lambda store, record=record: store.begin_session(record)).result()
            for position in range(answers):
                label = "surprise" if position % 3 == 2 else "fear"
                history.add_answer(an_answer(session, position, chosen=label)).result()
    return made


def test_looking(terminal: Terminal, profile: Profile) -> None:
    assert [(row["session"], row["answered"], row["agreed"]) for row in terminal.rows("list")] == [
        (2, 1, 1),
        (1, 30, 20),
    ]
    assert "First light" in terminal("list")
    answers = terminal.rows("show", 1)
    assert [answer["chosen"] for answer in answers[:3]] == ["fear", "fear", "surprise"]
    assert answers[2]["same"] is False
    assert len(terminal("show", 1).splitlines()) == 30
    table = list(csv.DictReader(io.StringIO(terminal("show", 1, "--format", "csv"))))
    assert [row["clip"] for row in table] == ["media/Ana_fear.webm"] * 30


def test_stats_are_those_of_the_pages(terminal: Terminal, profile: Profile) -> None:
    (row,) = terminal.rows("stats")
    assert (row["emotion"], row["shown"], row["said"], row["against"]) == ("fear", 31, 21, "intended")
    assert row["unbiased_hit_rate"] == pytest.approx(21 * 21 / (31 * 21))
    assert row["low"] < row["unbiased_hit_rate"] < row["high"]
    assert "fear" in terminal("stats")


def test_an_empty_history_has_nothing_to_show(terminal: Terminal) -> None:
    for command in (("list",), ("stats",)):
        assert "Nothing" in terminal(*command)
        assert terminal(*command, "--format", "csv") == ""
    assert "attune history list" in terminal("show", 5, code=1)


def test_taking_along_and_in(
    terminal: Terminal, profile: Profile, profiles: Profiles, tmp_path: Path
) -> None:
    profiles.create("Zoe")
    for form in ("json", "csv"):
        target = tmp_path / f"along.{form}"
        terminal("export", target, "--format", form, "--profile", "client 7")
        assert "is there already" in terminal("export", target, code=1)
        terminal("import", target, "--profile", "Zoe")
        assert len(terminal.rows("list", "--profile", "Zoe")) == 2
    assert "there already, left as they are: 2" in terminal("import", target, "--profile", "Zoe")
    target.joinpath("sessions.csv").write_text("id\n")
    assert "sessions" in terminal("import", target, code=1)


def test_backup_and_restore(terminal: Terminal, profile: Profile, tmp_path: Path) -> None:
    assert "no backup" in terminal("restore", "--yes", code=1)
    assert str(profile.folder) in terminal("backup")
    terminal("backup", tmp_path / "mine.sqlite3")
    terminal("delete", "--session", 1, "--yes")
    assert len(terminal.rows("list")) == 1
    assert "--yes" in terminal("restore", tmp_path / "mine.sqlite3", code=2)
    terminal("restore", tmp_path / "mine.sqlite3", "--yes")
    assert len(terminal.rows("list")) == 2
    terminal("restore", "--yes")  # the latest, made after the session was deleted
    assert len(terminal.rows("list")) == 1


def test_deleting(terminal: Terminal, profile: Profile, profiles: Profiles) -> None:
    day = datetime.fromisoformat("2026-03-02T10:00:00+00:00").astimezone().date()
    assert "--yes" in terminal("delete", "--day", day, code=2)
    terminal("delete", "--day", day, "--yes")
    assert [row["session"] for row in terminal.rows("list")] == [1]
    assert "no session 9" in terminal("delete", "--session", 9, "--yes", code=1)
    for nonsense in ([], ["--session", 1, "--everything"], ["--whole-profile", "--yes"], ["--day", "today"]):
        terminal("delete", *nonsense, code=2)
    other = profiles.create("other")
    terminal("delete", "--whole-profile", "--profile", "Client 7", "--yes")
    assert profiles.all() == (other,)
    terminal("delete", "--everything", "--yes")
    assert not find_folders().data.exists() or not list(find_folders().data.iterdir())


def test_a_passphrase_is_asked_for(
    terminal: Terminal, profile: Profile, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles.change_passphrase(profile, "", "secret")
    assert "passphrase" in terminal("list", code=1)
    monkeypatch.setenv("ATTUNE_PASSPHRASE", "not it")
    assert "passphrase does not open" in terminal("list", code=1)
    monkeypatch.setenv("ATTUNE_PASSPHRASE", "secret")
    assert len(terminal.rows("list")) == 2
    monkeypatch.delenv("ATTUNE_PASSPHRASE")
    someone = io.StringIO()
    monkeypatch.setattr(someone, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", someone)
    asked: list[str] = []
    monkeypatch.setattr("attune.cli.terminal.getpass", lambda question: asked.append(question) or "secret")
    assert len(terminal.rows("list")) == 2
    assert "Client 7" in asked[0]


def test_a_profile_that_is_not_there(terminal: Terminal, profile: Profile) -> None:
    assert "Client 7" in terminal("list", "--profile", "Client 8", code=1)


def test_what_another_window_has_open_can_be_looked_at_only(terminal: Terminal, profile: Profile) -> None:
    with closing(open_history(profile.file, VOCABULARY)) as history:
        history.back_up().result()
        assert len(terminal.rows("list")) == 2
        assert "another window" in terminal("delete", "--session", 1, "--yes", code=1).lower()
        assert (
            "another window"
            in terminal("delete", "--whole-profile", "--profile", "Client 7", "--yes", code=1).lower()
        )
    assert len(terminal.rows("list")) == 2
    assert len(list((profile.folder / "backups").iterdir())) == 1


def test_the_report_says_what_was_practised_and_what_that_does_not_mean(
    terminal: Terminal, profile: Profile
) -> None:
    (found,) = terminal.rows("report", "--profile", profile.name)
    listed = terminal.rows("list", "--profile", profile.name)
    assert found["sessions"] == len(listed)
    assert found["answers"] == sum(row["answered"] for row in listed)
    stats = terminal.rows("stats", "--profile", profile.name)
    by_emotion = {row["emotion"]: row for row in stats if row["channel"] == found["channel"]}
    for skill in found["skills"]:
        same = by_emotion[skill["emotion"]]
        assert (skill["unbiased_hit_rate"], skill["shown"]) == (same["unbiased_hit_rate"], same["shown"])
    text = terminal("report", "--profile", profile.name)
    assert f"{found['sessions']} sessions on {found['days']} days, {found['answers']} answers" in text
    assert "no diagnosis" in text


def test_the_report_of_nothing_says_so(terminal: Terminal, profiles: Profiles) -> None:
    profiles.create("New")
    assert terminal("report", "--profile", "New") == "Nothing yet.\n"
