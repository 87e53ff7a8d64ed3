from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from attune.clips.folder import content_hash, inside, relative_name

parts = st.sampled_from(["a", "..", ".", "", "/", "\\", "C:", "\\\\host", "b c", "ä", "\0"])


@example("./C:")
@given(st.lists(parts, max_size=6).map("/".join) | st.text(max_size=30))
def test_a_name_that_is_taken_stays_inside(text: str) -> None:
    name = relative_name(text)
    if name is not None:
        assert relative_name(name) == name
        assert inside(Path("/somewhere"), name) is not None


def test_hash_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert content_hash(tmp_path / "empty").startswith("e3b0c44298fc1c14")
