from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.clips.trace import read_trace
from attune.errors import ClipSetError

number = st.floats(-1, 1)


@given(st.lists(st.tuples(number, number), min_size=2, max_size=40))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, values: list) -> None:
    file = tmp_path_factory.getbasetemp() / "trace.csv"
    lines = [f"{place / 10},{v!r},{a!r}" for place, (v, a) in enumerate(values)]
    file.write_text("\n".join(["time_s,valence,arousal", *lines]), encoding="utf-8")
    found = read_trace(file)
    assert found.time_s == tuple(place / 10 for place in range(len(values)))
    assert list(zip(found.axes["valence"], found.axes["arousal"], strict=True)) == values


def test_other_columns_and_blank_rows_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "trace.csv"
    file.write_text("note,Arousal, time_s\n\na,0.5,0\nb,-1,0.5\n", encoding="utf-8-sig")
    assert read_trace(file).axes == {"arousal": (0.5, -1.0)}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("time_s,valence\n0,0\n", 1),
        ("time_s,mood\n0,0\n1,0\n", 1),
        ("valence,arousal\n0,0\n1,0\n", 1),
        ("time_s,valence\n0,0\n0,0.1\n", 3),
        ("time_s,valence\n0,0\n1,1.5\n", 3),
        ("time_s,valence\n0,0\n1\n", 3),
        ("time_s,valence\n0,nan\n1,0\n", 2),
        ('time_s,valence\n0,"0\n1,0\n', 1),
    ],
)
def test_what_is_no_trace_is_told_with_its_row(tmp_path: Path, text: str, row: int) -> None:
    file = tmp_path / "trace.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ClipSetError) as caught:
        read_trace(file)
    assert (caught.value.key, caught.value.fields["row"]) == ("clipset.not_a_trace", row)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_trace_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(data)
    with suppress(ClipSetError):
        assert len(read_trace(file).time_s) >= 2
