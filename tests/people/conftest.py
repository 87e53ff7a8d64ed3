"""A person and a context to draw them in, made once for all tests of this folder."""

from collections.abc import Iterator

import moderngl
import pytest

from attune.people.context import off_screen_context
from attune.people.figure import Figure
from attune.people.head import Head, load_head
from attune.people.person import Person, load_cast
from attune.people.renderer import Renderer

SIDE = 128


@pytest.fixture(scope="session")
def head() -> Head:
    return load_head()


@pytest.fixture(scope="session")
def cast() -> dict[str, Person]:
    return {person.name: person for person in load_cast()}


@pytest.fixture(scope="session")
def figure(head: Head) -> Figure:
    return Figure(head, load_cast()[0], level=1, density=0.3)


@pytest.fixture(scope="session")
def context() -> Iterator[moderngl.Context]:
    context = off_screen_context()
    yield context
    context.release()


@pytest.fixture(autouse=True)
def _current(request: pytest.FixtureRequest) -> Iterator[None]:
    """Other tests may have made another context the thread's current one."""
    if {"context", "renderer"} & set(request.fixturenames):
        with request.getfixturevalue("context"):
            yield
    else:
        yield


@pytest.fixture(scope="session")
def renderer(context: moderngl.Context, figure: Figure) -> Iterator[Renderer]:
    renderer = Renderer(context, size=(SIDE, SIDE))
    renderer.load(figure)
    yield renderer
    renderer.close()
