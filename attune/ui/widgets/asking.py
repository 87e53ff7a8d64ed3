"""Asking for a file, by the system's own dialog: where to write one, or which to take in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Chosen = Callable[[Path], object]


def ask_where_to(parent: QWidget, title: str, kinds: str, name: str, chosen: Chosen) -> None:
    """Ask where to write. ``kinds`` as Qt writes them, ``;;`` between; ``name`` is offered."""
    dialog = _dialog(parent, title, kinds)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(_ending(kinds))
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind)))
    dialog.selectFile(name)
    dialog.open()


def ask_which(
    parent: QWidget,
    title: str,
    kinds: str,
    chosen: Chosen,
    mode: QFileDialog.FileMode = QFileDialog.FileMode.ExistingFile,
) -> None:
    """Ask for a file that is there, or for a folder; no ``kinds``: anything."""
    dialog = _dialog(parent, title, kinds)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.setFileMode(mode)
    dialog.open()


def ask_for_files(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[tuple[Path, ...]], object]
) -> None:
    """Ask for one file or several that are there."""
    dialog = _dialog(parent, title, kinds)
    dialog.filesSelected.connect(lambda names: chosen(tuple(map(Path, names))))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.open()


def _dialog(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilters(kinds.split(";;"))
    return dialog


def _ending(kinds: str) -> str:
    """Of the first of some kinds, such as ``png``; nothing where any will do."""
    found = re.search(r"\*\.([\w-]+)", kinds.split(";;", maxsplit=1)[0])
    return found[1] if found else ""
