"""Feed a reader of foreign files for a while: ``python packaging/fuzz.py KIND SECONDS [FOLDER]``.

KIND: tables, sets or packages.
Needs atheris, which no other part of Attune does. New inputs that reach new code are kept in FOLDER; what is
worth keeping for good goes to ``tests/clips/corpus``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Run until the time is over or something is found, which libFuzzer then writes to a file."""
    name, seconds, *kept = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["attune.clips", "zipfile", "tests.clips.fuzzing"]):
        from tests.clips.fuzzing import TARGETS, make_room  # noqa: PLC0415 - only now is it instrumented
    with TemporaryDirectory() as place:
        folder = Path(place)
        make_room(folder)
        corpus = [*kept[:1], str(ROOT / "tests" / "clips" / "corpus" / name)]
        options = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=20", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], *options, *corpus], lambda data: TARGETS[name](data, folder))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
