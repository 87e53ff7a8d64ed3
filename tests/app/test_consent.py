import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from attune.app import consent
from attune.app.consent import SOON, Purpose, State, for_practice, limits_of, standings, those_ending
from attune.app.library import Library
from attune.clips.clip_set import PeopleKind, load_clip_set
from attune.errors import LibraryError
from tests.app.filmed import agreed, filmed_set

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
RAFD = "Scientific research only; use in treatment and commercial use are refused"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with ThreadPoolExecutor(1) as background:
        yield Library(background, tmp_path / "library")


def test_every_person_stands_somewhere(tmp_path: Path) -> None:
    folder = filmed_set(
        tmp_path / "set",
        {"Ana": 2, "Ben": 1, "Cem": 1, "Dia": 1},
        consent=(
            agreed("Ana"),
            agreed("Ben", delete_by=TODAY + SOON),
            agreed("Cem", delete_by=TODAY - DAY),
            agreed("Eva", delete_by=TODAY + SOON + DAY),
        ),
    )
    found = {each.person: each for each in standings(load_clip_set(folder), TODAY)}
    assert {person: each.state for person, each in found.items()} == {
        "Ana": State.GIVEN,
        "Ben": State.ENDS_SOON,
        "Cem": State.ENDED,
        "Dia": State.MISSING,
        "Eva": State.GIVEN,
    }
    assert [found["Ana"].clips, found["Eva"].clips] == [2, 0]


def test_the_last_day_still_counts(tmp_path: Path) -> None:
    folder = filmed_set(tmp_path / "set", {"Ana": 1}, consent=(agreed("Ana", delete_by=TODAY),))
    clip_set = load_clip_set(folder)
    assert standings(clip_set, TODAY)[0].state is State.ENDS_SOON
    assert standings(clip_set, TODAY + DAY)[0].state is State.ENDED


def test_drawn_people_need_none_and_published_ones_agreed_elsewhere(tmp_path: Path) -> None:
    published = load_clip_set(filmed_set(tmp_path / "set", {"01": 1}, licence="CC BY-NC-SA 4.0"))
    assert standings(published, TODAY)[0].state is State.BY_LICENCE
    drawn = replace(published, people=PeopleKind.RENDERED)
    assert standings(drawn, TODAY)[0].state is State.NOT_NEEDED


def test_practice_leaves_out_those_who_did_not_agree_to_it_or_no_longer(tmp_path: Path) -> None:
    folder = filmed_set(
        tmp_path / "set",
        {"Ana": 2, "Ben": 1, "Cem": 1, "Dia": 1},
        consent=(
            agreed("Ana"),
            agreed("Ben", purposes=(Purpose.SUPERVISION,)),
            agreed("Cem", delete_by=TODAY - DAY),
        ),
    )
    clip_set = load_clip_set(folder)
    assert [clip.person for clip in for_practice(clip_set, TODAY).clips] == ["Ana", "Ana", "Dia"]
    everybody = replace(clip_set, consent=())
    assert for_practice(everybody, TODAY) is everybody


def test_an_agreement_is_kept_in_the_place_of_the_one_before(tmp_path: Path) -> None:
    folder = filmed_set(tmp_path / "set", {"Ana": 1, "Ben": 1}, consent=(agreed("Ana"), agreed("Ben")))
    before = load_clip_set(folder)
    narrower = agreed("Ana", purposes=(Purpose.PLAYBACK,), delete_by=TODAY)
    consent.keep(folder, narrower)
    after = load_clip_set(folder)
    assert after.consent == (agreed("Ben"), narrower)
    assert replace(after, consent=before.consent) == before


def test_a_set_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _text: str) -> None:
        raise OSError(errno.ENOSPC, "full")

    folder = filmed_set(tmp_path / "set", {"Ana": 1})
    monkeypatch.setattr(consent, "replace_text", full)
    with pytest.raises(LibraryError, match=r"library\.full"):
        consent.keep(folder, agreed("Ana"))
    assert load_clip_set(folder).consent == ()


def test_what_ends_is_found_on_the_whole_shelf(library: Library, tmp_path: Path) -> None:
    shelf = tmp_path / "library" / "sets"
    filmed_set(shelf / "one", {"Ana": 1}, consent=(agreed("Ana", delete_by=TODAY + DAY),))
    filmed_set(shelf / "two", {"Ben": 1}, consent=(agreed("Ben"),))
    (filmed_set(shelf / "damaged", {"Cem": 1}) / "clips.csv").unlink()
    found = those_ending(library, TODAY).result()
    assert [(clip_set.name, each.person) for clip_set, each in found] == [("one", "Ana")]


@pytest.mark.parametrize(
    ("licence", "limits"),
    [
        (RAFD, ("treatment", "commercial")),
        ("CC BY-NC-SA 4.0", ("commercial",)),
        ("CC BY-NC 4.0", ("commercial",)),
        ("for non-commercial use", ("commercial",)),
        ("CC0 1.0", ()),
        ("Concert recordings", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_what_a_licence_refuses(licence: str, limits: tuple[str, ...]) -> None:
    assert limits_of(licence) == limits
