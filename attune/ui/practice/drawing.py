"""Whether a session's people can be drawn here instead of shown in clips."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from attune.app.library import Channel, ClipSet, is_starter
from attune.app.protocols.drawing import DrawnSetup
from attune.app.protocols.protocol import Setup
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.drawn import Painter


class Drawing(QObject):
    """Has the one painter of the practice page. ``not_here`` the first time clips must do."""

    not_here = Signal()

    def __init__(self, services: Services, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._cast = services.cast
        self._settings = services.settings
        self._bridge = bridge
        self.painter = Painter(services.cast, bridge)
        parent.destroyed.connect(self.painter.close)

    def settle(self, clip_set: ClipSet, setup: Setup, begin: Callable[[Setup], None]) -> None:
        """Say who is drawn, where the setup can have that and a graphics card is here; then begin."""
        if not isinstance(setup, DrawnSetup) or setup.channel is Channel.SOUND or not is_starter(clip_set):
            begin(setup)
            return
        chance = random.SystemRandom()

        def told(can: bool) -> None:
            if can:
                shown = {clip.person for clip in clip_set.clips}
                self._bridge.deliver(
                    self._cast.everybody(),
                    lambda names: begin(setup.with_drawn(sorted(shown & set(names)), chance)),
                )
                return
            self._say_once()
            begin(setup)

        self.painter.find_out(told)

    def _say_once(self) -> None:
        if not self._settings.current.told_of_clips:
            self.not_here.emit()
            self._bridge.deliver(self._settings.change(told_of_clips=True), lambda _kept: None)
