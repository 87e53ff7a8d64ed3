"""Pictures of a person; what is drawn here is drawn by the processor or a card, whatever there is."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from attune.errors import NoOpenGLError
from attune.people.camera import View
from attune.people.figure import Figure
from attune.people.lighting import Backdrop
from attune.people.parts import Face, StrandKind
from attune.people.renderer import AT_REST, Renderer
from attune.people.shapes import shape_weights

SIDE = 128
Picture = NDArray[np.uint8]


def drawn(renderer: Renderer, figure: Figure, face: Face = AT_REST, view: View | None = None) -> Picture:
    renderer.draw(figure.pose(face), view)
    return renderer.pixels()


def turned(yaw: float) -> Face:
    return replace(AT_REST, head=np.array([yaw, 0, 0], np.float32))


def difference(one: Picture, other: Picture) -> float:
    return float(np.abs(one.astype(float) - other.astype(float)).mean())


def test_a_picture_has_rows_columns_and_three_colours(renderer: Renderer, figure: Figure) -> None:
    picture = drawn(renderer, figure)
    assert picture.shape == (SIDE, SIDE, 3)
    assert picture.dtype == np.uint8


def test_the_face_is_in_the_middle_and_the_backdrop_around(renderer: Renderer, figure: Figure) -> None:
    picture = drawn(renderer, figure).astype(float)
    skin = picture[SIDE * 5 // 8 : SIDE * 6 // 8, SIDE * 7 // 16 : SIDE * 9 // 16]
    assert (skin[..., 0] > skin[..., 2] + 15).all()
    assert np.ptp(picture[:4, :4], axis=2).max() < 30
    assert picture.std() > 20


def test_the_top_row_comes_first(renderer: Renderer, figure: Figure) -> None:
    raised = drawn(renderer, figure, replace(AT_REST, shift=np.array([0, 0.8, 0], np.float32)))
    lowered = drawn(renderer, figure, replace(AT_REST, shift=np.array([0, -0.8, 0], np.float32)))
    backdrop = lowered[: SIDE // 8]
    assert difference(raised[: SIDE // 8], backdrop) > 10


def test_the_same_frame_is_the_same_picture_whatever_came_before(renderer: Renderer, figure: Figure) -> None:
    first = drawn(renderer, figure, turned(0.2))
    drawn(renderer, figure, turned(-0.6), View(yaw=1.5, pitch=0.4, zoom=2))
    assert np.array_equal(drawn(renderer, figure, turned(0.2)), first)


def test_another_renderer_draws_the_same_picture_even_after_other_frames(
    context: moderngl.Context, renderer: Renderer, figure: Figure
) -> None:
    other = Renderer(context, size=(SIDE, SIDE))
    try:
        other.load(figure)
        jaw = replace(turned(-0.6), shapes=shape_weights({"jawOpen": 1.0}))
        drawn(other, figure, jaw, View(yaw=-0.4))
        assert np.array_equal(drawn(other, figure), drawn(renderer, figure))
    finally:
        other.close()


def test_a_face_that_does_something_looks_different(renderer: Renderer, figure: Figure) -> None:
    surprised = replace(AT_REST, shapes=shape_weights({"jawOpen": 0.7, "browInnerUp": 1.0}))
    assert difference(drawn(renderer, figure), drawn(renderer, figure, surprised)) > 1


def test_a_head_turned_one_way_is_about_the_mirror_of_one_turned_the_other(
    renderer: Renderer, figure: Figure
) -> None:
    left, right, ahead = (drawn(renderer, figure, turned(yaw)) for yaw in (0.4, -0.4, 0.0))
    edges = [np.abs(np.diff(picture.astype(float).mean(axis=2), axis=1)) > 12 for picture in (left, right)]
    mirrored = np.mean(edges[0][:, ::-1] & edges[1]) / np.mean(edges[0] | edges[1][:, ::-1])
    unlike = np.mean(edges[0] & edges[1]) / np.mean(edges[0] | edges[1])
    assert mirrored > unlike
    assert difference(left[:, ::-1], right) < difference(left, right)
    assert difference(left, ahead) > 2


def test_a_fine_picture_is_the_same_picture_with_softer_edges(
    context: moderngl.Context, renderer: Renderer, figure: Figure
) -> None:
    fine = Renderer(context, size=(SIDE, SIDE), samples=4)
    try:
        fine.load(figure)
        assert 0 < difference(drawn(fine, figure), drawn(renderer, figure)) < 6
    finally:
        fine.close()


@pytest.mark.parametrize(
    ("asked", "given"),
    [((0, -5), (16, 16)), ((1, 100), (16, 100)), ((100_000, 16), (4096, 16)), ((33, 57), (33, 57))],
)
def test_sizes_are_kept_within_what_is_possible(
    renderer: Renderer, figure: Figure, asked: tuple[int, int], given: tuple[int, int]
) -> None:
    try:
        renderer.resize(asked)
        assert renderer.size == given
        assert drawn(renderer, figure).shape == (given[1], given[0], 3)
    finally:
        renderer.resize((SIDE, SIDE))


def test_backdrops_differ(context: moderngl.Context, renderer: Renderer, figure: Figure) -> None:
    sand = Renderer(context, size=(SIDE, SIDE), backdrop=Backdrop.SAND)
    try:
        sand.load(figure)
        grey, warm = (
            drawn(each, figure)[:8, :8].astype(float).mean(axis=(0, 1)) for each in (renderer, sand)
        )
    finally:
        sand.close()
    assert grey[2] > grey[0]
    assert warm[0] > warm[2]


def test_nobody_can_be_drawn_before_somebody_was_loaded(context: moderngl.Context, figure: Figure) -> None:
    empty = Renderer(context, size=(16, 16))
    try:
        with pytest.raises(RuntimeError):
            empty.draw(figure.pose(AT_REST))
    finally:
        empty.close()


def test_who_has_no_hair_can_be_drawn(context: moderngl.Context, figure: Figure) -> None:
    strands = {kind: strands for kind, strands in figure.strands.items() if kind is not StrandKind.HAIR}
    shaved = SimpleNamespace(surfaces=figure.surfaces, strands=strands, pose=figure.pose)
    bald = Renderer(context, size=(SIDE, SIDE))
    try:
        bald.load(shaved)
        assert drawn(bald, figure).std() > 20
    finally:
        bald.close()


def test_closing_gives_everything_back(
    context: moderngl.Context, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    for kind in ("buffer", "texture", "texture3d", "depth_texture", "renderbuffer", "depth_renderbuffer"):
        remember(context, kind, made, monkeypatch)
    for kind in ("framebuffer", "program", "vertex_array"):
        remember(context, kind, made, monkeypatch)
    renderer = Renderer(context, size=(32, 32), samples=4)
    renderer.load(figure)
    renderer.load(figure)
    renderer.resize((48, 48))
    drawn(renderer, figure)
    renderer.close()
    assert len(made) > 50
    assert [part for part in made if not isinstance(part.mglo, moderngl.InvalidObject)] == []


def remember(context: moderngl.Context, kind: str, made: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    make = getattr(context, kind)

    def remembering(*arguments: object, **options: object) -> Any:
        made.append(make(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(context, kind, remembering)


def test_a_card_that_gives_up_while_reading_is_a_known_error(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(renderer._context), "error", property(lambda _self: "GL_CONTEXT_LOST"))
    with pytest.raises(NoOpenGLError, match="GL_CONTEXT_LOST"):
        renderer.pixels()
