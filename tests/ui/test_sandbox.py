"""Trying a face in the real window: by keys and by mouse, drawn off the screen by the real renderer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication
from pytestqt.qtbot import QtBot

from attune.app.faces import UNITS, Pace
from attune.app.settings import Appearance
from attune.ui.main_window import MainWindow
from attune.ui.sandbox import SandboxPage
from attune.ui.sandbox.bench import FaceBench
from attune.ui.sandbox.units import STEP
from attune.ui.shell import Shell

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 60_000  # a person is built in a second or two, and more where others work too
Opener = Callable[..., Shell]

pytestmark = pytest.mark.usefixtures("built_once")


def opened(qtbot: QtBot, window: MainWindow) -> FaceBench:
    qtbot.waitExposed(window)
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    page = window.page
    assert isinstance(page, SandboxPage)
    qtbot.waitUntil(lambda: page.bench is not None, timeout=PATIENCE_MS)
    assert page.bench is not None
    return page.bench


@pytest.fixture
def page(qtbot: QtBot, open_window: Opener) -> FaceBench:
    return opened(qtbot, open_window().window)


@pytest.fixture
def drawn(qtbot: QtBot, page: FaceBench) -> FaceBench:
    qtbot.waitUntil(lambda: page.view.image is not None, timeout=PATIENCE_MS)
    return page


def settled(qtbot: QtBot, page: FaceBench) -> bytes:
    """The picture once nothing moves any more."""
    count = -1

    def quiet() -> bool:
        nonlocal count
        before, count = count, page.painter.drawn
        jobs = page.painter._jobs.values()
        return before == count and all(job.due_s == float("inf") and job.fresh is None for job in jobs)

    qtbot.waitUntil(quiet, timeout=PATIENCE_MS)
    image = page.view.image
    assert image is not None
    return bytes(image.constBits())


def test_a_face_is_made_by_keys_alone(qtbot: QtBot, page: FaceBench) -> None:
    assert page.said.said == page._words("sandbox.said.rest")
    for code, presses in (("AU1", 16), ("AU2", 18), ("AU5", 14), ("AU26", 18)):
        slider = page.units.controls[code].both
        slider.setFocus()
        for _ in range(presses):
            qtbot.keyClick(slider, Qt.Key.Key_Right)
        assert slider.value() == presses * STEP
    assert "surprise" in page.said.said
    assert "fear" in page.said.said
    assert "Jaw dropped" in page.said.because
    assert "surprise" in page.view.accessibleName()
    assert page.person in page.view.accessibleName()
    assert page.units.controls["AU26"]._name.property("role") == "speaks"
    assert page.units.controls["AU12"]._name.property("role") == "body"
    assert not any(button.isChecked() for button in page.ready.buttons.values())  # it is nobody's recipe
    qtbot.keyClick(page.play.rest, Qt.Key.Key_Space)
    assert page.said.said == page._words("sandbox.said.rest")
    assert all(control.both.value() == 0 for control in page.units.controls.values())


def test_a_ready_face_moves_the_sliders_and_its_strength_scales_them(qtbot: QtBot, page: FaceBench) -> None:
    fear = page.ready.buttons["fear"]
    fear.setFocus()
    qtbot.keyClick(fear, Qt.Key.Key_Space)
    full = {code: control.both.value() for code, control in page.units.controls.items()}
    assert full["AU20"] > 50
    assert fear.isChecked()
    assert "fear" in page.said.said
    for _ in range(10):
        qtbot.keyClick(page.strength.slider, Qt.Key.Key_Left)
    half = {code: control.both.value() for code, control in page.units.controls.items()}
    assert page.strength.said.text() == "50 %"
    assert half["AU1"] == pytest.approx(full["AU1"] / 2, abs=1)
    assert all(half[code] <= full[code] for code in full)
    assert fear.isChecked()


def test_one_corner_of_the_mouth_alone(qtbot: QtBot, page: FaceBench) -> None:
    corners = page.units.controls["AU12"]
    assert not corners.apart
    qtbot.keyClick(page.units.switch, Qt.Key.Key_Space)
    assert corners.apart
    assert not page.units.controls["AU26"].apart  # a jaw has no sides
    # As one sees the person: their right side stands on the left.
    assert corners.right.mapTo(page, QPoint()).x() < corners.left.mapTo(page, QPoint()).x()
    for _ in range(12):
        qtbot.keyClick(corners.left, Qt.Key.Key_Right)
    assert "contempt" in page.said.said
    assert corners.right.value() == 0
    qtbot.keyClick(page.units.switch, Qt.Key.Key_Space)
    assert not corners.apart
    assert "happiness" in page.said.said  # the other side went along


def test_sides_come_apart_for_a_face_that_needs_it_and_join_again(page: FaceBench) -> None:
    page.ready.chosen.emit("contempt")
    assert page.units.switch.isChecked()
    page.ready.chosen.emit("happiness")
    assert not page.units.switch.isChecked()
    page.units.switch.click()
    page.ready.chosen.emit("anger")
    assert page.units.switch.isChecked()  # that was the person's own wish


def test_further_faces_are_in_a_menu(page: FaceBench) -> None:
    page.ready.actions_by_name["happily_surprised"].trigger()
    assert page.expression.name == "happily_surprised"
    assert page.ready.more.isChecked()
    assert page.ready.more.text() == page._words("people.expressions.happily_surprised")
    page.ready.chosen.emit("anger")
    assert page.ready.more.text() == page._words("sandbox.page.more")


def test_everything_is_reached_by_tab_and_has_a_name(qtbot: QtBot, page: FaceBench) -> None:
    page.units.switch.setChecked(True)
    wanted = {
        widget
        for kind in (QAbstractButton, QAbstractSlider)
        for widget in page.findChildren(kind)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert all(widget.accessibleName() or widget.text() for widget in wanted)  # type: ignore[union-attr]
    sliders = [widget for widget in wanted if isinstance(widget, QAbstractSlider)]
    assert len({slider.accessibleName() for slider in sliders}) == len(sliders)
    assert len(sliders) > sum(len(codes) for codes in UNITS.values())
    page.view.setFocus()
    reached = {page.view}
    for _ in range(len(wanted) + 10):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert wanted <= reached


def test_the_picture_follows_what_is_set_and_how_one_stands(qtbot: QtBot, drawn: FaceBench) -> None:
    rest = settled(qtbot, drawn)
    assert drawn.painter.software is True  # here the processor draws
    assert drawn._note.isVisible()
    drawn.ready.buttons["surprise"].click()
    surprised = settled(qtbot, drawn)
    assert surprised != rest
    middle = drawn.view.rect().center()
    qtbot.mousePress(drawn.view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(drawn.view, middle + QPoint(60, 10))
    qtbot.mouseRelease(drawn.view, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 10))
    yaw, pitch = drawn.view.turned
    assert yaw < 0 < pitch
    turned = settled(qtbot, drawn)
    assert turned != surprised
    qtbot.keyClick(drawn.view, Qt.Key.Key_Left)
    assert drawn.view.turned[0] < yaw
    for _ in range(40):
        qtbot.keyClick(drawn.view, Qt.Key.Key_Right)
    assert drawn.view.turned[0] < 2  # nobody is seen from behind
    qtbot.keyClick(drawn.view, Qt.Key.Key_Home)
    assert drawn.view.turned == (0.0, 0.0)
    assert settled(qtbot, drawn) == surprised  # the same again, to the last pixel


def test_it_comes_stays_and_goes(qtbot: QtBot, drawn: FaceBench) -> None:
    drawn.ready.buttons["happiness"].click()
    held = settled(qtbot, drawn)
    times: list[float] = []
    drawn.view.painted.connect(lambda time_s, _clock: times.append(time_s))
    with qtbot.waitSignal(drawn.view.over, timeout=PATIENCE_MS):
        drawn.play.buttons[Pace.BRIEF].click()
    assert times == sorted(times)
    assert len(times) > 2
    assert settled(qtbot, drawn) == held  # and what is set shows again


@pytest.mark.slow
def test_another_person(qtbot: QtBot, drawn: FaceBench) -> None:
    first, before = drawn.person, settled(qtbot, drawn)
    actions = drawn.person_button.choices.actions()
    assert len(actions) >= 2
    actions[1].trigger()
    assert drawn.person == actions[1].text() != first
    assert drawn.view.image is None
    qtbot.waitUntil(lambda: drawn.view.image is not None, timeout=PATIENCE_MS)
    assert settled(qtbot, drawn) != before


def test_nobody_is_drawn_unseen(qtbot: QtBot, drawn: FaceBench) -> None:
    settled(qtbot, drawn)
    window = drawn.window()
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert not drawn.painter._jobs
    drawn.ready.chosen.emit("fear")
    assert not drawn.painter._jobs
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    qtbot.waitUntil(lambda: bool(drawn.painter._jobs))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "text_scale", "look"),
    [
        ((760, 540), 1.0, Appearance.LIGHT),
        ((760, 540), 1.6, Appearance.DARK),
        ((1280, 832), 1.6, Appearance.LIGHT),
        ((2400, 1400), 1.0, Appearance.DARK),
    ],
)
def test_nothing_is_cut_off_at_any_size(
    qtbot: QtBot, open_window: Opener, size: tuple[int, int], text_scale: float, look: Appearance
) -> None:
    shell = open_window()
    page = opened(qtbot, shell.window)
    shell.window.resize(*size)
    shell.theme.choose(text_scale=text_scale, appearance=look)
    page.ready.chosen.emit("surprise")
    qtbot.waitUntil(lambda: page.viewport().width() > 0 and page.view.height() >= page.view.minimumHeight())

    def fits() -> bool:
        for control in page.units.controls.values():
            name = control._name
            if name.sizeHint().width() > name.width() + 1:
                return False
        inner = page._scroll
        return inner.widget().width() <= inner.viewport().width() and page.widget().width() <= page.width()

    qtbot.waitUntil(fits)
    assert page.view.picture_rect().width() >= 200
    shell.theme.choose(text_scale=1.0, appearance=Appearance.LIGHT)
