import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attune.clips import spreadsheet
from attune.clips.spreadsheet import read_spreadsheet
from attune.errors import ClipSetError

PLAIN = "file,emotion,intensity\nmedia/ä.mp4,fear,0.5\n"
EUROPEAN = "file;emotion;intensity\nmedia/ä.mp4;fear;0,5\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "mine.csv"


@pytest.mark.parametrize("text", [PLAIN, EUROPEAN, EUROPEAN.replace(";", "\t"), "sep=;\n" + EUROPEAN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_what_spreadsheets_write_is_read_alike(table: Path, text: str, encoding: str) -> None:
    table.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    found = read_spreadsheet(table)
    assert found.columns == ("file", "emotion", "intensity")
    assert [cells for _, cells in found.rows] == [("media/ä.mp4", "fear", "0.5")]


def test_a_comma_in_a_text_stays(table: Path) -> None:
    table.write_text('file;note\na.mp4;"sad, then 1,5 glad"\n', "utf-8")
    assert read_spreadsheet(table).rows == ((2, ("a.mp4", "sad, then 1,5 glad")),)


def test_blank_rows_and_empty_cells_at_the_end_do_not_count(table: Path) -> None:
    table.write_text("file,emotion,,\n\na.mp4,fear,,\n,,,\nb.mp4\n", "utf-8")
    found = read_spreadsheet(table)
    assert found.columns == ("file", "emotion")
    assert found.rows == ((3, ("a.mp4", "fear")), (5, ("b.mp4", "")))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "table_empty"),
        (b"\n\n  \n", "table_empty"),
        (b"file,emotion\na.mp4,\0\n", "not_text"),
        (b'file,emotion\n"a.mp4,fear\n', "not_csv"),
        (b"file,emotion\na.mp4,fear,more\n", "too_many_cells"),
        (b"file,Emotion,emotion\n", "column_twice"),
        (b"file,emotion\na.mp4," + b"x" * 40_000, "cell_too_long"),
        ("file,emotion\na.mp4,ü".encode("utf-16")[:-1], "not_utf8"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not_text"),
    ],
)
def test_what_cannot_be_read_is_said_with_file_and_row(table: Path, content: bytes, problem: str) -> None:
    table.write_bytes(content)
    with pytest.raises(ClipSetError) as caught:
        read_spreadsheet(table)
    assert caught.value.key == f"clipset.{problem}"
    assert caught.value.fields["file"] == "mine.csv"


def test_more_rows_than_anybody_has_are_refused(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    table.write_text("file\n" + "a\n" * 4, "utf-8")
    with pytest.raises(ClipSetError, match="too_many_rows"):
        read_spreadsheet(table)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClipSetError, match="file_unreadable"):
        read_spreadsheet(tmp_path / "none.csv")


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


@given(rows=st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_with_commas_comes_back_as_it_was(table: Path, rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["file", "emotion", "note"], *rows])
    table.write_bytes(written.getvalue().encode("utf-8-sig"))
    found = read_spreadsheet(table)
    assert [list(cells) for _, cells in found.rows] == [row for row in rows if any(row)]


@given(content=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_table_or_refused_as_known(table: Path, content: bytes) -> None:
    table.write_bytes(content)
    with suppress(ClipSetError):
        found = read_spreadsheet(table)
        assert all(len(cells) == len(found.columns) for _, cells in found.rows)
