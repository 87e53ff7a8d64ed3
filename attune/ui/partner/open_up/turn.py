"""One turn while it lasts: the camera, the film, what was measured and said, until it is kept or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from attune.affect.reading import Reading
from attune.app.partner.couple import Moment, Recording
from attune.app.partner.open_up import Mark, Ratings, Told
from attune.app.partner.open_up_sitting import Face, Sitting, moment_of
from attune.ui.partner.open_up.choose import Chosen
from attune.ui.partner.open_up.film import TurnFilm
from attune.ui.partner.open_up.marks import MarksPage
from attune.ui.partner.open_up.speaking import NS_PER_S, SpeakingPage, Speech
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.stage import Stage

if TYPE_CHECKING:  # loads numpy
    from attune.app.partner.seeing import Seen


@dataclass(slots=True)
class Said:
    """What the two said after the speaking, as far as they have come."""

    marks: tuple[Mark, ...] = ()
    ratings: Ratings = field(default_factory=dict)
    perceived: Reading | None = None
    own: Reading | None = None
    guesses: Ratings = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What is worked out beside the window: how late the listener follows, what the face showed."""

    lag_s: float
    face: Face
    shown: Mapping[str, Any] | None


class Turn(QObject):
    """Made when somebody is about to speak.

    ``kept``: the moment once it is on the disk; ``keeping``: it is, or is on its way there.
    """

    def __init__(self, parts: Parts, pair: Pair, sitting: Sitting, chosen: Chosen) -> None:
        super().__init__()
        self._parts, self._pair = parts, pair
        self._sitting, self._way = sitting, chosen.way
        self._prompt, self._depth = sitting.prompt, sitting.depth
        self.speaker, self.listener = pair.of(sitting.speaker), pair.of(sitting.listener)
        self.happened_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.kept: Moment | None = None
        self.keeping = False
        self.said = Said()
        self._speech: Speech | None = None
        self._seen: Future[Seen] | None = None
        self._recording: Recording | None = None
        self._marking: MarksPage | None = None
        self.stage = self._staged()
        self._film: TurnFilm | None = None
        if self.stage is not None and pair.recording and chosen.film:
            self._film = TurnFilm(parts, self.stage, [person.id for person in pair.both])
        self.speaking = SpeakingPage(
            parts,
            prompt=self._prompt.text,
            speaker=self.speaker.name,
            listener=self.listener.name,
            seconds=chosen.seconds,
            way=chosen.way,
            stage=self.stage,
        )
        self._clock = self.speaking.clock  # which the page does not outlive
        self.speaking.begun.connect(self._begun)
        self.speaking.finished.connect(self._over)
        self.speaking.enough.connect(self._over)

    @property
    def to_lose(self) -> bool:
        """Whether something was begun and is not kept."""
        return not self.keeping and self._clock.began_ns is not None

    @property
    def spoken(self) -> Speech:
        """What was spoken. Only once it was."""
        assert self._speech is not None
        return self._speech

    def play_on(self, page: MarksPage) -> None:
        """Let the film be scrubbed there, as soon as it can be."""
        self._marking = page
        self._show_film()

    def marked(self, marks: tuple[Mark, ...]) -> None:
        """The speaker is done with it."""
        self.said.marks = marks
        self._close_film()

    def work(self) -> Future[Worked]:
        """Work out what takes a moment, with the marks as they are."""
        if self._seen is not None:  # where reading it failed that is told, and the turn goes on without
            self._parts.bridge.deliver(self._seen, lambda _seen: None)
        return self._parts.services.background.submit(self._work)

    def moment(self, worked: Worked) -> Moment:
        """All there is of it by now."""
        speech, said = self.spoken, self.said
        told = Told(
            prompt=self._prompt.key,
            text=self._prompt.text,
            depth=self._depth,
            way=self._way,
            lasts_s=round(speech.lasts_s, 3),
            samples=speech.samples,
            marks=said.marks,
            felt_heard=said.ratings,
            guessed=said.guesses,
            own=None if said.own is None else said.own.to_json(),
            lag_s=worked.lag_s,
            shown=worked.shown,
            pauses=speech.pauses,
            film_begins_s=self._film_begins_s,
        )
        return moment_of(
            told,
            happened_at=self.happened_at,
            speaker=self.speaker.id,
            listener=self.listener.id,
            name=self.speaker.name,
            perceived=said.perceived,
            face=worked.face,
            recording=None if self._recording is None else self._recording.id,
            moment_id=None if self.kept is None else self.kept.id,
        )

    def drop(self) -> None:
        """Camera off; what is not kept is gone."""
        if self.stage is not None:
            self.stage.end()
        self._close_film()
        if self._film is not None and not self.keeping:
            self._film.discard()

    def go_without(self) -> None:
        """The camera is of no use any more: neither film nor measurement comes of this turn."""
        if self._film is not None:
            self._film.discard()
            self._film = None
        self.stage = None
        self.speaking.go_without()

    def _staged(self) -> Stage | None:
        if not self._pair.camera:
            return None
        stage = Stage(
            self._parts,
            readable=lambda: self._pair.readable(self.speaker.id),
            everybody=all(self._pair.readable(person.id) for person in self._pair.both),
        )
        stage.without.connect(self.go_without)
        stage.picked.connect(self._picked)
        return stage

    def _begun(self) -> None:
        if self._film is not None:
            self._film.begin()
        if self.stage is not None and self.stage.chosen is not None:
            self._picked(self.stage.chosen)

    def _picked(self, number: int) -> None:
        """Whose face it is: read from here on. As long as that is not clear, nobody is."""
        begun = self._clock.began_ns is not None and self._speech is None
        if begun and self.stage is not None and self.stage.seeing is not None:
            self.stage.seeing.begin(number)

    def _over(self, speech: Speech | None) -> None:
        """It was spoken; camera off."""
        self._speech = speech
        if self.stage is None:
            return
        if self.stage.seeing is not None and speech is not None:
            from attune.app.partner.neutral import known  # noqa: PLC0415 - loads numpy

            rest = self.speaker.neutral
            self._seen = self.stage.seeing.end(known(rest))
        if self._film is not None:
            self._film.end(self._filmed)
        self.stage.end()
        self.stage = None  # which goes with the page it is on

    def _filmed(self, recording: Recording) -> None:
        self._recording = recording
        self._show_film()

    def _close_film(self) -> None:
        if self._marking is not None:
            self._marking.close_film()
            self._marking = None

    def _show_film(self) -> None:
        if self._marking is not None and self._recording is not None:
            self._marking.show_film(self._recording.path, begins_s=self._film_begins_s)

    @property
    def _film_begins_s(self) -> float:
        """How much later than the speaking the film begins."""
        if self._film is None or self._film.first_ns is None or self._speech is None:
            return 0.0
        return (self._film.first_ns - self._speech.began_ns) / NS_PER_S

    def _work(self) -> Worked:
        """On the background's thread, after the reading it waits for."""
        from attune.app.partner.neutral import known  # noqa: PLC0415 - loads numpy
        from attune.app.partner.open_up_face import Spoken, shown  # noqa: PLC0415 - as above

        lag_s = self._sitting.lag_s
        if self._seen is None or self._seen.exception() is not None:
            return Worked(lag_s=lag_s, face=Face(), shown=None)
        seen, speech, rest = self._seen.result(), self.spoken, self.speaker.neutral
        spoken = Spoken(began_ns=speech.began_ns, lasts_s=speech.lasts_s, pauses=speech.pauses)
        neutral = known(rest)
        return Worked(
            lag_s=lag_s,
            face=Face(
                reading=seen.reading,
                units=tuple((unit.code, str(unit.side), unit.amount) for unit in seen.units),
            ),
            shown=shown(seen.track, neutral, spoken, self.said.marks),
        )
