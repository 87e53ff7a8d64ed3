"""The thread that draws: what it does when it is asked for too much, loses its context, or has none."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from attune.app import studio as studio_module
from attune.app.cast import Cast
from attune.app.studio import FRONT
from attune.errors import NoOpenGLError, PersonError
from attune.people.parts import Face
from attune.people.rest import Rest
from attune.ui.bridge import Bridge
from attune.ui.drawn import Easel, Painter, PartnerView, Scene
from attune.ui.theme import Theme

LASTING = float("inf")


@dataclass(eq=False)
class Posing:
    """A face that says how often it was asked for."""

    lasts_s: float = 0.0
    asked: list[float] = field(default_factory=list)

    def __call__(self, time_s: float, /) -> Face:
        self.asked.append(time_s)
        return Rest(1).face(0.0)


class Studio:
    """Stands in for OpenGL: a picture's grey is how many were drawn before it."""

    software = False
    drawn = count()

    def __init__(self, _cast: Cast, _load_function: object) -> None:
        made.append(self)
        self.closed = False

    def draw(self, person: str, _face: Face, *, side: int, **_rest: object) -> NDArray[np.uint8]:
        if person == "Nobody":
            raise PersonError("person.unreadable", file="nobody.toml", problem="gone")
        if person in lost:
            lost.remove(person)
            message = "GL_CONTEXT_LOST"
            raise RuntimeError(message)
        assert may_draw.wait(10)
        return np.full((side, side, 3), next(self.drawn) % 256, np.uint8)

    def close(self) -> None:
        self.closed = True


made: list[Studio] = []
lost: list[str] = []
may_draw = threading.Event()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    made.clear()
    lost.clear()
    may_draw.set()
    monkeypatch.setattr(studio_module, "Studio", Studio)


@pytest.fixture
def painter(qtbot: QtBot, bridge: Bridge) -> Iterator[Painter]:
    with ThreadPoolExecutor(1) as background:
        made = Painter(Cast(background), bridge)
        yield made
        may_draw.set()
        made.close()


def scene(motion: Posing, person: str = "Ana", *, goes_on: bool = False) -> Scene:
    return Scene(person=person, motion=motion, view=FRONT, side=64, goes_on=goes_on)


def test_a_still_is_drawn_once(qtbot: QtBot, painter: Painter) -> None:
    easel, still = Easel(painter), Posing()
    with qtbot.waitSignal(easel.came) as came:
        easel.want(scene(still))
    image, time_s = came.args
    assert (image.width(), time_s) == (64, 0.0)
    with qtbot.assertNotEmitted(easel.came, wait=100):
        pass
    assert still.asked == [0.0]


def test_who_moves_is_drawn_until_it_is_over(qtbot: QtBot, painter: Painter) -> None:
    easel, motion = Easel(painter), Posing(lasts_s=0.2)
    times: list[float] = []
    easel.came.connect(lambda _image, time_s: times.append(time_s))
    easel.want(scene(motion))
    qtbot.waitUntil(lambda: bool(times) and times[-1] == motion.lasts_s)
    assert times[0] == 0.0
    assert times == sorted(times)
    assert len(times) > 3


def test_of_many_wishes_the_newest_is_drawn(qtbot: QtBot, painter: Painter) -> None:
    easel, wishes = Easel(painter), [Posing() for _ in range(50)]
    with qtbot.waitSignal(easel.came):
        easel.want(scene(Posing()))
    may_draw.clear()
    for wish in wishes:
        easel.want(scene(wish, goes_on=True))
    may_draw.set()
    qtbot.waitUntil(lambda: bool(wishes[-1].asked))
    assert sum(len(wish.asked) for wish in wishes) <= 3


def test_a_picture_of_what_is_not_wanted_any_more_is_not_shown(qtbot: QtBot, painter: Painter) -> None:
    easel = Easel(painter)
    with qtbot.waitSignal(easel.came):
        easel.want(scene(Posing()))
    shown: list[int] = []
    easel.came.connect(lambda image, _time: shown.append(image.pixelColor(0, 0).red()))
    may_draw.clear()
    old, new = Posing(), Posing()
    easel.want(scene(old))
    qtbot.waitUntil(lambda: bool(old.asked))
    easel.want(scene(new))
    may_draw.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1
    assert new.asked == [0.0]


def test_two_are_drawn_side_by_side(qtbot: QtBot, painter: Painter) -> None:
    easels = [Easel(painter) for _ in range(2)]
    counts = [0, 0]

    def counter(place: int) -> Callable[..., None]:
        def came(*_args: object) -> None:
            counts[place] += 1

        return came

    for place, easel in enumerate(easels):
        easel.came.connect(counter(place))
        easel.want(scene(Posing(lasts_s=LASTING)))
    qtbot.waitUntil(lambda: min(counts) > 5)
    assert abs(counts[0] - counts[1]) <= 2


def test_a_lost_context_begins_anew(qtbot: QtBot, painter: Painter) -> None:
    easel = Easel(painter)
    with qtbot.waitSignal(easel.came):
        easel.want(scene(Posing(lasts_s=LASTING)))
    lost.append("Ana")
    qtbot.waitUntil(lambda: len(made) == 2)
    with qtbot.waitSignal(easel.came):
        pass
    assert made[0].closed


def test_a_context_that_is_always_lost_is_given_up(qtbot: QtBot, painter: Painter) -> None:
    easel = Easel(painter)
    with qtbot.waitSignal(easel.came):
        easel.want(scene(Posing(lasts_s=LASTING)))
    lost.extend(["Ana"] * 3)
    with qtbot.waitSignal(easel.failed) as failed:
        pass
    assert "GL_CONTEXT_LOST" in str(failed.args[0])
    with qtbot.waitSignal(easel.failed):  # whoever asks later hears it too
        easel.want(scene(Posing()))


def test_without_opengl_it_says_so(
    qtbot: QtBot, painter: Painter, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    def nothing(*_args: object) -> None:
        raise NoOpenGLError("opengl.missing", reason="no driver")

    monkeypatch.setattr(studio_module, "Studio", nothing)
    view = PartnerView(painter, theme)
    qtbot.addWidget(view)
    view.resize(0, 0)  # as small as a window can make it
    view.show()
    with qtbot.waitSignal(view.failed) as failed:
        view.show_motion("Ana", Posing())
    assert isinstance(failed.args[0], NoOpenGLError)
    told: list[bool] = []
    painter.find_out(told.append)
    assert told == [False]
    view.say("Nobody can be drawn here.")
    assert not view.grab().isNull()


def test_whether_a_card_draws_is_found_out_once(qtbot: QtBot, painter: Painter) -> None:
    told: list[bool] = []
    painter.find_out(told.append)
    qtbot.waitUntil(lambda: told == [True])
    painter.find_out(told.append)
    assert told == [True, True]
    assert len(made) == 1


def test_one_person_who_cannot_be_drawn_keeps_no_other_from_it(qtbot: QtBot, painter: Painter) -> None:
    easel = Easel(painter)
    with qtbot.waitSignal(easel.failed) as failed:
        easel.want(scene(Posing(), "Nobody"))
    assert isinstance(failed.args[0], PersonError)
    with qtbot.waitSignal(easel.came):
        easel.want(scene(Posing()))


def test_closing_while_it_draws(qtbot: QtBot, painter: Painter, theme: Theme) -> None:
    view = PartnerView(painter, theme)
    motion = Posing(lasts_s=LASTING)
    with qtbot.waitSignal(view.came):
        view.show_motion("Ana", motion)
    view.deleteLater()
    may_draw.clear()
    threading.Timer(0.05, may_draw.set).start()
    painter.close()
    assert made[0].closed
    painter.close()  # once more does nothing
    painter.want(Easel(painter), scene(Posing()))
    assert len(made) == 1


@pytest.mark.parametrize("case", [(200, 1.0, 256), (300, 2.0, 640), (6000, 1.0, 1280)])
def test_it_is_drawn_as_large_as_it_shows(
    qtbot: QtBot,
    painter: Painter,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[int, float, int],
) -> None:
    pixels, ratio, side = case
    monkeypatch.setattr(PartnerView, "devicePixelRatioF", lambda _self: ratio)
    view = PartnerView(painter, theme)
    qtbot.addWidget(view)
    view.resize(pixels, pixels)
    with qtbot.waitSignal(view.came):
        view.show_motion("Ana", Posing())
    assert view.image is not None
    assert view.image.width() == side
