"""What ``attune bench`` measures of the window: how soon it can be used, how it plays, its memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from attune.cli.bench_runner import Figure, Runner, ratio
from attune.cli.parts import open_parts

CLIP_S = 10
ROUNDS = 5
PLAY_S = 8
COUPLE_S = 20
LONG_S = 180
PARTNER_S = 8
MOMENTS = 200


def start(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """From start to a window in which a session can be begun, against an empty window, in turns."""
    ours, painted, theirs = [], [], []
    for _round in range(ROUNDS):
        begun = time.monotonic()
        theirs.append(runner.bare("bare_window.py")["shown_s"] - begun)
        begun = time.monotonic()
        found = runner.window("start")
        ours.append(found["shown_s"] - begun)
        painted.append(found["painted_s"] - begun)
    yield Figure(
        name="start",
        value=ratio(ours, theirs),
        bound=2.0,
        fields={"seconds": median(ours), "painted": median(painted), "bare_seconds": median(theirs)},
    )


def play(runner: Runner, model: Path | None) -> Iterator[Figure]:
    """A clip played with the face's lines while somebody practises."""
    clip = runner.clip(CLIP_S)
    player = runner.bare("bare_player.py", str(clip), str(PLAY_S))
    detect = runner.bare("bare_detect.py", str(clip), str(_model_file(model)))
    window = runner.window("practise", str(clip), str(PLAY_S))
    counts = {"painted": window["painted"], "worst_ms": window["worst_ms"]}
    yield Figure(name="dropped", value=window["dropped"], bound=0, fields=counts)
    yield Figure(name="stalls", value=window["stall_ms"], bound=16, fields=counts)
    bare_mb = player["resident_mb"] + detect["resident_mb"]
    yield Figure(
        name="memory",
        value=window["resident_mb"] / bare_mb,
        bound=1.3,
        fields={"mb": window["resident_mb"], "bare_mb": bare_mb},
    )


def moments(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """Expressions shown for so many frames of a 60 Hz screen."""
    found = runner.window("moments", str(MOMENTS))
    yield Figure(
        name="moments",
        value=found["within"],
        bound=0.99,
        at_least=True,
        fields={"shown": found["shown"], "worst_ms": found["worst_ms"]},
    )


def partner(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """Somebody drawn in the window, who moves all the time."""
    found = runner.window("partner", str(PARTNER_S))
    yield Figure(
        name="partner_by_processor" if found["software"] else "partner_by_card",
        value=found["rate"],
        bound=8 if found["software"] else 30,
        at_least=True,
        fields={"stall_ms": found["stall_ms"]},
    )
    yield Figure(name="partner_ui", value=found["ui_ms"], bound=4, fields={})


def couple(runner: Runner, model: Path | None) -> Iterator[Figure]:
    """Two people before the camera, or one: faces drawn, all recorded, one of them read; and for long."""
    file = str(_model_file(model))
    one = runner.window("couple", str(runner.clip(CLIP_S)), str(COUPLE_S), file)
    two = runner.window("couple", str(runner.clip(CLIP_S, people=2)), str(COUPLE_S), file)
    for people, found in ((1, one), (2, two)):
        fields = {"people": people, **{name: found[name] for name in ("median_ms", "worst_ms", "shown")}}
        yield Figure(name="couple_latency", value=found["latency_ms"], bound=33, fields=fields)
        yield Figure(
            name="couple_recorded",
            value=found["unrecorded"],
            bound=0,
            fields={"people": people, "recorded": found["recorded"]},
        )
    long = runner.window("couple", str(runner.clip(CLIP_S, people=2)), str(LONG_S), file)
    yield Figure(
        name="couple_memory",
        value=long["growth_mb"],
        bound=20,
        fields={"minutes": LONG_S / 60, "mb": long["mb"]},
    )


def _model_file(model: Path | None) -> Path:
    with closing(open_parts(model, 1)) as parts:
        return parts.find_model()
