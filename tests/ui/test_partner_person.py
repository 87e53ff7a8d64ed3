"""Each one's page: what is stored, changed, looked at, taken along, deleted with a list."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source, certain
from attune.app.partner.couple import Agreed
from attune.app.services import Services, make_services
from attune.ui.partner.consent import ConsentPage
from attune.ui.partner.handing import HandOver
from attune.ui.partner.person import GonePage
from attune.ui.partner.stored import FilmPage, StoredPage
from attune.ui.profiles.form import Form
from tests.app.partner.couples import film
from tests.ui.partner_window import (
    ALL,
    ENTER,
    ESCAPE,
    Opener,
    Partner,
    a_moment,
    person_page,
    two,
)


def test_each_page_tells_what_is_stored_and_changes_it(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        services.couple.keep(
            a_moment(pair.one.id, pair.other.id, expressed=certain(Source.MEASURED, "fear"))
        ).result()
        services.couple.note(pair.one.id, kind="fact", text="likes rain").result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.reads("1 moment, of 1 March 2026")
    partner.reads("1 note about you")

    partner.push(page.change)
    hand_over = partner.now
    assert isinstance(hand_over, HandOver)  # whoever sits beside her agrees to nothing in her place
    partner.push(hand_over.here)
    form = partner.now
    assert isinstance(form, ConsentPage)
    assert all(switch.isChecked() for switch in form.uses.values())
    partner.push(form.uses["reading"])
    partner.reads("all that was measured of you are deleted when you confirm this")
    partner.push(form.yes)
    qtbot.waitUntil(lambda: partner.now is page)
    qtbot.waitUntil(lambda: "machine reading" not in partner.said())
    ana = partner.people()["Ana"]
    assert ana.agreed is not None
    assert not ana.agreed.reading
    (moment,) = partner.couple.moments().result()
    assert moment.expressed is None

    partner.push(page.rename)
    (form_,) = partner.window.findChildren(Form)
    form_.fields["name"].selectAll()
    qtbot.keyClicks(form_.fields["name"], "Ben")
    qtbot.keyClick(form_.fields["name"], ENTER)
    assert form_.problem.isVisible()
    form_.fields["name"].selectAll()
    qtbot.keyClicks(form_.fields["name"], "A.")
    qtbot.keyClick(form_.fields["name"], ENTER)
    qtbot.waitUntil(lambda: "A." in partner.people())
    partner.reads("A.\n")
    qtbot.keyClick(page, ESCAPE)
    partner.reads("A. and Ben")


def test_of_whoever_withdrew_no_file_says_anything(qtbot: QtBot, open_window: Opener, home: Path) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL, ("Wilhelmina", "Ben"))(services)
        services.couple.keep(a_moment(pair.one.id, pair.other.id)).result()
        services.couple.note(pair.other.id, kind="fact", text="Wilhelmina says so", by=pair.one.id).result()
        services.history.back_up().result()

    partner = Partner(qtbot, open_window, fill)

    def files_that_name_her() -> list[Path]:
        return [path for path in home.rglob("*") if path.is_file() and b"Wilhelmina" in path.read_bytes()]

    assert files_that_name_her()
    page = person_page(partner, "Wilhelmina")
    partner.push(page.delete)
    partner.question().yes.click()
    partner.shows(GonePage)
    partner.services.history.back_up().result()
    left = [path.name for path in files_that_name_her()]
    assert left == []


def test_everything_of_one_is_deleted_with_a_list(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        services.couple.keep(a_moment(pair.one.id, pair.other.id)).result()
        recording = services.couple.begin_recording((pair.one.id, pair.other.id), sound=False).result()
        services.couple.end_recording(recording.id, film(recording.path)).result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.reads("1 recording, 0 min 1 s")
    (recording,) = partner.couple.recordings().result()
    partner.push(page.delete)
    partner.question().no.click()
    assert "Ana" in partner.people()
    partner.push(page.delete)
    partner.question().yes.click()
    partner.shows(GonePage)
    gone = partner.now
    assert isinstance(gone, GonePage)
    assert "Moments: 1" in gone.lines
    assert "Recordings, with their keys: 1" in gone.lines
    assert list(partner.people()) == ["Ben"]
    assert partner.couple.moments().result() == ()
    assert not recording.path.exists()
    partner.push(gone.done)
    assert partner.now is partner.home
    qtbot.waitUntil(lambda: partner.home.names is not None)
    assert partner.home.names is not None
    (field,) = partner.home.names.fields  # Ben is there: one name is asked for
    field.setFocus()
    qtbot.keyClicks(field, "Cem")
    qtbot.keyClick(field, ENTER)
    partner.reads("Ben and Cem")


def test_what_is_stored_is_seen_and_deleted_one_by_one(qtbot: QtBot, open_window: Opener) -> None:
    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        one, other = pair.one.id, pair.other.id
        recording = services.couple.begin_recording((one, other), sound=False).result()
        services.couple.end_recording(recording.id, film(recording.path)).result()
        services.couple.keep(a_moment(one, other)).result()  # covered: Ben may be looking
        services.couple.keep(a_moment(one, other, recording=recording.id, revealed=True)).result()
        services.couple.keep(a_moment(other, one, day=2)).result()
        services.couple.note(one, kind="fact", text="likes rain", by=other).result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.push(page.see)
    stored = partner.now
    assert isinstance(stored, StoredPage)
    qtbot.waitUntil(lambda: bool(stored.lines))
    told = [(line.title, line.said) for line in stored.lines["moments"]]
    assert told == [
        ("Show and tell with Ben, 2 March 2026", "You noticed: Fear"),
        ("Show and tell with Ben, 1 March 2026", "You said you felt: Sadness"),
        ("Show and tell with Ben, 1 March 2026", partner.services.words("partner.stored.covered")),
    ]
    partner.reads("likes rain")
    play = stored.lines["recordings"][0].buttons.itemAt(0).widget()
    partner.push(play)
    shown = partner.now
    assert isinstance(shown, FilmPage)
    qtbot.waitUntil(lambda: shown.replay.player.frame is not None)
    partner.press(ESCAPE)
    assert partner.now is stored
    partner.push(stored.lines["moments"][1].delete)
    partner.question().yes.click()
    qtbot.waitUntil(lambda: len(stored.lines["moments"]) == 2)
    assert partner.couple.recordings().result() == ()
    partner.push(stored.lines["notes"][0].delete)
    partner.question().yes.click()
    qtbot.waitUntil(lambda: not stored.lines["notes"])
    assert len(partner.couple.moments().result()) == 2


def test_whoever_leaves_meanwhile_is_not_sent_back_any_further(qtbot: QtBot, open_window: Opener) -> None:
    """Deleting, and taking back what was agreed to, take a while; Esc does not wait for them."""

    def fill(services: Services) -> None:
        pair = two(ALL)(services)
        services.couple.keep(a_moment(pair.one.id, pair.other.id)).result()

    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.push(page.see)
    qtbot.keyClick(partner.now, ESCAPE)  # before what is stored has come
    assert partner.now is page
    partner.push(page.change)
    hand_over = partner.now
    assert isinstance(hand_over, HandOver)  # whoever sits beside her agrees to nothing in her place
    partner.push(hand_over.here)
    form = partner.now
    assert isinstance(form, ConsentPage)
    form.uses["reading"].click()
    form.yes.click()
    partner.page.leave()
    assert partner.now is page
    qtbot.waitUntil(lambda: partner.people()["Ana"].agreed != ALL)
    partner.couple.people().result()
    delivered(qtbot, partner)
    assert partner.now is page

    partner.push(page.delete)
    partner.question().yes.click()
    partner.page.leave()
    qtbot.waitUntil(lambda: partner.home.doors is not None)
    assert partner.home.doors is not None
    partner.home.doors.by_key["small_bids"].click()
    round_ = partner.now
    partner.shows(GonePage)  # what went is told all the same
    partner.page.leave()
    assert partner.now is round_


def delivered(qtbot: QtBot, partner: Partner) -> None:
    """What was asked for before has come to the window."""
    came: list[object] = []
    partner.page.parts.bridge.deliver(partner.couple.people(), came.append)
    qtbot.waitUntil(lambda: bool(came))


def test_what_is_stored_is_taken_along(
    qtbot: QtBot, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(services: Services) -> None:
        pair = two(Agreed())(services)
        services.couple.keep(a_moment(pair.one.id, pair.other.id)).result()

    monkeypatch.setattr(
        "attune.ui.partner.person.ask_which", lambda _parent, _title, _kinds, chosen, _mode: chosen(tmp_path)
    )
    partner = Partner(qtbot, open_window, fill)
    page = person_page(partner, "Ana")
    partner.push(page.export)
    target = tmp_path / partner.services.words("partner.person.export_folder", name="Ana")
    qtbot.waitUntil(partner.page.notice.isVisible)
    assert str(target) in partner.page.notice.message
    assert "sadness" in json.dumps(json.loads((target / "about.json").read_text(encoding="utf-8")))


def test_a_window_that_only_reads_shows_and_changes_nothing(qtbot: QtBot, open_window: Opener) -> None:
    with_people = make_services()
    pair = two(Agreed())(with_people)
    with_people.couple.keep(a_moment(pair.one.id, pair.other.id)).result()
    partner = Partner(qtbot, open_window)
    assert partner.couple.read_only
    doors = partner.home.doors
    assert doors is not None
    assert not doors.by_key["open_up"].isEnabled()
    assert doors.by_key["open_up"].accessibleDescription()
    assert doors.by_key["looking_back"].isEnabled()
    page = person_page(partner, "Ana")
    assert page.see.isEnabled()
    assert page.export.isEnabled()
    assert not any(each.isEnabled() for each in (page.change, page.delete, page.rename))
    with_people.close()
