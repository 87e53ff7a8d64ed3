"""Films that stand in for the camera two people sit before: made of starter clips, 25 pictures a second.

A person is told by the clips they play in turn, over and over: ("ana-neutral-100-1", "ana-happiness-100").
Each film is made once in its folder, so that tests which share a folder share the films.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain, cycle, islice, repeat
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from attune.media.film_writer import FilmWriter
from attune.media.open import open_media
from attune.people.context import off_screen_context
from attune.people.expression import load_expressions
from attune.people.figure import Figure
from attune.people.head import load_head
from attune.people.performance import still
from attune.people.person import load_cast
from attune.people.renderer import Renderer
from attune.resources import asset

Picture = NDArray[np.uint8]
Person = str | Sequence[str]
WIDTH, HEIGHT = 640, 360
RATE = 25  # pictures a second, as the clips have
TURNING = 10  # pictures in which a head turns
WALL = (168, 171, 178)  # the clips' own


def side_by_side(folder: Path, left: Person, right: Person, *, seconds: float = 6.0) -> Path:
    """Two people in one picture, 640x360; each face about 110 pixels wide."""
    return _film(
        folder, ("side by side", left, right, seconds), seconds, lambda: _beside(_plays(left), _plays(right))
    )


def three(folder: Path, left: Person, middle: Person, right: Person, *, seconds: float = 6.0) -> Path:
    """Three people, closer together."""
    return _film(
        folder,
        ("three", left, middle, right, seconds),
        seconds,
        lambda: _beside(_plays(left), _plays(middle), _plays(right)),
    )


def alone(
    folder: Path, person: Person, *, seconds: float = 6.0, size: float = 1.0, middle: float = 0.5
) -> Path:
    """One person; ``size`` 0.2 is somebody far away, ``middle`` 0.1 somebody at the edge of the picture."""
    return _film(
        folder,
        ("alone", person, seconds, size, middle),
        seconds,
        lambda: (_put(_wall(), head, WIDTH * middle, size) for head in _plays(person)),
    )


def portrait(folder: Path, person: Person, *, seconds: float = 6.0) -> Path:
    """One person before a telephone that stands upright, 360x640."""

    def pictures() -> Iterator[Picture]:
        for head in _plays(person):
            upright = np.full((WIDTH, HEIGHT, 3), WALL, np.uint8)
            upright[140:500] = head
            yield upright

    return _film(folder, ("portrait", person, seconds), seconds, pictures)


def dark(folder: Path, person: Person, *, seconds: float = 6.0, light: float = 0.06) -> Path:
    """One person in a room with the lamp off, with the noise a camera has then."""
    noise = np.random.default_rng(5)

    def dimmed(rgb: Picture) -> Picture:
        return np.clip(rgb * light + noise.normal(0, 2, rgb.shape), 0, 255).astype(np.uint8)

    return _film(
        folder,
        ("dark", person, seconds, light),
        seconds,
        lambda: (dimmed(_put(_wall(), head, WIDTH / 2)) for head in _plays(person)),
    )


def photo(folder: Path, person: str, *, seconds: float = 12.0) -> Path:
    """A photograph of somebody, held up by a hand that is not quite still."""

    def pictures() -> Iterator[Picture]:
        hand = random.Random(7)
        shown = _put(_wall(), next(islice(_plays(person), 20, None)), WIDTH / 2, 0.8)
        x = y = lean = 0.0
        while True:
            x, y, lean = (
                0.9 * value + hand.gauss(0, step) for value, step in ((x, 0.9), (y, 0.9), (lean, 0.3))
            )
            held = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), lean, 1.0)
            held[:, 2] += np.array((x, y))
            yield np.asarray(
                cv2.warpAffine(shown, held, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE), np.uint8
            )

    return _film(folder, ("photo", person, seconds), seconds, pictures)


def turned_away(folder: Path, name: str, *, seconds: float = 6.0, degrees: float = 50.0) -> Path:
    """Somebody of the cast, drawn anew, who faces the camera for a second and then looks past it."""

    def pictures() -> Iterator[Picture]:
        person = next(one for one in load_cast() if one.name.lower() == name)
        calm = still(load_expressions()["neutral"], 0.0)
        with off_screen_context() as context:
            renderer = Renderer(context, size=(HEIGHT, HEIGHT))
            figure = Figure(load_head(), person, level=1, density=0.5)
            renderer.load(figure)
            drawn = []
            for share in np.linspace(0, 1, TURNING):
                turned = np.array([np.radians(degrees) * share, 0.0, 0.0])
                renderer.draw(figure.pose(replace(calm, head=turned)))
                drawn.append(_put(_wall(), np.ascontiguousarray(renderer.pixels()), WIDTH / 2))
            renderer.close()
        yield from repeat(drawn[0], RATE)
        yield from drawn
        yield from repeat(drawn[-1])

    return _film(folder, ("turned away", name, seconds, degrees), seconds, pictures)


def covered(folder: Path, person: Person, *, seconds: float = 6.0) -> Path:
    """One person who holds a cup before nose and mouth."""

    def pictures() -> Iterator[Picture]:
        for head in _plays(person):
            rgb = _put(_wall(), head, WIDTH / 2)
            cv2.rectangle(rgb, (WIDTH // 2 - 60, 215), (WIDTH // 2 + 60, 340), (70, 110, 150), -1)
            cv2.ellipse(rgb, (WIDTH // 2, 215), (60, 14), 0, 0, 360, (110, 150, 190), -1)
            yield rgb

    return _film(folder, ("covered", person, seconds), seconds, pictures)


def leaving(
    folder: Path,
    left: Person,
    right: Person,
    *,
    leaves_s: float = 2.0,
    back_s: float = 5.0,
    seconds: float = 8.0,
) -> Path:
    """Two people, of whom the right one is gone from ``leaves_s`` until ``back_s``."""

    def pictures() -> Iterator[Picture]:
        both = _beside(_plays(left), _plays(right))
        for index, rgb in enumerate(both):
            if leaves_s <= index / RATE < back_s:
                rgb[:, WIDTH // 2 :] = WALL
            yield rgb

    return _film(folder, ("leaving", left, right, leaves_s, back_s, seconds), seconds, pictures)


def empty(folder: Path, *, seconds: float = 6.0) -> Path:
    """A room with nobody in it."""

    def pictures() -> Iterator[Picture]:
        rgb = _wall()
        cv2.rectangle(rgb, (40, 40), (240, 200), (235, 238, 240), -1)
        cv2.rectangle(rgb, (300, 180), (520, HEIGHT), (60, 90, 140), -1)
        yield from repeat(rgb)

    return _film(folder, ("empty", seconds), seconds, pictures)


def in_turn(folder: Path, *films: Path) -> Path:
    """Films of one size one after the other, as one: a light switched off, somebody who sits down."""

    def pictures() -> Iterator[Picture]:
        for path in films:
            yield from _frames(path)

    return _film(folder, ("in turn", *(path.name for path in films)), None, pictures)


def slow(folder: Path, film: Path, *, rate: int = 15) -> Path:
    """The same film with fewer pictures a second, as cameras give in the dark."""

    def pictures() -> Iterator[Picture]:
        due = 0
        for index, rgb in enumerate(_frames(film)):
            if index * rate >= due * RATE:
                due += 1
                yield rgb

    return _film(folder, ("slow", film.name, rate), None, pictures, rate=rate)


def _film(
    folder: Path,
    what: tuple[object, ...],
    seconds: float | None,
    pictures: Callable[[], Iterable[Picture]],
    *,
    rate: int = RATE,
) -> Path:
    name = f"{what[0]}-{sha256(repr(what).encode()).hexdigest()[:12]}.mkv".replace(" ", "-")
    path = folder / name
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    count = None if seconds is None else round(seconds * rate)
    fresh = path.with_suffix(".part")
    with fresh.open("wb") as file:
        writer: FilmWriter | None = None
        for index, rgb in enumerate(islice(pictures(), count)):
            writer = writer or FilmWriter(file, width=rgb.shape[1], height=rgb.shape[0])
            writer.add(rgb, index * 1_000_000_000 // rate)
        assert writer is not None
        writer.close()
    return fresh.rename(path)


def _plays(person: Person) -> Iterator[Picture]:
    """Heads (HEIGHT, HEIGHT, 3), without an end."""
    clips = (person,) if isinstance(person, str) else tuple(person)
    return chain.from_iterable(_heads(clip) for clip in cycle(clips))


@lru_cache(maxsize=4)
def _heads(clip: str) -> tuple[Picture, ...]:
    path = asset("clips", "starter", "media") / f"{clip}.webm"
    return tuple(
        np.asarray(cv2.resize(rgb, (HEIGHT, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
        for rgb in _frames(path)
    )


def _frames(path: Path) -> Iterator[Picture]:
    with open_media(path) as source:
        for frame in source.frames():
            yield frame.rgb


def _beside(*people: Iterator[Picture]) -> Iterator[Picture]:
    share = WIDTH // len(people)
    for heads in zip(*people, strict=False):
        rgb = _wall()
        for place, head in enumerate(heads):
            cut = (HEIGHT - share) // 2
            rgb[:, place * share : (place + 1) * share] = head[:, cut : cut + share]
        yield rgb


def _put(rgb: Picture, head: Picture, middle: float, size: float = 1.0) -> Picture:
    """The picture with a head in it, standing on its lower edge."""
    small = cv2.resize(head, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    left = round(middle - width / 2)
    inside = slice(max(0, left), min(WIDTH, left + width))
    rgb[HEIGHT - height :, inside] = small[:, inside.start - left : inside.stop - left]
    return rgb


def _wall() -> Picture:
    return np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
