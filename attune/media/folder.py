"""The videos and pictures in a folder."""

from __future__ import annotations

from pathlib import Path

# By name, so that a damaged video is met as one and told, and not taken for something else.
SUFFIXES = frozenset(
    (
        *(".mp4", ".m4v", ".mov", ".3gp", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".wmv", ".flv", ".ogv"),
        *(".mxf", ".gif", ".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".avif"),
    )
)


def media_in(folder: Path) -> list[Path]:
    """All of them, those of its sub-folders too, by name; hidden files and folders are left out."""
    inside = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    shown = (path for path in inside if not any(part.startswith(".") for part in path.parts))
    return sorted(folder / path for path in shown if (folder / path).is_file())
