"""Clip sets of filmed people, small enough to be made for one test; the films are only bytes."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from attune.clips.manifest import Consent, Manifest, Purpose
from attune.clips.writing import manifest_text

EVERYTHING = tuple(Purpose)


def agreed(
    person: str, *, purposes: tuple[Purpose, ...] = EVERYTHING, delete_by: date | None = None
) -> Consent:
    return Consent(person=person, given_on=date(2026, 1, 5), purposes=purposes, delete_by=delete_by)


def film(person: str, number: int) -> bytes:
    return f"{person} was filmed here, take {number}\n".encode() * 200


def film_hash(person: str, number: int) -> str:
    return sha256(film(person, number)).hexdigest()


def filmed_set(
    folder: Path, people: Mapping[str, int], *, consent: tuple[Consent, ...] = (), licence: str = ""
) -> Path:
    """A set in ``folder`` with as many films of each person as the mapping says."""
    (folder / "media").mkdir(parents=True)
    rows = ["file,emotion,person,note,sha256,x_take"]
    for person, films in people.items():
        for number in range(films):
            name = f"media/{person}-{number}.mp4"
            (folder / name).write_bytes(film(person, number))
            rows.append(f'{name},fear,{person},"of {person}, again",{film_hash(person, number)},{number}')
    (folder / "clips.csv").write_text("\n".join(rows) + "\n", "utf-8")
    manifest = Manifest(name=folder.name, licence=licence, consent=consent)
    (folder / "set.toml").write_text(manifest_text(manifest), "utf-8")
    return folder
