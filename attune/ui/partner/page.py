"""The Partner page: the two people and their rounds, and in their place what is opened about them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.partner.home import Home
from attune.ui.partner.parts import Parts
from attune.ui.theme import Theme
from attune.ui.video.camera_watch import Watch
from attune.ui.within import PageWithin


class PartnerPage(PageWithin):
    """Who sits here and what they can do together; consent, rounds and people open over it and come back."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        words = services.words
        super().__init__(words, theme, words("partner.page.back"), parent)
        self.parts = Parts(
            services=services,
            bridge=bridge,
            theme=theme,
            watch=Watch(services.camera, self),
            open=self.open,
            back=self.back,
            changed=self.read_again,
            say=self.notice.say,
            page=self,
        )
        self.home = Home(self.parts)
        self.begin_with(self.home)

    def entered(self) -> None:
        """Bring the people up to date; what is open stays."""
        if self.showing is self.home:
            self.home.look()

    def read_again(self) -> None:
        """People are not what they were."""
        self.home.look()

    def back(self) -> None:
        """A round may have changed what is to be told of the two; what was kept in it is backed up."""
        super().back()
        if self.showing is self.home:
            self.home.look()
            if not self.parts.couple.read_only:
                self.parts.services.history.back_up()
