"""Small pictures of clips: made once, of the right moment, and never of what cannot be seen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attune.app.library import Channel, Clip
from attune.app.thumbnails import LATEST_S, SIDE, Thumbnails, strongest
from attune.errors import MediaError
from attune.media.pictures import read_picture
from tests.films import eight_clips


@pytest.fixture
def thumbnails(tmp_path: Path) -> Iterator[Thumbnails]:
    made = Thumbnails(tmp_path / "thumbnails")
    yield made
    made.close()


@pytest.fixture
def clip() -> Clip:
    return next(clip for clip in eight_clips().clips if clip.apex_s is not None)


def test_a_picture_is_made_once(thumbnails: Thumbnails, clip: Clip, tmp_path: Path) -> None:
    assert clip.apex_s is not None
    made = thumbnails.picture(clip).result()
    (file,) = (tmp_path / "thumbnails").iterdir()
    assert file.name == f"{clip.content_hash}-{clip.apex_s * 1000:.0f}.jpg"
    _, rgb = read_picture(file)
    assert max(rgb.shape) == SIDE
    file.write_bytes(b"kept")
    assert made != b"kept"
    assert thumbnails.picture(clip).result() == b"kept"


def test_another_moment_is_another_picture(thumbnails: Thumbnails, clip: Clip) -> None:
    at_rest = replace(clip, apex_s=0.0)
    assert thumbnails.picture(clip).result() != thumbnails.picture(at_rest).result()


def test_a_folder_that_cannot_be_written_costs_no_picture(clip: Clip, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    thumbnails = Thumbnails(tmp_path / "file" / "thumbnails")
    assert thumbnails.picture(clip).result().startswith(b"\xff\xd8")
    thumbnails.close()


def test_there_is_nothing_to_see_of_a_sound(thumbnails: Thumbnails, clip: Clip) -> None:
    with pytest.raises(MediaError, match="no_frames"):
        thumbnails.picture(replace(clip, channel=Channel.SOUND)).result()


def test_nor_of_a_damaged_film(thumbnails: Thumbnails, clip: Clip, tmp_path: Path) -> None:
    (tmp_path / "one.mp4").write_bytes(b"not a film")
    with pytest.raises(MediaError):
        thumbnails.picture(replace(clip, file=tmp_path / "one.mp4", content_hash="0" * 64)).result()


@pytest.mark.parametrize(
    ("onset", "apex", "offset", "moment"),
    [
        (0.2, 0.9, 2.0, 0.9),
        (0.2, None, 2.0, 1.1),
        (0.2, None, None, 0.2),
        (None, None, 2.0, None),
        (None, 7200.0, None, LATEST_S),
    ],
)
def test_the_moment_is_the_strongest_that_is_known(
    clip: Clip, onset: float | None, apex: float | None, offset: float | None, moment: float | None
) -> None:
    assert strongest(replace(clip, onset_s=onset, apex_s=apex, offset_s=offset)) == moment
