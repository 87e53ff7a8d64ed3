"""Everything that is kept of one person, written so that they can take it along and read it elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from attune.app.outgoing import going_out
from attune.app.partner.films import write_plain
from attune.app.partner.small_bids import Bid, Mark
from attune.errors import ExchangeError, MediaError, SealError
from attune.sealing import SealedPath
from attune.storage.partner import CORNERS, Partner
from attune.storage.partner_records import Kind, Moment
from attune.storage.troubles import told

MARK, FORMAT = "attune_person", 1
FILE = "about.json"
OF_NOTICER = {"own", "guessed", "samples"}  # of what rounds keep under ``told``


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """``told``: all but the films, plain JSON without any key; ``films``: by the names they get.

    ``keeper``: the folder all of it is kept in.
    """

    told: Mapping[str, Any]
    films: Mapping[str, SealedPath]
    keeper: Path


def everything_about(partner: Partner, person_id: int) -> About:
    """What is kept of somebody, on the history's own thread. Raises KeyError for nobody."""
    person = partner.person(person_id)
    names = {each.id: each.name for each in partner.people()}
    films = {film.id: film for film in partner.recordings(person_id)}
    files = {film_id: f"recording-{film_id}.mkv" for film_id in films}
    moments = [each for each in partner.moments() if person_id in {each.shower, each.noticer}]
    notes = [each for each in partner.notes() if person_id in {each.person, each.by}]
    told_all = {
        MARK: FORMAT,
        "person": asdict(person),
        "moments": [_moment(_seen_by(person_id, each), names, files) for each in moments],
        "notes": [
            {**asdict(each), "person": names[each.person], "by": names.get(each.by or 0)} for each in notes
        ],
        "recordings": [
            {
                "file": files[film.id],
                "people": [names[each] for each in film.people],
                "begun_at": film.begun_at,
                "ended_at": film.ended_at,
                "seconds": film.seconds,
                "delete_by": film.delete_by,
                "sound": film.sound,
            }
            for film in films.values()
        ],
    }
    return About(
        told=told_all,
        films={files[film.id]: film.path for film in films.values()},
        keeper=partner.folder.parent,
    )


def write_about(about: About, folder: Path) -> None:
    """Write a new folder with ``about.json`` and the films, or nothing. Blocks.

    A film that cannot be read is named under "unreadable". Raises ExchangeError exchange.target_taken,
    StorageError about the folder.
    """
    if folder.exists():
        raise ExchangeError("exchange.target_taken", path=folder)
    with told(folder), going_out(folder, about.keeper) as fresh:
        fresh.mkdir(mode=0o700)
        unreadable = [name for name, film in about.films.items() if not _wrote(film, fresh / name)]
        text = json.dumps({**about.told, "unreadable": unreadable}, ensure_ascii=False, indent=1)
        (fresh / FILE).write_text(text + "\n", encoding="utf-8")


def _wrote(film: SealedPath, target: Path) -> bool:
    try:
        write_plain(film, target)
    except (FileNotFoundError, SealError, MediaError):
        target.unlink(missing_ok=True)
        return False
    return True


def _seen_by(person_id: int, moment: Moment) -> Moment:
    """A moment as one of the two knows it, with nothing that the other keeps to themselves."""
    shower = moment.shower == person_id
    if moment.kind is Kind.SMALL_BIDS:
        if moment.revealed:
            return moment
        bid = Bid.from_json(moment.told)
        own = replace(bid, noticer=Mark()) if shower else Bid(noticer=bid.noticer, noticed=bid.noticed)
        return replace(moment, told=own.to_json())
    if shower:  # how the other one felt just then was told for the sums alone
        return replace(moment, told={key: value for key, value in moment.told.items() if key != "own"})
    if moment.revealed:
        return moment
    told = {key: value for key, value in moment.told.items() if key in OF_NOTICER}
    return replace(moment, felt=None, expressed=None, intended=None, units=(), told=told)


def _moment(moment: Moment, names: Mapping[int, str], files: Mapping[int, str]) -> dict[str, Any]:
    """With names and files for ids, so that it can be read on its own."""
    said = {name: getattr(moment, name) for name in CORNERS}
    return {
        "kind": str(moment.kind),
        "happened_at": moment.happened_at,
        "shower": names[moment.shower],
        "noticer": names[moment.noticer],
        **{name: None if reading is None else reading.to_json() for name, reading in said.items()},
        "units": [list(unit) for unit in moment.units],
        "told": dict(moment.told),
        "revealed": moment.revealed,
        "recording": files.get(moment.recording or 0),
    }
