"""Records a couple in real time, saying the ms of each picture; killed by test_recording_killed.py."""

import threading
import time
from pathlib import Path

import numpy as np

from attune.app.recording import Recording
from tests.app.partner.couples import ALL, opened
from tests.killing import say, serve

RATE = 30
GREY = np.arange(240 * 320 * 3, dtype=np.uint8).reshape(240, 320, 3)


def record(folder: Path) -> None:
    with opened(folder) as couple:
        people = [couple.add_person(name).result().id for name in ("Ana", "Ben")]
        for person in people:
            couple.agree(person, ALL).result()
        running = Recording(couple.begin_recording(people, sound=False).result().path)
        wait = threading.Event().wait
        begin, number = time.monotonic_ns(), 0
        while True:
            late_s = begin / 1e9 + number / RATE - time.monotonic()
            wait(max(0.0, late_s))
            while running._waiting.qsize() > 1:  # on a busy computer the film may come late; it is not lost
                wait(0.001)
            passed = time.monotonic_ns() - begin
            running.add(np.roll(GREY, number, axis=1), passed)
            say(passed // 1_000_000)
            number += 1


if __name__ == "__main__":
    serve(record)
