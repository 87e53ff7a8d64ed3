"""The start of practising: what is offered, and what its options come to."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from attune.app.library import Channel, ClipSet
from attune.app.practice import When
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.catalogue import SETUPS
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import By, FindTheThreshold
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.options import OPTIONS, Options
from attune.ui.practice.start import StartPage, channels_of
from attune.ui.practice.way import Way
from attune.ui.theme import Theme


@pytest.fixture
def start(qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme) -> StartPage:
    page = StartPage(services, bridge, theme)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: len(page.ways) == len(SETUPS))
    return page


@pytest.fixture
def options(qtbot: QtBot, services: Services, theme: Theme) -> Callable[..., Options]:
    def make(mode: str, *channels: Channel) -> Options:
        made = OPTIONS[mode](services, theme, channels=channels)
        qtbot.addWidget(made)
        return made

    return make


def press(options: Options, *said: str) -> None:
    """Press the buttons that say so, in this order."""
    for words in said:
        (button,) = (one for one in options.findChildren(QAbstractButton) if one.text() == words)
        button.click()


def begun(qtbot: QtBot, start: StartPage, way: Way) -> Setup:
    with qtbot.waitSignal(start.begun) as signal:
        way.begin_button.click()
    clip_set, setup = signal.args
    assert isinstance(clip_set, ClipSet)
    return setup


def test_every_protocol_has_its_card_the_daily_one_first(start: StartPage) -> None:
    assert set(start.ways) == set(SETUPS)
    assert next(iter(start.ways)) == "daily"
    assert start.begin_button.hasFocus()


def test_untouched_cards_begin_what_is_usual(qtbot: QtBot, start: StartPage, services: Services) -> None:
    services.settings.change(trials=7).result()
    for mode, way in start.ways.items():
        start.allow()
        found = begun(qtbot, start, way)
        usual = ReadTheMoment(trials=7) if mode == ReadTheMoment.mode else SETUPS[mode]()
        assert replace(found, hz=60.0) == usual if hasattr(found, "hz") else found == usual


def test_nothing_begins_twice(qtbot: QtBot, start: StartPage) -> None:
    begun(qtbot, start, start.ways["daily"])
    assert not any(way.begin_button.isEnabled() for way in start.ways.values())
    start.allow()
    assert start.begin_button.isEnabled()


def test_options_unfold_in_a_row_of_their_own_by_keys(qtbot: QtBot, start: StartPage) -> None:
    way, beside = start.ways["read_the_moment"], start.ways["contrast"]
    assert not way.unfolded
    qtbot.waitUntil(lambda: way.y() == beside.y() and way.width() == beside.width())
    qtbot.keyClick(way.change_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: way.width() > 1.5 * beside.width())
    assert way.unfolded
    press(way.options, "4")
    qtbot.keyClick(way.change_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: way.y() == beside.y() and way.width() == beside.width())
    assert begun(qtbot, start, way) == ReadTheMoment(choices=4)  # folded away, not forgotten


@pytest.mark.parametrize(
    ("mode", "pressed", "wanted"),
    [
        ("daily", ("5",), Daily(minutes=5)),
        ("read_the_moment", ("6", "“None of these” can be an answer"), ReadTheMoment(choices=6, none=True)),
        ("read_the_moment", ("One, or two at once", "At the end"), ReadTheMoment(blends=True, hear=When.END)),
        (
            "read_the_moment",
            ("A word of your own", "A clip can be played again"),
            ReadTheMoment(typed=True, replay=False),
        ),
        ("read_the_moment", ("These…", "Fear", "Anger"), ReadTheMoment(names=("anger", "fear"))),
        ("read_the_moment", ("These…", "Fear"), ReadTheMoment()),
        ("read_the_moment", ("These…", "Fear", "Anger", "All"), ReadTheMoment()),
        ("brief_moments", ("12", "90 ms", "4"), BriefMoments(trials=12, shortest_ms=90, choices=4)),
        ("follow_along", ("Both, on a pad", "1"), FollowAlong(axes=("valence", "arousal"), trials=1)),
        (
            "threshold",
            ("How long it shows", "These…", "Fear"),
            FindTheThreshold(by=By.DURATION, emotions=("fear",)),
        ),
        ("contrast", ("These…", "Fear", "Anger", "Surprise"), Contrast(pair=("fear", "surprise"))),
        ("contrast", ("These…", "Fear"), Contrast()),
    ],
)
def test_what_options_come_to(
    mode: str, pressed: tuple[str, ...], wanted: Setup, options: Callable[..., Options]
) -> None:
    made = options(mode)
    press(made, *pressed)
    assert made.setup() == wanted


def test_a_channel_is_chosen_only_where_there_is_more_than_one(options: Callable[..., Options]) -> None:
    assert options("checkup").setup().channel is None
    made = options("checkup", *Channel)
    press(made, "Sound alone")
    assert made.setup() == CheckUp(channel=Channel.SOUND)


def test_channels_of_a_set(services: Services) -> None:
    starter = services.library.starter().result()
    assert channels_of(starter) == ()
    one, other, *_ = starter.clips
    voice = replace(other, channel=Channel.SOUND)
    assert channels_of(replace(starter, clips=(one, voice))) == (Channel.PICTURE, Channel.SOUND)
    both = replace(other, channel=Channel.PICTURE_AND_SOUND)
    assert channels_of(replace(starter, clips=(one, both))) == tuple(Channel)
