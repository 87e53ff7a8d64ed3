import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from attune.perception.private import CLOSED_PROXY, keep_private

CHECKOUT = Path(__file__).parents[2]
UPLOAD_S = 70  # MediaPipe's first upload comes a minute after a landmarker begins to work
PROXIES = ("https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY")


def python(*arguments: str, **environment: str) -> str:
    """Run Python in an environment that says nothing of proxies or Qt, and return what it printed."""
    plain = {
        name: value for name, value in os.environ.items() if not re.search("proxy|^QT_", name, re.IGNORECASE)
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env=plain | environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def _not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "mediapipe", raising=False)
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_not_loaded")
def test_every_way_out_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "googleapis.com")
    monkeypatch.setenv("NO_PROXY", "*")
    keep_private()
    keep_private()
    assert {name: os.environ.get(name) for name in PROXIES if name != "HTTPS_PROXY"} == {
        "https_proxy": CLOSED_PROXY,
        "no_proxy": None,
        "NO_PROXY": None,
    }


@pytest.mark.usefixtures("_not_loaded")
def test_too_late_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mediapipe", object())
    with pytest.raises(RuntimeError, match="before"):
        keep_private()


def test_nobody_listens_behind_the_closed_door() -> None:
    host, port = CLOSED_PROXY.removeprefix("http://").split(":")
    with socket.socket() as knock, pytest.raises(ConnectionRefusedError):
        knock.connect((host, int(port)))


@pytest.mark.parametrize(
    "imports",
    [
        "load_mediapipe()",
        "import attune.media.open; load_mediapipe()",
        "load_mediapipe(); import attune.media.open",
    ],
)
def test_qt_does_not_hear_of_opencv(imports: str) -> None:
    """Importing cv2, which mediapipe does too, points these variables at its own plugins on Linux."""
    code = (
        "import os, sys; from attune.perception.landmarker import load_mediapipe\n"
        f"{imports}\n"
        "assert 'cv2' in sys.modules\n"
        "print([name for name in os.environ if name.startswith('QT_')], os.environ['https_proxy'])"
    )
    assert python("-c", code) == f"[] {CLOSED_PROXY}\n"


def test_importing_perception_loads_nothing_heavy() -> None:
    code = (
        "import sys, attune.perception.tracker, attune.perception.expression, attune.perception.live\n"
        "print([name for name in ('mediapipe', 'cv2', 'scipy', 'matplotlib') if name in sys.modules])"
    )
    assert python("-c", code) == "[]\n"


# What leaves the machine: two landmarkers side by side for a little over a minute.

LANDMARKER = f"""
import sys, threading, time
from pathlib import Path
from skimage import data
from attune.perception import private
from attune.perception.model_file import find_model
from attune.perception.tracker import FaceTracker
if len(sys.argv) > 1:
    private.CLOSED_PROXY = sys.argv[1]
picture, found, never = data.astronaut(), 0, threading.Event()
with FaceTracker(find_model(None, Path('nowhere'))) as tracker:
    for tick in range({2 * UPLOAD_S}):
        found += tracker.measure(picture, tick * 500_000_000) is not None
        never.wait(0.5)
assert found == {2 * UPLOAD_S}
"""


@dataclass(frozen=True)
class Sent:
    """What came out of two minutes of MediaPipe."""

    arrived: list[bytes]  # at a listener put in the place of the closed door
    listener: tuple[str, int]
    listened: str | None  # what strace saw of that process, None without strace
    closed: str | None  # the same of one with the door closed, as Attune has it


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("strace")
    strace = shutil.which("strace")
    arrived: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()

        def listen() -> None:
            while (connection := server.accept()[0]).getpeername()[1] != stopper[0]:
                with connection:
                    arrived.append(connection.recv(4096))
            connection.close()

        stopper = [0]
        thread = threading.Thread(target=listen)
        thread.start()

        def run(name: str, *proxy: str) -> subprocess.Popen[bytes]:
            watched = [strace, "-f", "-e", "trace=network", "-o", str(folder / name)] if strace else []
            command = [*watched, sys.executable, "-c", LANDMARKER, *proxy]
            return subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.DEVNULL)

        both = [run("listened", f"http://{address[0]}:{address[1]}"), run("closed")]
        codes = [process.wait(110) for process in both]
        with socket.socket() as last:
            last.bind(("127.0.0.1", 0))
            stopper[0] = last.getsockname()[1]
            last.connect(address)
            thread.join()
    assert codes == [0, 0]
    seen = [(folder / name).read_text() if strace else None for name in ("listened", "closed")]
    return Sent(arrived, address, *seen)


def addresses(trace: str | None) -> set[tuple[str, int]]:
    """Every internet address that a traced process connected to or sent anything to."""
    if trace is None:
        pytest.skip("strace is not installed, so nobody can see which addresses were tried")
    calls = [line for line in trace.splitlines() if re.search(r"\b(connect|sendto|sendmsg|sendmmsg)\(", line)]
    return {
        (match[2], int(match[1]))
        for call in calls
        for match in re.finditer(r'port=htons\((\d+)\)[^"]*"([^"]+)"', call)
    }


@pytest.mark.slow
def test_the_upload_of_metrics_goes_where_the_proxy_points(sent: Sent) -> None:
    assert sent.arrived, "no upload was tried in this time"
    assert all(request.startswith(b"CONNECT play.googleapis.com:443 ") for request in sent.arrived)


@pytest.mark.slow
def test_and_to_no_other_address(sent: Sent) -> None:
    assert addresses(sent.listened) == {sent.listener}


@pytest.mark.slow
def test_with_the_door_closed_it_is_refused_on_this_machine(sent: Sent) -> None:
    assert addresses(sent.closed) == {("127.0.0.1", 1)}
    assert sent.closed is not None
    assert "ECONNREFUSED" in sent.closed
