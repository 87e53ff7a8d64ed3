"""What is said back after an answer: sentences, readings side by side, the clip again, slowly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.affect.reading import Reading, Source
from attune.app.library import Channel, Clip, PeopleKind
from attune.app.practice import Feedback, PracticeSession
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import Brief, Held
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.marks import Mark, Shape
from attune.ui.practice.moved import MovedUnits, unit_words
from attune.ui.practice.readings import ReadingTable
from attune.ui.practice.side import SideColumn
from attune.ui.practice.stills import HIGHEST, Stills, cut, face_place
from attune.ui.theme import Theme
from attune.ui.video.curves import Curve
from attune.ui.video.face_lines import part_of
from attune.ui.video.replay import SlowReplay
from attune.ui.widgets import Card, PrimaryButton, announce, column, row, text
from attune.ui.widgets.page import emptied

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

    from attune.app.measured import Measured
    from attune.app.replayed import Moved, Replay
    from attune.ui.drawn import Painter, Poses


NS_PER_S = 1_000_000_000
WHOLE = (0.0, 0.0, 1.0, 1.0)  # of a picture


class FeedbackPage(QWidget):
    """Shows one Feedback; ``going_on`` when the person has seen enough, ``leaving`` on Esc."""

    going_on = Signal()
    leaving = Signal()

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        painter: Painter | None = None,
    ) -> None:
        """``painter``: draws again who was drawn for an answer."""
        super().__init__(parent)
        self._words = services.words
        self._measurer = services.measurer
        self._cast = services.cast
        self._painter = painter
        self._poses: Poses | None = None
        self._bridge = bridge
        self._theme = theme
        self._feedback: Feedback | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_parts()
        self._arrange()
        self.next_button.clicked.connect(self.going_on)
        self.replay.failed.connect(self._not_redrawn)

    def show_feedback(self, feedback: Feedback, session: PracticeSession, *, last: bool) -> None:
        """Show what is known now; what is still being measured is filled in when it comes."""
        self._feedback = feedback
        self._session = session
        self._mark.set_shape(Shape.AGREE if feedback.agreement.same else Shape.DIFFER)
        self._headline.setText(feedback.sentences[0])
        self.setAccessibleName(feedback.sentences[0])
        self._say(self._sentences, (*feedback.sentences[1:], *self._about_showing(feedback)))
        self._say(self._seen, ())
        self._look_for.hide()
        self._show_readings(feedback)
        self.moved.hide()
        self.stills.hide()
        self.next_button.setText(self._words(f"practice.feedback.{'finish' if last else 'next'}"))
        self._side.to_top()
        if feedback.trial.drawn is None or self._painter is None:
            self._show_clip(feedback)
            self._ask_for_measurement(feedback, session)
        else:
            self._ask_for_replay(feedback)
        self.setFocus()
        announce(self, " ".join(feedback.sentences))

    def close_clip(self) -> None:
        """Let go of the clip; nothing that is still on its way is shown any more."""
        self._feedback = None
        self.replay.close_clip()
        if self._poses is not None:
            self._poses.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc asks to leave, the rest is the replay's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # a finger still on Enter from the answer has not seen this page
                self.going_on.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leaving.emit()
        elif not self.replay.take_key(event):
            super().keyPressEvent(event)

    def _show_readings(self, feedback: Feedback, measured: Reading | None = None, note: str = "") -> None:
        self.readings.clear()
        self.readings.add(feedback.perceived)
        rendered = self._session.clip_set.people is PeopleKind.RENDERED
        for reading in feedback.references:
            if reading.source is not Source.MEASURED:
                self.readings.add(reading, rendered=rendered)
        if measured is not None:
            self.readings.add(measured)
        elif note:
            self.readings.add_note(note)

    def _about_showing(self, feedback: Feedback) -> list[str]:
        """How it was shown, where that was not simply from beginning to end; and whether it counts."""
        show, words = feedback.trial.show, self._words
        if isinstance(show, Held):
            return [words("practice.feedback.held", share=show.intensity)]
        if not isinstance(show, Brief):
            return []
        shown_ms = feedback.record.shown.get("shown_ms")
        if shown_ms is None:
            return [words("practice.feedback.brief.unknown", asked=show.asked_ms)]
        key = "scored" if feedback.record.scored else "slipped"
        return [words(f"practice.feedback.brief.{key}", shown=shown_ms, asked=show.asked_ms)]

    def _show_clip(self, feedback: Feedback) -> None:
        self.replay.open(feedback.trial.clip.file, audible=feedback.trial.channel is not Channel.PICTURE)

    def _ask_for_replay(self, feedback: Feedback) -> None:
        self.replay.close_clip()
        self._bridge.deliver(
            self._cast.replay(feedback.record.shown, beside=self._other_emotion(feedback)),
            lambda replay: self._redrawn(feedback, replay),
            lambda _error: self._not_redrawn(),
        )

    def _redrawn(self, feedback: Feedback, replay: Replay | None) -> None:
        """Show the very face that was answered, and what it was made of."""
        if feedback is not self._feedback or self._painter is None:
            return
        if replay is None:
            self._not_redrawn()
            return
        self._say(self._seen, self._session.about_drawn(replay.units))
        self._say_what_to_look_for(feedback, replay.units)
        self.moved.show_units(replay.units)
        self.replay.open_drawn(replay, self._painter)
        self.replay.set_curves(
            [
                Curve(unit_words(self._words, unit), tuple(replay.course(unit).tolist()))
                for unit in replay.units
            ],
            replay.times_ns,
        )
        if replay.units:
            self._show_drawn_stills(feedback, replay, self._painter)

    def _show_drawn_stills(self, feedback: Feedback, replay: Replay, painter: Painter) -> None:
        from attune.ui.drawn import Poses  # noqa: PLC0415 - few are drawn

        if self._poses is None:
            self._poses = Poses(painter, self)
            self._poses.came.connect(self.stills.show_image)
            self._poses.failed.connect(self.stills.hide)  # the moving picture is there all the same
        other = self._other_emotion(feedback)
        named = None if other is None else self._words(f"emotions.{other}.title")
        self.stills.wait(0.0, replay.begins_ns(replay.strongest) / NS_PER_S, named)
        self.stills.show()
        side = round(HIGHEST * self.devicePixelRatioF())
        self._poses.ask(replay.drawn.person, replay.stills, side=side)

    def _not_redrawn(self, _why: str = "") -> None:
        """A clip of the same person has to do."""
        feedback = self._feedback
        if feedback is not None and feedback.trial.drawn is not None:
            self.stills.hide()
            self._say(self._seen, (self._words("feedback.drawn.clip_instead"),))
            self._show_clip(feedback)

    def _curve(self, unit: Moved, course: NDArray[np.float32]) -> Curve:
        return Curve(unit_words(self._words, unit), tuple(course.tolist()))

    def _say_what_to_look_for(self, feedback: Feedback, units: Sequence[Moved]) -> None:
        said = self._session.look_for(feedback, units)
        self._look_for.setText(said or "")
        self._look_for.setVisible(said is not None)

    def _ask_for_measurement(self, feedback: Feedback, session: PracticeSession) -> None:
        waiting = session.measured(feedback.trial)
        if waiting is None:
            self._ask_for_stated_stills(feedback)
            return
        if not waiting.done():
            self._show_readings(feedback, note=self._words("practice.feedback.measuring"))
        self._bridge.deliver(
            waiting,
            lambda measured: self._measured(feedback, measured),
            lambda _error: self._not_measured(feedback),
        )

    def _measured(self, feedback: Feedback, measured: Measured) -> None:
        if feedback is not self._feedback:
            return
        self._say(self._seen, self._session.about_measurement(feedback, measured))
        self._say_what_to_look_for(feedback, measured.units)
        reading = measured.expressed.reading
        if reading is None:
            self._show_readings(feedback, note=self._words("practice.feedback.no_face"))
            return
        self._show_readings(feedback, reading)
        self.moved.show_units(measured.units)
        self.replay.set_track(measured.track, {part_of(unit.code) for unit in measured.units})
        self.replay.set_curves(
            [self._curve(unit, measured.course(unit)) for unit in measured.units],
            measured.track.time_ns.tolist(),
        )
        neutral_ns, apex_ns = measured.expressed.neutral_ns, measured.expressed.apex_ns
        if neutral_ns is not None and apex_ns is not None and measured.units:  # else nothing to compare
            place = face_place(measured.track, (neutral_ns, apex_ns))
            self._ask_for_stills(feedback, (neutral_ns, apex_ns), place)

    def _not_measured(self, feedback: Feedback) -> None:
        if feedback is self._feedback:
            self._show_readings(feedback, note=self._words("practice.feedback.not_measured"))
            self._ask_for_stated_stills(feedback)

    def _ask_for_stated_stills(self, feedback: Feedback) -> None:
        """Without a measurement, what the clip's maker says of rest and apex."""
        clip = feedback.trial.clip
        if clip.onset_s and clip.apex_s is not None and feedback.trial.channel is not Channel.SOUND:
            self._ask_for_stills(feedback, (0, round(clip.apex_s * NS_PER_S)), WHOLE)

    def _ask_for_stills(
        self, feedback: Feedback, times_ns: tuple[int, int], place: tuple[float, float, float, float]
    ) -> None:
        """Neutral beside apex, and beside both the expression it is most easily taken for."""
        other, emotion = self._other(feedback), self._other_emotion(feedback)
        name = None if emotion is None else self._words(f"emotions.{emotion}.title")
        self.stills.wait(times_ns[0] / NS_PER_S, times_ns[1] / NS_PER_S, name)
        self.stills.show()

        def came(pictures: list[NDArray[np.uint8]]) -> None:
            if feedback is self._feedback:
                self.stills.show_stills(*(cut(picture, place) for picture in pictures))

        def failed(_error: BaseException) -> None:  # the moving picture is there all the same
            if feedback is self._feedback:
                self.stills.hide()

        self._bridge.deliver(self._measurer.stills(feedback.trial.clip.file, list(times_ns)), came, failed)
        if other is not None:
            self._ask_for_other(feedback, other, place)

    def _ask_for_other(
        self, feedback: Feedback, other: Clip, place: tuple[float, float, float, float]
    ) -> None:
        def came(pictures: list[NDArray[np.uint8]]) -> None:
            if feedback is self._feedback:
                self.stills.show_other(cut(pictures[0], place))

        def failed(_error: BaseException) -> None:  # as above
            if feedback is self._feedback:
                self.stills.show_other(None)

        at_ns = round((other.apex_s or 0.0) * NS_PER_S)
        self._bridge.deliver(self._measurer.stills(other.file, [at_ns]), came, failed)

    def _other(self, feedback: Feedback) -> Clip | None:
        return None if feedback.beside is feedback.trial.clip else feedback.beside

    def _other_emotion(self, feedback: Feedback) -> str | None:
        other = self._other(feedback)
        return None if other is None else scored_reference(other).top

    def _say(self, place: QVBoxLayout, sentences: Sequence[str]) -> None:
        emptied(place)
        for sentence in sentences:
            place.addWidget(text(sentence))

    def _make_parts(self) -> None:
        words, theme = self._words, self._theme
        self.replay = SlowReplay(words, theme)
        self._mark = Mark(theme, Shape.AGREE, 26)
        self._headline = text("", "heading")
        self._sentences = column(spacing=8)
        self._look_for = text("", "strong")
        self._seen = column(spacing=8)
        self.readings = ReadingTable(words, theme)
        self.moved = MovedUnits(words, theme)
        self.stills = Stills(words, theme)
        self.next_button = PrimaryButton("")

    def _arrange(self) -> None:
        beside = row(spacing=24)
        beside.addWidget(self.replay, 3)
        self._side = self._said_side()
        beside.addWidget(self._side, 2)
        inside = column()
        inside.setContentsMargins(28, 20, 28, 20)
        inside.addLayout(beside)
        self.setLayout(inside)

    def _said_side(self) -> SideColumn:
        head = row(spacing=14)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._headline, 1)
        card = Card(margin=18)
        card.body.addWidget(self.readings)
        side = SideColumn(self._theme, self.next_button)
        side.body.addLayout(head)
        side.body.addLayout(self._sentences)
        side.body.addWidget(self._look_for)
        side.body.addWidget(self.stills)
        side.body.addWidget(card)
        side.body.addLayout(self._seen)
        side.body.addWidget(self.moved)
        side.body.addStretch(1)
        return side
