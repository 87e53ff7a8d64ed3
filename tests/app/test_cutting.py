"""A clip cut down: a file beside it, and a change that puts it in its place."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from attune.app.cutting import cut_down
from attune.app.editing import open_edited, save
from attune.app.edits import CutDown
from attune.app.measuring import Measurer
from attune.clips.clip_set import Clip, load_clip_set
from attune.clips.folder import content_hash
from attune.clips.writing import write_set
from attune.errors import EditError, MediaError
from attune.resources import Words
from tests.films import EIGHT, eight_clips

PATIENCE_S = 60.0
FEAR = "media/chi_fear.webm"
MS = 1_000_000


@pytest.fixture
def measurer(tmp_path: Path) -> Iterator[Measurer]:
    made = Measurer(lambda: tmp_path / "no model is needed", tmp_path / "tracks")
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "set"
    (made / "media").mkdir(parents=True)
    clips = tuple(
        replace(clip, file=made.resolve() / clip.name, truth=None)
        for clip in eight_clips().clips
        if clip.name == FEAR
    )
    shutil.copy(EIGHT / FEAR, made / FEAR)
    write_set(replace(eight_clips(), folder=made, clips=clips), ())
    return made


def cut(measurer: Measurer, folder: Path, clip: Clip, *, exact: bool) -> tuple[CutDown, bool]:
    return cut_down(measurer, clip, folder, 600 * MS, 2000 * MS, exact=exact).result(PATIENCE_S)


@pytest.mark.slow
def test_parts_lie_beside_the_clip_until_one_takes_its_place(measurer: Measurer, folder: Path) -> None:
    edited = open_edited(folder)
    (clip,) = edited.clips
    change, encoded = cut(measurer, folder, clip, exact=False)
    assert (change.name, change.start_s, encoded) == ("media/chi_fear-cut.webm", 0.52, False)
    exact, encoded = cut(measurer, folder, clip, exact=True)
    assert (exact.name, exact.start_s, encoded) == ("media/chi_fear-cut2.webm", 0.6, True)
    saved = save(edited.changed(exact, [FEAR]))
    (now,) = load_clip_set(folder).clips
    assert now == saved.clips[0]
    assert now.content_hash == content_hash(now.file)
    assert (now.onset_s, now.apex_s, now.offset_s) == (None, 0.12, None)  # the others lie outside
    assert not (folder / FEAR).exists()


def test_a_traced_clip_is_not_cut(folder: Path, measurer: Measurer) -> None:
    edited = open_edited(folder)
    (clip,) = edited.clips
    traced = replace(edited, clips=(replace(clip, trace=folder / "felt.csv"),))
    change, _ = cut(measurer, folder, clip, exact=False)
    with pytest.raises(EditError) as caught:
        traced.changed(change, [FEAR])
    assert "{" not in Words().error(caught.value)


def test_a_film_that_is_gone_is_told(folder: Path, measurer: Measurer) -> None:
    (clip,) = open_edited(folder).clips
    (folder / FEAR).unlink()
    with pytest.raises(MediaError, match="cannot_be_cut"):
        cut(measurer, folder, clip, exact=False)
    assert not list((folder / "media").iterdir())
