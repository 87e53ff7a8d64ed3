"""Make the guide's pictures of History and Profiles out of screenshots: as wide as its column, few colours.

    packaging/screenshots.py FULL history-overview,1180x800 history-overview,1180x800,dark …
    packaging/screenshots.py --empty EMPTY history-overview,1180x800 …
    packaging/guide_pictures.py FULL EMPTY [--out assets/guide/pictures]

Each page has a picture for either look; the pages of an empty history stand together on one sheet for each.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

WIDE, TALLEST = 720, 720
COLUMNS, SMALL, GAP = 2, 354, 12
COLOURS = 256
LOOKS = {"light": "", "dark": "-dark"}
TOPICS = ("overview", "skill", "confusions", "sureness", "pace", "thresholds", "followed", "transfer")
FULL = {f"history-{topic}": f"history-{topic}" for topic in (*TOPICS, "sessions", "report")} | {
    "session": "history-session",
    "answer": "history-answer",
    "profiles": "profiles",
}
EMPTY = tuple(f"history-{topic}" for topic in (*TOPICS, "sessions", "report"))


def taken(folder: Path, page: str, look: str, width: int, tallest: int) -> Image.Image:
    """The top of a screenshot, so wide and no taller."""
    (file,) = folder.glob(f"{page}-{look}-*.png")
    with Image.open(file) as whole:
        height = round(whole.height * width / whole.width)
        small = whole.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    return small.crop((0, 0, width, min(height, tallest)))


def keep(picture: Image.Image, path: Path) -> None:
    """Write it with few colours, which a window's picture does not miss."""
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)


def sheet(folder: Path, look: str) -> Image.Image:
    """All pages of an empty history."""
    pictures = [taken(folder, page, look, SMALL, SMALL * 2 // 3) for page in EMPTY]
    tall = max(picture.height for picture in pictures) + GAP
    whole = Image.new("RGB", (WIDE, tall * (len(pictures) // COLUMNS) - GAP), "#8f8a82")
    for place, picture in enumerate(pictures):
        whole.paste(picture, (place % COLUMNS * (SMALL + GAP), place // COLUMNS * tall))
    return whole


def main() -> None:
    """Make them all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("full", type=Path)
    parser.add_argument("empty", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assets/guide/pictures"))
    wanted = parser.parse_args()
    for look, ending in LOOKS.items():
        for page, name in FULL.items():
            keep(taken(wanted.full, page, look, WIDE, TALLEST), wanted.out / f"{name}{ending}.png")
        keep(sheet(wanted.empty, look), wanted.out / f"history-empty{ending}.png")


if __name__ == "__main__":
    main()
