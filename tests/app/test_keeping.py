"""A change is made while nothing is open; where it cannot be, all is opened as it was."""

from attune.app import contents, keeping
from attune.app.folders import find_folders
from attune.app.keeping import Change, open_after
from attune.app.services import Services, make_services
from attune.errors import StorageError
from tests.app.partner.couples import ALL, a_moment


def make(passphrase: str) -> Services:
    return make_services(passphrase=passphrase)


def after(change: Change, *, passphrase: str = "") -> keeping.Opening:
    opening = open_after(change, make, before=None, passphrase=passphrase)
    if opening.services is not None:
        opening.services.close()
    return opening


def test_a_profile_with_a_passphrase_opens_with_it_only() -> None:
    assert after(keeping.create("Ana", "lamp")).services is not None
    refused = after(keeping.again("lamb"))
    assert refused.trouble is not None
    assert refused.trouble.error.key == "storage.wrong_passphrase"
    assert refused.trouble.profile.name == "Ana"
    assert refused.trouble.can_be_helped
    opened = after(keeping.again("lamp"))
    assert (opened.trouble, opened.passphrase) == (None, "lamp")


def test_a_change_that_cannot_be_made_leaves_all_as_it_was() -> None:
    after(keeping.create("Ana", "lamp"))
    opening = after(keeping.create("ana", "other"), passphrase="lamp")
    assert opening.problem is not None
    assert opening.problem.key == "profiles.name_taken"
    assert opening.services is not None
    assert (opening.services.profile.name, opening.passphrase) == ("Ana", "lamp")


def test_a_passphrase_that_cannot_be_set_makes_no_profile() -> None:
    after(keeping.again())
    opening = after(keeping.create("Ana", "x'00'"))
    assert opening.problem is not None
    assert opening.problem.key == "storage.passphrase_unusable"
    folder = find_folders().profiles
    assert [profile.name for profile in keeping.Profiles(folder).all()] == ["Me"]


def test_where_nothing_but_trying_again_is_left() -> None:
    def cannot(_passphrase: str) -> Services:
        raise StorageError("storage.newer", path="/h", found=9, known=1)

    alone = open_after(keeping.again(), cannot, before=None, passphrase="").trouble
    assert alone is not None
    assert not alone.can_be_helped
    keeping.Profiles(find_folders().profiles).create("Ben")
    beside = open_after(keeping.again(), cannot, before=None, passphrase="").trouble
    assert beside is not None
    assert {beside.profile.name, *(other.name for other in beside.others)} == {"Ben", "Me"}
    assert beside.can_be_helped


def test_what_a_couple_kept_is_counted_on_its_day() -> None:
    services = make("")
    try:
        couple = services.couple
        ana = couple.add_person("Ana").result().id
        couple.agree(ana, ALL).result()
        couple.keep(a_moment(ana, ana, when="2026-03-01T12:00:00.000+00:00")).result()
        couple.note(ana, kind="fact", text="tea").result()
        couple.begin_recording((ana,), sound=False).result()
        counted = contents.days(services.history).result()
        assert list(counted.values()) == [
            contents.Amount(notes=1, recordings=1),
            contents.Amount(moments=1),
        ]
        assert contents.amount(services.history).result() == contents.Amount(notes=1, recordings=1, moments=1)
        for day in counted:
            services.history.delete_day(day).result()
        assert contents.days(services.history).result() == {}
    finally:
        services.close()


def test_notes_are_counted_on_their_day() -> None:
    services = make("")
    try:
        assert contents.days(services.history).result() == {}
        services.history.add_note("tired").result()
        ((day, amount),) = contents.days(services.history).result().items()
        assert amount == contents.amount(services.history).result() == contents.Amount(notes=1)
        services.history.delete_day(day).result()
        assert services.history.notes().result() == ()
    finally:
        services.close()
