"""The topics of History, in the order of the list beside them; each made on its first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from attune.app.saving import save
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a topic is made of. ``go`` shows another topic by its name."""

    services: Services
    bridge: Bridge
    theme: Theme
    go: Callable[[str], None]

    def practise(self, mode: str, emotions: tuple[str, ...] = ()) -> None:
        """Lead to a way to practise, about these emotions where there are any."""
        self.bridge.page_wanted.emit("practise")
        self.bridge.way_wanted.emit(mode, emotions)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file in the background; what goes amiss is told."""
        self.bridge.deliver(self.services.background.submit(save, path, content), lambda _done: None)


class TopicView(Protocol):
    """What History asks of a topic, which is a QWidget too."""

    def look(self, lens: Lens | None) -> None:
        """Show what there is now through the lens; None: nothing was answered yet."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic by its name in the words ``history.topics``; ``through``: whether it looks through a lens."""

    name: str
    make: Callable[[Parts], QWidget]
    through: bool = True


def _overview(parts: Parts) -> QWidget:
    from attune.ui.history.overview import OverviewTopic  # noqa: PLC0415 - on first visit, as all of these

    return OverviewTopic(parts)


def _skill(parts: Parts) -> QWidget:
    from attune.ui.history.skill import SkillTopic  # noqa: PLC0415

    return SkillTopic(parts)


def _confusions(parts: Parts) -> QWidget:
    from attune.ui.history.confusions import ConfusionsTopic  # noqa: PLC0415

    return ConfusionsTopic(parts)


def _sureness(parts: Parts) -> QWidget:
    from attune.ui.history.sureness import SurenessTopic  # noqa: PLC0415

    return SurenessTopic(parts)


def _pace(parts: Parts) -> QWidget:
    from attune.ui.history.pace import PaceTopic  # noqa: PLC0415

    return PaceTopic(parts)


def _thresholds(parts: Parts) -> QWidget:
    from attune.ui.history.thresholds import ThresholdsTopic  # noqa: PLC0415

    return ThresholdsTopic(parts)


def _followed(parts: Parts) -> QWidget:
    from attune.ui.history.followed import FollowedTopic  # noqa: PLC0415

    return FollowedTopic(parts)


def _transfer(parts: Parts) -> QWidget:
    from attune.ui.history.transfer import TransferTopic  # noqa: PLC0415

    return TransferTopic(parts)


def _sessions(parts: Parts) -> QWidget:
    from attune.ui.history.sessions import SessionsTopic  # noqa: PLC0415

    return SessionsTopic(parts)


def _report(parts: Parts) -> QWidget:
    from attune.ui.history.report import ReportTopic  # noqa: PLC0415

    return ReportTopic(parts)


TOPICS = (
    Topic("overview", _overview),
    Topic("skill", _skill),
    Topic("confusions", _confusions),
    Topic("sureness", _sureness),
    Topic("pace", _pace),
    Topic("thresholds", _thresholds, through=False),
    Topic("followed", _followed, through=False),
    Topic("transfer", _transfer),
    Topic("sessions", _sessions, through=False),
    Topic("report", _report),
)
