from pathlib import Path

import pytest

from attune.clips.companions import completed
from attune.clips.drafts import Draft, Finding, Gathered, by_naming, by_table, files_below, own_column
from attune.clips.naming import known_corpora, own_naming
from attune.clips.spreadsheet import read_spreadsheet
from attune.errors import ClipSetError

CORPORA = {corpus.title: corpus for corpus in known_corpora()}


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def findings(gathered: Gathered) -> dict[str, Finding]:
    return {found.name: found.finding for found in gathered.found}


def corpus(title: str, folder: Path) -> Gathered:
    naming = CORPORA[title]
    gathered = by_naming(folder, naming)
    for need in naming.needs:
        gathered = completed(need, gathered, folder)
    return gathered


def drafts(gathered: Gathered) -> dict[str, Draft]:
    return {draft.name: draft for draft in gathered.drafts}


def test_media_below_a_folder_are_found_in_order_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, "b/2.MP4", "b/1.wav", "a.png", "read me.txt", ".hidden/3.mp4", "b/.4.mp4", "noending")
    (tmp_path / "b" / "link.mp4").symlink_to(tmp_path / "a.png")
    (tmp_path / "round").symlink_to(tmp_path)
    assert [name for name, _ in files_below(tmp_path)] == ["a.png", "b/1.wav", "b/2.MP4"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClipSetError, match="folder_missing"):
        list(files_below(tmp_path / "none"))


def test_a_pattern_makes_drafts_and_tells_of_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "Ben-froh.mp4", "Ben-trüb.mp4", "holiday.mp4")
    naming = own_naming(r"(?P<person>\w+)-(?P<emotion>\w+)\.mp4", {"emotion": {"froh": "happiness"}})
    gathered = by_naming(tmp_path, naming)
    assert [draft.rows for draft in gathered.drafts] == [
        ({"person": "Ben", "emotion": "happiness"},),
        ({"person": "Ben"},),
    ]
    assert findings(gathered) == {
        "Ben-trüb.mp4": Finding.CODE_UNKNOWN,
        "holiday.mp4": Finding.NOT_NAMED,
    }


def test_a_spreadsheet_makes_drafts_and_tells_of_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "media/one.mp4", "media/two.mp4", "media/three.mp4")
    (tmp_path / "mine.csv").write_text(
        "Gefühl;Film;Stärke;Ort\nfear;media\\one.mp4;0,5;Bonn\nanger;media/one.mp4;;\n"
        "sadness;media/two.mp4;1;\nfear;media/four.mp4;;\nfear;../secret.mp4;;\n",
        "utf-8",
    )
    gathered = by_table(
        tmp_path,
        read_spreadsheet(tmp_path / "mine.csv"),
        {"Film": "file", "Gefühl": "emotion", "Stärke": "intensity"},
    )
    assert drafts(gathered)["media/one.mp4"].rows == (
        {"emotion": "fear", "intensity": "0.5", "x_ort": "Bonn"},
        {"emotion": "anger"},
    )
    assert findings(gathered) == {
        "media/four.mp4": Finding.NOT_THERE,
        "../secret.mp4": Finding.OUTSIDE,
        "media/three.mp4": Finding.NOT_LISTED,
    }


def test_a_spreadsheet_without_a_column_of_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("Gefühl\nfear\n", "utf-8")
    with pytest.raises(ClipSetError, match="column_missing"):
        by_table(tmp_path, read_spreadsheet(tmp_path / "mine.csv"), {})


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Emotion", "emotion"),
        ("Onset s", "onset_s"),
        ("votes_fear", "votes_fear"),
        ("Wo?", "x_wo"),
        ("x_Mine", "x_mine"),
        ("???", "x_column"),
    ],
)
def test_columns_without_a_place_become_the_makers_own(text: str, column: str) -> None:
    assert own_column(text) == column


def test_the_votes_of_crema_d_are_those_for_what_the_clip_carries(tmp_path: Path) -> None:
    put(
        tmp_path,
        "VideoFlash/1001_DFA_ANG_XX.flv",
        "AudioWAV/1001_DFA_ANG_XX.wav",
        "AudioWAV/1002_IEO_SAD_LO.wav",
    )
    put(tmp_path, "processedResults/tabulatedVotes.csv").joinpath(
        "processedResults/tabulatedVotes.csv"
    ).write_text(
        '"","A","D","F","H","N","S","fileName","numResponses"\n'
        '"100001",4,1,0,0,5,0,"1001_DFA_ANG_XX",10\n'
        '"200001",9,0,1,0,0,0,"1001_DFA_ANG_XX",10\n'
        '"300001",8,2,0,0,0,0,"1001_DFA_ANG_XX",10\n',
        "utf-8",
    )
    made = drafts(corpus("CREMA-D", tmp_path))
    voice, film = made["AudioWAV/1001_DFA_ANG_XX.wav"], made["VideoFlash/1001_DFA_ANG_XX.flv"]
    assert voice.rows[1] == {
        "reference": "crowd",
        "votes_anger": "4",
        "votes_disgust": "1",
        "votes_neutral": "5",
    }
    assert film.rows[1] == {"reference": "crowd", "votes_anger": "8", "votes_disgust": "2"}
    assert len(made["AudioWAV/1002_IEO_SAD_LO.wav"].rows) == 1


def test_films_of_meld_are_joined_with_the_table_of_their_own_split(tmp_path: Path) -> None:
    put(tmp_path, "train_splits/dia0_utt0.mp4", "dev_splits_complete/dia0_utt0.mp4", "dia9_utt9.mp4")
    header = "Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID\n"
    (tmp_path / "train_sent_emo.csv").write_text(header + '1,"Oh, no!",Chandler,joy,positive,0,0\n', "utf-8")
    (tmp_path / "dev_sent_emo.csv").write_text(header + "1,What?,Phoebe,surprise,negative,0,0\n", "utf-8")
    gathered = corpus("MELD", tmp_path)
    said = {name: draft.rows[0] for name, draft in drafts(gathered).items()}
    train, dev = said["train_splits/dia0_utt0.mp4"], said["dev_splits_complete/dia0_utt0.mp4"]
    assert (train["emotion"], train["person"], train["note"]) == ("happiness", "Chandler", "Oh, no!")
    assert (dev["emotion"], dev["person"]) == ("surprise", "Phoebe")
    assert findings(gathered) == {"dia9_utt9.mp4": Finding.NO_LABEL}


def test_the_peak_of_a_ck_plus_sequence_has_its_number_and_other_frames_are_no_clips(tmp_path: Path) -> None:
    put(
        tmp_path,
        *(f"cohn-kanade-images/S005/001/S005_001_0000000{frame}.png" for frame in (1, 2, 3)),
        "cohn-kanade-images/S010/002/S010_002_00000014.png",
    )
    emotion = tmp_path / "Emotion/S005/001/S005_001_00000003_emotion.txt"
    emotion.parent.mkdir(parents=True)
    emotion.write_text("   3.0000000e+00\n", "ascii")
    gathered = corpus("CK+", tmp_path)
    assert {name: draft.rows[0]["emotion"] for name, draft in drafts(gathered).items()} == {
        "cohn-kanade-images/S005/001/S005_001_00000003.png": "disgust"
    }
    assert sorted(findings(gathered).values()) == [Finding.NO_LABEL, Finding.NOT_WANTED, Finding.NOT_WANTED]


@pytest.mark.parametrize("content", ["", "8.0", "0.5", "happy", "nan", "-1"])
def test_a_number_that_stands_for_nothing_gives_no_label(tmp_path: Path, content: str) -> None:
    put(tmp_path, "S005/001/S005_001_00000003.png")
    (tmp_path / "S005_001_00000003_emotion.txt").write_text(content, "utf-8")
    assert not corpus("CK+", tmp_path).drafts
