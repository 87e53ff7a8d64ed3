"""Take the guide's pictures of the window anew: as wide as its column, few colours.

    xvfb-run -a -s "-screen 0 2600x1500x24" .venv/bin/python packaging/guide_pictures.py [NAME …]

All of them, or those whose names begin so. What stands with a dark look has a picture for either; the pages
of an empty history stand together on one sheet for each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

OUT = Path(__file__).parents[1] / "assets" / "guide" / "pictures"
COLUMNS, WIDE, SMALL, GAP = 2, 720, 354, 12  # of the sheet
COLOURS = 256
LOOKS = {"light": "", "dark": "-dark"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page as screenshots.py names it, the window's size, and how wide it is in the guide.

    ``square``: no more than the top of it. ``dark``: the same with a dark look beside it.
    """

    page: str
    size: str = "1180x800"
    wide: int = 960
    square: bool = False
    dark: bool = False

    @property
    def looks(self) -> tuple[str, ...]:
        """The looks it is taken in."""
        return ("light", "dark") if self.dark else ("light",)


TOPICS = ("overview", "skill", "confusions", "sureness", "pace", "thresholds", "followed", "transfer")
PAGES = tuple(f"history-{topic}" for topic in (*TOPICS, "sessions", "report"))
PICTURES = {
    "start": Picture("practise", "1180x860"),
    "practice": Picture("trial"),
    "brief": Picture("brief"),
    "follow": Picture("follow"),
    "threshold": Picture("threshold"),
    "contrast": Picture("beside"),
    "checkup": Picture("checkup"),
    "feedback": Picture("feedback", "1280x900"),
    "brief-feedback": Picture("brief-feedback", "1180x860"),
    "daily-answer": Picture("outcome-daily", "1180x860"),
    "contrast-answer": Picture("outcome-contrast", "1180x860"),
    "checkup-answer": Picture("outcome-checkup", "1180x860"),
    "threshold-answer": Picture("outcome-threshold", "1180x900"),
    "follow-answer": Picture("follow-answer", "1180x900"),
    "my-person": Picture("partner-my-person", "1180x1180", dark=True),
    "my-person-confirm": Picture("partner-my-person-confirm", "1180x560", WIDE),
    "my-person-signs": Picture("partner-my-person-signs", "1180x820", dark=True),
    "my-person-off": Picture("partner-my-person-signs-off", "1180x620", WIDE),
    "how-it-has-been": Picture("partner-back", "1180x1120", dark=True),
    "how-it-has-been-unread": Picture("partner-back-off", "1180x1120", WIDE),
    "how-it-has-been-moment": Picture("partner-back-moment", "1180x860", WIDE),
    "how-it-has-been-noticing": Picture("partner-back-noticing", "1180x820", dark=True),
    "show-and-tell": Picture("show", "1180x820", dark=True),
    "show-and-tell-card": Picture("show-card", "1180x560", WIDE),
    "show-and-tell-live": Picture("show-live", "1180x760", dark=True),
    "show-and-tell-notice": Picture("show-notice-film", "1180x760", WIDE),
    "show-and-tell-told": Picture("show-told", "1180x760", dark=True),
    "show-and-tell-plain": Picture("show-told-plain", "1180x680", WIDE),
    "open-up": Picture("open", "1180x760", dark=True),
    "open-up-speaking": Picture("open-speaking", "1180x760", dark=True),
    "open-up-enough": Picture("open-enough", "1180x620", WIDE),
    "open-up-camera": Picture("open-camera", "1180x760", WIDE),
    "open-up-marks": Picture("open-marks-film", "1180x760", dark=True),
    "open-up-felt": Picture("open-felt", "1180x760", dark=True),
    "open-up-score": Picture("open-score", "1180x1180", dark=True),
    "open-up-reading": Picture("open-score-reading", "1180x1740", WIDE),
    "small-bids": Picture("partner-bids", "1180x900", dark=True),
    "small-bids-card": Picture("partner-bids-card", "1180x640", WIDE),
    "small-bids-mark": Picture("partner-bids-mark", "1180x760", WIDE),
    "small-bids-together": Picture("partner-bids-together", "1180x760", dark=True),
    "mirror": Picture("partner-mirror-drawn", "1180x760", dark=True),
    "mirror-copy": Picture("partner-mirror-copy", "1180x760", WIDE),
    "mirror-after": Picture("partner-mirror-after", "1180x760", WIDE),
    "mirror-room": Picture("partner-mirror-show-room", "1180x620", WIDE),
    "sandbox": Picture("sandbox"),
    "history": Picture("history-skill", "1180x960", 1180),
    **{page: Picture(page, wide=WIDE, square=True, dark=True) for page in PAGES},
    "history-session": Picture("session", wide=WIDE, dark=True),
    "history-answer": Picture("answer", wide=WIDE, square=True, dark=True),
    "profiles": Picture("profiles", wide=WIDE, dark=True),
    "locked": Picture("locked", "1180x700", 1180),
    "library": Picture("library-preview", wide=WIDE),
    "library-report": Picture("library-report", wide=WIDE),
    "editor": Picture("editor", wide=WIDE, dark=True),
    "editor-table": Picture("editor-table", wide=WIDE, dark=True),
    "protection": Picture("protection", wide=WIDE, dark=True),
    "partner": Picture("partner", "1180x760", dark=True),
    "partner-consent": Picture("partner-consent-begun", "1180x900", dark=True),
    "partner-neutral": Picture("partner-neutral", wide=WIDE, dark=True),
    "partner-person": Picture("partner-person", "1180x900", wide=WIDE, dark=True),
    "record": Picture("record-running", wide=WIDE, dark=True),
}
SHEET = "history-empty"


def take(folder: Path, shots: Iterable[str], *options: str) -> None:
    """Have screenshots.py take these, each once."""
    script = Path(__file__).with_name("screenshots.py")
    subprocess.run([sys.executable, script, *options, folder, *dict.fromkeys(shots)], check=True)


def taken(folder: Path, picture: Picture, look: str) -> Image.Image:
    """A screenshot, as wide as it is wanted."""
    (file,) = folder.glob(f"{picture.page}-{look}-{picture.size}-*.png")
    with Image.open(file) as whole:
        top = min(whole.height, whole.width) if picture.square else whole.height
        cut = whole.convert("RGB").crop((0, 0, whole.width, top))
    return cut.resize((picture.wide, round(top * picture.wide / cut.width)), Image.Resampling.LANCZOS)


def keep(picture: Image.Image, name: str) -> None:
    """Write it with few colours, which a window's picture does not miss."""
    few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(OUT / f"{name}.png", optimize=True)


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """All pages of an empty history."""
    pictures = [picture.crop((0, 0, SMALL, min(picture.height, SMALL * 2 // 3))) for picture in pictures]
    tall = max(picture.height for picture in pictures) + GAP
    whole = Image.new("RGB", (WIDE, tall * (len(pictures) // COLUMNS) - GAP), "#8f8a82")
    for place, picture in enumerate(pictures):
        whole.paste(picture, (place % COLUMNS * (SMALL + GAP), place // COLUMNS * tall))
    return whole


def shots_of(pictures: Iterable[Picture]) -> Iterator[str]:
    """What screenshots.py is asked for; one look after the other, as few changes as can be."""
    for look in LOOKS:
        yield from (f"{each.page},{each.size},{look}" for each in pictures if look in each.looks)


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = tuple(parser.parse_args().names) or ("",)
    wanted = {name: each for name, each in PICTURES.items() if name.startswith(names)}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if wanted:
            take(folder, shots_of(wanted.values()))
        for name, picture in wanted.items():
            for look in picture.looks:
                keep(taken(folder, picture, look), name + LOOKS[look])
        if SHEET.startswith(names):
            empty = [Picture(page, wide=SMALL, dark=True) for page in PAGES]
            take(folder / "empty", shots_of(empty), "--empty")
            for look, ending in LOOKS.items():
                keep(sheet([taken(folder / "empty", each, look) for each in empty]), SHEET + ending)


if __name__ == "__main__":
    main()
