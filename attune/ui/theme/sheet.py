"""The style sheet, made from the tokens.

Widgets are told apart by class and by the dynamic properties ``role`` (labels, buttons, frames).
"""

from __future__ import annotations

from string import Template

from attune.ui.theme.tokens import Colours, Sizes

SHEET = Template("""
QMainWindow, QDialog, QWidget[role="page"] { background: $window; }
QWidget { color: $text; }
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: none; }

QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display}px; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="large"] { font-size: ${large}px; }
QLabel[role="quiet"] { color: $text_quiet; }
QLabel[role="small"] { color: $text_quiet; font-size: ${small}px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="tag"] {
    background: $sunken; color: $text; font-size: ${small}px; border-radius: ${radius}px; padding: 4px 10px;
}
QLabel[role="speaks"] { color: $accent; font-weight: 600; }

QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${radius_large}px; }
QFrame[role="well"] { background: $sunken; border: none; border-radius: ${radius_large}px; }
QFrame[role="notice"] {
    background: $attention_soft; border: 1px solid $attention; border-radius: ${radius}px;
}
QFrame[role="rule"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="navigation"] { background: $sunken; border: none; border-right: 1px solid $border; }

QPushButton {
    background: $surface; border: 1px solid $outline; border-radius: ${radius}px;
    min-height: ${inner}px; padding: 0 ${pad}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $sunken; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton:disabled { color: $text_quiet; border-color: $border; background: transparent; }
QPushButton[role="primary"] {
    background: $accent; border-color: $accent; color: $on_accent; font-weight: 600;
    font-size: ${large}px; min-height: ${inner_large}px; padding: 0 ${pad_large}px;
}
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="primary"]:disabled { background: $sunken; border-color: $border; color: $text_quiet; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:pressed { background: $accent_soft; }
QPushButton[role="quiet"]:disabled { color: $text_quiet; }
QPushButton[role="chip"] {
    min-height: ${inner_chip}px; padding: 0 ${pad_chip}px; border-radius: ${radius_chip}px;
    border-color: $border;
}
QPushButton[role="chip"]:checked { border-color: $accent; color: $accent; font-weight: 600; }
QPushButton[role="chip"]::menu-indicator { width: 0; }
QPushButton[role="chip"][quiet="true"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="chip"][quiet="true"]:hover { background: $hover; }
QPushButton[role="row"] { background: transparent; border-color: transparent; padding: 0; }
QPushButton[role="row"]:hover { background: $hover; }
QPushButton[role="row"]:pressed { background: $accent_soft; }
QPushButton[role="row"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[role="door"] {
    border-color: $border; border-radius: ${radius_large}px; padding: 0; text-align: left;
}
QPushButton[role="door"]:hover { border-color: $accent; }
QPushButton[role="door"]:pressed { background: $accent_soft; border-color: $accent; }
QPushButton[role="door"] QLabel:disabled { color: $text_quiet; }
QPushButton[role="navigation"] {
    background: transparent; border-color: transparent; text-align: left; padding: 0 12px;
}
QPushButton[role="navigation"][low="true"] { min-height: ${inner_chip}px; }
QPushButton[role="navigation"]:hover { background: $hover; }
QPushButton[role="navigation"]:checked {
    background: $accent_soft; color: $accent; font-weight: 600;
}

QLineEdit, QSpinBox, QDateEdit, QComboBox, QPlainTextEdit, QTextEdit {
    background: $surface; border: 1px solid $outline; border-radius: ${radius}px;
    padding: 0 10px; min-height: ${inner}px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QDateEdit { padding: 0; }
QDateEdit QLineEdit { background: transparent; border: none; min-height: 0; }
QDateEdit::up-button, QDateEdit::down-button { width: 0; border: none; }
QPlainTextEdit, QTextEdit { padding: 8px; }
QComboBox { padding: 0 32px 0 12px; }
QComboBox:hover { background: $hover; }
QComboBox::drop-down { border: none; width: 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: ${inner}px; padding: 0 10px; border-radius: ${radius}px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $accent; }
QTextBrowser { background: transparent; border: none; padding: 0; }

QMenu {
    background: $surface; border: 1px solid $border; border-radius: ${radius}px; padding: 6px;
}
QMenu::item { padding: 8px 28px 8px 24px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::item:checked { font-weight: 600; }

QSlider { min-height: 26px; }
QSlider::groove:horizontal { background: $border; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $accent; border: 3px solid $surface; width: 16px; height: 16px;
    margin: -9px 0; border-radius: 11px;
}
QSlider[rest="true"]::sub-page:horizontal { background: $border; }
QSlider[rest="true"]::handle:horizontal {
    background: $window; border: 2px solid $outline; width: 14px; height: 14px; border-radius: 9px;
    margin: -7px 2px;
}
QProgressBar {
    background: $sunken; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QTableView, QListView {
    background: transparent; border: none; outline: none; gridline-color: transparent;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTableView::item { padding: 6px 12px; border-bottom: 1px solid $border; }
QListView::item { padding: 0 12px; border: none; border-radius: ${radius}px; }
QTableView::item:hover, QListView::item:hover { background: $hover; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QListView::item:selected { background: $accent_soft; color: $accent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; border: none; border-bottom: 1px solid $border;
    color: $text_quiet; font-size: ${small}px; padding: 6px 15px;
}
QFrame[role="edge"] { background: $border; border: none; }
QTableCornerButton::section { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $faint_outline; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollBar::handle:hover { background: $outline; }
QGraphicsView { background: transparent; border: none; }
QToolTip {
    background: $text; color: $window; border: none; padding: 6px 10px; font-size: ${small}px;
}
""")


def style_sheet(colours: Colours, sizes: Sizes) -> str:
    """Fill the sheet from the tokens."""
    values: dict[str, object] = {name: getattr(colours, name) for name in Colours.__dataclass_fields__}
    values |= {name: getattr(sizes, name) for name in Sizes.__dataclass_fields__}
    values |= {
        "faint_outline": colours.outline.replace("#", "#80"),
        "inner": sizes.control - 2,
        "inner_large": sizes.control + 6,
        "inner_chip": sizes.control - 10,
        "radius_chip": (sizes.control - 8) // 2,
        "pad_chip": sizes.space_m - 2,
        "pad": sizes.space_m,
        "pad_large": sizes.space_l + 4,
    }
    return SHEET.substitute(values)
