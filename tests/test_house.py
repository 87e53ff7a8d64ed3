"""The house's own rules: who may import whom, nothing done at import, no words missing, no file too long."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from attune import resources

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "attune").rglob("*.py"))
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in CODE]

# Imports


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def contract_names() -> list[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["name"] for contract in config["tool"]["importlinter"]["contracts"]]


# For each contract, a place and an import that breaks it and no other's point.
PLANTED = {
    "The house: imports point downward only, neighbours do not know each other": (
        "clips/__init__.py",
        "import attune.media",
    ),
    "Rooms of two: rounds do not know each other, and what they share knows none of them": (
        "ui/partner/parts.py",
        "import attune.ui.partner.mirror",
    ),
    "The window and the commands reach the lower rooms only through the use cases": (
        "cli/__init__.py",
        "import attune.storage",
    ),
    "Qt stays in ui": ("app/__init__.py", "import PySide6.QtCore"),
    "Only perception knows mediapipe": ("media/__init__.py", "import mediapipe"),
    "Only media (decoding) and perception (pixels) know OpenCV": ("app/__init__.py", "import cv2"),
    "Only media knows PyAV": ("app/__init__.py", "import av"),
    "Only storage opens the database": ("app/__init__.py", "import sqlite3"),
    "Only people draws with OpenGL": ("app/__init__.py", "import moderngl"),
    "Scoring and affect are pure": ("affect/__init__.py", "import threading"),
}


def test_imports_keep_to_the_contracts() -> None:
    run = lint_imports(ROOT)
    assert run.returncode == 0, run.stdout


def test_every_contract_has_a_planted_violation() -> None:
    assert PLANTED.keys() == set(contract_names())


@pytest.mark.parametrize("contract", PLANTED)
def test_planted_import_breaks_its_contract(contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "attune", tmp_path / "attune", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    place, line = PLANTED[contract]
    planted = tmp_path / "attune" / place
    planted.write_text(f"{planted.read_text()}\n{line}\n")

    run = lint_imports(tmp_path)

    assert run.returncode == 1, run.stdout
    assert f"{contract} BROKEN" in " ".join(run.stdout.split())


IMPORT_ALL = """
import importlib, os, sys, threading
os.environ["QT_QPA_FONTDIR"] = "/as/it/was"
before = dict(os.environ)
for module in sys.argv[1:]:
    importlib.import_module(module)
assert dict(os.environ) == before, "environment changed"
assert threading.enumerate() == [threading.main_thread()], "threads started"
print(*[name for name in ("cv2", "mediapipe", "PySide6", "pyqtgraph", "matplotlib") if name in sys.modules])
"""


def loaded_by(modules: list[str]) -> set[str]:
    command = [sys.executable, "-W", "error", "-c", IMPORT_ALL, *modules]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_importing_does_nothing() -> None:
    """Not even all of it together: the environment, the threads and mediapipe stay as they were."""
    assert "mediapipe" not in loaded_by([name for name in MODULES if name != "attune.__main__"])


def test_use_cases_and_commands_load_no_heavy_library() -> None:
    light = [name for name in MODULES if name.startswith(("attune.app", "attune.cli"))]
    assert loaded_by([*light, "attune.__main__"]) == set()


def test_window_is_loaded_without_opencv() -> None:
    assert "cv2" not in loaded_by([name for name in MODULES if name.startswith("attune.ui")])


# Words


@cache
def words_keys() -> set[str]:
    """Every key of every text, and of every table, in the words files."""
    keys: set[str] = set()

    def walk(prefix: str, table: dict[str, object]) -> None:
        for name, value in table.items():
            key = f"{prefix}.{name}"
            keys.add(key)
            if isinstance(value, dict):
                walk(key, value)

    for path in resources.asset("words", "en").glob("*.toml"):
        keys.add(path.stem)
        walk(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return keys


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def strings(path: Path) -> Iterator[str]:
    """Every string in a file that is not a docstring; a formatted one with ``*`` for its gaps."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    passed_over = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            passed_over.update(id(part) for part in node.values)
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node.value


@cache
def calls(path: Path) -> list[tuple[str, str, ast.Call]]:
    """Each call whose first argument is a literal string: name of what is called, the string, the call."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if isinstance(node.args[0].value, str):
                found.append((called, node.args[0].value, node))
    return found


def test_every_key_asked_for_has_words() -> None:
    keys = words_keys()
    asked = {
        (path.name, text) for path in CODE for called, text, _ in calls(path) if called in ("words", "_words")
    }
    assert {(file, key) for file, key in asked if key not in keys} == set()


def test_every_known_error_has_a_sentence() -> None:
    keys = words_keys()
    raised = {
        (path.name, text)
        for path in CODE
        for called, text, _ in calls(path)
        if called.endswith("Error") and re.fullmatch(r"[a-z]+\.[a-z_0-9]+", text)
    }
    assert {(file, key) for file, key in raised if f"errors.{key}" not in keys} == set()


def test_gaps_in_a_sentence_are_filled_by_its_error() -> None:
    words = resources.Words()
    for path in CODE:
        for called, key, call in calls(path):
            if not called.endswith("Error") or f"errors.{key}" not in words_keys():
                continue
            if any(keyword.arg is None for keyword in call.keywords):
                continue  # fields handed on by name
            given = {keyword.arg for keyword in call.keywords}
            gaps = set(re.findall(r"{(\w+)", words.table("errors")[key.split(".")[0]][key.split(".")[1]]))
            assert gaps <= given, f"{path.name}: {key} needs {gaps - given}"


def test_every_text_is_used() -> None:
    """A text's key, or a table above it, stands as a string somewhere in the code, maybe with gaps."""
    said = {text for path in CODE for text in strings(path)}
    patterns = [
        re.compile(re.escape(text).replace(r"\*", r"[^.]+")) for text in said if "*" in text and "." in text
    ]

    def used(key: str) -> bool:
        bare = key.removeprefix("errors.")
        names = {bare, *(bare.rsplit(".", cut)[0] for cut in range(1, bare.count(".") + 1))}
        return bool(names & said) or any(pattern.fullmatch(name) for pattern in patterns for name in names)

    tables = {key.rsplit(".", 1)[0] for key in words_keys()}
    assert sorted(key for key in words_keys() - tables if not used(key)) == []


# Sizes and waits


def test_no_file_is_too_long() -> None:
    long = {path.name: lines for path in CODE if (lines := len(path.read_text().splitlines())) > 600}
    assert long == {}


def test_nothing_sleeps() -> None:
    """Neither does the linter's rule see a fixed wait on the bench of a test."""
    waits = re.compile(r"\b(time\.sleep|qtbot\.wait|QTest\.qWait|QThread\.m?sleep)\(")
    files = [path for path in [*CODE, *(ROOT / "tests").rglob("*.py")] if path != Path(__file__)]
    assert [path.name for path in files if waits.search(path.read_text())] == []
