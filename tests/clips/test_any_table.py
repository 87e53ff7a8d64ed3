"""Whatever lies in the folder, loading gives a clip set or says in a sentence what to do."""

from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attune.affect.vocabulary import Core
from attune.clips.clip_set import ClipSet, load_clip_set
from attune.clips.table import COLUMNS
from attune.errors import ClipSetError
from attune.resources import Words

from .conftest import Maker

WORDS = Words()
quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

GOOD = {
    "file": "media/one.mp4",
    "emotion": "fear",
    "intensity": "0.5",
    "valence": "-0.5",
    "arousal": "0.5",
    "onset_s": "0.1",
    "apex_s": "0.5",
    "offset_s": "1.5",
    "channel": "picture",
    "person": "Ada",
    "reference": "expert",
    "votes_fear": "3",
    "truth": "media/face.png",
    "sha256": "ab" * 32,
    "note": "a note",
}
odd_cells = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "../x",
            "/etc/passwd",
            "media/two.mp4",
            "nan",
            "inf",
            "1e999",
            "-1",
            "2",
            "0,5",
            "crowd",
            "\0",
        ]
    ),
    st.floats().map(str),
    st.text(max_size=12),
)
cells = st.one_of(st.sampled_from(sorted(GOOD.values())), odd_cells)
columns = st.one_of(
    st.sampled_from([*COLUMNS, *(f"votes_{core}" for core in Core), "x_own", "votes_joy", ""]),
    st.text(max_size=8),
)


def loads_or_says_why(maker: Maker) -> ClipSet | None:
    try:
        found = load_clip_set(maker.folder)
    except ClipSetError as error:
        WORDS.error(error)  # fails where the sentence or one of its gaps is missing
        return None
    root = maker.folder.resolve()
    for clip in found.clips:
        assert clip.file.is_file()
        assert clip.file.is_relative_to(root)
        assert clip.references
        assert len({reading.source for reading in clip.references}) == len(clip.references)
        times = [time for time in (clip.onset_s, clip.apex_s, clip.offset_s) if time is not None]
        assert times == sorted(times)
    return found


def as_csv(rows: list[list[str]]) -> bytes:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\r\n".join(lines).encode("utf-8", "replace")


@quick
@given(st.lists(columns, min_size=1, max_size=10), st.lists(st.lists(cells, max_size=11), max_size=5))
def test_random_tables(shared_maker: Callable[[], Maker], header: list[str], rows: list[list[str]]) -> None:
    maker = shared_maker()
    (maker.folder / "clips.csv").write_bytes(as_csv([header, *rows]))
    loads_or_says_why(maker)


@quick
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), odd_cells, max_size=3), st.integers(1, 3))
@example({}, 1)
def test_good_rows_with_odd_cells(
    shared_maker: Callable[[], Maker], odd: dict[str, str], copies: int
) -> None:
    maker = shared_maker()
    row = list({**GOOD, **odd}.values())
    (maker.folder / "clips.csv").write_bytes(as_csv([list(GOOD), *[row] * copies]))
    found = loads_or_says_why(maker)
    if not odd:
        assert (found is None) == (copies > 1)


@quick
@given(st.binary(max_size=80), st.integers(0, 200), st.integers(0, 40))
def test_damaged_files(shared_maker: Callable[[], Maker], noise: bytes, place: int, cut: int) -> None:
    maker = shared_maker()
    good = as_csv([list(GOOD), list(GOOD.values())])
    (maker.folder / "clips.csv").write_bytes(good[:place] + noise + good[place + cut :])
    loads_or_says_why(maker)


@quick
@given(
    st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_settings(shared_maker: Callable[[], Maker], settings_text: bytes) -> None:
    maker = shared_maker()
    maker.table("media/one.mp4,fear")
    maker.manifest(b'name = "A"\n' + settings_text)
    loads_or_says_why(maker)
    maker.manifest('name = "A set"')
