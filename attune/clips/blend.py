"""How a cell of a table names a mixture of emotions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attune.clips.table import Cell

_SHARE = re.compile(r"\d{1,4}\.?\d{0,9}|\.\d{1,9}", re.ASCII)


def blend_of(cell: Cell, names: tuple[str, ...]) -> dict[str, float]:
    """Shares of the emotions a cell names: ``fear``, ``fear+surprise`` or ``fear:0.7+surprise:0.3``.

    Shares that do not sum to 1 are made to. Raises clipset.emotion_unknown or blend_unreadable.
    """
    shares: dict[str, float] = {}
    for part in cell.text.lower().split("+"):
        name, told, share = (piece.strip() for piece in part.partition(":"))
        if name not in names:
            raise cell.wrong("emotion_unknown", emotions=", ".join(names))
        if name in shares or bool(told) != bool(_SHARE.fullmatch(share)):
            raise cell.wrong("blend_unreadable")
        shares[name] = float(share) if told else 1.0
    whole = sum(shares.values())
    if not whole or len({":" in part for part in cell.text.split("+")}) > 1:
        raise cell.wrong("blend_unreadable")
    return {name: share / whole for name, share in shares.items()}


def blend_text(labels: Mapping[str, float]) -> str:
    """The cell that :func:`blend_of` reads these shares from."""
    said = {name: share for name, share in labels.items() if share > 0}
    if len(set(said.values())) == 1:
        return "+".join(said)
    return "+".join(f"{name}:{share:.6g}" for name, share in said.items())
