"""Mirror: one shows or somebody drawn does, the other copies it, and whoever watched says how near it was."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC, datetime
from random import SystemRandom
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.futures import after, then
from attune.app.library import ClipSet
from attune.app.partner.couple import Kind, Moment
from attune.app.partner.mirror import Models, Near, Shown, Turned
from attune.ui.drawn import Painter
from attune.ui.partner.mirror.drawn import DrawnTurn
from attune.ui.partner.mirror.near import AfterPage, NearPage
from attune.ui.partner.mirror.partner import PartnerTurn
from attune.ui.partner.mirror.turn import TurnPage
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.round import Round
from attune.ui.partner.step import Options, Step
from attune.ui.widgets import PrimaryButton, column, row, text
from attune.ui.widgets.choices import Segments
from attune.ui.widgets.dialogs import Question
from attune.ui.within import Go

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Faces


def open_mirror(parts: Parts, pair: Pair) -> None:
    """Begin the round in the place of what shows."""
    page = Mirror(parts, pair)
    parts.open(page, parts.words("partner_mirror.page.title"), leave=page.leave)


class Mirror(Round):
    """Turn after turn; ``pair.one`` is matched or watches, ``pair.other`` mirrors."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__()
        self._parts, self._words, self._pair = parts, parts.words, pair
        self._shown = Shown.DRAWN
        self._models: Models | None = None
        self._faces: Faces | None = None
        self._painter = Painter(parts.services.cast, parts.bridge)
        self.destroyed.connect(self._painter.close)
        self._begin()
        self._load()

    def leave(self, go: Go) -> None:
        """The camera goes off first; what was kept is kept."""
        self._end_turn()
        go()

    def _load(self) -> None:
        """What drawn turns need: it is there before somebody has read the first page."""
        services = self._parts.services
        ids = [person.id for person in self._pair.both]
        past = self._parts.couple.moments(kind=Kind.MIRROR, people=ids)

        starter = services.library.starter()

        def with_faces(faces: Faces) -> Future[tuple[Faces, ClipSet, tuple[Moment, ...]]]:
            return after(starter, lambda clips: then(past, lambda moments: (faces, clips, moments)))

        self._parts.bridge.deliver(after(services.cast.faces(), with_faces), self._be_ready)

    def _be_ready(self, found: tuple[Faces, ClipSet, tuple[Moment, ...]]) -> None:
        self._faces, clip_set, moments = found
        self._models = Models(clip_set.clips, SystemRandom(), moments)
        if isinstance(self.showing, BeginPage):
            self.showing.be_ready()

    def _show(self, page: QWidget) -> None:
        self._end_turn()
        super()._show(page)

    def _end_turn(self) -> None:
        if isinstance(self.showing, TurnPage):
            self.showing.end()

    # A turn

    def _begin(self) -> None:
        page = BeginPage(self._parts, self._pair, self._shown)
        if self._models is not None:
            page.be_ready()
        page.chosen.connect(self._play)
        self._show(page)

    def _play(self, pair: Pair, shown: Shown) -> None:
        self._pair, self._shown = pair, shown
        page: TurnPage
        if shown is Shown.PARTNER:
            page = PartnerTurn(self._parts, pair, measured=measured(pair, shown))
        else:
            assert self._models is not None
            assert self._faces is not None
            page = DrawnTurn(
                self._parts,
                pair,
                measured=measured(pair, shown),
                models=self._models,
                faces=self._faces,
                painter=self._painter,
            )
        page.done.connect(self._ask_how_near)
        page.enough.connect(self._begin)
        self._show(page)

    def _ask_how_near(self, turned: Turned) -> None:
        names = {"name": self._pair.other.name, "other": self._pair.one.name}
        page = NearPage(self._words, self._parts.theme, **names)
        page.said.connect(lambda near: self._keep(turned, near))
        self._show(page)

    def _keep(self, turned: Turned, near: Near | None) -> None:
        moment = turned.moment(
            near=near,
            shower=self._pair.one.id,
            noticer=self._pair.other.id,
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
        self._carry_out(
            self._parts.bridge,
            lambda: self._parts.couple.keep(moment),
            lambda kept: self._after(turned, near, kept),
        )

    def _after(self, turned: Turned, near: Near | None, kept: Moment) -> None:
        guide = turned.guide
        page = AfterPage(
            self._words,
            self._parts.theme,
            near,
            None if guide is None else guide.nearest,
            held=None if guide is None else guide.held,
            name=self._pair.other.name,
            other=self._pair.one.name,
        )
        page.again.connect(lambda swapped: self._play(self._pair.after(int(swapped)), self._shown))
        page.enough.connect(self._begin)
        page.delete.connect(lambda: self._ask_to_delete(kept))
        self._show(page)

    def _ask_to_delete(self, moment: Moment) -> None:
        words, theme = self._words, self._parts.theme

        def deleted(_nothing: None) -> None:
            self._parts.say(words("partner_mirror.after.deleted"))
            self._begin()

        def delete() -> None:
            self._carry_out(self._parts.bridge, lambda: self._parts.couple.veto(moment.id or 0), deleted)

        Question(words, "partner_mirror.question", agreed=delete, parent=self._parts.page, theme=theme)


class BeginPage(Step):
    """Who mirrors, and whose face; and in a sentence what is measured. ``chosen(pair, shown)``.

    Nobody is drawn before it is ready for that.
    """

    chosen = Signal(object, object)

    def __init__(self, parts: Parts, pair: Pair, shown: Shown) -> None:
        super().__init__(parts.theme)
        self._parts, self._words, self._pair, self._shown = parts, parts.words, pair, shown
        self._first = pair
        self._ready = False
        words = self._words
        names = {"other": pair.other.name, "one": pair.one.name}
        self.who = Segments(names, words("partner_mirror.begin.who"))
        self.who.choose("other")
        self.who.chosen.connect(self._choose_who)
        self.note = text("", "quiet")
        self.begun = PrimaryButton(words("partner_mirror.begin.go"))
        self.begun.clicked.connect(lambda: self.chosen.emit(self._pair, self._shown))
        self.body.setSpacing(16)
        self.body.addWidget(text(words("partner_mirror.begin.title"), "title"))
        self.body.addWidget(text(words("partner_mirror.begin.intro"), "body"))
        asked = row(spacing=16)
        asked.addWidget(text(words("partner_mirror.begin.who"), "strong", wrap=False))
        asked.addWidget(self.who, 1)
        self.body.addLayout(asked)
        self.body.addWidget(text(words("partner_mirror.begin.whose"), "strong"))
        self._options = column(spacing=0)
        self.options: Options | None = None
        self.body.addLayout(self._options)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.foot.addWidget(self.begun)
        self.foot.addStretch()
        self.setFocusProxy(self.begun)
        self._offer()

    def be_ready(self) -> None:
        """Somebody can be drawn from now on."""
        self._ready = True
        self._tell()

    def _choose_who(self, key: str) -> None:
        self._pair = self._first if key == "other" else self._first.swapped()
        self._offer()

    def _choose_whose(self, shown: str) -> None:
        self._shown = Shown(shown)
        self._tell()

    def _offer(self) -> None:
        """The two ways, with the names as they are now."""
        words, names = self._words, {"name": self._pair.other.name, "other": self._pair.one.name}
        options = {
            str(shown): (
                words(f"partner_mirror.begin.{shown}.title", **names),
                words(f"partner_mirror.begin.{shown}.about", **names),
            )
            for shown in Shown
        }
        if self.options is not None:
            self.options.hide()
            self.options.deleteLater()
        self.options = Options(self._parts.theme, words("partner_mirror.begin.whose"), options, {})
        self.options.choose(str(self._shown))
        self.options.chosen.connect(self._choose_whose)
        self._options.addWidget(self.options)
        self._tell()

    def _tell(self) -> None:
        names = {"name": self._pair.other.name, "other": self._pair.one.name}
        self.note.setText(self._words(f"partner_mirror.measure.{told(self._pair, self._shown)}", **names))
        self.begun.setEnabled(self._ready or self._shown is Shown.PARTNER)


def told(pair: Pair, shown: Shown) -> str:
    """What is said of measuring, as a key of the words."""
    if not pair.camera:
        return "no_camera"
    if not pair.readable(pair.other.id):
        return "nobody"
    if shown is Shown.PARTNER and not pair.readable(pair.one.id):
        return "not_other"
    return str(shown)


def measured(pair: Pair, shown: Shown) -> bool:
    """Whether the one who mirrors is measured: only what each agreed to, and both where both are needed."""
    return told(pair, shown) in {"drawn", "partner"}
