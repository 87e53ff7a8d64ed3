import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.vocabulary import Core
from attune.clips.blend import blend_of, blend_text
from attune.clips.clip_set import ClipSet, load_clip_set
from attune.clips.manifest import Consent, Purpose
from attune.clips.table import Cell
from attune.clips.writing import manifest_text, replace_text, table_text, write_set
from attune.errors import ClipSetError
from tests.clips.conftest import Maker

NAMES = tuple(Core)
HEADER = (
    "file,emotion,intensity,valence,arousal,onset_s,apex_s,offset_s,person,reference,note,"
    "votes_fear,votes_anger"
)
ROWS = (
    'media/one.mp4,fear+surprise,0.5,-0.25,0.75,0.5,1,1.5,Ben,intended,"a, note",,',
    "media/one.mp4,fear:0.7+sadness:0.3,,,,,,,,self_report,,,",
    "media/two.mp4,,,,,,,,Ada,crowd,,7,3",
    "media/voice.wav,anger,1,,,,,,,expert,,,",
)  # fmt: skip


def same(one: ClipSet, other: ClipSet) -> bool:
    return replace(one, clips=()) == replace(other, clips=()) and [
        replace(clip, references=()) for clip in one.clips
    ] == [replace(clip, references=()) for clip in other.clips]


def test_a_set_written_and_read_again_is_the_same(maker: Maker) -> None:
    before = maker.load(*ROWS, header=HEADER)
    write_set(before, NAMES)
    after = load_clip_set(maker.folder)
    assert same(before, after)
    for one, other in zip(before.clips, after.clips, strict=True):
        assert [reading.to_json() for reading in one.references] == [
            reading.to_json() for reading in other.references
        ]
    written = (maker.folder / "clips.csv").read_bytes()
    write_set(after, NAMES)
    assert (maker.folder / "clips.csv").read_bytes() == written


def test_the_makers_own_columns_and_clips_without_a_word_stay(maker: Maker) -> None:
    maker.table(
        "media/one.mp4,fear,expert,Ada,day 1,",
        "media/one.mp4,anger,expert,Cem,day 2,=1+1",
        "media/two.mp4,fear,,,,",
        header="file,emotion,reference,rater,x_when,x_sum",
    )
    before = load_clip_set(maker.folder)
    before = replace(before, clips=(before.clips[0], replace(before.clips[1], references=())))
    assert before.clips[0].own == {"x_when": "day 1\nday 2", "x_sum": "=1+1"}
    text = table_text(before.clips, NAMES, folder=maker.folder)
    assert [line.split(",")[0] for line in text.splitlines() if line.startswith(("file", "media"))] == [
        "file",
        "media/one.mp4",
        "media/one.mp4",
        "media/two.mp4",
    ]
    replace_text(maker.folder / "clips.csv", text.replace("media/two.mp4,", "media/two.mp4,fear"))
    after = load_clip_set(maker.folder)
    assert after.clips[0] == before.clips[0]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(texts=st.tuples(texts, texts, texts), day=st.dates(), later=st.none() | st.dates())
def test_any_words_about_a_set_come_back(
    shared_maker: Callable[[], Maker], texts: tuple[str, str, str], day: date, later: date | None
) -> None:
    maker = shared_maker()
    description, attribution, person = (text.strip() for text in texts)
    consent = Consent(
        person=person or "Ben", given_on=day, purposes=(Purpose.TRAINING,), may_view="us", delete_by=later
    )
    before = replace(
        maker.load(*ROWS, header=HEADER), description=description, attribution=attribution, consent=(consent,)
    )
    write_set(before, NAMES)
    assert same(before, load_clip_set(maker.folder))
    maker.manifest('name = "A set"')


def test_what_is_empty_is_left_out(maker: Maker) -> None:
    written = tomllib.loads(manifest_text(maker.load("media/one.mp4,fear")))
    assert written == {
        "name": "A set",
        "version": "1",
        "language": "en",
        "vocabulary": "core",
        "people": "filmed",
    }


def cell(text: str) -> Cell:
    return Cell(text, 2, "emotion")


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("fear", {"fear": 1.0}),
        ("Fear + Surprise", {"fear": 0.5, "surprise": 0.5}),
        ("fear:0.7+surprise:.3", {"fear": 0.7, "surprise": 0.3}),
        ("fear:7+surprise:3", {"fear": 0.7, "surprise": 0.3}),
    ],
)
def test_a_blend_is_read(text: str, shares: dict[str, float]) -> None:
    assert blend_of(cell(text), NAMES) == pytest.approx(shares)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("joy", "emotion_unknown"),
        ("fear+", "emotion_unknown"),
        ("fear+fear", "blend_unreadable"),
        ("fear:0.7+surprise", "blend_unreadable"),
        ("fear:0+surprise:0", "blend_unreadable"),
        ("fear:-1+surprise:2", "blend_unreadable"),
        ("fear:much", "blend_unreadable"),
        ("fear:", "blend_unreadable"),
    ],
)
def test_a_blend_that_says_nothing_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ClipSetError) as caught:
        blend_of(cell(text), NAMES)
    assert caught.value.key == f"clipset.{problem}"


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 1000), min_size=1, max_size=8))
def test_any_blend_comes_back_from_its_text(parts: dict[Core, int]) -> None:
    whole = sum(parts.values())
    shares = {str(name): part / whole for name, part in parts.items()}
    assert blend_of(cell(blend_text(shares)), NAMES) == pytest.approx(shares, abs=1e-5)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "set.toml"
    path.write_text("before", "utf-8")
    with pytest.raises(UnicodeEncodeError):
        replace_text(path, "after \ud800")
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
