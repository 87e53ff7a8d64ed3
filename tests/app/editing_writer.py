"""Edits and saves clip sets without end; each line on stdin names one for a child. Killed by its test.

The number of each save is said when it is done. Each gives all clips the same note and takes out the last.
"""

from pathlib import Path

from attune.app.editing import open_edited, save
from attune.app.edits import About, TakenOut
from tests.killing import say, serve


def write(folder: Path) -> None:
    edited, number = open_edited(folder), 0
    while True:
        number += 1
        names = [clip.name for clip in edited.clips]
        edited = edited.changed(About({"note": str(number)}), names)
        if len(names) > 1:
            edited = edited.changed(TakenOut(), names[-1:])
        edited = save(edited)
        say(number)


if __name__ == "__main__":
    serve(write)
