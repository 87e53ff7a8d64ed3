"""Records a couple, saying at which ms of the film each picture is; killed by test_recording_killed.py."""

import threading
import time
from pathlib import Path

import numpy as np

from attune.app.recording import Recording
from tests.app.partner.couples import ALL, opened
from tests.killing import say, serve

RATE = 30
NS_PER_S = 1_000_000_000
GREY = np.arange(240 * 320 * 3, dtype=np.uint8).reshape(240, 320, 3)


def record(folder: Path) -> None:
    with opened(folder) as couple:
        people = [couple.add_person(name).result().id for name in ("Ana", "Ben")]
        for person in people:
            couple.agree(person, ALL).result()
        running = Recording(couple.begin_recording(people, sound=False).result().path)
        wait, begin, number = threading.Event().wait, time.monotonic(), 0
        while True:
            wait(max(0.0, begin + number / RATE - time.monotonic()))
            while running._waiting.qsize() > 1:  # on a busy computer the film may come late; it is not lost
                wait(0.001)
            running.add(np.roll(GREY, number, axis=1), number * NS_PER_S // RATE)
            say(number * 1000 // RATE)
            number += 1


if __name__ == "__main__":
    serve(record)
