"""A clip set edited through the real window: marks, labels, raters, many at once, saved, left."""

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source
from attune.app.edits import Who
from attune.app.folders import find_folders
from attune.app.keeping import create
from attune.app.library import Clip, load_clip_set
from attune.app.measuring import Measurer
from attune.clips.writing import write_set
from attune.errors import MediaError
from attune.ui.library import LibraryPage
from attune.ui.library.editor import EditorPage, open_editor
from attune.ui.library.editor_leave import Choice
from attune.ui.main_window import MainWindow
from attune.ui.profiles.parts import Reopening
from attune.ui.shell import Shell
from tests.films import eight_clips

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
FIRST = "media/chi_neutral.webm"
FEAR = "media/chi_fear.webm"
NS_PER_S = 1_000_000_000
PATIENCE_MS = 60_000  # with what is done in a process of its own, which has to start first
Opener = Callable[..., Shell]
Editor = Callable[..., EditorPage]


@pytest.fixture
def folder(home: object) -> Path:
    """Eight clips as a set of the person's."""
    made = find_folders().library / "sets" / "mine"
    (made / "media").mkdir(parents=True)
    for clip in eight_clips().clips:
        shutil.copy(clip.file, made / clip.name)
    clips = tuple(replace(clip, file=made.resolve() / clip.name, truth=None) for clip in eight_clips().clips)
    write_set(replace(eight_clips(), folder=made, clips=clips, name="Mine"), ())
    return made


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is measured: these tests are about what a person does."""

    def nothing(_measurer: Measurer, path: Path, **_how: object) -> "Future[object]":
        failed: Future[object] = Future()
        failed.set_exception(MediaError("media.no_frames", path=path))
        return failed

    monkeypatch.setattr(Measurer, "measure", nothing)


@pytest.fixture
def editor(qtbot: QtBot, open_window: Opener, folder: Path) -> Editor:
    """Open the editor in the Library, at one clip or at several."""

    def opener(*names: str) -> EditorPage:
        shell = open_window()
        shell.window.resize(1280, 900)
        shell.window.activateWindow()
        qtbot.waitUntil(shell.window.isActiveWindow)
        shell.window.show_page("library")
        library = shell.window.page
        assert isinstance(library, LibraryPage)
        qtbot.waitUntil(lambda: len(library.browser.grid.entries) >= 40)  # with the set that Attune carries
        clip_set = load_clip_set(folder)
        open_editor(library.parts, clip_set, tuple(clip for clip in clip_set.clips if clip.name in names))
        qtbot.waitUntil(lambda: isinstance(library.showing, EditorPage))
        page = library.showing
        assert isinstance(page, EditorPage)
        if len(names) == 1:
            qtbot.waitUntil(lambda: page.clip.replay.player.frame is not None)
            page.clip.replay.player.pause()
        return page

    return opener


def kept(folder: Path, name: str) -> Clip:
    """A clip as it is on the disk."""
    return next(clip for clip in load_clip_set(folder).clips if clip.name == name)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Wherever the focus is, once a dialog has given it back."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def see(qtbot: QtBot, page: EditorPage, seconds: float) -> float:
    """Go to a time; the time of the picture shown."""
    player = page.clip.replay.player
    player.seek(round(seconds * NS_PER_S))
    qtbot.waitUntil(
        lambda: player.frame is not None and player.frame.time_ns <= seconds * NS_PER_S < player.frame.end_ns
    )
    assert player.frame is not None
    return player.frame.time_ns / NS_PER_S


def opened(qtbot: QtBot, page: EditorPage) -> None:
    """Wait for the first picture: Qt complains of a film that is closed while it is being opened."""
    qtbot.waitUntil(lambda: page.clip.replay.player.frame is not None)


def question(qtbot: QtBot, window: QWidget) -> Choice:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(Choice)))
    return next(each for each in window.findChildren(Choice) if each.isVisible())


def save(qtbot: QtBot, page: EditorPage) -> None:
    with qtbot.waitSignal(page.desk.saved):
        press(qtbot, Qt.Key.Key_S, CONTROL)


@pytest.mark.usefixtures("unmeasured")
def test_keys_set_marks_at_the_picture_shown_and_undo_them(
    qtbot: QtBot, editor: Editor, folder: Path
) -> None:
    page = editor(FEAR)
    assert page.hasFocus()
    at = {}
    for key, name, seconds in (
        (Qt.Key.Key_I, "onset_s", 0.2),
        (Qt.Key.Key_A, "apex_s", 1.0),
        (Qt.Key.Key_O, "offset_s", 2.0),
    ):
        at[name] = see(qtbot, page, seconds)
        press(qtbot, key)
    clip = page.desk.clip
    assert {name: getattr(clip, name) for name in at} == pytest.approx(at)
    assert page.clip.timeline.marks == {name: round(time * NS_PER_S) for name, time in at.items()}
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.clip.offset_s == kept(folder, FEAR).offset_s
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    save(qtbot, page)
    assert not page.save_button.isEnabled()
    assert kept(folder, FEAR).offset_s == pytest.approx(at["offset_s"])
    # still to be undone after it was saved
    for _step in range(3):
        press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.clip.onset_s == 0.4
    assert page.desk.edited.unsaved


@pytest.mark.usefixtures("unmeasured")
def test_a_mark_is_not_set_past_its_neighbour_and_it_is_said_why(qtbot: QtBot, editor: Editor) -> None:
    page = editor(FEAR)
    see(qtbot, page, 2.0)
    press(qtbot, Qt.Key.Key_I)
    assert "before onset_s at 2.000 s" in page.notice.message
    assert page.desk.clip.onset_s == 0.4
    assert page.clip.timeline.marks["onset_s"] == round(0.4 * NS_PER_S)


@pytest.mark.usefixtures("unmeasured")
def test_a_mark_is_dragged_and_stops_at_its_neighbour(qtbot: QtBot, editor: Editor) -> None:
    page = editor(FEAR)
    line = page.clip.timeline
    y = line.height() // 2

    def drag(name: str, to_s: float) -> None:
        begin = QPoint(round(line.x_of(line.marks[name])), y)
        end = QPoint(round(line.x_of(round(to_s * NS_PER_S))), y)
        qtbot.mousePress(line, LEFT, pos=begin)
        qtbot.mouseMove(line, (begin + end) / 2)
        qtbot.mouseMove(line, end)
        qtbot.mouseRelease(line, LEFT, pos=end)

    drag("onset_s", 0.25)
    assert page.desk.clip.onset_s == pytest.approx(0.25, abs=0.01)
    assert len(page.desk.edited.done) == 1  # the way there is no step
    drag("onset_s", 2.2)
    assert page.desk.clip.onset_s == page.desk.clip.apex_s
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.clip.onset_s == pytest.approx(0.25, abs=0.01)


@pytest.mark.usefixtures("unmeasured")
def test_on_the_timeline_arrows_choose_and_nudge_and_delete_takes_away(qtbot: QtBot, editor: Editor) -> None:
    page = editor(FEAR)
    line = page.clip.timeline
    page.clip.replay.player.know_times([])
    line.show_curves((), [n * 40_000_000 for n in range(65)], 2_600_000_000)
    line.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)  # the apex, at 0.72 s: the picture's own time
    assert "Strongest moment at 0.720" in line.accessibleDescription()
    press(qtbot, Qt.Key.Key_Right)
    assert page.desk.clip.apex_s == 0.76
    press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_Left)
    assert page.desk.clip.apex_s == 0.68
    press(qtbot, Qt.Key.Key_Delete)
    assert page.desk.clip.apex_s is None
    assert "apex_s" not in line.marks
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.clip.apex_s == 0.68


@pytest.mark.usefixtures("unmeasured")
def test_labels_blends_strength_and_place_are_set_and_read_again(
    qtbot: QtBot, editor: Editor, folder: Path
) -> None:
    page = editor(FEAR)
    form = page.clip.form
    press(qtbot, Qt.Key.Key_6)  # surprise, beside fear
    assert page.desk.reading is not None
    assert page.desk.reading.labels == {"fear": 0.5, "surprise": 0.5}
    form.scales["fear"].slider.setFocus()
    for _step in range(4):
        press(qtbot, Qt.Key.Key_Right)
    assert page.desk.reading.labels == pytest.approx({"fear": 0.7, "surprise": 0.3})
    form.strength.slider.setFocus()
    press(qtbot, Qt.Key.Key_Left)
    assert page.desk.reading.intensity == 0.95
    assert page.desk.reading.valence is None
    middle = form.field.rect().center()
    qtbot.mouseClick(form.field, LEFT, pos=middle - QPoint(40, 0))
    assert page.desk.reading.valence is not None
    assert page.desk.reading.valence < -0.2
    assert page.desk.reading.arousal == pytest.approx(0.0, abs=0.02)
    save(qtbot, page)
    (reading,) = kept(folder, FEAR).references
    assert reading.labels == pytest.approx({"fear": 0.7, "surprise": 0.3})
    assert (reading.intensity, reading.valence) == (0.95, page.desk.reading.valence)
    qtbot.mouseClick(form.unsaid["place"], LEFT)
    assert page.desk.reading.valence is None
    page.setFocus()
    press(qtbot, Qt.Key.Key_6)  # taken away again
    assert page.desk.reading.labels == {"fear": 1.0}
    press(qtbot, Qt.Key.Key_5)  # the last one stays
    assert page.desk.reading.labels == {"fear": 1.0}


@pytest.mark.usefixtures("unmeasured")
def test_several_raters_side_by_side_and_how_far_they_agree(
    qtbot: QtBot, editor: Editor, folder: Path
) -> None:
    page = editor(FEAR)
    raters = page.clip.raters
    for name, key in (("Ada", Qt.Key.Key_5), ("Cem", Qt.Key.Key_6)):
        raters.name.setFocus()
        qtbot.keyClicks(raters.name, name)
        press(qtbot, Qt.Key.Key_Return)
        assert page.desk.who == Who(Source.EXPERT, name)
        assert page.desk.reading is None
        page.setFocus()
        press(qtbot, key)
    assert list(raters.buttons) == [
        Who(Source.INTENDED),
        Who(Source.EXPERT, "Ada"),
        Who(Source.EXPERT, "Cem"),
    ]
    assert raters.here == "Here 0 of 1 pairs among 2 raters name the same emotion most."
    qtbot.waitUntil(lambda: "alpha" in raters.all)
    qtbot.mouseClick(raters.buttons[Who(Source.EXPERT, "Ada")], LEFT)
    assert page.clip.form.choices.labels == ("fear",)
    save(qtbot, page)
    assert [reading.by for reading in kept(folder, FEAR).references] == ["", "Ada", "Cem"]
    assert "Ada" in (folder / "clips.csv").read_text("utf-8")


@pytest.mark.usefixtures("unmeasured")
def test_pages_turn_and_typed_words_are_kept(qtbot: QtBot, editor: Editor, folder: Path) -> None:
    page = editor(FIRST)
    page.clip.person.setFocus()
    page.clip.person.selectAll()
    qtbot.keyClicks(page.clip.person, "Iola")  # letters that would set marks elsewhere
    assert page.desk.clip.onset_s is None
    press(qtbot, Qt.Key.Key_Return)
    assert page.desk.clip.person == "Iola"
    page.setFocus()
    press(qtbot, Qt.Key.Key_PageDown)
    assert page.desk.clip.name == "media/chi_happiness.webm"
    assert page.clip.person.text() == "Chi"
    opened(qtbot, page)
    press(qtbot, Qt.Key.Key_PageUp)
    press(qtbot, Qt.Key.Key_PageUp)
    opened(qtbot, page)
    assert page.desk.clip.name == FIRST
    save(qtbot, page)
    assert kept(folder, FIRST).person == "Iola"


@pytest.mark.usefixtures("unmeasured")
def test_many_at_once_are_one_step(qtbot: QtBot, editor: Editor, folder: Path) -> None:
    page = editor()
    page.show_view("table")
    table, view = page.table, page.table.table
    rows = [view.visualRect(table.model.index(place, 0)).center() for place in (1, 4)]
    qtbot.mouseClick(view.viewport(), LEFT, pos=rows[0])
    qtbot.mouseClick(view.viewport(), LEFT, SHIFT, pos=rows[1])
    assert view.chosen == [1, 2, 3, 4]
    assert table.set_button.text() == "Set for 4"
    table.column.setCurrentIndex(table.columns.index("intensity"))
    table.typed.setFocus()
    qtbot.keyClicks(table.typed, "0,4")
    press(qtbot, Qt.Key.Key_Return)
    assert [clip.references[0].intensity for clip in page.desk.edited.clips[:6]] == [0, 0.4, 0.4, 0.4, 0.4, 1]
    assert view.chosen == [1, 2, 3, 4]
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.edited.clips[1].references[0].intensity == 1
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    table.column.setCurrentIndex(table.columns.index("emotion"))
    table.picked.setCurrentIndex(6)
    qtbot.mouseClick(table.set_button, LEFT)
    save(qtbot, page)
    said = [clip.references[0] for clip in load_clip_set(folder).clips[1:5]]
    assert {(reading.top, reading.intensity) for reading in said} == {("surprise", 0.4)}


@pytest.mark.usefixtures("unmeasured")
def test_a_value_that_does_not_fit_is_said_and_changes_nothing(qtbot: QtBot, editor: Editor) -> None:
    page = editor()
    page.show_view("table")
    page.table.table.selectAll()
    page.table.column.setCurrentIndex(page.table.columns.index("valence"))
    page.table.typed.setFocus()
    qtbot.keyClicks(page.table.typed, "2")
    press(qtbot, Qt.Key.Key_Return)
    assert "between -1 and 1" in page.notice.message
    assert not page.desk.edited.unsaved


@pytest.mark.usefixtures("unmeasured")
def test_a_row_is_opened_by_enter_and_several_chosen_open_in_the_table(qtbot: QtBot, editor: Editor) -> None:
    page = editor(FIRST, FEAR)
    view = page.table.table
    assert view.isVisible()
    assert view.chosen == [0, 4]
    view.setFocus()
    view.selectionModel().setCurrentIndex(
        page.table.model.index(4, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    press(qtbot, Qt.Key.Key_Return)
    assert page.clip.isVisible()
    assert page.desk.clip.name == FEAR


@pytest.mark.usefixtures("unmeasured")
def test_leaving_asks_what_becomes_of_what_is_not_saved(qtbot: QtBot, editor: Editor, folder: Path) -> None:
    page = editor(FEAR)
    window = page.window()
    library = page.parent().parent()
    assert isinstance(library, LibraryPage)
    press(qtbot, Qt.Key.Key_4)
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.mouseClick(question(qtbot, window).stay, LEFT)
    assert library.showing is page
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.mouseClick(question(qtbot, window).buttons["save"], LEFT)
    qtbot.waitUntil(lambda: library.showing is library.browser)
    assert kept(folder, FEAR).references[0].labels == {"fear": 0.5, "anger": 0.5}


@pytest.mark.usefixtures("unmeasured")
def test_leaving_without_saving_leaves_the_set_as_it_was(qtbot: QtBot, editor: Editor, folder: Path) -> None:
    table = (folder / "clips.csv").read_bytes()
    page = editor(FEAR)
    library = page.parent().parent()
    assert isinstance(library, LibraryPage)
    press(qtbot, Qt.Key.Key_4)
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.mouseClick(question(qtbot, page.window()).buttons["drop"], LEFT)
    qtbot.waitUntil(lambda: library.showing is library.browser)
    assert (folder / "clips.csv").read_bytes() == table


@pytest.mark.usefixtures("unmeasured")
def test_the_window_is_not_closed_over_what_is_not_saved(qtbot: QtBot, editor: Editor, folder: Path) -> None:
    page = editor(FEAR)
    window = page.window()
    press(qtbot, Qt.Key.Key_4)
    window.close()
    assert window.isVisible()
    qtbot.mouseClick(question(qtbot, window).stay, LEFT)
    window.close()
    qtbot.mouseClick(question(qtbot, window).buttons["save"], LEFT)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert kept(folder, FEAR).references[0].labels == {"fear": 0.5, "anger": 0.5}


@pytest.mark.usefixtures("unmeasured")
def test_the_profile_is_not_closed_over_what_is_not_saved(qtbot: QtBot, editor: Editor, folder: Path) -> None:
    page = editor(FEAR)
    window, library = page.window(), page.parent().parent()
    assert isinstance(window, MainWindow)
    assert isinstance(library, LibraryPage)
    press(qtbot, Qt.Key.Key_4)
    wanted = library.parts.bridge.reopening_wanted
    wanted.emit(Reopening(change=create("Ben", "")))
    qtbot.mouseClick(question(qtbot, window).stay, LEFT)
    assert window.is_open
    assert page.desk.edited.unsaved
    wanted.emit(Reopening(change=create("Ben", "")))
    qtbot.mouseClick(question(qtbot, window).buttons["save"], LEFT)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Ben"))
    assert kept(folder, FEAR).references[0].labels == {"fear": 0.5, "anger": 0.5}


@pytest.mark.usefixtures("unmeasured")
def test_a_table_changed_meanwhile_is_told_and_the_person_chooses(
    qtbot: QtBot, editor: Editor, folder: Path
) -> None:
    page = editor(FEAR)
    table = folder / "clips.csv"
    table.write_text(table.read_text("utf-8").replace("Chi", "Charlotte"), "utf-8")
    press(qtbot, Qt.Key.Key_4)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    asked = question(qtbot, page.window())
    assert kept(folder, FEAR).references[0].labels == {"fear": 1.0}
    qtbot.mouseClick(asked.buttons["open"], LEFT)
    qtbot.waitUntil(lambda: page.desk.clip.person == "Charlotte")
    assert not page.desk.edited.unsaved
    page.window().activateWindow()
    press(qtbot, Qt.Key.Key_4)
    table.write_text(table.read_text("utf-8").replace("Charlotte", "Chi"), "utf-8")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    asked = question(qtbot, page.window())
    with qtbot.waitSignal(page.desk.saved):
        qtbot.mouseClick(asked.buttons["over"], LEFT)
    assert kept(folder, FEAR).person == "Charlotte"
    assert kept(folder, FEAR).references[0].labels == {"fear": 0.5, "anger": 0.5}


@pytest.mark.usefixtures("unmeasured")
def test_a_clip_is_cut_down_and_the_whole_is_kept_until_it_is_saved(
    qtbot: QtBot, editor: Editor, folder: Path
) -> None:
    page = editor(FEAR)
    qtbot.mouseClick(page.clip.cut_button, LEFT)
    line, panel = page.clip.timeline, page.clip.cut
    assert not panel.cut_button.isEnabled()
    y = line.height() - 4
    for begin_s, end_s in ((0.0, 0.6), (2.6, 2.4)):
        begin, end = (QPoint(round(line.x_of(round(at * NS_PER_S))), y) for at in (begin_s, end_s))
        qtbot.mousePress(line, LEFT, pos=begin)
        qtbot.mouseMove(line, end)
        qtbot.mouseRelease(line, LEFT, pos=end)
    qtbot.waitUntil(lambda: "0.52 to 2.4" in panel.said, timeout=PATIENCE_MS)
    qtbot.mouseClick(panel.cut_button, LEFT)
    qtbot.waitUntil(lambda: page.desk.clip.name == "media/chi_fear-cut.webm", timeout=PATIENCE_MS)
    assert page.notice.message.startswith("Cut, as it was")
    clip = page.desk.clip
    assert (clip.onset_s, clip.apex_s, clip.offset_s) == (None, pytest.approx(0.2), pytest.approx(1.75))
    assert (folder / FEAR).is_file()
    page.setFocus()
    opened(qtbot, page)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.clip.name == FEAR
    opened(qtbot, page)
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    opened(qtbot, page)
    save(qtbot, page)
    assert kept(folder, "media/chi_fear-cut.webm").apex_s == pytest.approx(0.2)
    assert not (folder / FEAR).exists()
    assert not page.undo_button.isEnabled()


@pytest.mark.slow
def test_what_was_measured_is_suggested_and_taken_only_when_asked(qtbot: QtBot, editor: Editor) -> None:
    page = editor(FEAR)
    qtbot.waitUntil(lambda: bool(page.clip.suggestions), timeout=PATIENCE_MS)
    assert (page.desk.clip.onset_s, page.desk.edited.unsaved) == (0.4, False)
    assert page.clip.timeline.shown[0].name == "Away from rest"
    qtbot.mouseClick(page.clip.suggestions[0], LEFT)
    clip = page.desk.clip
    assert clip.onset_s is not None
    assert clip.onset_s != 0.4
    assert (clip.onset_s, clip.apex_s, clip.offset_s) == pytest.approx((0.48, 0.77, 2.19), abs=0.1)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert page.desk.clip.onset_s == 0.4
