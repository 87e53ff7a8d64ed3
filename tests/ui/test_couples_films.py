"""Films of a couple play, and can be gone to any place in, from their sealed bytes; broken off ones, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from attune.app.partner.couple import Recording
from attune.ui.video.player import ClipPlayer
from tests.app.partner.couples import ALL, film, opened

PICTURES = 50
BEHIND_NS = 40_000_000  # a picture lasts 33 ms


@pytest.fixture(params=["ended", "broken off", "without a sound from the microphone"])
def recording(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Recording]:
    with opened(tmp_path) as couple:
        ana = couple.add_person("Ana").result().id
        couple.agree(ana, ALL).result()
        sound = request.param == "without a sound from the microphone"
        begun = couple.begin_recording((ana,), sound=sound).result()
        lasts_s = film(begun.path, pictures=PICTURES, sound=sound)
        if request.param != "broken off":
            couple.end_recording(begun.id, lasts_s).result()
        else:  # all but its last tenth reached the disk
            data = begun.path.read_bytes()
            begun.path.write_bytes(data[: len(data) * 9 // 10])
            couple.tidy().result()
        (found,) = couple.recordings().result()
        yield found


@pytest.mark.qt_log_ignore("PulseAudioService")  # machines for tests seldom have a loudspeaker
def test_any_place_of_it_is_shown(qtbot: QtBot, recording: Recording) -> None:
    player, times = ClipPlayer(), list[int]()
    player.frame_came.connect(lambda frame: times.append(frame.time_ns))
    player.open(recording.path)
    assert recording.seconds is not None
    with qtbot.waitSignal(player.ended, timeout=20_000):
        player.play()
    assert recording.seconds > 1.1
    assert player.duration_ns == pytest.approx(recording.seconds * 1e9, abs=BEHIND_NS)
    assert times[-1] == pytest.approx(recording.seconds * 1e9, abs=BEHIND_NS)
    for place in (1_000_000_000, 300_000_000, 700_000_000):
        times.clear()
        player.seek(place)
        qtbot.waitUntil(lambda: any(place - BEHIND_NS <= time <= place for time in times), timeout=5000)  # noqa: B023 - waited for at once
    player.close()
    player.deleteLater()
