"""What a line among the moments and the page of one have in common: how it is called, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Moment
from attune.resources import Words
from attune.ui.partner.parts import Parts, day_words
from attune.ui.widgets.dialogs import Question


def head_words(words: Words, moment: Moment) -> str:
    """Which round, when, and whether there is a film."""
    said = words(
        "partner_back.moment.taken",
        kind=words(f"partner_back.kinds.{moment.kind}"),
        day=day_words(moment.happened_at, words),
    )
    return said if moment.recording is None else f"{said}  ·  {words('partner_back.moments.film')}"


def mirrored_words(words: Words, moment: Moment, names: Mapping[str, str]) -> str:
    """Whose face was mirrored."""
    from attune.app.partner.mirror import Mirrored, Shown  # noqa: PLC0415 - numpy

    drawn = Mirrored.from_json(moment.told).shown is Shown.DRAWN
    return words(f"partner_back.moments.{'mirrored_drawn' if drawn else 'mirrored'}", **names)


def ask_to_veto(parts: Parts, over: QWidget, moment: Moment, done: Callable[[None], None]) -> None:
    """Ask before a moment is deleted; ``done``: a method, called once it is."""
    words = parts.words

    def veto() -> None:
        parts.bridge.deliver(parts.couple.veto(moment.id or 0), done)

    Question(
        words,
        "partner_back.veto",
        agreed=veto,
        parent=over,
        theme=parts.theme,
        kind=words(f"partner_back.kinds.{moment.kind}"),
        day=day_words(moment.happened_at, words),
    )
