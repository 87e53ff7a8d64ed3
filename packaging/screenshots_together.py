"""A couple with weeks of rounds behind them: My person, How it has been. Used by screenshots_partner.py."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from screenshot_sessions import until, wait

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.partner.couple import Agreed, Kind, Moment
from attune.app.partner.love_map import FACT
from attune.app.partner.open_up import Mark, Way
from attune.app.partner.open_up import Told as Opened
from attune.app.partner.prompts import Depth
from attune.app.partner.show_and_tell import Told, Watching
from attune.app.recording import Recording as Film
from attune.app.services import Services
from attune.media.open import open_media
from attune.resources import asset
from attune.scoring.agreement import spread
from attune.ui.partner.doors import go_through
from attune.ui.partner.handing import HandOver
from attune.ui.partner.looking_back.moment import open_moment
from attune.ui.partner.looking_back.page import LookingBackPage
from attune.ui.partner.my_person.page import MyPersonPage
from attune.ui.partner.parts import Pair
from attune.ui.widgets import ScrollPage

if TYPE_CHECKING:
    from screenshots_partner import PartnerViews

FEELINGS = ("fear", "happiness", "sadness", "fear", "anger", "happiness", "surprise")
SHOWN = {  # what Ana's face often does, beside what it may do at any time
    "fear": ("AU4", "AU1", "AU24"),
    "happiness": ("AU12", "AU25"),
    "sadness": ("AU1", "AU15"),
    "anger": ("AU24",),
    "surprise": ("AU2", "AU26"),
}
LIKE = {"fear": "sadness", "sadness": "fear", "anger": "contempt", "happiness": "surprise"}
FACTS = {
    "now.looking_forward": "The weekend at the lake, and nobody calling.",
    "comfort.bad_day": "Quiet first, tea, and a hug about an hour later.",
    "comfort.not_help": "Being told that others have it worse.",
    "worries.heaviest": "Whether Mum will cope alone in the winter.",
    "closeness.heard": "When you put the phone away and turn round to me.",
    "past.home": "Rain on the tin roof of the shed.",
    "dreams.learn": "Playing the cello, badly if need be.",
    "": "Does not like to be asked anything before the first coffee.",
}
WAITING = {"now.small_joy": "The blackbird on the aerial.", "days.place": "The bench behind the library."}
AGREED = Agreed(camera=True, recording=True, reading=True, practice=True)
PICTURES = 60  # of a film
SETTLES_MS = 1500
AIR = 24  # pixels around a card that is gone down to


def together_views(partner: PartnerViews, services: Services) -> dict[str, Callable[[], object]]:
    """Places by name."""

    def full(key: str, *, reading: bool = True) -> Callable[[], object]:
        return lambda: _began(partner, services, key, reading=reading)

    def empty(key: str) -> Callable[[], object]:
        return lambda: _empty(partner, services, key)

    return {
        "partner-my-person": full("my_person"),
        "partner-my-person-off": full("my_person", reading=False),
        "partner-my-person-empty": empty("my_person"),
        "partner-my-person-confirm": lambda: _confirm(partner, services),
        "partner-practise": lambda: _practise(partner, services),
        "partner-my-person-signs": lambda: _down(partner, services, "my_person", "clips"),
        "partner-my-person-signs-off": lambda: _down(partner, services, "my_person", "clips", reading=False),
        "partner-back-noticing": lambda: _down(partner, services, "looking_back", "noticing"),
        "partner-back": full("looking_back"),
        "partner-back-off": full("looking_back", reading=False),
        "partner-back-empty": empty("looking_back"),
        "partner-back-moment": lambda: _moment(partner, services, revealed=True),
        "partner-back-decide": lambda: _moment(partner, services, revealed=False),
    }


def _began(partner: PartnerViews, services: Services, key: str, *, reading: bool = True) -> QWidget:
    """A page of the two, about Ana; ``reading``: whether she lets her face be measured."""
    _forget_all(services)
    page, couple = partner.page, services.couple
    partner.people({"Ana": AGREED, "Ben": AGREED})
    _live_together(services)
    ana, ben = couple.people().result()
    if not reading:
        couple.agree(ana.id, replace(AGREED, reading=False)).result()
        couple.agree(ben.id, replace(AGREED, reading=False)).result()
    ana, ben = couple.people().result()
    pair = Pair(one=ana, other=ben)
    go_through(key, page.parts, pair.swapped() if key == "my_person" else pair)
    wait(SETTLES_MS)
    return page.showing


def _practise(partner: PartnerViews, services: Services) -> None:
    """Practise, with what was recorded of Ana."""
    view = _began(partner, services, "my_person")
    assert isinstance(view, MyPersonPage)
    until(view.clips.go.isVisible)
    view.clips.go.click()
    wait(SETTLES_MS)
    services.settings.change(practise_with=None).result()


def _down(partner: PartnerViews, services: Services, key: str, card: str, *, reading: bool = True) -> None:
    """The page as far down as one of its cards."""
    view = _began(partner, services, key, reading=reading)
    assert isinstance(view, ScrollPage)
    view.ensureWidgetVisible(getattr(view, card), 0, AIR)


def _forget_all(services: Services) -> None:
    couple = services.couple
    for person in couple.people().result():
        couple.forget(person.id).result()


def _empty(partner: PartnerViews, services: Services, key: str) -> QWidget:
    _forget_all(services)
    return partner.began(key, reading=False)


def _confirm(partner: PartnerViews, services: Services) -> None:
    view = _began(partner, services, "my_person")
    assert isinstance(view, MyPersonPage)
    until(lambda: not view.waiting.isHidden())
    view.waiting.begin.click()
    view.window().findChildren(HandOver)[-1].here.click()


def _moment(partner: PartnerViews, services: Services, *, revealed: bool) -> None:
    """One that was shown with all three corners."""
    view = _began(partner, services, "looking_back")
    assert isinstance(view, LookingBackPage)
    until(lambda: view.moments is not None)
    moments = services.couple.moments(kind=Kind.SHOW_AND_TELL).result()
    moment = next(
        each for each in reversed(moments) if each.revealed is revealed and each.shower == view.pair.one.id
    )
    open_moment(view.parts, view.pair, moment)
    if not revealed:
        view.window().findChildren(HandOver)[-1].here.click()


def _live_together(services: Services) -> None:
    """Ten weeks of rounds, both ways round; what was told and what waits."""
    couple = services.couple
    chance = random.Random(8)  # noqa: S311 - made up
    ana, ben = (person.id for person in couple.people().result()[:2])
    now = datetime.now(UTC)
    for turn in range(44):
        shower, noticer = (ana, ben) if turn % 3 else (ben, ana)
        when = now - timedelta(days=72 - turn * 1.6)
        kept = couple.keep(_shown(chance, turn, shower, noticer, when)).result()
        if shower == ana and turn % 5 == 1:
            couple.keep(_filmed(services, kept)).result()
    for turn in range(12):
        shower, noticer = (ana, ben) if turn % 2 else (ben, ana)
        couple.keep(_opened(chance, turn, shower, noticer, now - timedelta(days=70 - turn * 6))).result()
    for key, said in FACTS.items():
        couple.note(ana, kind=FACT, text=said, key=key, by=ana).result()
    for key, said in WAITING.items():
        couple.note(ana, kind=FACT, text=said, key=key, by=ben).result()


def _shown(chance: random.Random, turn: int, shower: int, noticer: int, when: datetime) -> Moment:
    felt = FEELINGS[turn % len(FEELINGS)]
    seen = felt if chance.random() < 0.5 + turn / 120 else LIKE.get(felt, "neutral")
    strength = chance.uniform(0.35, 0.9)
    units = [unit for unit in SHOWN[felt] if chance.random() < 0.75]
    units += [unit for unit in ("AU4", "AU17", "AU7") if chance.random() < 0.2 and unit not in units]
    measured = felt if chance.random() < 0.6 else "neutral"
    own = chance.choice(("happiness", "neutral", "sadness", "fear"))
    told = Told(
        card="free.own",
        watching=Watching.LIVE,
        seen=min(1.0, chance.uniform(0.5, 0.8) + turn / 200),
        measured=True,
        own=certain(Source.SELF_REPORT, own),
    )
    return Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at=_at(when),
        shower=shower,
        noticer=noticer,
        felt=certain(Source.SELF_REPORT, felt, intensity=strength),
        expressed=Reading(source=Source.MEASURED, labels={measured: 0.7, "contempt": 0.3}),
        perceived=Reading(
            source=Source.USER,
            labels=spread(seen, 0.7, list(Core)),
            intensity=min(1.0, max(0.1, strength + chance.gauss(-0.12, 0.15))),
            confidence=0.7,
        ),
        units=tuple((unit, "both", round(chance.uniform(0.3, 0.9), 2)) for unit in units),
        told=told.to_json(),
        revealed=turn % 9 != 4,
    )


def _opened(chance: random.Random, turn: int, shower: int, noticer: int, when: datetime) -> Moment:
    ratings = {
        name: round(min(1.0, base + turn * 0.015 + chance.uniform(-0.12, 0.12)), 2)
        for name, base in (("understood", 0.58), ("cared_for", 0.75), ("accepted", 0.66))
    }
    told = Opened(
        prompt="",
        text="A place you would like to show me.",
        depth=Depth(1 + turn % 3),
        way=Way.DIAL,
        marks=tuple(
            Mark(time_s=float(at), label="happiness", values=(chance.uniform(-0.8, 0.8),))
            for at in range(5, 90, 11)
        ),
        lag_s=2.0,
        lasts_s=90.0,
        felt_heard=ratings,
        guessed={
            name: round(min(1.0, value + chance.uniform(-0.2, 0.1)), 2) for name, value in ratings.items()
        },
    )
    line = told.reference
    assert line is not None
    samples = tuple(
        (at + 2.0, max(-1.0, min(1.0, 0.6 * value + chance.gauss(0, 0.25))))
        for at, value in zip(line["time_s"], line["valence"], strict=True)
        if at < told.lasts_s - 2
    )
    return Moment(
        kind=Kind.OPEN_UP,
        happened_at=_at(when),
        shower=shower,
        noticer=noticer,
        told=replace(told, samples=samples).to_json(),
        revealed=turn != 11,
    )


def _filmed(services: Services, moment: Moment) -> Moment:
    """The same with a film: a drawn person stands for the one who shows."""
    couple = services.couple
    assert moment.felt is not None
    media = sorted(asset("clips", "starter", "media").glob(f"*{moment.felt.top}*"))
    recording = couple.begin_recording((moment.shower, moment.noticer), sound=False).result()
    running = Film(recording.path)
    with open_media(media[(moment.id or 0) % len(media)]) as source:
        for frame in islice(source.frames(), PICTURES):
            running.add(frame.rgb, frame.time_ns)
            wait(15)
    couple.end_recording(recording.id, running.stop().result().lasts_s).result()
    return replace(moment, recording=recording.id, revealed=True)


def _at(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds")
