import csv
import io
import json
from dataclasses import replace
from math import nan
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from attune.affect.vocabulary import Core
from attune.app.report import frame_columns, frame_rows, summary
from attune.cli.main import build
from attune.errors import ModelError
from attune.media.frames import MediaKind
from attune.perception.track import BLENDSHAPES
from attune.perception.units import units
from tests.cli.conftest import measured

NUMBERS = ["intensity", "valence", "arousal", "confidence"]


def analyze(*arguments: str) -> Result:
    app = build(lambda: nan, lambda _make: 0)  # type: ignore[arg-type,return-value]
    return CliRunner().invoke(app, ["analyze", *arguments])


pytestmark = pytest.mark.usefixtures("parts")


def test_text_says_what_was_seen_and_how_sure_it_is() -> None:
    result = analyze("smile.mp4")
    assert result.exit_code == 0
    assert "happiness 65%" in result.stdout
    assert "0.65 of 1" in result.stdout
    assert "Strongest at 0.04 s" in result.stdout
    assert "Movements: 1, brief ones among them: 1; blinks: 1" in result.stdout
    assert "What moved:" in result.stdout
    assert result.stderr == ""


def test_no_face_means_no_emotion() -> None:
    result = analyze("no_face.mp4")
    assert result.exit_code == 0
    assert "No face" in result.stdout
    assert not [name for name in Core if name in result.stdout]


def test_json_is_one_object_a_line() -> None:
    result = analyze("--format", "json", "smile.mp4", "no_face.mp4")
    smile, none = map(json.loads, result.stdout.splitlines())
    assert list(smile) == [
        *("file", "kind", "duration_s", "frames", "frames_with_face", "expressed", "apex_s"),
        *("units", "movements", "blinks", "speaking", "warnings"),
    ]
    assert smile["file"] == "smile.mp4"
    assert (smile["frames"], smile["frames_with_face"]) == (3, 2)
    assert list(smile["expressed"]["labels"]) == list(Core)
    assert smile["expressed"]["valence"] == -0.25
    assert smile["apex_s"] == 0.04
    assert smile["units"][1] == {"unit": "AU2", "side": "left", "amount": 0.5}
    assert smile["movements"] == [
        {"onset_s": 0.0, "apex_s": 0.04, "offset_s": 0.08, "peak": 0.5, "brief": True}
    ]
    assert smile["blinks"] == [[0.0, 0.02]]
    assert smile["speaking"] == 0.5
    assert none["expressed"] is none["speaking"] is None
    assert none["units"] == none["movements"] == none["blinks"] == []
    assert none["apex_s"] is None


def test_csv_is_one_row_a_file() -> None:
    result = analyze("--format", "csv", "smile.mp4", "no_face.mp4")
    smile, none = csv.DictReader(io.StringIO(result.stdout))
    assert smile["happiness"] == "0.65"
    assert smile["valence"] == "-0.25"
    assert (smile["units"], smile["movements"], smile["blinks"]) == ("AU12_both AU2_left", "1", "1")
    assert (none["frames_with_face"], none["happiness"], none["apex_s"]) == ("0", "", "")
    assert (none["units"], none["movements"], none["speaking"]) == ("", "0", "")


def test_every_frame_is_a_row_of_the_columns_promised() -> None:
    result = analyze("--every-frame", "smile.mp4")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    units = [name for name in rows[0] if name.startswith("AU")]
    assert list(rows[0]) == [
        *("time_s", "face", *Core, *NUMBERS, "movement", "blink", "speaking"),
        *(*units, *BLENDSHAPES, "yaw", "pitch", "roll"),
    ]
    assert [row["time_s"] for row in rows] == ["0.0", "0.04", "0.08"]
    assert [row["face"] for row in rows] == ["1", "1", "0"]
    assert (rows[0]["jawOpen"], rows[0]["valence"]) == ("0.25", "-0.25")
    assert [row["movement"] for row in rows] == ["1", "1", ""]
    assert [row["blink"] for row in rows] == ["1", "0", ""]
    assert [row["speaking"] for row in rows] == ["0", "1", ""]
    assert (rows[2]["jawOpen"], rows[2]["yaw"], rows[2]["intensity"]) == ("", "", "")


def test_a_picture_has_no_course_to_tell_of() -> None:
    film = measured()
    picture = replace(film, info=replace(film.info, kind=MediaKind.PICTURE))
    assert summary("film", film)["speaking"] is not None
    assert summary("picture", picture)["speaking"] is None
    place = frame_columns().index("movement")
    rows = list(frame_rows(picture))
    assert rows[0][place : place + 3] == (None, None, None)
    assert rows[0][1:place] == next(frame_rows(film))[1:place]


def test_units_that_can_be_told_have_a_column_for_each_side_they_have() -> None:
    row = next(csv.DictReader(io.StringIO(analyze("--every-frame", "smile.mp4").stdout)))
    told = {unit.code: unit for unit in units() if unit.measurable}
    assert {name.split("_")[0] for name in row if name.startswith("AU")} == set(told)
    assert told["AU12"].sided
    assert (row["AU12_left"], row["AU12_right"]) == ("0.75", "0.5")
    assert not told["AU1"].sided
    assert row["AU1"] == "0.75"


def test_every_frame_of_several_files_says_which() -> None:
    rows = list(csv.DictReader(io.StringIO(analyze("--every-frame", "a.mp4", "b.mp4").stdout)))
    assert list(rows[0])[:3] == ["file", "time_s", "face"]
    assert [row["file"] for row in rows] == ["a.mp4"] * 3 + ["b.mp4"] * 3


def test_every_frame_as_json() -> None:
    result = analyze("--every-frame", "--format", "json", "smile.mp4")
    last = json.loads(result.stdout.splitlines()[-1])
    assert (last["file"], last["face"], last["happiness"]) == ("smile.mp4", 0, None)


def test_every_frame_as_text_is_misuse() -> None:
    result = analyze("--every-frame", "--format", "text", "smile.mp4")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["--format", "xml", "a.mp4"], ["--no-such-option", "a.mp4"]])
def test_misuse_is_one_line_and_exit_code_2(arguments: list[str]) -> None:
    result = analyze(*arguments)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_one_bad_file_costs_a_line_and_the_exit_code_not_the_others() -> None:
    result = analyze("--format", "json", "first.mp4", "broken.mp4", "last.mp4")
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == ["first.mp4", "last.mp4"]
    assert result.stderr.splitlines() == [line for line in result.stderr.splitlines() if "broken.mp4" in line]
    assert len(result.stderr.splitlines()) == 1
    assert result.exit_code == 1


def test_errors_come_after_all_that_could_be_measured() -> None:
    result = analyze("--format", "csv", "broken.mp4", "last.mp4", "broken_too.mp4")
    assert result.output.splitlines()[1].startswith("last.mp4")
    assert [name for line in result.output.splitlines()[2:] for name in line.split() if "mp4" in name] == [
        "broken.mp4",
        "broken_too.mp4",
    ]


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.mp4", "notes.txt"):
        (tmp_path / name).touch()
    result = analyze("--every-frame", str(tmp_path))
    files = [row["file"] for row in csv.DictReader(io.StringIO(result.stdout))]
    assert files == [str(tmp_path / "a.mp4")] * 3 + [str(tmp_path / "b.mp4")] * 3


@pytest.mark.parametrize("workers", ["0", "-1", "many"])
def test_a_number_of_workers_that_makes_no_sense_is_misuse(workers: str) -> None:
    result = analyze("--workers", workers, "smile.mp4")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_without_a_model_there_is_one_error_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_model: object, _workers: object) -> None:
        raise ModelError("model.missing", name="face_landmarker.task", address="somewhere")

    monkeypatch.setattr("attune.cli.analyze.open_parts", refuse)
    result = analyze("a.mp4", "b.mp4")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "face_landmarker.task" in result.stderr


def test_spreadsheets_do_not_compute_with_a_file_name() -> None:
    for name in ("=1+1.mp4", "+x.mp4", "@x.mp4", "-x.mp4"):
        rows = list(csv.reader(io.StringIO(analyze("--format", "csv", "--", name).stdout)))
        assert rows[1][0] == f"'{name}"


def test_names_that_steer_a_terminal_do_not() -> None:
    assert "\x1b" not in analyze("\x1b[2Jx.mp4").stdout


def test_the_measuring_process_is_ended(parts: object) -> None:
    analyze("broken.mp4")
    assert parts.closed  # type: ignore[attr-defined]
