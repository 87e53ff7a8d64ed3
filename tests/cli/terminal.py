"""Commands, run as from a terminal before which nobody sits."""

import json
from typing import Any

import pytest

from attune.app.services import Services
from attune.cli.main import build


def no_services() -> Services:
    raise AssertionError("no window is wanted")


class Terminal:
    """Runs the commands of one kind: ``attune history``, ``attune clips``."""

    def __init__(self, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._kind, self._capsys = kind, capsys

    def __call__(self, *arguments: object, code: int = 0) -> str:
        """What a command prints, to stderr too where it fails."""
        with pytest.raises(SystemExit) as left:
            build(no_services, lambda _make: 0)([self._kind, *map(str, arguments)])
        captured = self._capsys.readouterr()
        assert left.value.code == code, captured.err
        return captured.out + captured.err if code else captured.out

    def rows(self, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*arguments, "--format", "json", code=code).splitlines()]
