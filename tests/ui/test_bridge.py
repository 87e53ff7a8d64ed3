"""Results of other threads arrive on the UI thread, or nowhere."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from attune.ui.bridge import Bridge
from tests.futures import settled


def test_result_arrives_on_the_ui_thread(qtbot: QtBot, bridge: Bridge) -> None:
    arrived: list[tuple[int, threading.Thread]] = []
    with ThreadPoolExecutor(1) as pool:
        bridge.deliver(pool.submit(lambda: 7), lambda got: arrived.append((got, threading.current_thread())))
        qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [(7, threading.current_thread())]


def test_an_error_goes_to_who_asked_for_it(qtbot: QtBot, bridge: Bridge) -> None:
    errors: list[BaseException] = []
    problem = ValueError("no")
    bridge.deliver(settled(problem), lambda _: None, errors.append)
    qtbot.waitUntil(lambda: errors == [problem])


def test_an_error_no_one_asked_for_goes_out_by_signal(qtbot: QtBot, bridge: Bridge) -> None:
    problem = ValueError("no")
    with qtbot.waitSignal(bridge.failed) as signal:
        bridge.deliver(settled(problem), lambda _: None)
    assert signal.args == [problem]


def test_a_cancelled_future_says_nothing(qtbot: QtBot, bridge: Bridge) -> None:
    said: list[object] = []
    future: Future[object] = Future()
    future.cancel()
    bridge.deliver(future, said.append, said.append)
    bridge.post(lambda: said.append("after it"))
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["after it"]


def test_nothing_reaches_a_widget_that_is_gone(qtbot: QtBot, bridge: Bridge) -> None:
    said: list[object] = []
    label = QLabel()
    label.destroyed.connect(lambda: said.append("gone"))
    future: Future[str] = Future()
    bridge.deliver(future, label.setText)
    bridge.deliver(future, partial(label.setProperty, "told"))
    label.deleteLater()
    qtbot.waitUntil(lambda: said == ["gone"])
    future.set_result("too late")
    bridge.post(lambda: said.append("after it"))
    qtbot.waitUntil(lambda: "after it" in said)


def test_after_closing_nothing_is_delivered(qtbot: QtBot) -> None:
    closed, said = Bridge(), []
    future: Future[int] = Future()
    closed.deliver(future, said.append)
    closed.close()
    future.set_result(1)
    witness = Bridge()
    witness.post(lambda: said.append("witness"))
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["witness"]
    assert isinstance(closed, QObject)
    witness.close()
