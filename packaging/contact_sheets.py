"""Draw everybody showing everything on a few sheets, to be looked at, and for the guide.

Stills at the apex, straight from assets/people: no clips are needed. Writes ``people.jpg`` (everybody in the
eight states), ``expressions.jpg`` (one person in everything there is) and ``intensities.jpg``.

    python packaging/contact_sheets.py [--out assets/guide/pictures] [--person ana]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from starter_plan import expressions, person_of

from attune.affect.vocabulary import Core
from attune.people.context import off_screen_context
from attune.people.expression import Expression, Kind
from attune.people.figure import Figure
from attune.people.head import load_head
from attune.people.performance import still
from attune.people.renderer import Renderer
from attune.resources import Words, asset

PIXELS = 360
SMALL, LARGE, CAPTION = 90, 180, 22  # a sheet is as wide as the column of the guide, 720
INTENSITIES = (0.15, 0.35, 0.65, 1.0)
QUALITY = 82
Picture = NDArray[np.uint8]


class Photographer:
    """Takes stills of one person at a time."""

    def __init__(self) -> None:
        self._head = load_head()
        self._renderer = Renderer(off_screen_context(), size=(PIXELS, PIXELS))
        self._figure: Figure | None = None

    def seat(self, person: str) -> None:
        """Take this person from now on."""
        self._figure = Figure(self._head, person_of(person))
        self._renderer.load(self._figure)

    def take(self, expression: Expression, intensity: float = 1.0, *, side: int = LARGE) -> Picture:
        """A still (side, side, 3) RGB, drawn larger and made smaller."""
        assert self._figure is not None
        self._renderer.draw(self._figure.pose(still(expression, intensity)))
        picture = cv2.resize(self._renderer.pixels(), (side, side), interpolation=cv2.INTER_AREA)
        return np.asarray(picture, np.uint8)


def captioned(picture: Picture, text: str) -> Picture:
    """The picture with words below it."""
    below = np.full((CAPTION, LARGE, 3), 245, np.uint8)
    cv2.putText(below, text, (4, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (60, 60, 60), 1, cv2.LINE_AA)
    return np.vstack([picture, below])


def write(path: Path, pictures: Sequence[Picture], across: int) -> None:
    """Put pictures of one size side by side, so many in a row."""
    blank = np.full_like(pictures[0], 245)
    rows = [
        np.hstack([*pictures[at : at + across], *[blank] * (across - len(pictures[at : at + across]))])
        for at in range(0, len(pictures), across)
    ]
    cv2.imwrite(str(path), np.vstack(rows)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    print(f"{path}: {len(pictures)} pictures, {path.stat().st_size / 1000:.0f} kB")


def everybody(photographer: Photographer, people: Iterable[str]) -> list[Picture]:
    """Everybody in the eight states, a person a row."""
    found = []
    for person in people:
        photographer.seat(person)
        found += [
            photographer.take(each, side=SMALL) for each in expressions().values() if each.kind is Kind.STATE
        ]
    return found


def main() -> None:
    """Draw the three sheets."""
    os.environ.setdefault("LP_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("assets/guide/pictures"))
    parser.add_argument("--person", default="ana")
    options = parser.parse_args()
    words, photographer = Words(), Photographer()
    people = [path.stem for path in sorted(asset("people", "cast").glob("*.toml"))]
    write(options.out / "people.jpg", everybody(photographer, people), len(Core))
    photographer.seat(options.person)
    shown = [(words(each.title_key), each) for each in expressions().values()]
    titled = [captioned(photographer.take(each), title) for title, each in shown]
    write(options.out / "expressions.jpg", titled, len(INTENSITIES))
    states = [(title, each) for title, each in shown if each.kind is Kind.STATE and each.full.any()]
    steps = [
        captioned(photographer.take(each, intensity), f"{title}, {intensity:.0%}")
        for title, each in states
        for intensity in INTENSITIES
    ]
    write(options.out / "intensities.jpg", steps, len(INTENSITIES))


if __name__ == "__main__":
    main()
