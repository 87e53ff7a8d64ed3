from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.vocabulary import Core
from attune.clips.naming import Naming, known_corpora, own_naming, recognised
from attune.clips.table import COLUMNS, OWN
from attune.errors import ClipSetError
from attune.resources import Words

# Names as the makers publish them, one row for each kind, and what they must be taken for.
PUBLISHED = [
    ("RAVDESS", "Actor_12/01-01-06-01-02-01-12.mp4", "fear", "Actor 12", {"channel": "picture+sound"}),
    ("RAVDESS", "02-02-02-02-01-02-01.mp4", "calm", "Actor 01", {"channel": "picture", "x_vocal": "song"}),
    ("RAVDESS", "03-01-08-02-02-02-24.wav", "surprise", "Actor 24", {"channel": "sound"}),
    ("CREMA-D", "VideoFlash/1001_DFA_ANG_XX.flv", "anger", "1001", {"x_level": "not given"}),
    ("CREMA-D", "1091_IEO_HAP_HI.wav", "happiness", "1091", {"x_level": "high"}),
    ("CREMA-D", "1040_ITH_SAD_X.wav", "sadness", "1040", {"x_level": "not given"}),
    ("SAVEE", "AudioData/DC/d03.wav", "disgust", "DC", {"x_sentence": "03"}),
    ("SAVEE", "KL_sa15.wav", "sadness", "KL", {}),
    ("SAVEE", "JE/su01.avi", "surprise", "JE", {}),
    ("SAVEE", "JK/n30.wav", "neutral", "JK", {}),
    ("TESS", "OAF_angry/OAF_back_angry.wav", "anger", "OAF", {"channel": "sound", "x_word": "back"}),
    ("TESS", "YAF_that's_ps.wav", "surprise", "YAF", {}),
    ("TESS", "OA_bite_neutral.wav", "neutral", "OAF", {}),
    ("MELD", "train_splits/dia6_utt1.mp4", None, None, {"x_dialogue": "6", "x_split": "train"}),
    ("MELD", "dev_splits_complete/dia0_utt12.mp4", None, None, {"x_utterance": "12", "x_split": "dev"}),
    ("MELD", "output_repeated_splits_test/dia0_utt0.mp4", None, None, {"x_split": "test"}),
    ("KDEF", "AF01/AF01ANS.JPG", "anger", "F01", {"x_angle": "front", "x_session": "A"}),
    ("KDEF", "BM35SUHR.JPG", "surprise", "M35", {"x_angle": "half right"}),
    ("KDEF", "BM35AFFL.JPG", "fear", "M35", {"x_angle": "full left"}),
    ("RaFD", "Rafd090_28_Caucasian_male_angry_frontal.jpg", "anger", "28", {"channel": "picture"}),
    ("RaFD", "Rafd045_01_Kid_female_contemptuous_left.jpg", "contempt", "01", {"x_gaze": "left"}),
    ("CK+", "cohn-kanade-images/S005/001/S005_001_00000011.png", None, "S005", {"x_frame": "00000011"}),
    ("ADFES", "F01-Joy-Face Forward.mpg", "happiness", "F01", {"x_view": "Face Forward"}),
    ("ADFES", "M12-Embarrass-Turn Away.mpg", "embarrassment", "M12", {}),
    ("BU-3DFE", "F0001/F0001_AN01WH_F2D.bmp", "anger", "F0001", {"intensity": "0.25"}),
    ("BU-3DFE", "M0044_NE00BL_F2D.bmp", "neutral", "M0044", {"intensity": "0"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def corpora() -> dict[str, Naming]:
    return {corpus.title: corpus for corpus in known_corpora()}


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published[1])
def test_published_names_are_read_by_their_corpus_and_by_no_other(
    corpora: dict[str, Naming], published: tuple[str, str, str | None, str | None, dict[str, str]]
) -> None:
    title, name, emotion, person, further = published
    said = {other: corpus.read(name) for other, corpus in corpora.items()}
    assert [other for other, found in said.items() if found] == [title]
    found = said[title]
    assert found is not None
    assert not found.unknown
    texts = found.texts
    assert texts.get("emotion") == emotion
    assert texts.get("person") == person
    assert further.items() <= texts.items()


@pytest.mark.parametrize(
    "name",
    [
        "01-01-06-01-02-01.mp4",
        "01-01-09-01-02-01-12.mp4",
        "1001_DFA_ANG_XX.txt",
        "DC/x03.wav",
        "AF01ANX.JPG",
        "holiday.mp4",
        "",
    ],
)
def test_other_names_are_nobodys(corpora: dict[str, Naming], name: str) -> None:
    assert all(corpus.read(name) is None for corpus in corpora.values())


def test_every_corpus_fills_columns_that_a_table_has_and_states_its_licence(
    corpora: dict[str, Naming],
) -> None:
    assert len(corpora) == 10
    for corpus in corpora.values():
        assert corpus.licence
        assert corpus.attribution
        assert all(column in COLUMNS or column.startswith(OWN) for column in corpus.columns)
    known = {*Core, "calm", "pride", "embarrassment"}
    for corpus in corpora.values():
        if "emotion" in corpus.columns:
            assert set(corpus.columns["emotion"].codes.values()) <= known
    assert corpora["RaFD"].forbids == ("treatment", "commercial")


def test_a_folder_is_recognised_by_most_of_its_names(corpora: dict[str, Naming]) -> None:
    names = [f"1{actor:03}_DFA_{code}_XX.mp4" for actor in range(1, 20) for code in ("ANG", "HAP")]
    assert recognised([*names, "read me.txt"], corpora.values()) is corpora["CREMA-D"]
    assert recognised([names[0], *(f"{number}.mp4" for number in range(9))], corpora.values()) is None
    assert recognised([], corpora.values()) is None


def test_a_persons_own_pattern_fills_columns_by_the_names_of_its_groups() -> None:
    naming = own_naming(
        r"(?P<person>[a-z]+)-(?P<emotion>froh|wütend)-(?P<take>\d+)\.mp4",
        {"emotion": {"froh": "happiness", "wütend": "anger"}},
    )
    found = naming.read("Aufnahmen/Ben-Froh-3.mp4")
    assert found is not None
    assert found.texts == {"person": "Ben", "emotion": "happiness", "x_take": "3"}
    assert naming.read("Ben-traurig-3.mp4") is None


def test_a_code_that_is_not_listed_is_told_not_guessed() -> None:
    naming = own_naming(r"(?P<emotion>[a-z]+)\d*\.png", {"emotion": {"fr": "happiness"}})
    found = naming.read("tr4.png")
    assert found is not None
    assert found.texts == {}
    assert found.unknown == {"emotion": "tr"}


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(?P<emotion>[a-z]+", "clipset.pattern_unreadable"),
        ("[a-z]+", "clipset.pattern_no_groups"),
        ("a" * 501, "clipset.pattern_long"),
        ("(?P<a>x)(?P<a>y)", "clipset.pattern_unreadable"),
        ("(?P<a>((x{1000}){1,1000}){1000})", "clipset.pattern_slow"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_with_a_sentence(pattern: str, problem: str) -> None:
    with pytest.raises(ClipSetError) as caught:
        own_naming(pattern)
    assert caught.value.key == problem


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (r"(?P<a>(a|aa)+)", "a" * 100 + "b"),
        ("".join(f"(?P<g{number}>[^/]+?)" for number in range(9)) + r"_\.mp4", "a_" * 100 + ".mp4x_.mp"),
    ],
)
def test_a_pattern_that_would_take_years_is_refused_with_a_sentence(pattern: str, name: str) -> None:
    naming = own_naming(pattern)
    with pytest.raises(ClipSetError) as caught:
        naming.read(name)
    assert caught.value.key == "clipset.pattern_slow"
    assert "{" not in Words().error(caught.value)


@given(st.text(max_size=60))
def test_any_name_is_read_or_not_without_falling_over(name: str) -> None:
    for corpus in known_corpora():
        found = corpus.read(name)
        assert found is None or all(found.texts.values())


@given(st.text(max_size=30))
def test_any_pattern_is_usable_or_refused_as_known(pattern: str) -> None:
    with suppress(ClipSetError):
        assert own_naming(pattern).columns
