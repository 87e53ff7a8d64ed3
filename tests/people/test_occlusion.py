"""How light reaches a resting person."""

import moderngl
import numpy as np
import pytest

from attune.people.figure import Figure
from attune.people.head import Head
from attune.people.occlusion import directions
from attune.people.parts import StrandKind
from attune.people.renderer import AT_REST, Renderer
from attune.people.scene import Baked, Scene


@pytest.fixture(scope="module")
def baked(context: moderngl.Context, renderer: Renderer, figure: Figure) -> Baked:
    found: list[Baked] = []
    shine_on = Scene.shine_on

    def look(scene: Scene, baked: Baked) -> None:
        found.append(baked)
        shine_on(scene, baked)

    with context, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Scene, "shine_on", look)
        renderer.load(figure)
    return found[0]


def test_everything_is_a_share(baked: Baked) -> None:
    assert baked.hair is not None
    shares = [*baked.room.values(), *baked.key.values(), *baked.thin.values(), *baked.hair]
    for share in shares:
        assert share.min() >= 0
        assert share.max() <= 1


def test_the_nose_sees_more_of_the_room_than_the_inside_of_the_mouth(
    baked: Baked, figure: Figure, head: Head
) -> None:
    skin = figure.pose(AT_REST).positions["skin"]
    nose = np.argmax(np.where(np.isin(np.arange(len(skin)), figure.surfaces["skin"].quads), skin[:, 2], 0))
    inside = (head.inner_mouth(1) > 0.5) & (skin[:, 2] < 1.2)
    assert baked.room["skin"][nose] > 0.7
    assert np.median(baked.room["skin"][inside]) < 0.1


def test_hair_keeps_light_from_the_scalp_and_not_from_the_face(baked: Baked, figure: Figure) -> None:
    posed = figure.pose(AT_REST)
    skin, outwards = posed.positions["skin"], posed.normals["skin"]
    roots = figure.strands[StrandKind.HAIR].points[:, 0]
    top = np.flatnonzero(skin[:, 1] > roots[:, 1].max() - 0.3)
    covered = top[[np.linalg.norm(roots - skin[point], axis=1).min() < 0.05 for point in top]]
    cheeks = (np.abs(skin[:, 0]) < 0.5) & (abs(skin[:, 1] - 6.9) < 0.15) & (outwards[:, 2] > 0.5)
    assert np.median(baked.room["skin"][covered]) < np.median(baked.room["skin"][cheeks])
    assert np.median(baked.key["skin"][covered]) < 0.9
    assert np.median(baked.key["skin"][cheeks]) > 0.9


def test_ears_are_thin_and_foreheads_are_not(baked: Baked, figure: Figure) -> None:
    rest, thin = figure.surfaces["skin"].rest, baked.thin["skin"]
    ears = (np.abs(rest[:, 0]) > 0.8) & (rest[:, 1] > 6.9)
    forehead = (rest[:, 1] > 7.6) & (rest[:, 2] > 1.2)
    assert thin[ears].mean() > thin[forehead].mean()
    assert thin[forehead].mean() < 0.1


def test_directions_are_spread_evenly() -> None:
    ways = directions(50)
    assert np.allclose(np.linalg.norm(ways, axis=1), 1)
    assert np.abs(ways.mean(axis=0)).max() < 0.03
