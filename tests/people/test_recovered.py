"""What three people are drawn to show is read off their faces again: which emotion, and how strong."""

from dataclasses import dataclass

import moderngl
import numpy as np
import pytest
from numpy.typing import NDArray

from attune.affect.vocabulary import Core
from attune.people.expression import Expression, load_expressions
from attune.people.figure import Figure
from attune.people.head import Head
from attune.people.performance import still
from attune.people.person import Person
from attune.people.renderer import Renderer
from attune.perception.expression import load_expression_model
from attune.perception.model_file import find_model
from attune.perception.track import FaceMeasurement, TrackBuilder
from attune.perception.tracker import FaceTracker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

THREE = ("Ana", "Jay", "Esi")
MOVED = [str(core) for core in Core if core != Core.NEUTRAL]
STEPS = (0.35, 0.65, 1.0)
SIDE = 400
FRAME_NS = 40_000_000


@dataclass(frozen=True)
class Read:
    """``moved`` (52,): change of the blendshapes from rest; ``top``: the likeliest emotion."""

    moved: NDArray[np.float32]
    top: str


@pytest.fixture(scope="module")
def found(
    head: Head,
    cast: dict[str, Person],
    context: moderngl.Context,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str, float], Read]:
    """Every still, by person, emotion and intensity."""
    expressions, reads = load_expressions(), {}
    with context, FaceTracker(find_model(None, tmp_path_factory.mktemp("data"))) as tracker:
        renderer = Renderer(context, size=(SIDE, SIDE))
        for name in THREE:
            figure = Figure(head, cast[name], level=1, density=0.5)
            renderer.load(figure)
            rest = measured(figure, renderer, tracker, expressions["neutral"], 0.0)
            for emotion in MOVED:
                for step in STEPS:
                    there = measured(figure, renderer, tracker, expressions[emotion], step)
                    reads[name, emotion, step] = read(rest, there)
        renderer.close()
    return reads


def measured(
    figure: Figure, renderer: Renderer, tracker: FaceTracker, expression: Expression, intensity: float
) -> FaceMeasurement:
    renderer.draw(figure.pose(still(expression, intensity)))
    face = tracker.measure_picture(np.ascontiguousarray(renderer.pixels()))
    assert face is not None, expression.name
    return face


def read(rest: FaceMeasurement, there: FaceMeasurement) -> Read:
    """As a film that is at rest for a while, then shows the expression."""
    builder = TrackBuilder()
    for index, face in enumerate([rest] * 14 + [there] * 10):
        builder.add(index * FRAME_NS, face)
    expressed = load_expression_model().read(builder.finish(width=SIDE, height=SIDE))
    top = list(Core)[int(expressed.labels[-4:].mean(axis=0).argmax())]
    return Read(there.blendshapes - rest.blendshapes, str(top))


def test_full_expressions_are_nearest_to_those_of_others(found: dict[tuple[str, str, float], Read]) -> None:
    strayed = []
    for name in THREE:
        means = {
            emotion: np.mean([found[other, emotion, 1.0].moved for other in THREE if other != name], axis=0)
            for emotion in MOVED
        }
        for emotion in MOVED:
            one = found[name, emotion, 1.0].moved
            near = {other: float(one @ mean / np.linalg.norm(mean)) for other, mean in means.items()}
            if max(near, key=lambda other: near[other]) != emotion:
                strayed.append((name, emotion))
    assert len(strayed) <= 1, strayed


def test_most_full_expressions_are_read_as_what_they_show(
    found: dict[tuple[str, str, float], Read],
) -> None:
    astray = [key for key, one in found.items() if key[2] == 1.0 and one.top != key[1]]
    assert len(astray) <= 1, astray


def test_the_order_of_intensities_is_found_again(found: dict[tuple[str, str, float], Read]) -> None:
    out_of_order = [
        (name, emotion)
        for name in THREE
        for emotion in MOVED
        if not np.all(np.diff([np.linalg.norm(found[name, emotion, step].moved) for step in STEPS]) > 0)
    ]
    assert len(out_of_order) <= 1, out_of_order
