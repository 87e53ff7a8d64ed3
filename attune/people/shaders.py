"""Puts the shaders under ``assets/people/shaders`` together."""

from __future__ import annotations

import re

import moderngl

from attune.people.lighting import as_glsl
from attune.resources import asset

_INCLUDE = re.compile(r'^#include "([a-z_]+\.glsl)"$', re.MULTILINE)


def program(context: moderngl.Context, vertex: str, fragment: str) -> moderngl.Program:
    """The program made of two shader files, named without their endings."""
    return context.program(_source(f"{vertex}.vert"), _source(f"{fragment}.frag"))


def _source(name: str) -> str:
    text = asset("people", "shaders", name).read_text(encoding="utf-8")
    if name == "studio.glsl":
        return as_glsl() + text
    return _INCLUDE.sub(lambda found: _source(found.group(1)), text)
