"""A set being edited: steps, undone and done again, saved in one step or told why not."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.affect.reading import Source
from attune.affect.vocabulary import Core
from attune.app.editing import MOST_STEPS, Edited, on_top, open_edited, save
from attune.app.edits import About, Change, Said, TakenOut, Unsaid, Who, change_of
from attune.app.services import load_vocabulary
from attune.clips.clip_set import Channel, load_clip_set
from attune.errors import EditError
from attune.resources import Words
from attune.storage.lock import take_lock
from tests.app.editing import make_set

VOCABULARY = load_vocabulary()
MEANT, ADA = Who(Source.INTENDED), Who(Source.EXPERT, "Ada")
ONE = "media/0.mp4"


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return open_edited(make_set(tmp_path / "set", 4))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """For what is never saved."""
    return open_edited(make_set(tmp_path_factory.mktemp("sets") / "set", 4))


def told(edited: Edited, change: Change, name: str = ONE) -> str:
    """The sentence of what cannot be done."""
    with pytest.raises(EditError) as caught:
        edited.changed(change, [name])
    sentence = Words().error(caught.value)
    assert "{" not in sentence
    return sentence


def test_steps_are_undone_and_done_again(opened: Edited) -> None:
    assert not opened.unsaved
    one = opened.changed(About({"person": "Ben"}), [ONE])
    two = one.changed(Said(ADA, {"labels": {"fear": 1.0}, "intensity": 0.7}), [ONE, "media/1.mp4"])
    assert two.unsaved
    assert [len(clip.references) for clip in two.clips] == [2, 2, 1, 1]
    assert two.clip(ONE).person == "Ben"
    back = two.undo()
    assert back.clips == one.clips
    assert not back.undo().unsaved
    assert back.undo().undo() == back.undo()
    assert back.undo().redo().redo() == two
    assert two.redo() is two
    other = back.changed(About({"person": "Cem"}), [ONE])
    assert other.redo() is other


def test_what_changes_nothing_is_no_step(opened: Edited) -> None:
    assert opened.changed(About({"person": "A"}), [ONE]) is opened
    assert opened.changed(Unsaid(ADA), [ONE]) is opened


def test_a_key_held_is_one_step(opened: Edited) -> None:
    moved = opened
    for place in range(5):
        moved = moved.changed(About({"onset_s": 0.6 + place / 25}), [ONE], going_on=place > 0)
    assert len(moved.done) == 1
    assert moved.undo().clips == opened.clips
    assert moved.undo().redo().clips == moved.clips
    # going on with another clip is a step of its own
    assert len(moved.changed(About({"onset_s": 0.7}), ["media/1.mp4"], going_on=True).done) == 2


def test_only_so_many_steps_are_kept(opened: Edited) -> None:
    made = opened
    for number in range(MOST_STEPS + 5):
        made = made.changed(About({"note": str(number)}), [ONE])
    assert len(made.done) == MOST_STEPS


def test_a_reading_is_made_changed_and_taken_back(opened: Edited) -> None:
    said = opened.changed(Said(ADA, {"labels": {"fear": 0.7, "surprise": 0.3}}), [ONE])
    more = said.changed(Said(ADA, {"valence": -0.5, "arousal": 0.25}), [ONE])
    reading = more.clip(ONE).references[-1]
    assert (reading.by, reading.source, reading.valence, reading.arousal) == ("Ada", "expert", -0.5, 0.25)
    assert reading.labels == {"fear": 0.7, "surprise": 0.3}
    assert more.changed(Unsaid(ADA), [ONE]).clips == opened.clips
    assert opened.changed(Unsaid(MEANT), [ONE]).clip(ONE).references == ()


def test_what_cannot_be_is_told(opened: Edited) -> None:
    assert "before apex_s" in told(opened, About({"onset_s": 1.2, "apex_s": 1.3, "offset_s": 1.25}))[
        :0
    ] + told(opened, About({"offset_s": 0.8}))
    assert "onset_s at 1.100 s" in told(opened, About({"onset_s": 1.1}))
    assert "between 0 and 86400" in told(opened, About({"onset_s": -0.1}))
    assert "between 0 and 1" in told(opened, Said(MEANT, {"intensity": 1.5}))
    assert "Say the emotion first" in told(opened, Said(ADA, {"intensity": 0.5}))
    assert "votes" in told(opened, Said(Who(Source.CROWD), {"labels": {"fear": 1.0}}))
    assert "no clip media/9.mp4" in told(opened, TakenOut(), "media/9.mp4")
    with pytest.raises(EditError, match="last_clip"):
        opened.changed(TakenOut(), [clip.name for clip in opened.clips])


def test_a_time_not_known_does_not_stand_in_the_way(opened: Edited) -> None:
    open_ended = opened.changed(About({"apex_s": None, "offset_s": None}), [ONE])
    assert open_ended.changed(About({"onset_s": 9.0}), [ONE]).clip(ONE).onset_s == 9.0


@pytest.mark.parametrize(
    ("column", "text", "wanted"),
    [
        ("intensity", " 0,5 ", Said(MEANT, {"intensity": 0.5})),
        ("valence", "-1", Said(MEANT, {"valence": -1.0})),
        ("arousal", "", Said(MEANT, {"arousal": None})),
        ("apex_s", "1.25", About({"apex_s": 1.25})),
        ("offset_s", "", About({"offset_s": None})),
        ("person", "Ben", About({"person": "Ben"})),
        ("channel", "Sound", About({"channel": Channel.SOUND})),
        ("emotion", "fear:7+surprise:3", Said(MEANT, {"labels": {"fear": 0.7, "surprise": 0.3}})),
        ("emotion", "", Unsaid(MEANT)),
    ],
)
def test_a_value_typed_in_is_a_change(column: str, text: str, wanted: Change) -> None:
    assert change_of(column, text, MEANT, VOCABULARY) == wanted


@pytest.mark.parametrize(
    ("column", "text", "problem"),
    [
        ("intensity", "much", "not_a_number"),
        ("intensity", "nan", "out_of_range"),
        ("onset_s", "1e9", "out_of_range"),
        ("channel", "smell", "channel_unknown"),
        ("emotion", "joy", "emotion_unknown"),
        ("emotion", "fear:0.7+surprise", "blend_unreadable"),
        ("file", "x", "column_unknown"),
    ],
)
def test_a_value_that_says_nothing_is_told(column: str, text: str, problem: str) -> None:
    with pytest.raises(EditError) as caught:
        change_of(column, text, MEANT, VOCABULARY)
    assert caught.value.key == f"editing.{problem}"
    assert "{" not in Words().error(caught.value)


def test_whose_word_it_is_can_be_written() -> None:
    assert Who.read("expert: Ada ") == ADA
    assert Who.read("intended") == MEANT
    for text in ("", "Ada", "measured", "user:Ada"):
        with pytest.raises(EditError) as caught:
            Who.read(text)
        assert "{" not in Words().error(caught.value)
    with pytest.raises(EditError, match="not_quotable"):
        Who(Source.MEASURED)


names = st.sampled_from([f"media/{number}.mp4" for number in range(4)])
times = st.none() | st.integers(0, 2000).map(lambda ms: ms / 1000)
shares = st.dictionaries(st.sampled_from([str(name) for name in Core]), st.integers(1, 9), min_size=1).map(
    lambda votes: {name: count / sum(votes.values()) for name, count in votes.items()}
)
whose = st.sampled_from([MEANT, ADA, Who(Source.EXPERT, "Cem"), Who(Source.SELF_REPORT)])
text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(str.strip)
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(About, st.fixed_dictionaries({}, optional={"person": text, "note": text, "onset_s": times})),
    st.builds(About, st.fixed_dictionaries({"channel": st.sampled_from(Channel)})),
    st.builds(
        Said,
        whose,
        st.fixed_dictionaries(
            {"labels": shares}, optional={"intensity": st.just(0.25), "valence": st.just(-1)}
        ),
    ),
    st.builds(Unsaid, whose),
    st.just(TakenOut()),
)


@settings(max_examples=50)
@given(steps=st.lists(st.tuples(changes, st.lists(names, min_size=1, max_size=3)), max_size=8))
def test_any_edits_can_be_undone_and_are_read_again_as_saved(
    opened: Edited, steps: list[tuple[Change, list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = opened
    for change, of in steps:
        with suppress(EditError):
            made = made.changed(change, of)
    back = made
    while back.done:
        back = back.undo()
    assert back.clips is opened.saved.clips
    while back.undone:
        back = back.redo()
    assert back.clips == made.clips
    folder = make_set(tmp_path_factory.mktemp("saved") / "set", 4)
    here = {clip.name: replace(clip, file=folder.resolve() / clip.name) for clip in made.clips}
    saved = save(replace(open_edited(folder), clips=tuple(here.values())))
    again = load_clip_set(folder)
    for one, other in zip(saved.clips, again.clips, strict=True):
        assert replace(one, references=()) == replace(other, references=())
        for mine, theirs in zip(one.references, other.references, strict=True):
            assert replace(mine, labels=theirs.labels) == theirs
            assert theirs.labels == pytest.approx(mine.labels, abs=1e-5)


def test_saving_writes_what_is_new_and_deletes_what_was_taken_out(edited: Edited) -> None:
    folder = edited.saved.folder
    changed = edited.changed(About({"note": "seen"}), [ONE]).changed(TakenOut(), ["media/3.mp4"])
    assert (folder / "media/3.mp4").is_file()
    saved = save(changed)
    assert not saved.unsaved
    assert [clip.name for clip in load_clip_set(folder).clips] == [ONE, "media/1.mp4", "media/2.mp4"]
    assert not (folder / "media/3.mp4").exists()
    assert not saved.done  # the note was given while the clip was there
    later = save(saved.changed(About({"note": "again"}), [ONE]))
    assert len(later.done) == 1
    assert save(later.undo()).clip(ONE).note == "seen"


def test_what_was_edited_while_it_was_saved_is_still_to_be_saved(edited: Edited) -> None:
    saving = edited.changed(TakenOut(), ["media/3.mp4"])
    meanwhile = saving.changed(About({"note": "later"}), [ONE])
    after = on_top(meanwhile, save(saving))
    assert after.unsaved
    assert [step.change for step in after.done] == [About({"note": "later"})]  # the file of the other is gone
    assert load_clip_set(save(after).saved.folder).clips[0].note == "later"


def test_what_somebody_else_wrote_is_told_and_not_overwritten(edited: Edited) -> None:
    mine = edited.changed(About({"note": "mine"}), [ONE])
    theirs = save(edited.changed(About({"note": "theirs"}), [ONE]))
    table = (edited.saved.folder / "clips.csv").read_bytes()
    with pytest.raises(EditError, match="changed_meanwhile"):
        save(mine)
    assert (edited.saved.folder / "clips.csv").read_bytes() == table
    (edited.saved.folder / "clips.csv").unlink()
    with pytest.raises(EditError, match="changed_meanwhile"):
        save(theirs.changed(About({"note": "more"}), [ONE]))
    save(mine, over=True)
    assert load_clip_set(edited.saved.folder).clips[0].note == "mine"


def test_two_save_one_after_the_other(edited: Edited) -> None:
    lock = take_lock(edited.saved.folder / ".clips")
    assert lock is not None
    changed = edited.changed(About({"note": "mine"}), [ONE])
    with pytest.raises(EditError, match="being_saved"):
        save(changed)
    lock.release(clean=True)
    assert not save(changed).unsaved


def test_a_full_disk_leaves_everything_as_it_was(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = edited.changed(About({"note": "mine"}), [ONE]).changed(TakenOut(), ["media/3.mp4"])
    table = (edited.saved.folder / "clips.csv").read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EditError) as caught:
        save(changed)
    assert "No space left" in Words().error(caught.value)
    assert (edited.saved.folder / "clips.csv").read_bytes() == table
    assert (edited.saved.folder / "media/3.mp4").is_file()
    assert not list(edited.saved.folder.glob("*.part"))
