"""What cannot be done now is greyed, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from attune.app.services import Services


def only_read(services: Services) -> str:
    """Why nothing can be changed; "" where it can."""
    return services.words("profiles.reading.reason") if services.history.read_only else ""


def allow(*widgets: QWidget, unless: str) -> None:
    """Let them be used; ``unless``: why not, told to the pointer and by screen readers, "" = they can be."""
    for widget in widgets:
        widget.setEnabled(not unless)
        widget.setToolTip(unless)
        widget.setAccessibleDescription(unless)
