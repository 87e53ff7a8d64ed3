"""Recordings of one's own person as clips to practise on, for as long as everybody in them agrees.

Nothing is copied: a clip is the recording itself, sealed as it lies, so that what is vetoed, forgotten or no
longer agreed to is no clip any more either. What is kept of practising leads to it by its hash alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from attune.app.futures import after, then
from attune.app.library import Channel, Clip, ClipSet, PeopleKind
from attune.app.partner.couple import Couple, Moment, Person, Recording, clip_hash
from attune.app.partner.looking_back import shown_expressed
from attune.resources import Words

LONGEST_S = 30.0  # of a film that is one clip
_FOLDER = "own-clips-of-"  # what settings call such a set by; the shelf has no folder of this name


def is_own(name: str | None) -> bool:
    """Whether the settings' name of a set is one of these."""
    return name is not None and name.startswith(_FOLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSet:
    """The clips of one ``person``, as a set that can be practised with."""

    person: Person
    clip_set: ClipSet


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClips:
    """The sets of one profile. Futures fail with StorageError."""

    couple: Couple
    words: Words

    def sets(self) -> Future[tuple[OwnSet, ...]]:
        """One for everybody of whom there are clips, in the order they came."""
        couple = self.couple
        recordings, moments = couple.recordings(), couple.moments()

        def with_people(people: tuple[Person, ...]) -> Future[tuple[OwnSet, ...]]:
            return after(
                moments, lambda kept: then(recordings, lambda films: self._sets(people, kept, films))
            )

        return after(couple.people(), with_people)

    def find(self, name: str) -> Future[ClipSet | None]:
        """The set that the settings call so; None where there are no such clips any more."""

        def named(sets: tuple[OwnSet, ...]) -> ClipSet | None:
            return next((each.clip_set for each in sets if each.clip_set.folder.name == name), None)

        return then(self.sets(), named)

    def _sets(
        self, people: Sequence[Person], moments: Sequence[Moment], recordings: Sequence[Recording]
    ) -> tuple[OwnSet, ...]:
        films = _films(people, moments, recordings)
        found = []
        for person in people:
            clips = tuple(
                _clip(moment, films[moment.recording], person)
                for moment in moments
                if moment.recording in films and _told(moment, person)
            )
            if clips:
                found.append(OwnSet(person=person, clip_set=self._set(person, clips)))
        return tuple(found)

    def _set(self, person: Person, clips: tuple[Clip, ...]) -> ClipSet:
        words = self.words
        return ClipSet(
            folder=clips[0].file.parent / f"{_FOLDER}{person.id}",
            # Sessions keep this name, and are not to name whoever withdrew since.
            name=words("partner_person.clips.set", number=person.id),
            version="",
            description=words("partner_person.clips.description", name=person.name),
            language=words.language,
            vocabulary="core",
            licence=words("partner_person.clips.licence"),
            attribution="",
            made_by="",
            people=PeopleKind.FILMED,
            clips=clips,
            measurable=False,  # the other's face may be in the picture, and moments carry what was measured
        )


def _films(
    people: Sequence[Person], moments: Sequence[Moment], recordings: Sequence[Recording]
) -> dict[int | None, Recording]:
    """The recordings by their id that hold one moment only, and may be practised on by all in them."""
    willing = {person.id for person in people if person.agreed is not None and person.agreed.practice}
    uses = Counter(moment.recording for moment in moments)
    return {
        each.id: each
        for each in recordings
        if willing.issuperset(each.people)
        and uses[each.id] == 1
        and each.seconds is not None
        and each.seconds <= LONGEST_S
    }


def _told(moment: Moment, person: Person) -> bool:
    """Whether it is this person's, and what they felt may be known to the other."""
    return moment.shower == person.id and moment.revealed and moment.felt is not None


def _clip(moment: Moment, film: Recording, person: Person) -> Clip:
    said = (moment.felt, moment.intended, shown_expressed(moment))
    return Clip(
        file=film.path,
        name=f"{_FOLDER}{person.id}/{moment.id}",
        content_hash=clip_hash(film),
        person=person.name,
        channel=Channel.PICTURE_AND_SOUND if film.sound else Channel.PICTURE,
        onset_s=None,
        apex_s=None,
        offset_s=None,
        references=tuple(reading for reading in said if reading is not None),
        truth=None,
        note="",
    )
