"""A brief moment: a calm face, an expression for a few frames of the screen, the calm face."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.app.practice import PracticeSession, Trial
from attune.app.protocols.trial import Brief, Drawn, Name
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.naming import NameSide
from attune.ui.practice.stills import image_of
from attune.ui.theme import Theme
from attune.ui.video.moment import NS_PER_MS, NS_PER_S, Clock, Moment, Stage
from attune.ui.widgets import announce, column, row, text

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

    from attune.app.faces import Faces
    from attune.ui.drawn import Painter, Poses

DRAWN_SIDE = 1024  # px, at most
CALM_MS = 1200.0  # to find the face and settle on it


class BriefView(QWidget):
    """Shows one Brief trial and asks its Name question.

    ``answered(Answer)``, its ``shown_ms`` measured; ``unplayable(reason)`` where a picture cannot be had. The
    moment begins by itself; one that was out of sight before it was over begins anew. Numbers and Enter work
    wherever the focus is; what else is pressed is the page's.
    """

    answered = Signal(object)
    unplayable = Signal(str)

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        painter: Painter | None = None,
        clock: Clock = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._painter = painter
        self._words = services.words
        self._measurer = services.measurer
        self._bridge = bridge
        self._clock = clock
        self._trial: Trial | None = None
        self._ready = self._waiting = self._away = False
        self._shown_ms: float | None = None
        self._stirred_clock: int | None = None
        self._choice_clock: int | None = None
        self._poses: Poses | None = None
        self._drawn: dict[int, QImage] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stage = Stage(theme, clock=clock)
        self.stage.setAccessibleName(self._words("practice.brief.picture"))
        self.moment = Moment(self.stage, self, clock=clock)
        self.side = NameSide(services, theme)
        self._hint = text("", "quiet")
        self._arrange()
        self.moment.stirred.connect(self._stirred)
        self.moment.over.connect(self._over)
        self.side.chosen.connect(self._chosen)
        self.side.confirmed.connect(self._confirm)

    def begin(self, session: PracticeSession, trial: Trial) -> None:
        """Fetch the pictures of ``trial``, show its moment and ask. Call when shown."""
        assert isinstance(trial.show, Brief)
        assert isinstance(trial.ask, Name)
        self.clear()
        self._trial = trial
        self.side.begin(trial.ask, session.setup.feedback)
        self._say("practice.brief.watch")
        if trial.drawn is None:
            self._fetch(trial, trial.show)
        else:
            self._have_drawn(trial.drawn)
        self.setFocus()

    def clear(self) -> None:
        """Show nothing; what is still on its way is not shown any more."""
        self.moment.stop()
        self._trial = None
        self._ready = self._waiting = self._away = False
        self._shown_ms = self._stirred_clock = self._choice_clock = None
        self.side.hide()
        self.side.clear()
        self.stage.set_pictures()
        self._drawn = {}
        if self._poses is not None:
            self._poses.clear()

    def not_kept(self) -> None:
        """The answer could not be kept: let the person try again."""
        self._waiting = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The question's keys, once it is asked."""
        if self.side.isHidden() or not self.side.take_key(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A moment nobody sees is none; and a time that ran meanwhile says nothing."""
        self.moment.stop()
        self._away = True
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin the moment that was waiting for this."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._run)  # once the window has its place

    def _have_drawn(self, drawn: Drawn) -> None:
        """Have the face at rest and at its strongest drawn, as large as the stage can show it."""
        from attune.ui.drawn import Poses  # noqa: PLC0415 - few trials are drawn

        assert self._painter is not None
        if self._poses is None:
            self._poses = Poses(self._painter, self)
            self._poses.came.connect(self._drawn_came)
            self._poses.failed.connect(lambda error: self._cannot(str(error)))
        poses = self._poses

        def have(faces: Faces) -> None:
            if self._trial is not None and self._trial.drawn is drawn:
                side = round(min(self.stage.width(), self.stage.height()) * self.devicePixelRatioF())
                poses.ask(drawn.person, faces.stills(drawn), side=min(side, DRAWN_SIDE))

        self._painter.with_faces(have, lambda error: self._cannot(str(error)))

    def _drawn_came(self, number: int, image: QImage) -> None:
        self._drawn[number] = image
        if len(self._drawn) == 2 and not self._ready:
            self.stage.set_pictures(self._drawn[0], self._drawn[1])
            self._ready = True
            self._run()

    def _cannot(self, why: str) -> None:
        if self._trial is not None:
            self._trial = None
            self.unplayable.emit(why)

    def _fetch(self, trial: Trial, show: Brief) -> None:
        places = ((show.neutral.file, show.neutral_s), (trial.clip.file, show.apex_s))
        found: dict[int, NDArray[np.uint8]] = {}

        def came(number: int, pictures: list[NDArray[np.uint8]]) -> None:
            if trial is self._trial:
                found[number] = pictures[0]
                if len(found) == len(places):
                    self.stage.set_pictures(image_of(found[0]), image_of(found[1]))
                    self._ready = True
                    self._run()

        def failed(error: BaseException) -> None:
            if trial is self._trial:
                self._cannot(str(error))

        for number, (file, seconds) in enumerate(places):
            still = self._measurer.stills(file, [round(seconds * NS_PER_S)])
            self._bridge.deliver(still, partial(came, number), failed)

    def _run(self) -> None:
        over = not self.side.isHidden()
        if self._trial is None or not self._ready or self.moment.running or over or not self.isVisible():
            return
        assert isinstance(self._trial.show, Brief)
        self._away = False
        self.moment.run(frames=self._trial.show.frames, hz=self._trial.show.hz, calm_ms=CALM_MS)

    def _stirred(self, clock_ns: int | None) -> None:
        self._stirred_clock = clock_ns

    def _over(self, shown_ms: float | None) -> None:
        self._shown_ms = shown_ms
        self._say("practice.brief.seen")
        self.side.show()
        self.side.take_focus()
        self.setAccessibleName(self.side.said)
        announce(self, self.side.said)

    def _say(self, key: str) -> None:
        said = self._words(key)
        self._hint.setText(said)
        self.setAccessibleName(said)

    def _chosen(self) -> None:
        self._choice_clock = self._clock()

    def _confirm(self) -> None:
        if self._trial is None or self._waiting:
            return
        self._waiting = True  # until the answer is kept
        self.answered.emit(self.side.answer(response_ms=self._response_ms(), shown_ms=self._shown_ms))

    def _response_ms(self) -> float | None:
        if self._stirred_clock is None or self._choice_clock is None or self._away:
            return None
        return (self._choice_clock - self._stirred_clock) / NS_PER_MS

    def _arrange(self) -> None:
        kept = self.side.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the face stays where it is when the question comes
        self.side.setSizePolicy(kept)
        beside = row(spacing=24)
        beside.addLayout(self._picture_side(), 3)
        beside.addWidget(self.side, 2)
        beside.setContentsMargins(28, 0, 28, 20)
        self.setLayout(beside)

    def _picture_side(self) -> QVBoxLayout:
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        side = column(spacing=12)
        side.addWidget(self.stage, 1)
        side.addWidget(self._hint)
        return side
