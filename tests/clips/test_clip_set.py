import hashlib
import os
from datetime import date

import pytest

from attune.affect.reading import Source
from attune.clips.clip_set import Channel, PeopleKind, load_clip_set
from attune.errors import ClipSetError

from .conftest import Maker

FULL = (
    "file,emotion,intensity,valence,arousal,onset_s,apex_s,offset_s,channel,person,reference,note,"
    "votes_fear,votes_surprise"
)


def test_the_least_a_set_needs(maker: Maker) -> None:
    found = maker.load("media/one.mp4,fear")
    assert (found.name, found.version, found.language, found.vocabulary) == ("A set", "1", "en", "core")
    assert found.people is PeopleKind.FILMED
    (clip,) = found.clips
    assert (clip.name, clip.person, clip.note, clip.truth) == ("media/one.mp4", "", "", None)
    assert (clip.onset_s, clip.apex_s, clip.offset_s) == (None, None, None)
    assert clip.file == (maker.folder / "media/one.mp4").resolve()
    assert clip.content_hash == hashlib.sha256(b"one.mp4").hexdigest()
    (reading,) = clip.references
    assert (reading.source, dict(reading.labels), reading.intensity) == (Source.INTENDED, {"fear": 1.0}, None)


def test_everything_a_row_can_say(maker: Maker) -> None:
    row = 'media/one.mp4,Fear,.5,-0.5,1e-1,0,0.5,2,Picture,Ada,self_report,"one, two",3,1'
    (clip,) = maker.load(row, header=FULL).clips
    assert (clip.onset_s, clip.apex_s, clip.offset_s) == (0.0, 0.5, 2.0)
    assert (clip.channel, clip.person, clip.note) == (Channel.PICTURE, "Ada", "one, two")
    said, votes = clip.references
    assert (said.source, said.top, said.intensity, said.valence, said.arousal) == (
        Source.SELF_REPORT,
        "fear",
        0.5,
        -0.5,
        0.1,
    )
    assert (votes.source, votes.raters, votes.labels["fear"], votes.labels["surprise"], votes.intensity) == (
        Source.CROWD,
        4,
        0.75,
        0.25,
        None,
    )


def test_rows_of_the_same_file_are_references_of_one_clip(maker: Maker) -> None:
    found = maker.load(
        "media/one.mp4,fear,intended,Ada,first",
        "media/two.mp4,anger,,Ben,",
        "./media//one.mp4,surprise,expert,,second",
        "media\\one.mp4,sadness,self_report,Ada,first",
        header="file,emotion,reference,person,note",
    )
    one, two = found.clips
    assert [(r.source, r.top) for r in one.references] == [
        ("intended", "fear"),
        ("expert", "surprise"),
        ("self_report", "sadness"),
    ]
    assert (one.person, one.note, two.person) == ("Ada", "first\nsecond", "Ben")


@pytest.mark.parametrize("reference", ["", "crowd"])
def test_votes_alone_are_a_crowd(maker: Maker, reference: str) -> None:
    (clip,) = maker.load(
        f"media/one.mp4,{reference},0.4,,7,0",
        header="file,reference,intensity,emotion,votes_fear,votes_anger",
    ).clips
    (crowd,) = clip.references
    assert (crowd.source, crowd.raters, crowd.top, crowd.intensity) == (Source.CROWD, 7, "fear", 0.4)


@pytest.mark.parametrize(
    ("file", "channel"),
    [
        ("media/voice.wav", Channel.SOUND),
        ("media/face.png", Channel.PICTURE),
        ("media/one.mp4", "picture+sound"),
    ],
)
def test_the_channel_follows_the_ending_where_none_is_named(maker: Maker, file: str, channel: str) -> None:
    assert maker.load(f"{file},fear").clips[0].channel == channel


def test_what_spreadsheets_and_editors_add_is_taken(maker: Maker) -> None:
    maker.manifest('\ufeffname = "Größe"\r\nversion = 2\r\n'.encode())
    table = '\ufeffFile , EMOTION,x_mine,,\r\n\r\n media/one.mp4 ,fear,"a\r\nb",,\r\n,,,,\r\n'
    table += "media/two.mp4,anger\r\n"
    (maker.folder / "clips.csv").write_bytes(table.encode())
    found = load_clip_set(maker.folder)
    assert (found.name, found.version, len(found.clips)) == ("Größe", "2", 2)


def test_consent_is_kept(maker: Maker) -> None:
    maker.manifest(
        'name = "A set"\nlicence = "private"\nattribution = "Dr. Ada"\npeople = "filmed"\n'
        '[[consent]]\nperson = "Ben"\ngiven_on = 2025-11-02\npurposes = ["playback", "training"]\n'
        'may_view = "my group"\nstored_at = "the practice"\ndelete_by = 2030-01-01\n'
    )
    (consent,) = maker.load("media/one.mp4,fear").consent
    assert (consent.person, consent.given_on, consent.delete_by) == (
        "Ben",
        date(2025, 11, 2),
        date(2030, 1, 1),
    )
    assert consent.purposes == ("playback", "training")


def test_a_stated_hash_is_verified_when_asked(maker: Maker) -> None:
    right, other = hashlib.sha256(b"one.mp4").hexdigest().upper(), "0" * 64
    header = "file,emotion,sha256"
    maker.load(f"media/one.mp4,fear,{right}", header=header).clips[0].verify()
    clip = maker.load(f"media/one.mp4,fear,{other}", header=header).clips[0]
    with pytest.raises(ClipSetError, match=r"clipset\.altered"):
        clip.verify()


@pytest.mark.parametrize(
    ("row", "key", "column"),
    [
        (",fear", "cell_empty", "file"),
        ("media/one.mp4,,0.5", "cell_empty", "emotion"),
        ("media/none.mp4,fear", "media_missing", "file"),
        ("media,fear", "media_missing", "file"),
        ("MEDIA/one.mp4,fear", "media_missing", "file"),
        (f"media/{'x' * 300}.mp4,fear", "media_missing", "file"),
        ("media/one.mp4,serenity", "emotion_unknown", "emotion"),
        ("media/one.mp4,fear,2", "out_of_range", "intensity"),
        ("media/one.mp4,fear,-0.1", "out_of_range", "intensity"),
        ("media/one.mp4,fear,strong", "not_a_number", "intensity"),
        ("media/one.mp4,fear,nan", "not_a_number", "intensity"),
        ("media/one.mp4,fear,1_0", "not_a_number", "intensity"),
        ("media/one.mp4,fear,\N{ARABIC-INDIC DIGIT ONE}", "not_a_number", "intensity"),
        ("media/one.mp4,fear,,-1.01", "out_of_range", "valence"),
        ("media/one.mp4,fear,,,1e999", "out_of_range", "arousal"),
        ("media/one.mp4,fear,,,,-1", "out_of_range", "onset_s"),
        ("media/one.mp4,fear,,,,2,1", "times_out_of_order", "apex_s"),
        ("media/one.mp4,fear,,,,2,,1", "times_out_of_order", "offset_s"),
        ("media/one.mp4,fear,,,,,,,smell", "channel_unknown", "channel"),
        ("media/one.mp4,fear,,,,,,,,,measured", "reference_unknown", "reference"),
        ("media/one.mp4,fear,,,,,,,,,crowd,,1", "crowd_emotion", "emotion"),
        ("media/one.mp4,,,,,,,,,,crowd", "votes_missing", "reference"),
        ("media/one.mp4,,,,,,,,,,crowd,,0,0", "votes_missing", "reference"),
        ("media/one.mp4,,,,,,,,,,expert,,1", "cell_empty", "emotion"),
        ("media/one.mp4,fear,,,,,,,,,,,half", "not_votes", "votes_fear"),
        ("media/one.mp4,fear,,,,,,,,,,,1,-2", "not_votes", "votes_surprise"),
        ("media/one.mp4,fear,,,,,,,,,,,1,9999999", "not_votes", "votes_surprise"),
    ],
)
def test_what_a_cell_can_have(maker: Maker, row: str, key: str, column: str) -> None:
    error = maker.error("media/two.mp4,anger", "", row, header=FULL)
    assert error.key == f"clipset.{key}"
    assert (error.fields["file"], error.fields["row"], error.fields["column"]) == ("clips.csv", 4, column)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/hostname",
        "../secret.mp4",
        "media/../../secret.mp4",
        "C:\\secret.mp4",
        "c:secret.mp4",
        "\\\\host\\a.mp4",
        "..\\secret.mp4",
        "media/link_out.mp4",
        "folder_out/secret.mp4",
        "media/nul\0.mp4",
        ".",
    ],
)
def test_no_path_leaves_the_folder(maker: Maker, name: str) -> None:
    secret = maker.folder.parent / "secret.mp4"
    secret.write_bytes(b"")
    (maker.folder / "media/link_out.mp4").symlink_to(secret)
    (maker.folder / "folder_out").symlink_to(maker.folder.parent)
    error = maker.error(f'"{name}",fear')
    assert (error.key, error.fields["row"], error.fields["column"]) == ("clipset.outside", 2, "file")
    truth = maker.error(f'media/one.mp4,fear,"{name}"', header="file,emotion,truth")
    assert (truth.key, truth.fields["column"]) == ("clipset.outside", "truth")


def test_links_within_the_folder_are_followed(maker: Maker) -> None:
    (maker.folder / "again.mp4").symlink_to("media/one.mp4")
    error = maker.error("media/one.mp4,fear", "again.mp4,fear")
    assert (error.key, error.fields["first_row"]) == ("clipset.duplicate", 2)
    (maker.folder / "round.mp4").symlink_to("round.mp4")
    assert maker.error("round.mp4,fear").key == "clipset.media_missing"


def test_the_folder_itself_may_be_a_link(maker: Maker) -> None:
    maker.table("media/one.mp4,fear")
    link = maker.folder.parent / "link"
    link.symlink_to(maker.folder)
    assert len(load_clip_set(link).clips) == 1


def test_the_same_reference_twice(maker: Maker) -> None:
    error = maker.error("media/one.mp4,fear", "media/two.mp4,fear", "media/one.mp4,anger")
    assert error.key == "clipset.duplicate"
    assert (error.fields["row"], error.fields["first_row"], error.fields["reference"]) == (4, 2, "intended")


def test_several_raters_of_one_kind_are_told_apart_by_name(maker: Maker) -> None:
    header = "file,emotion,reference,rater"
    rows = ("media/one.mp4,fear,expert,Ada", "media/one.mp4,anger,expert,Cem", "media/one.mp4,fear,expert,")
    (clip,) = maker.load(*rows, header=header).clips
    assert [(reading.by, reading.top) for reading in clip.references] == [
        ("Ada", "fear"),
        ("Cem", "anger"),
        ("", "fear"),
    ]
    assert maker.error(*rows, "media/one.mp4,disgust,expert,Ada", header=header).fields["first_row"] == 2


def test_a_clip_of_which_nobody_said_anything_yet(maker: Maker) -> None:
    one, two = maker.load("media/one.mp4,,Ben", "media/two.mp4,fear,", header="file,emotion,person").clips
    assert (one.person, one.references, len(two.references)) == ("Ben", (), 1)


def test_rows_that_disagree_about_a_clip(maker: Maker) -> None:
    error = maker.error(
        "media/one.mp4,fear,Ada,", "media/one.mp4,anger,Ben,expert", header="file,emotion,person,reference"
    )
    assert (error.key, error.fields["row"], error.fields["column"]) == ("clipset.rows_disagree", 3, "person")
    assert (error.fields["first"], error.fields["first_row"]) == ("Ada", 2)


def test_a_hash_that_is_none(maker: Maker) -> None:
    assert maker.error("media/one.mp4,fear,12ab", header="file,emotion,sha256").key == "clipset.not_a_hash"


@pytest.mark.parametrize(
    ("header", "key", "column"),
    [
        ("emotion,person", "column_missing", "file"),
        ("file,emotoin", "column_unknown", "emotoin"),
        ("file,,emotion", "column_unknown", ""),
        ("file,emotion,File", "column_twice", "file"),
        ("file,votes_joy", "votes_unknown", "votes_joy"),
    ],
)
def test_columns(maker: Maker, header: str, key: str, column: str) -> None:
    error = maker.error("media/one.mp4,fear,fear", header=header)
    assert (error.key, error.fields["row"], error.fields["column"]) == (f"clipset.{key}", 1, column)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (b"", "table_empty"),
        (b"\n,,\n\n", "table_empty"),
        (b"file,emotion\n", "no_clips"),
        (b"file,emotion\nmedia/one.mp4,fear,extra\n", "too_many_cells"),
        (b'file,emotion\n"media/one.mp4,fear\n', "not_csv"),
        (b'file,emotion\n"media/one.mp4"x,fear\n', "not_csv"),
        (b"file,emotion\n" + b"x" * 200_000 + b",fear\n", "not_csv"),
        (b"file,emotion\nmedia/f\xfcr.mp4,fear\n", "not_utf8"),
        ("file,emotion\nmedia/one.mp4,fear\n".encode("utf-16"), "not_utf8"),
    ],
)
def test_tables_that_cannot_be_read(maker: Maker, table: bytes, key: str) -> None:
    (maker.folder / "clips.csv").write_bytes(table)
    error = maker.error()
    assert error.key == f"clipset.{key}"
    if "row" in error.fields:
        assert error.fields["row"] == 2


@pytest.mark.parametrize(
    ("manifest", "key", "setting"),
    [
        ("", "setting_missing", "name"),
        ('name = ""', "setting_wrong", "name"),
        ('name = "A"\ncolour = "red"', "setting_unknown", "colour"),
        ('name = "A"\npeople = "puppets"', "setting_wrong", "people"),
        (
            'name = "A"\n[[consent]]\nperson = "B"\ngiven_on = 2025-01-01',
            "setting_missing",
            "consent.1.purposes",
        ),
        ('name = "A"\nconsent = "yes"', "setting_wrong", "consent"),
        ("name = A", "not_toml", None),
        ("name = " + "[" * 5000, "not_toml", None),
        ("name = " + "9" * 5000, "not_toml", None),
        (b'name = "f\xfcr"', "not_utf8", None),
        (b" " * (1 << 20) + b" ", "file_too_large", None),
        ('name = "A"\nvocabulary = "moods"', "unknown_vocabulary", None),
        ('name = "A"\nvocabulary = "../vocabulary/core"', "unknown_vocabulary", None),
    ],
)
def test_settings(maker: Maker, manifest: str | bytes, key: str, setting: str | None) -> None:
    maker.table("media/one.mp4,fear")
    maker.manifest(manifest)
    error = maker.error()
    assert (error.key, error.fields["file"], error.fields.get("setting")) == (
        f"clipset.{key}",
        "set.toml",
        setting,
    )


@pytest.mark.parametrize("name", ["set.toml", "clips.csv"])
def test_files_of_the_set_itself(maker: Maker, name: str) -> None:
    maker.table("media/one.mp4,fear")
    (maker.folder / name).rename(maker.folder.parent / name)
    assert maker.error().key == "clipset.file_missing"
    (maker.folder / name).symlink_to(maker.folder.parent / name)
    assert maker.error().key == "clipset.file_outside"
    (maker.folder / name).unlink()
    (maker.folder / name).mkdir()
    assert maker.error().key == "clipset.file_missing"
    (maker.folder / name).rmdir()
    os.mkfifo(maker.folder / name)  # would wait for a writer
    assert maker.error().key == "clipset.file_missing"


def test_no_folder(maker: Maker) -> None:
    for missing in (maker.folder / "none", maker.folder / "set.toml"):
        with pytest.raises(ClipSetError, match=r"clipset\.folder_missing"):
            load_clip_set(missing)
