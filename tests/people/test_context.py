"""The doors to OpenGL."""

import moderngl
import pytest

from attune.errors import NoOpenGLError
from attune.people.context import is_software, known_errors, off_screen_context, window_context
from attune.resources import Words


def test_without_opengl_there_is_a_known_error_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_settings: object) -> None:
        raise ValueError("libEGL.so not loaded")

    monkeypatch.setattr(moderngl, "create_context", refuse)
    with pytest.raises(NoOpenGLError) as raised:
        off_screen_context()
    assert "libEGL.so not loaded" in Words().error(raised.value)


def test_a_window_whose_driver_knows_no_functions_is_a_known_error() -> None:
    with pytest.raises(NoOpenGLError):
        window_context(lambda _name: 0)


def test_a_driver_that_refuses_in_the_window_is_a_known_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_settings: object) -> None:
        raise ValueError("Requested OpenGL version 330, got version 210")

    monkeypatch.setattr(moderngl, "create_context", refuse)
    with pytest.raises(NoOpenGLError, match="got version 210"):
        window_context(lambda _name: 1)


class Card:
    def __init__(self, name: str = "", error: str = "GL_NO_ERROR") -> None:
        self.info = {"GL_RENDERER": name}
        self.error = error


@pytest.mark.parametrize(
    ("name", "software"),
    [
        ("llvmpipe (LLVM 15.0.6, 256 bits)", True),
        ("Microsoft Basic Render Driver", True),
        ("Apple Software Renderer", True),
        ("Mesa Intel(R) Iris(R) Xe Graphics (TGL GT2)", False),
        ("NVIDIA GeForce GTX 1650/PCIe/SSE2", False),
    ],
)
def test_software_is_told_from_a_card_by_its_name(name: str, software: bool) -> None:
    assert is_software(Card(name)) is software


def test_a_card_that_gave_up_is_a_known_error_with_a_sentence() -> None:
    with pytest.raises(NoOpenGLError) as raised, known_errors(Card(error="GL_CONTEXT_LOST")):
        pass
    assert "GL_CONTEXT_LOST" in Words().error(raised.value)


@pytest.mark.parametrize("said", ["cannot map the buffer", "cannot map the buffer\nmore", ""])
def test_what_moderngl_refuses_is_a_known_error(said: str) -> None:
    with pytest.raises(NoOpenGLError) as raised, known_errors(Card()):
        raise moderngl.Error(said)
    assert raised.value.fields["reason"] == said.partition("\n")[0]
