"""The Theme: the one object that says how things look now."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from attune.app.settings import Appearance
from attune.ui.theme import sheet
from attune.ui.theme.tokens import DARK, LIGHT, Colours, Sizes, sizes

# The first of these that the system has; nothing is bundled. Otherwise what the system calls its own font.
READING_FACES = ("Inter", "SF Pro Text", "Segoe UI Variable Text", "Segoe UI", "Cantarell", "Noto Sans")


class Theme(QObject):
    """Colours and sizes as they are now; emits ``changed`` after they were applied to the application.

    Widgets that paint themselves read ``theme.tokens`` and ``theme.sizes`` in their paint event and update
    on ``changed``; all others follow the style sheet. Lives on the UI thread.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        appearance: Appearance = Appearance.AUTO,
        text_scale: float = 1.0,
        motion: bool = True,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._text_scale = text_scale
        self._motion = motion
        self._family = _reading_face()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark appearance is showing."""
        if self._appearance is Appearance.AUTO:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._appearance is Appearance.DARK

    @property
    def tokens(self) -> Colours:
        """Colours showing now."""
        return DARK if self.dark else LIGHT

    @property
    def sizes(self) -> Sizes:
        """Sizes of type and space now."""
        return sizes(self._text_scale)

    @property
    def motion(self) -> bool:
        """Whether things may move that need not."""
        return self._motion

    def font(self, size: int, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Font of ``size`` pixels for what is painted by hand, ``theme.font(theme.sizes.large)``."""
        font = QFont(self._app.font())
        font.setPixelSize(size)
        font.setWeight(weight)
        return font

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """Colour of a token as QColor, ``alpha`` in [0, 1]."""
        colour = QColor(getattr(self.tokens, name))
        colour.setAlphaF(alpha)
        return colour

    def choose(
        self,
        *,
        appearance: Appearance | None = None,
        text_scale: float | None = None,
        motion: bool | None = None,
    ) -> None:
        """Change what is given and apply it at once."""
        before = self.tokens, self.sizes
        self._appearance = self._appearance if appearance is None else appearance
        self._text_scale = self._text_scale if text_scale is None else text_scale
        self._motion = self._motion if motion is None else motion
        if (self.tokens, self.sizes) != before:
            self._apply()

    def _system_changed(self) -> None:
        if self._appearance is Appearance.AUTO:
            self._apply()

    def _apply(self) -> None:
        font = QFont(self._family) if self._family else QFont(self._app.font())
        font.setPixelSize(self.sizes.body)
        self._app.setFont(font)
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(sheet.style_sheet(self.tokens, self.sizes))
        self.changed.emit()


def palette(colours: Colours) -> QPalette:
    """Qt's own palette, for what no style sheet reaches."""
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.hover,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.text_quiet,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.ToolTipBase: colours.text,
        QPalette.ColorRole.ToolTipText: colours.window,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.outline,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    quiet = QColor(colours.text_quiet)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, quiet)
    return made


def _reading_face() -> str | None:
    there = set(QFontDatabase.families())
    return next((face for face in READING_FACES if face in there), None)
