"""What the starter set consists of, read from assets/people/starter.toml; drawing and packing go by it."""

from __future__ import annotations

import hashlib
import json
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attune.people.expression import Expression, Kind, load_expressions, mirrored
from attune.people.performance import Performance, perform
from attune.people.person import Person, load_person
from attune.people.timing import brief
from attune.resources import asset

PLAN = ("people", "starter.toml")
STRIDE = 5  # by which what only some show goes round; has no divisor in common with twelve
BRIEF_START_S = 0.6
BRIEF_RAMP = 1  # frames between a neutral one and the first held one
# What a picture depends on beside the take itself.
CODE = (
    "attune/people/*.py", "assets/people/shaders/*", "assets/people/*.npz", "assets/people/hair.toml",
    "packaging/render_starter.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How everything is drawn and encoded."""

    fps: int
    pixels: int
    samples: int
    level: int
    most_bytes: int
    keyframe_every: int
    mirror_every: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One clip to be: who shows what, how."""

    name: str
    group: str
    person: str
    expression: str
    intensity: float
    mirrored: bool
    speaking: bool
    brief_ms: int
    seconds: float | None

    @property
    def seed(self) -> int:
        """Everybody and every take has its own."""
        return zlib.crc32(self.name.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything to be drawn, person by person, and what the set says of itself."""

    settings: Settings
    said: Mapping[str, str]
    takes: tuple[Take, ...]

    def perform(self, take: Take) -> Performance:
        """What the person does in every frame."""
        expression = expressions()[take.expression]
        return perform(
            mirrored(expression) if take.mirrored else expression,
            intensity=take.intensity,
            timing=brief(take.brief_ms / 1000, start_s=BRIEF_START_S, fps=self.settings.fps, ramp=BRIEF_RAMP)
            if take.brief_ms
            else None,
            seconds=take.seconds,
            fps=self.settings.fps,
            seed=take.seed,
            speaking=take.speaking,
        )

    def key(self, take: Take) -> str:
        """Changes whenever the clip would: what is drawn, of whom, and by what."""
        drawn = json.dumps([asdict(self.settings), asdict(take), self.perform(take).truth()], sort_keys=True)
        said = person_file(take.person).read_bytes()
        return hashlib.sha256(drawn.encode() + said + _code().encode()).hexdigest()


def load_plan(path: Path | None = None) -> Plan:
    """The carried plan, or another file's."""
    text = (asset(*PLAN) if path is None else path).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    groups, left_out, said = table.pop("groups"), set(table.pop("leave_out")), table.pop("set")
    settings = Settings(**table)
    people = [path.stem for path in sorted(asset("people", "cast").glob("*.toml"))]
    takes = [take for name, group in groups.items() for take in _takes(name, group, people, settings)]
    if unknown := left_out - {take.name for take in takes}:
        raise ValueError(f"leave_out: {', '.join(sorted(unknown))} would not be drawn anyway")
    takes = [take for take in takes if take.name not in left_out]
    if len({take.name for take in takes}) != len(takes):
        raise ValueError("two takes of the same name")
    takes.sort(key=lambda take: people.index(take.person))
    return Plan(settings=settings, said=said, takes=tuple(takes))


@cache
def expressions() -> Mapping[str, Expression]:
    """All that can be shown."""
    return load_expressions()


def person_file(name: str) -> Path:
    """Where somebody is described."""
    return asset("people", "cast", f"{name}.toml")


def person_of(name: str) -> Person:
    """Somebody of the cast."""
    return load_person(person_file(name))


def _takes(name: str, group: dict[str, Any], people: list[str], settings: Settings) -> Iterator[Take]:
    kind = group.pop("kind", None)
    shown = group.pop("expressions", None) or [
        each.name for each in expressions().values() if each.kind is Kind(kind)
    ]
    intensities, briefs = group.pop("intensities", [1.0]), group.pop("brief_ms", [0])
    times, some = group.pop("times", 1), group.pop("people", 0)
    speaking, seconds = group.pop("speaking", False), group.pop("seconds", None)
    if group:
        raise ValueError(f"{name}: {', '.join(group)} not understood")
    turn = zlib.crc32(name.encode()) % len(people)
    for place, expression in enumerate(shown):
        for number in range(some or len(people)):
            who = (turn + STRIDE * (place * (some or len(people)) + number)) % len(people)
            for intensity in intensities:
                for time in range(times):
                    brief_ms = briefs[(place + number) % len(briefs)]
                    parts = [people[who], expression, f"{round(100 * intensity):03d}"]
                    parts += ["speaking"] if speaking else []
                    parts += [f"{brief_ms}ms"] if brief_ms else []
                    parts += [str(time + 1)] if times > 1 else []
                    yield Take(
                        name="-".join(parts),
                        group=name,
                        person=people[who],
                        expression=expression,
                        intensity=intensity,
                        mirrored=who % settings.mirror_every == settings.mirror_every - 1,
                        speaking=speaking,
                        brief_ms=brief_ms,
                        seconds=seconds,
                    )


@cache
def _code() -> str:
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for pattern in CODE:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
