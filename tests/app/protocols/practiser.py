"""Practises in the history named on the command line until it is killed; says each thing promised to be kept.

Killed by test_killed.py. One line each: how many answers, or seconds traced, are on the disk.
"""

import sys
from itertools import count
from pathlib import Path

from attune.app.protocols.catalogue import SETUPS
from attune.app.protocols.trial import Follow
from tests.app.protocols.driving import a_history, a_practice, guessing, starter


def main() -> None:
    answering = guessing(1)
    with a_history(Path(sys.argv[1])) as history:
        setup = SETUPS[sys.argv[2]]()
        session = a_practice(history).start(starter(), setup, measure=False, seed=1).result()
        for done in count(1):
            trial = session.current
            assert trial is not None
            if isinstance(trial.ask, Follow):
                if done == 1:
                    session.begin_trace()
                session.add_samples([(done - 1 + tick / 30, 0.5) for tick in range(30)]).result()
            else:
                session.advance(session.answer(answering(trial)).result())
            print(done, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main()
