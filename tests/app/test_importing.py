import errno
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from attune.affect.reading import Source
from attune.app.editing import open_edited, save
from attune.app.edits import About, Said, TakenOut, Who
from attune.app.importing import (
    Advance,
    Brought,
    Details,
    Finding,
    Given,
    How,
    Kind,
    Missing,
    Step,
    Survey,
    bring_in,
    missing,
    suggested,
    survey,
)
from attune.app.importing_parts import Pace
from attune.app.library import Consent, Library, PeopleKind
from attune.app.packing import pack_set
from attune.clips.manifest import Purpose
from attune.clips.package import entries
from attune.errors import AttuneError, ClipSetError, LibraryError
from attune.resources import Words

CREMA_D = ("1001_DFA_ANG_XX.flv", "1002_IEO_FEA_HI.mp4", "1003_ITH_HAP_LO.mp4")


def ignore(_advance: Advance) -> None:
    pass


def ignore_two(_done: int, _total: int | None) -> None:
    pass


def never() -> bool:
    return False


class Desk:
    """One library, and somebody who brings things."""

    def __init__(self, library: Library, place: Path) -> None:
        self.library = library
        self.place = place

    def put(self, *names: str, folder: str = "brought") -> Path:
        """Files whose content is their name."""
        for name in names:
            path = self.place / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(Path(name).name.encode())
        return self.place / folder

    def survey(self, source: Given, **how: object) -> Survey:
        return survey(
            source,
            How(**how),  # type: ignore[arg-type]
            library=self.library,
            words=Words(),
            progress=ignore,
            stopped=never,
        )

    def bring(self, found: Survey, details: Details | None = None) -> Brought:
        return bring_in(
            found, details or suggested(found), library=self.library, progress=ignore, stopped=never
        )

    def pack(self, folder: Path, target: Path) -> Path:
        pack_set(folder, target, library=self.library, progress=ignore, stopped=never)
        return target

    @property
    def there(self) -> list[str]:
        """All files of the library."""
        folder = self.library.shelf.folder
        return sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".lock"
        )


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    with ThreadPoolExecutor(1) as background:
        yield lambda name: Desk(Library(background, tmp_path / name / "library"), tmp_path / name)


@pytest.fixture
def desk(make_desk: Callable[[str], Desk]) -> Desk:
    return make_desk("one")


def problem(attempt: Callable[[], object]) -> AttuneError:
    with pytest.raises(AttuneError) as caught:
        attempt()
    assert "{" not in Words().error(caught.value)
    return caught.value


def test_a_known_corpus_is_recognised_and_comes_with_its_licence(desk: Desk) -> None:
    source = desk.put(*CREMA_D, "holiday.mp4")
    found = desk.survey(source)
    assert (found.how.kind, found.title) == (Kind.CORPUS, "CREMA-D")
    assert found.counts == {Finding.NOT_NAMED: 1}
    assert found.emotions == {"anger": 1, "fear": 1, "happiness": 1}
    assert found.people == ("1001", "1002", "1003")
    assert "ODbL" in found.licence
    assert found.size == sum(len(name) for name in CREMA_D)
    assert desk.there == []
    brought = desk.bring(found)
    clips = desk.library.read(brought.folder).clips
    assert [clip.references[0].top for clip in clips] == ["anger", "fear", "happiness"]
    assert clips[0].own == {"x_level": "not given", "x_sentence": "DFA"}
    assert (brought.clips, desk.library.read(brought.folder).licence) == (3, found.licence)
    for clip in clips:
        clip.verify()


def test_what_a_licence_refuses_is_known_before_anything_is_copied(desk: Desk) -> None:
    source = desk.put("Rafd090_01_Caucasian_female_angry_frontal.jpg")
    found = desk.survey(source)
    assert found.forbids == ("treatment", "commercial")
    assert desk.there == []


def test_each_content_comes_once_also_when_the_library_has_it(desk: Desk) -> None:
    desk.bring(desk.survey(desk.put(CREMA_D[0], folder="earlier")), Details(name="Earlier"))
    source = desk.put(*CREMA_D)
    (source / "1004_DFA_SAD_XX.mp4").write_bytes((source / CREMA_D[1]).read_bytes())
    (source / "1005_DFA_SAD_XX.mp4").write_bytes(b"")
    found = desk.survey(source)
    assert {(each.name, each.finding, each.detail) for each in found.found} == {
        (CREMA_D[0], Finding.SAME_AS, "Earlier: media/1001_DFA_ANG_XX.flv"),
        ("1004_DFA_SAD_XX.mp4", Finding.SAME_AS, CREMA_D[1]),
        ("1005_DFA_SAD_XX.mp4", Finding.EMPTY, ""),
    }
    assert desk.bring(found).clips == 2


def test_nothing_new_is_said_and_leaves_nothing(desk: Desk) -> None:
    source = desk.put(*CREMA_D)
    desk.bring(desk.survey(source))
    before = desk.there
    assert problem(lambda: desk.bring(desk.survey(source))).key == "clipset.nothing_new"
    assert desk.there == before


def test_words_that_are_no_emotions_are_offered_the_nearest(desk: Desk) -> None:
    source = desk.put("Ben-joy.mp4", "Ana-joy.mp4", "Ana-hapiness.mp4", "Ben-xyzzy.mp4", "Ana-fear.mp4")
    found = desk.survey(source, kind=Kind.PATTERN, pattern=r"(?P<person>\w+)-(?P<emotion>\w+)\.mp4")
    assert [(label.text, label.clips) for label in found.unknown_labels] == [
        ("joy", 2),
        ("hapiness", 1),
        ("xyzzy", 1),
    ]
    assert [label.offers[:1] for label in found.unknown_labels] == [("happiness",), ("happiness",), ()]
    details = suggested(found)
    assert details.labels == {"joy": "happiness", "hapiness": "happiness", "xyzzy": ""}
    clips = desk.library.read(desk.bring(found, details).folder).clips
    assert sum(bool(clip.references) for clip in clips) == 4
    assert [clip.name for clip in clips if not clip.references] == ["media/Ben-xyzzy.mp4"]


def test_a_table_with_headings_as_people_write_them(desk: Desk) -> None:
    source = desk.put("clips/one.mp4", "clips/two.mp4", "three.mp4")
    table = "Video;Gefühl;Stärke;Ort;Onset (s)\nONE;fear;0,5;Bonn;1\ntwo.mp4;angry:0,7+fear:0,3;viel;;x\n"
    (source / "mine.csv").write_bytes(table.encode("utf-16"))
    found = desk.survey(source)
    assert found.how.kind is Kind.TABLE
    assert found.how.columns == {
        "Video": "file",
        "Gefühl": "emotion",
        "Stärke": "intensity",
        "Onset (s)": "onset_s",
    }
    assert {(each.name, each.finding, each.detail, each.row) for each in found.found} == {
        ("three.mp4", Finding.NOT_LISTED, "", None),
        ("clips/two.mp4", Finding.CELL, "intensity: viel", 3),
        ("clips/two.mp4", Finding.CELL, "onset_s: x", 3),
    }
    one, two = desk.library.read(desk.bring(found).folder).clips
    assert (one.references[0].top, one.references[0].intensity, one.onset_s) == ("fear", 0.5, 1.0)
    assert one.own == {"x_ort": "Bonn"}
    assert dict(two.references[0].labels) == {"anger": 0.7, "fear": 0.3}


def test_headings_that_mean_the_same_and_votes_for_other_words_are_kept_as_the_makers_own(desk: Desk) -> None:
    source = desk.put("one.mp4")
    table = "File,Label,Emotion,votes_joy,votes_fear,Video\none.mp4,anger,fear,3,2,tape 7\n"
    (source / "mine.csv").write_text(table, "utf-8")
    (clip,) = desk.library.read(desk.bring(desk.survey(source)).folder).clips
    assert [(reading.source, reading.top) for reading in clip.references] == [
        ("intended", "fear"),
        ("crowd", "fear"),
    ]
    assert clip.own == {"x_label": "anger", "x_votes_joy": "3", "x_video": "tape 7"}


def test_a_row_whose_parts_make_no_sense_together_is_cleared_up(desk: Desk) -> None:
    source = desk.put("one.mp4", "two.mp4")
    (source / "mine.csv").write_text(
        "file,emotion,reference,votes_fear,intensity,onset_s,apex_s\n"
        "one.mp4,,expert,3,,,\n"
        "one.mp4,anger,crowd,,,2,1\n"
        "two.mp4,,,,0.5,,\n"
        "two.mp4,fear,,,,,\n"
        "two.mp4,anger,,,,,\n",
        "utf-8",
    )
    found = desk.survey(source)
    one, two = desk.library.read(desk.bring(found).folder).clips
    assert [reading.top for reading in two.references] == ["fear"]
    assert (one.onset_s, one.apex_s) == (None, None)
    assert all(each.row is not None for each in found.found if each.finding is Finding.CELL)


def test_a_label_that_means_nothing_leaves_its_numbers_out_too(desk: Desk) -> None:
    source = desk.put("one.mp4")
    (source / "mine.csv").write_text("file,emotion,intensity,reference\none.mp4,xyzzy,1,expert\n", "utf-8")
    brought = desk.bring(desk.survey(source))
    assert [each.detail for each in brought.found] == ["intensity: 1"]
    assert desk.library.read(brought.folder).clips[0].references == ()


def test_files_about_which_nothing_is_known_come_without_labels(desk: Desk) -> None:
    found = desk.survey(desk.put("one.mp4", "deep/two.png"))
    assert found.how.kind is Kind.FILES
    assert found.counts == {Finding.NO_LABEL: 2}
    assert desk.bring(found).clips == 2
    film = desk.place / "alone.mp4"
    film.write_bytes(b"alone")
    assert desk.bring(desk.survey(film)).clips == 1


def test_what_is_missing_is_said(desk: Desk) -> None:
    found = desk.survey(desk.put(*CREMA_D))
    details = suggested(found)
    assert missing(found, details) == {Missing.CONSENT: ("1001", "1002", "1003")}
    agreed = Consent(person="1001", given_on=date(2026, 1, 1), purposes=(Purpose.TRAINING,))
    details = replace(details, licence="", consent=(agreed,))
    assert missing(found, details) == {Missing.LICENCE: (), Missing.CONSENT: ("1002", "1003")}
    assert desk.library.read(desk.bring(found, details).folder).consent == (agreed,)
    assert missing(found, replace(details, licence="CC0", people=PeopleKind.RENDERED)) == {}


def test_there_and_back_again_nothing_is_different(make_desk: Callable[[str], Desk]) -> None:
    here, elsewhere = make_desk("here"), make_desk("elsewhere")
    first = here.bring(here.survey(here.put(*CREMA_D)), Details(name="Größe = 1", licence="CC0"))
    edited = open_edited(first.folder)
    names = [clip.name for clip in edited.clips]
    edited = edited.changed(About({"apex_s": 0.5, "note": "=seen, twice"}), names[:2])
    ada = Said(
        who=Who(Source.EXPERT, "Ada"), values={"labels": {"fear": 0.5, "anger": 0.5}, "intensity": 0.25}
    )
    save(edited.changed(ada, names[1:]).changed(TakenOut(), names[:1]))
    package = here.pack(first.folder, here.place / "mine.attune")
    found = elsewhere.survey(package)
    assert (found.how.kind, found.title, found.licence) == (Kind.PACKAGE, "Größe = 1", "CC0")
    assert [draft.name for draft in found.drafts] == [f"media/{name}" for name in CREMA_D[1:]]
    assert elsewhere.there == []
    second = elsewhere.bring(found)
    assert elsewhere.there == here.there
    for name in here.there:
        one, other = here.library.shelf.folder / name, elsewhere.library.shelf.folder / name
        assert one.read_bytes() == other.read_bytes()
    again = elsewhere.pack(second.folder, elsewhere.place / "again.attune")
    assert again.read_bytes() == package.read_bytes()
    told = replace(elsewhere.library.read(second.folder), folder=first.folder)
    assert [replace(clip, file=first.folder / clip.name) for clip in told.clips] == list(
        here.library.read(first.folder).clips
    )
    assert {(reading.by, reading.intensity) for clip in told.clips for reading in clip.references} >= {
        ("Ada", 0.25)
    }
    assert [clip.note for clip in told.clips] == ["=seen, twice", ""]


def test_a_folder_that_is_a_set_comes_as_it_is_without_what_lies_beside(desk: Desk) -> None:
    first = desk.bring(desk.survey(desk.put(*CREMA_D))).folder
    outside = Path(shutil.copytree(first, desk.place / "outside"))
    (outside / "private.txt").write_text("not part of it", "utf-8")
    found = desk.survey(outside)
    assert (found.how.kind, found.counts) == (Kind.SET, {Finding.SAME_AS: 3})
    details = replace(suggested(found), name="Another name")
    second = desk.bring(found, details).folder
    assert sorted(path.name for path in second.iterdir()) == ["clips.csv", "media", "set.toml"]
    assert desk.library.read(second).name == "Another name"
    assert (second / "clips.csv").read_bytes() == (first / "clips.csv").read_bytes()


def test_a_set_with_problems_tells_all_of_them_and_does_not_come(desk: Desk) -> None:
    outside = desk.put("media/one.mp4", folder="outside")
    (outside / "set.toml").write_text('name = "A"\ncolour = "red"\n', "utf-8")
    (outside / "clips.csv").write_text(
        "file,emotion,intensity\nmedia/one.mp4,joy,9\nnone.mp4,fear,\n", "utf-8"
    )
    found = desk.survey(outside)
    assert [error.key.removeprefix("clipset.") for error in found.problems] == [
        "setting_unknown",
        "media_missing",
        "out_of_range",
        "emotion_unknown",
    ]
    assert problem(lambda: desk.bring(found)).key == "clipset.setting_unknown"
    assert desk.there == []


def test_a_clip_that_is_not_what_the_set_says_is_not_taken_over(desk: Desk) -> None:
    first = desk.bring(desk.survey(desk.put(*CREMA_D))).folder
    outside = Path(shutil.move(first, desk.place / "outside"))
    (outside / "media" / CREMA_D[0]).write_bytes(b"changed")
    assert problem(lambda: desk.bring(desk.survey(outside))).key == "clipset.altered"
    assert desk.there == []
    target = desk.place / "mine.attune"
    assert problem(lambda: desk.pack(outside, target)).key == "clipset.altered"
    assert not target.exists()


def test_a_package_made_by_hand_needs_no_hashes(desk: Desk) -> None:
    package = desk.place / "hand.attune"
    desk.place.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("set.toml", 'name = "By hand"')
        made.writestr("clips.csv", "file,emotion\none.mp4,fear\n")
        made.writestr("one.mp4", b"one")
        made.writestr("__MACOSX/one.mp4", b"rubbish")
    found = desk.survey(package)
    assert (found.problems, found.size) == ((), 3 + 16 + 26)
    folder = desk.bring(found).folder
    assert sorted(path.name for path in folder.iterdir()) == ["clips.csv", "one.mp4", "set.toml"]
    assert desk.library.problems(package, ignore_two) == ()


def test_only_what_the_table_names_leaves_a_package(desk: Desk, tmp_path: Path) -> None:
    first = desk.bring(desk.survey(desk.put(*CREMA_D))).folder
    (first / "media" / "unlisted.mp4").write_bytes(b"unlisted")
    package = desk.pack(first, tmp_path / "mine.attune")
    assert "media/unlisted.mp4" not in entries(package)


def test_what_clips_do_not_come_in_is_refused_with_a_sentence(desk: Desk) -> None:
    letter = desk.place / "letter.docx"
    letter.parent.mkdir(parents=True)
    letter.write_bytes(b"Dear")
    assert problem(lambda: desk.survey(letter)).key == "clipset.not_clips"
    assert problem(lambda: desk.survey(desk.place / "none")).key == "clipset.folder_missing"
    error = problem(lambda: desk.survey(desk.place, kind=Kind.CORPUS, corpus="MINE"))
    assert error.key == "clipset.corpus_unknown"
    (desk.place / "false.attune").write_bytes(b"PK no")
    assert problem(lambda: desk.survey(desk.place / "false.attune")).key == "package.not_a_package"


def asked(times: int) -> Callable[[], bool]:
    """Says stop once it was asked more often than this."""
    left = iter(range(times))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("until", range(8))
def test_a_survey_can_be_stopped(desk: Desk, until: int) -> None:
    source = desk.put(*CREMA_D)
    with pytest.raises(CancelledError):
        survey(source, How(), library=desk.library, words=Words(), progress=ignore, stopped=asked(until))


@pytest.mark.parametrize("until", range(6))
def test_an_import_that_is_stopped_leaves_nothing(desk: Desk, until: int) -> None:
    found = desk.survey(desk.put(*CREMA_D))
    with pytest.raises(CancelledError):
        bring_in(found, suggested(found), library=desk.library, progress=ignore, stopped=asked(until))
    assert desk.there == []


@pytest.mark.parametrize("until", range(5))
def test_packing_that_is_stopped_leaves_what_was_there(desk: Desk, until: int) -> None:
    folder, target = desk.bring(desk.survey(desk.put(*CREMA_D))).folder, desk.place / "out" / "mine.attune"
    target.parent.mkdir()
    target.write_bytes(b"before")
    with pytest.raises(CancelledError):
        pack_set(folder, target, library=desk.library, progress=ignore, stopped=asked(until))
    assert target.read_bytes() == b"before"
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk_is_said_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = desk.survey(desk.put(*CREMA_D))
    size = found.size
    too_large = replace(found, size=1 << 60)
    assert problem(lambda: desk.bring(too_large)).key == "library.no_room"
    real = Path.open

    def full(path: Path, mode: str = "r", **more: object) -> object:
        if "x" in mode and path.name == CREMA_D[-1]:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    error = problem(lambda: desk.bring(found))
    assert isinstance(error, LibraryError)
    assert (error.key, size) == ("library.full", found.size)
    assert desk.there == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are always letters")
def test_names_that_are_no_letters_come_too(desk: Desk) -> None:
    source = desk.put("Ben-fear.mp4")
    (source / os.fsdecode(b"Caf\xe9-fear.mp4")).write_bytes(b"latin")
    source = source.rename(source.with_name(os.fsdecode(b"gr\xfcn")))
    found = desk.survey(source, kind=Kind.PATTERN, pattern=r"(?P<person>.+)-(?P<emotion>\w+)\.mp4")
    clips = desk.library.read(desk.bring(found).folder).clips
    assert [clip.person for clip in clips] == ["Ben", "Caf?"]
    for clip in clips:
        clip.verify()


def test_a_set_without_a_name_and_one_with_blanks_around_it_can_be_read(desk: Desk) -> None:
    found = desk.survey(desk.put(*CREMA_D))
    first = desk.bring(found, Details(name="  ", language=" ")).folder
    assert desk.library.read(first).language == "en"
    desk.library.remove(first).result(20)
    assert desk.library.read(desk.bring(found, Details(name=" Mine\n")).folder).name == "Mine"


def test_what_a_spreadsheet_takes_for_a_formula_is_kept_and_does_no_harm(desk: Desk) -> None:
    source = desk.put("one.mp4", "two.mp4")
    (source / "mine.csv").write_text(
        'file,person,note,valence\none.mp4,=1+1,"@me",\ntwo.mp4,\'=quoted,-,\n', "utf-8"
    )
    folder = desk.bring(desk.survey(source)).folder
    one, two = desk.library.read(folder).clips
    assert (one.person, one.note, two.person, two.note) == ("=1+1", "@me", "=quoted", "-")
    cells = (folder / "clips.csv").read_text("utf-8").replace("\n", ",").split(",")
    assert not [cell for cell in cells if cell.startswith(("=", "@", "-"))]


def test_two_attunes_do_not_take_away_each_others_clips(desk: Desk) -> None:
    found = desk.survey(desk.put(*CREMA_D))
    with desk.library.coming() as coming:
        (coming / "half.mp4").write_bytes(b"half")
        assert problem(lambda: desk.bring(found)).key == "library.busy"
        desk.library.tidy()
        assert (coming / "half.mp4").is_file()
    left = desk.library.shelf.folder / "coming" / "left"
    left.mkdir()
    desk.library.tidy()
    assert not left.exists()
    assert desk.bring(found).clips == 3


def test_the_time_left_follows_from_how_fast_it_went() -> None:
    heard: list[Advance] = []
    times = iter((10.0, 10.0, 12.0, 12.01, 14.0, 14.01))
    pace = Pace(Step.COPYING, heard.append, never, clock=lambda: next(times))
    for done in (0, 25, 26, 50, 100):
        pace(done, 100)
    assert [(advance.done, advance.left_s) for advance in heard] == [
        (0, None),
        (25, 6.0),
        (50, 4.0),
        (100, 0.0),
    ]


def test_errors_of_a_set_are_known_ones(desk: Desk) -> None:
    found = desk.survey(desk.put(*CREMA_D))
    with pytest.raises(ClipSetError):
        desk.bring(replace(found, problems=(ClipSetError("clipset.altered", file="x"),)))
