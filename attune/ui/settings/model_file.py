"""The model file: where it is, another one instead, or a download that the person asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from attune.app import face_model
from attune.app.services import Services
from attune.errors import ModelError
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.widgets import Button, column, row, text
from attune.ui.widgets.asking import ask_which
from attune.ui.widgets.dialogs import Question

LOOK_EVERY_MS = 100


class ModelFile(QWidget):
    """Says which model is used. A download is offered only where none is found."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._words = services.words
        self._bridge = bridge
        self._theme = theme
        self._download: face_model.Download | None = None
        self.state = text("", "quiet")
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose = Button(self._words("settings.measuring.choose"))
        self.usual = Button(self._words("settings.measuring.usual"))
        self.fetch = Button(self._words("settings.measuring.download"))
        self.stop = Button(self._words("settings.measuring.stop"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self._words("settings.measuring.downloading"))
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self._show_progress)
        self.choose.clicked.connect(self._ask_for_file)
        self.usual.clicked.connect(lambda: self._name(None))
        self.fetch.clicked.connect(self._ask_to_download)
        self.stop.clicked.connect(self.end_download)
        self._arrange()

    def look(self) -> None:
        """Look for the model and say where it is."""
        named = self._services.settings.current.face_model
        self.usual.setVisible(named is not None)
        self.state.setText(self._words("settings.measuring.looking"))
        found = face_model.find(self._services.background, named, self._services.folders)
        self._bridge.deliver(found, self._found, self._not_found)

    def end_download(self) -> None:
        """Stop a download, if one is under way."""
        self._watch.stop()
        if self._download is not None:
            self._download.stop()
            self._download = None
        self._show_downloading(under_way=False)

    def _arrange(self) -> None:
        actions = row(spacing=8)
        for button in (self.choose, self.usual, self.fetch, self.stop):
            actions.addWidget(button)
        actions.addStretch(1)
        inside = column(spacing=10)
        inside.addWidget(self.state)
        inside.addWidget(self.progress)
        inside.addLayout(actions)
        self.setLayout(inside)
        self.fetch.hide()
        self._show_downloading(under_way=False)

    def _found(self, path: Path) -> None:
        self.fetch.hide()
        self.state.setText(self._words("settings.measuring.found", path=path))

    def _not_found(self, error: BaseException) -> None:
        if not isinstance(error, ModelError):
            self._bridge.failed.emit(error)
            return
        self.fetch.setVisible(self._download is None)
        self.state.setText(self._words.error(error))

    def _ask_for_file(self) -> None:
        words = self._words
        ask_which(
            self, words("settings.measuring.choose"), words("settings.measuring.choose_filter"), self._name
        )

    def _name(self, path: Path | None) -> None:
        self._bridge.deliver(self._services.settings.change(face_model=path), lambda _kept: self.look())

    def _ask_to_download(self) -> None:
        Question(
            self._words,
            "settings.download",
            agreed=self._begin_download,
            parent=self,
            theme=self._theme,
            address=face_model.MODEL_ADDRESS,
        )

    def _begin_download(self) -> None:
        self._download = face_model.Download(self._services.background, self._services.folders)
        self.destroyed.connect(self._download.stop)  # closing the window does not wait for the network
        self._show_downloading(under_way=True)
        self.state.setText(self._words("settings.measuring.downloading"))
        self._watch.start()
        self._bridge.deliver(self._download.future, self._downloaded, self._not_downloaded)

    def _downloaded(self, path: Path) -> None:
        self.end_download()
        self._found(path)

    def _not_downloaded(self, error: BaseException) -> None:
        self.end_download()
        self._not_found(error)

    def _show_progress(self) -> None:
        share = self._download.share if self._download is not None else None
        self.progress.setRange(0, 0 if share is None else 100)
        self.progress.setValue(0 if share is None else round(share * 100))

    def _show_downloading(self, *, under_way: bool) -> None:
        self.progress.setVisible(under_way)
        self.stop.setVisible(under_way)
        self.choose.setVisible(not under_way)
        if under_way:
            self.fetch.hide()
            self.usual.hide()
