"""Several things brought at once: films make one set with what goes with them, all else stands by itself."""

from pathlib import Path

from attune.app.importing import Finding, Handful, Kind, suggested
from attune.app.importing_several import one_by_one
from tests.app.test_importing import CREMA_D, Desk, desk, make_desk

__all__ = ["desk", "make_desk"]  # fixtures


def test_films_make_one_set_and_all_else_comes_by_itself(desk: Desk) -> None:
    folder = desk.put("a.mp4", "b.WAV", "list.csv", "theirs.attune", "inside/c.mp4")
    films = folder / "a.mp4", folder / "b.WAV", folder / "list.csv"
    package, inside = folder / "theirs.attune", folder / "inside"
    assert one_by_one((package, *films, inside, films[0])) == (package, Handful(films), inside)
    assert one_by_one((films[0], inside)) == (films[0], inside)
    assert one_by_one((films[2], folder / "letter.doc")) == (films[2], folder / "letter.doc")


def test_only_what_was_chosen_comes_and_what_is_no_clip_is_told(desk: Desk) -> None:
    folder = desk.put("a.mp4", "b.mp4", "not chosen.mp4", "letter.doc", "notes.txt")
    chosen = Handful(tuple(folder / name for name in ("b.mp4", "letter.doc", "a.mp4", "notes.txt")))
    found = desk.survey(chosen)
    assert [draft.name for draft in found.drafts] == ["a.mp4", "b.mp4"]
    assert found.how.kind is Kind.FILES
    told = [(each.name, each.finding) for each in found.found if each.finding is Finding.NO_CLIP]
    assert told == [("letter.doc", Finding.NO_CLIP), ("notes.txt", Finding.NO_CLIP)]
    assert suggested(found).name == folder.name
    brought = desk.bring(found)
    assert (brought.clips, brought.folder.name) == (2, "brought")
    for clip in desk.library.read(brought.folder).clips:
        clip.verify()


def test_chosen_films_of_a_corpus_are_known_as_such(desk: Desk) -> None:
    folder = desk.put(*CREMA_D)
    found = desk.survey(Handful(tuple(folder / name for name in CREMA_D[:2])))
    assert (found.how.kind, found.title) == (Kind.CORPUS, "CREMA-D")
    assert len(found.drafts) == 2


def test_a_table_chosen_with_its_films_says_what_they_show(desk: Desk) -> None:
    folder = desk.put("a.mp4", "b.mp4", "other/c.mp4")
    (desk.place / "list.csv").write_text("file,emotion\na,fear\nc.mp4,anger\n", "utf-8")
    files = (desk.place / "list.csv", folder / "a.mp4", folder / "b.mp4", folder / "other" / "c.mp4")
    found = desk.survey(Handful(files))
    assert found.how.kind is Kind.TABLE
    assert found.emotions == {"fear": 1, "anger": 1}
    assert [(each.name, each.finding) for each in found.found] == [("b.mp4", Finding.NOT_LISTED)]


def test_a_pattern_reads_the_names_of_what_was_chosen(desk: Desk) -> None:
    folder = desk.put("ana-fear.mp4", "holiday.mp4", "ben-anger.mp4")
    files = Handful((folder / "ana-fear.mp4", folder / "holiday.mp4"))
    found = desk.survey(files, kind=Kind.PATTERN, pattern=r"(?P<person>\w+)-(?P<emotion>\w+)\.mp4")
    assert found.people == ("ana",)
    assert [each.finding for each in found.found] == [Finding.NOT_NAMED]


def test_two_of_the_same_name_come_both_without_the_names_of_their_folders(desk: Desk) -> None:
    here, there = desk.put("a.mp4", folder="Mrs Miller"), desk.put("b/a.mp4", folder="Mr Smith") / "b"
    (there / "a.mp4").write_bytes(b"another film")
    found = desk.survey(Handful((here / "a.mp4", there / "a.mp4")))
    brought = desk.bring(found)
    names = sorted(clip.name for clip in desk.library.read(brought.folder).clips)
    assert names == ["media/a-2.mp4", "media/a.mp4"]
    assert suggested(found).name == "a"


def test_on_the_top_of_a_disk_the_first_file_gives_its_name() -> None:
    root = Path(Path.cwd().anchor)
    assert (Handful((root / "a.mp4", root / "b.mp4")).name, str(Handful((root / "a.mp4",)))) == (
        "a.mp4",
        str(root / "a.mp4"),
    )
