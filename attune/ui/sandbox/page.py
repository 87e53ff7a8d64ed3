"""The page "Try a face", which gets itself ready when it is first entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.widgets import text

if TYPE_CHECKING:  # loads numpy, which is done in the background
    from attune.app.faces import Faces
    from attune.ui.sandbox.bench import FaceBench


class SandboxPage(QStackedWidget):
    """``bench`` is where faces are tried; None until all it needs is loaded."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._theme = theme
        self._asked = False
        self.bench: FaceBench | None = None
        waiting = text(services.words("sandbox.page.opening"), "quiet")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(waiting)

    def entered(self) -> None:
        """Find out what can be shown, and by whom, the first time."""
        if self.bench is not None:
            self.bench.entered()
        elif not self._asked:
            self._asked = True
            self._bridge.deliver(self._services.cast.faces(), self._got_faces, self._not_ready)

    def _got_faces(self, faces: Faces) -> None:
        self._bridge.deliver(
            self._services.cast.everybody(), lambda people: self._open(faces, people), self._not_ready
        )

    def _open(self, faces: Faces, people: tuple[str, ...]) -> None:
        from attune.ui.sandbox.bench import FaceBench  # noqa: PLC0415 - what it needs is loaded by now

        self.bench = FaceBench(self._services, self._bridge, self._theme, faces=faces, people=people)
        self.addWidget(self.bench)
        self.setCurrentWidget(self.bench)
        QTimer.singleShot(0, self.bench, self.bench.entered)  # once it shows

    def _not_ready(self, error: BaseException) -> None:
        self._asked = False
        self._bridge.failed.emit(error)
